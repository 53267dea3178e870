"""Runs of source text → clean text with its reference marks detached and its links located.

Knows characters and markers; knows nothing of blocks, formats or articles.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

MARK_OPEN, MARK_CLOSE, BREAK = "\ue000", "\ue001", "\ue002"
"""Private characters that readers put around a marker's number and in place of a line break."""

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FOR_MACHINES = re.compile(
    "[\U000e0000-\U000e007f\u202d\u202e]|[\u200b\u200c\u2060-\u2064\ufeff]{4,}|[\U000e0100-\U000e01ef]{2,}"
)
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TO_SUPERSCRIPT = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")

_NUMBER = f"{MARK_OPEN}?\\d{{1,3}}{MARK_CLOSE}?"
_SEPARATOR = r"\s*[,;–—‒-]\s*"
_BRACKETED = f"\\[\\s*{_NUMBER}(?:{_SEPARATOR}{_NUMBER})*\\s*\\]"
_WRAPPED = f"{MARK_OPEN}\\d{{1,3}}{MARK_CLOSE}"
_LINKED = f"{_WRAPPED}(?:{_SEPARATOR}{_WRAPPED}|{_WRAPPED})*"
_RAISED = r"[⁰¹²³⁴-⁹]{1,3}(?:[,;–—⁻-]\s?[⁰¹²³⁴-⁹]{1,3})*(?![⁰¹²³⁴-⁹⁺⁻])"
_MARKER = f"(?:{_BRACKETED}|{_LINKED}|{_RAISED})"
_MARKERS = re.compile(f"\\s*(?P<marks>{_MARKER}(?:[\\s,;]*{_MARKER})*)")

