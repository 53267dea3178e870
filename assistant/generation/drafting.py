"""What a chat model streams → draft sentences with their markers, as each one is finished.

Markers are taken in the forms that models use: `[1][2]`, `[1, 2]`, `[1-3]`, `[^1]`, `[Source 1]`,
`【1】`, `(1)`. What never ends, repeats itself or is no prose is cut off.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_CHARACTERS = 12_000
LOOK_AHEAD = 12
"""Characters behind a full stop within which markers end and the next sentence has begun."""
_MARKER = re.compile(
    r"(?:\[|【)\s*\^?(?:sources?|quellen?|kilder?|källa)?\s*(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\s*"
    r"(?:†[^】\]]*)?(?:\]|】)",
    re.IGNORECASE,
)
_ROUND = re.compile(r"\((\d{1,2}(?:\s*,\s*\d{1,2})*)\)(?=\s*(?:[.!?]|$|\n|\())")
_AFTER_STOP = re.compile(r"([.!?])((?:\s*\[\d+\])+)")
_CITED = re.compile(r"\s*\[(\d+)\]")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_MAY_END = re.compile(r"[.!?\n]")
_OPEN = re.compile(r"[\[【(][^\]】)\n]{0,24}$")
_ENDED = re.compile(r"[.!?][\"”’')]*$")
# A marker and a full stop end a sentence; what follows need not be waited for.
_CLOSED = re.compile(r"[\]】]\s?[.!?][\"”’')]*\s*$")
# So that it does not matter whether it was waited for: no abbreviation ends in a marker.
_BEHIND_MARKER = re.compile(r"(?<=\][.!?])\s+|(?<=\]\s[.!?])\s+|(?<=\][.!?][\"”’')])\s+")
_DECORATION = re.compile(r"\*\*|__|^#+\s.*$|^```.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model wrote it, not checked yet.

    Attributes:
        text: without markers.
        cited: the numbers of its markers, in order.
        item: whether it is an item of a list.
    """

    text: str
    cited: tuple[int, ...]
    item: bool = False


def draft_sentences(chunks: Iterable[str]) -> Iterator[Draft]:
    """The sentences of a stream, each as soon as it ends behind a marker, or the next one begins.

    A sentence that the stream breaks off in is left out. JSON is read whole at the end.
    """
    stream = _Stream()
    said: set[str] = set()
    for chunk in chunks:
        for draft in stream.take(chunk):
            if draft.text.casefold() in said:
                return
            said.add(draft.text.casefold())
            yield draft
        if stream.length > MAX_CHARACTERS:
            break
    yield from stream.finish()


class _Stream:
    """What came and is not given yet. Looks for sentences only where one may just have ended."""

    def __init__(self) -> None:
        self.length = 0
        self._text = ""
        self._given = 0
        self._look_until = 0
        self._marked = False

    def take(self, chunk: str) -> Iterator[Draft]:
        """The sentences that are finished now."""
        self._text += chunk
        self.length += len(chunk)
        if _MAY_END.search(chunk):
            self._look_until = len(self._text) + LOOK_AHEAD
        if len(self._text) >= self._look_until + len(chunk) or _is_json(self._text):
            return
        # Half a marker would read as a sentence of its own.
        drafts = list(parse(_OPEN.sub("", self._text), marked=self._marked))
        ready = len(drafts) - (not _CLOSED.search(self._text))
        yield from drafts[self._given : max(ready, 0)]
        self._given = max(self._given, ready)
        if 0 < self._given < len(drafts):
            self._forget(drafts[-1])

    def finish(self) -> Iterator[Draft]:
        """The finished sentences at the end."""
        return _rest(self._text[:MAX_CHARACTERS], self._given, marked=self._marked)

    def _forget(self, unfinished: Draft) -> None:
        """Drops all before the unfinished sentence, where its place is plain."""
        start = self._text.rfind(unfinished.text)
        line = self._text.rfind("\n", 0, start) + 1
        if unfinished.item and _BULLET.fullmatch(self._text[line:start]):
            start = line
        elif unfinished.item or start < 0:
            return
        self._marked |= bool(_MARKER.search(self._text[:start]))
        self._text, self._given, self._look_until = self._text[start:], 0, 0


def _rest(text: str, given: int, *, marked: bool) -> Iterator[Draft]:
    """The finished sentences behind those that were given before the end."""
    if _is_json(text):
        text, given = _text_in_json(text), 0
    for draft in list(parse(text, marked=marked))[given:]:
        if draft.item or _ENDED.search(draft.text):
            yield draft


def parse(text: str, *, marked: bool = False) -> Iterator[Draft]:
    """The sentences of a text, the last one perhaps unfinished.

    Args:
        text: as the model wrote it.
        marked: whether there were markers in square brackets before it.
    """
    plain = normalise_markers(_DECORATION.sub("", text), marked=marked)
    plain = _AFTER_STOP.sub(r"\2\1", plain)
    for line in plain.split("\n"):
        item = bool(_BULLET.match(line))
        rest = _BULLET.sub("", line)
        for sentence in _split(rest):
            cited = tuple(dict.fromkeys(int(n) for n in _CITED.findall(sentence)))
            said = _CITED.sub("", sentence).strip()
            if re.search(r"\w", said):
                yield Draft(said, cited, item)


def _split(line: str) -> Iterator[str]:
    for part in _BEHIND_MARKER.split(line):
        for start, end in split_sentences(part):
            yield part[start:end]


def normalise_markers(text: str, *, marked: bool = False) -> str:
    """A text whose markers all read `[1][2]`; `(1)` is one only where no others are used."""
    plain = _MARKER.sub(lambda found: _each(found[1]), text)
    return (
        plain
        if marked or _CITED.search(plain)
        else _ROUND.sub(lambda found: _each(found[1]), plain)
    )


def _each(numbers: str) -> str:
    listed: list[int] = []
    for part in re.split(r"[,;]", numbers):
        first, *last = [int(n) for n in re.split(r"[–-]", part)]
        listed += range(first, min(last[0], first + 20) + 1) if last else [first]
    return "".join(f"[{number}]" for number in listed)


def _is_json(text: str) -> bool:
    return bool(re.match(r"\s*(?:```(?:json)?\s*)?[{]|\s*\[\s*[{\"]", text))


def _text_in_json(text: str) -> str:
    """The longest text in a JSON value; nothing where it can't be read."""
    try:
        value = json.loads(re.sub(r"^\s*```(?:json)?|```\s*$", "", text.strip()))
    except (ValueError, RecursionError):
        return ""
    return max(_texts_in(value), key=len, default="")


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list):
        parts = [inner for inner in value if isinstance(inner, str)]
        yield " ".join(parts)
        for inner in value:
            yield from _texts_in(inner)
