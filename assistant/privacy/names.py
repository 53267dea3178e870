"""Names of people: by what is said before them, in sign-offs, and again wherever they recur."""

import re
from collections.abc import Iterator

from assistant.privacy.bare_names import find_bare_names
from assistant.privacy.name_cues import CUES_BY_FIRST_WORD
from assistant.privacy.name_likeness import score_name_likeness
from assistant.privacy.name_reader import (
    CAPITAL,
    MEDIUM,
    STRONG,
    WEAK,
    NameReader,
    is_function_word,
    is_initial,
    is_medical,
    is_shouted,
)  # fmt: skip
from assistant.privacy.records import Candidate, Kind
from assistant.privacy.sign_offs import (
    LAST_LINE,
    LAST_WORDS,
    LOOSE_SIGN_OFF,
    NAME_BEFORE,
    SIGN_OFF,
    SIGNATURE_LINE,
    STUDY_AFTER,
    may_close,
)

Span = tuple[int, int]
_CAPITALISED_RUN = re.compile(
    r"(?<![\w'.-])[A-ZÆØÅÄÖÉ][^\W\d_]+(?:[-'](?!s\b)[^\W\d_]+)?(?:[ \t]+(?:[A-Z]\.|"
    r"[A-ZÆØÅÄÖÉ][^\W\d_]*(?:[-'](?!s\b)[^\W\d_]+)?)){1,3}"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_JOINT = re.compile(
    r"[ \t]*(?:,|&|\b(?:and|og|och|o|plus)\b)[ \t]*(?:(?:and|og|och)[ \t]+)?(?=[^\W\d_])"
)
_LINE_END = re.compile(r"[ \t]*(?:x+\b|(?:and|og|och|&)[ \t]|[.,!)(:;-]|\n|$|\d|\[)")
# One or two words at a line's begin that data of a person follow, or that follow such data.
_DATA_AFTER = re.compile(
    r"(?:^|\bfrom)[ \t]*(?P<name>[^\W\d_]+(?:[ \t]+[^\W\d_]+){0,3}?)(?:[ \t]*[,;|][ \t]*|"
    r"[ \t]+(?:at[ \t]+)?"
    r"(?=\[|\d{1,2}[ ]?(?:år|y)))(?:\[(?:phone|id number|e-mail|"
    r"date of birth|address)\]|(?:tlf|tel|mob|cpr|dob|born|født|född|aged?)\b|"
    r"\d{1,2}[ ]?(?:år|yrs?|years?|y/?o)\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b)",
    re.IGNORECASE | re.MULTILINE,
)
_DATA_BEFORE = re.compile(
    r"\[(?:phone|id number|e-mail|date of birth)\][ \t]*[,;|][ \t]*(?=[^\W\d_])"
)
# A name turned round, one with an initial before where it lives, a patient by initials.
_TURNED = re.compile(
    r"(?<!\w)[A-ZÆØÅÄÖ][^\W\d_]+,[ \t]+[A-ZÆØÅÄÖ][^\W\d_]+(?=[ \t]+\((?:Mrs?|Ms|Miss|Dr|Hr|Fru)\b)"
    r"|^[A-ZÆØÅÄÖ][^\W\d_]+(?:[ \t]+[^\W\d_]+){0,2},[ \t]+[A-ZÆØÅÄÖ][^\W\d_]+"
    r"(?=,?[ \t]+\[(?:address|phone|date of birth)\])"
    r"|(?<!\w)[A-ZÆØÅÄÖ][a-zæøåäö]+[ \t]+[A-Z]\.(?=[ \t]+(?:from|fra|från)\b)"
    r"|(?<=\bpatient )(?:[A-Z]\.){2,3}",
    re.MULTILINE,
)
# Name-likeness, summed over two words, from which a full name is one without any cue.
_LEAST_SUM_UNCUED = 5.0
_LEAST_EACH_UNCUED = 0.5


def find_names(text: str) -> Iterator[Candidate]:
    """Yields names; a name found once is found again wherever the message repeats it."""
    reader = NameReader(text, is_shouted(text))
    spans = [*_find_cued(reader), *_find_signed(reader), *_find_listed(reader)]
    uncued = [*_find_uncued(reader), *find_bare_names(reader)]
    spans += [span for span in uncued if not STUDY_AFTER.match(text, span[1])]
    yield from (Candidate(Kind.NAME, start, end) for start, end in spans)
    yield from (Candidate(Kind.NAME, start, end) for start, end in _find_again(text, spans))


def _find_cued(reader: NameReader) -> Iterator[Span]:
    for word in _WORD.finditer(reader.text):
        for pattern, thresholds in CUES_BY_FIRST_WORD.get(word.group().lower(), ()):
            cue = pattern.match(reader.text, word.start())
            end = reader.read(cue.end(), thresholds) if cue else None
            if (
                cue
                and end is not None
                and (thresholds is STRONG or not STUDY_AFTER.match(reader.text, end))
            ):
                yield cue.end(), end
                yield from _find_joined(reader, end)
    yield from _find_before(reader)


def _find_joined(reader: NameReader, end: int) -> Iterator[Span]:
    """Reads on after "Emma" in "my twins Emma and Oliver"."""
    while joint := _JOINT.match(reader.text, end):
        following = reader.read(joint.end(), WEAK)
        if following is None or not reader.text[joint.end()].isupper():
            return
        yield joint.end(), following
        end = following


def _find_before(reader: NameReader) -> Iterator[Span]:
    """Reads "Anna Larsen here" and "Anna is my name" from the left of their cue."""
    for cue in NAME_BEFORE.finditer(reader.text):
        words = list(_WORD.finditer(reader.text, max(0, cue.start() - 40), cue.start()))
        for word in words[-3:]:
            if reader.read(word.start(), WEAK) == cue.start():
                yield word.start(), cue.start()
                break


def _find_signed(reader: NameReader) -> Iterator[Span]:
    text = reader.text
    closes = may_close(text)
    for match in SIGN_OFF.finditer(text) if closes else ():
        end = reader.read(match.end(), STRONG)
        if end is not None and _ends_line(text, end):
            yield match.end(), end
            yield from _find_joined(reader, end)
    for pattern, thresholds in (
        (LOOSE_SIGN_OFF, MEDIUM),
        (SIGNATURE_LINE, MEDIUM),
        (LAST_LINE, WEAK),
        (LAST_WORDS, CAPITAL),
    ):
        for match in pattern.finditer(text):
            end = reader.read(match.end(), thresholds)
            if end is not None and (pattern is LOOSE_SIGN_OFF or _ends_line(text, end)):
                yield match.end(), end


def _ends_line(text: str, end: int) -> bool:
    return bool(_LINE_END.match(text, end))


def _find_uncued(reader: NameReader) -> Iterator[Span]:
    """Reads full names that stand alone: capitalised words that all look like names."""
    text = reader.text
    if reader.shouted:
        return
    for match in _CAPITALISED_RUN.finditer(text):
        words = list(_WORD.finditer(text, match.start(), match.end()))
        while words and is_function_word(words[0].group()):
            words.pop(0)
        if _is_full_name([word.group() for word in words]):
            yield words[0].start(), match.end()


def _is_full_name(words: list[str]) -> bool:
    written = [word for word in words if not is_initial(word)]
    scores = [score_name_likeness(word.lower()) for word in written]
    return (
        len(written) > 1
        and not any(is_function_word(word) or is_medical(word) for word in written)
        and min(scores) >= _LEAST_EACH_UNCUED
        and sum(scores[:2]) >= _LEAST_SUM_UNCUED
    )


def _find_listed(reader: NameReader) -> Iterator[Span]:
    """Reads a name among a person's data: "kirsten munk, tlf [phone]", "[e-mail], Wim"."""
    for match in _DATA_AFTER.finditer(reader.text):
        end = reader.read(match.start("name"), WEAK)
        if end == match.end("name"):
            yield match.span("name")
    for match in _DATA_BEFORE.finditer(reader.text):
        end = reader.read(match.end(), CAPITAL)
        if end is not None and _ends_line(reader.text, end):
            yield match.end(), end
    yield from (match.span() for match in _TURNED.finditer(reader.text))


def _find_again(text: str, spans: list[Span]) -> Iterator[Span]:
    """Finds the words of known names wherever else they stand, typed with the same first letter."""
    words = {
        word.group()
        for start, end in spans
        for word in _WORD.finditer(text, start, end)
        if len(word.group()) > 2 and score_name_likeness(word.group().lower()) > -3.0
    }
    for word in words:
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?:'?s)?(?![\w-])", text):
            yield match.start(), match.start() + len(word)