_BEFORE_INTERVAL = re.compile(
    r"(?:\bCI|\bKI|interval|intervall?|range|IQR|=)[\s:(]*$", re.IGNORECASE
)
_BEFORE_POWER = re.compile(r"(?:\d|(?<![^\W\d_])(?:[cdkmnµ]?m|ft|in|s)|/\w)$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of source text; `href` and `rel` are those of the link that it stands in."""

    text: str
    href: str | None = None
    rel: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A link on the characters from `start` to `end` of a `Run`."""

    start: int
    end: int
    href: str
    rel: str


@dataclass(frozen=True, slots=True)
class Run:
    """Clean text of a block, with marks (offset, numbers) and links in its own offsets."""

    text: str
    marks: tuple[tuple[int, tuple[int, ...]], ...] = ()
    links: tuple[Span, ...] = ()


def clean(text: str) -> str:
    """Text without invisible characters, in composed form, every white space a plain one."""
    kept = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", " ", kept)


def writes_to_machines(text: str) -> bool:
    """Whether text holds letters that no screen shows, or turns its letters around.

    Unicode tags, overrides of the writing direction (Boucher and Anderson 2021, Trojan Source), and
    messages in zero-width characters or variation selectors.
    """
    return bool(_FOR_MACHINES.search(text))


def tidy(text: str) -> str:
    """`clean` without white space at either end; for titles, names and table headers."""
    return clean(text).strip()


def mark(number: str) -> str:
    """A reference marker as readers hand it on, whatever the source's own notation is."""
    return f"{MARK_OPEN}{number}{MARK_CLOSE}"


def raise_digits(text: str) -> str:
    """`9` → `⁹`, so that 10<sup>9</sup> does not turn into 109."""
    return text.translate(_TO_SUPERSCRIPT)


def plain_text(pieces: list[Piece]) -> str:
    """The words of some pieces with every marker left in."""
    return make_run(pieces, detach_marks=False).text


def split_pieces(pieces: list[Piece], breaks: int) -> list[list[Piece]]:
    """Cuts pieces where at least `breaks` line breaks follow each other."""
    parts: list[list[Piece]] = [[]]
    run = 0
    for piece in pieces:
        if piece.text == BREAK:
            run += 1
            if run == breaks:
                parts.append([])
            elif run < breaks:
                parts[-1].append(piece)
        elif piece.text.strip():
            run = 0
            parts[-1].append(piece)
        else:
            parts[-1].append(piece)
    return [part for part in parts if any(p.text.strip() and p.text != BREAK for p in part)]


def make_run(pieces: list[Piece], *, highest: int = 0, detach_marks: bool = True) -> Run:
    """Joins pieces to clean text, detaching reference markers.

    Args:
        pieces: runs of source text in reading order.
        highest: the highest number in the article's reference list, 0 where it has none.
        detach_marks: whether markers become marks; False leaves them in the text.
    """
    if not detach_marks:
        text, spans = _join([replace(p, text=_PRIVATE.sub(" ", p.text)) for p in pieces])
        return Run(text, (), tuple(spans))
    raw, links = _join(pieces)
    removals: list[tuple[int, int, tuple[int, ...]]] = []
    for match in _MARKERS.finditer(raw):
        numbers = _numbers(match["marks"], raw[: match.start("marks")], highest)
        # A link within the page that says only a number, and that of no reference, is no text.
        if numbers or MARK_OPEN in match["marks"]:
            removals.append((match.start(), match.end(), numbers))
    return _remove(raw, links, removals)


def _join(pieces: list[Piece]) -> tuple[str, list[Span]]:
    """Concatenates cleaned pieces with single spaces between words."""
    parts: list[str] = []
    links: list[Span] = []
    length, open_end = 0, True
    for piece in pieces:
        text = _clean_piece(piece.text)
        if open_end:
            text = text.lstrip(" ")
        if not text:
            continue
        parts.append(text)
        start, length = length, length + len(text)
        open_end = text.endswith(" ")
        if piece.href is not None and text.strip():
            lead = len(text) - len(text.lstrip(" "))
            links.append(Span(start + lead, start + len(text.rstrip(" ")), piece.href, piece.rel))
    return "".join(parts).rstrip(" "), _merge(links)


def _clean_piece(text: str) -> str:
    """`clean`, but keeps the private marks that readers have put in."""
    if MARK_OPEN in text:
        return "".join(
            part if index % 2 else clean(part)
            for index, part in enumerate(re.split(f"({_WRAPPED})", text))
        )
    return clean(text.replace(BREAK, " "))


def _merge(links: list[Span]) -> list[Span]:
    """Joins neighbouring pieces of one link (`<a>one <b>two</b></a>`)."""
    merged: list[Span] = []
    for link in links:
        last = merged[-1] if merged else None
        if last and last.href == link.href and link.start - last.end <= 1:
            merged[-1] = Span(last.start, link.end, link.href, link.rel)
        else:
            merged.append(link)
    return merged


def _numbers(marks: str, before: str, highest: int) -> tuple[int, ...]:
    """The numbers that a marker names, or none where it is no marker but a value."""
    raised = marks[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹"
    if raised and (not highest or not before.strip() or _BEFORE_POWER.search(before)):
        return ()
    if _BEFORE_INTERVAL.search(before[-20:]) and MARK_OPEN not in marks:
        return ()
    numbers = expand_numbers(marks.translate(_SUPERSCRIPTS))
    # In brackets a number is a marker, however high: it must never be taken for one of an answer's.
    limit = highest + 10 if raised else 999
    if not numbers or 0 in numbers or max(numbers) > limit:
        return ()
    return numbers


def expand_numbers(marks: str) -> tuple[int, ...]:
    """`3, 5–7` → (3, 5, 6, 7), each number once; empty where a range makes no sense."""
    numbers: list[int] = []
    bare = re.sub(f"[{MARK_OPEN}{MARK_CLOSE}\\[\\]]", " ", marks)
    for first, last in re.findall(r"(\d{1,3})(?:\s*[–—‒-]\s*(\d{1,3}))?", bare):
        low, high = int(first), int(last or first)
        if not 0 <= high - low <= 30:
            return ()
        numbers.extend(range(low, high + 1))
    return tuple(dict.fromkeys(numbers))


def _remove(raw: str, links: list[Span], removals: list[tuple[int, int, tuple[int, ...]]]) -> Run:
    """Cuts markers out of the text and moves the links along."""
    kept: list[str] = []
    marks: list[tuple[int, tuple[int, ...]]] = []
    moves: list[tuple[int, int, int]] = []
    position = length = 0
    for start, end, numbers in removals:
        kept.append(raw[position:start])
        length += start - position
        after = raw[end : end + 1]
        position = end + 1 if length == 0 and after == " " else end
        moves.append((start, position, length))
        if numbers:
            marks.append((length, numbers))
    kept.append(raw[position:])
    text = "".join(kept).rstrip()

    def moved(offset: int) -> int:
        shift = 0
        for start, end, at in moves:
            if offset >= end:
                shift += end - start
            elif offset > start:
                return at
        return min(offset - shift, len(text))

    spans = [Span(moved(s.start), moved(s.end), s.href, s.rel) for s in links]
    return Run(
        text,
        tuple((min(offset, len(text)), numbers) for offset, numbers in marks),
        tuple(span for span in spans if span.end > span.start),
    )
