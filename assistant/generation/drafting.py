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
_MARKER = re.compile(
    r"(?:\[|【)\s*\^?(?:sources?|quellen?|kilder?|källa)?\s*(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\s*"
    r"(?:†[^】\]]*)?(?:\]|】)",
    re.IGNORECASE,
)
_ROUND = re.compile(r"\((\d{1,2}(?:\s*,\s*\d{1,2})*)\)(?=\s*(?:[.!?]|$|\n|\())")
_AFTER_STOP = re.compile(r"([.!?])((?:\s*\[\d+\])+)")
_CITED = re.compile(r"\s*\[(\d+)\]")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_MAY_END = re.compile(r"[.!?\n\]】)\s]")
_ENDED = re.compile(r"[.!?][\"”’')]*$")
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
    """The sentences of a stream, each as soon as it is finished.

    A sentence that the stream breaks off in is left out. JSON is read whole at the end.
    """
    text = ""
    given = 0
    said: set[str] = set()
    for chunk in chunks:
        text += chunk
        if len(text) > MAX_CHARACTERS:
            break
        # Where a chunk can't end a sentence, there is nothing new to find.
        if _is_json(text) or not _MAY_END.search(chunk):
            continue
        drafts = list(parse(text))[:-1]
        for draft in drafts[given:]:
            if draft.text.casefold() in said:
                return
            said.add(draft.text.casefold())
            yield draft
        given = max(given, len(drafts))
    yield from _rest(text[:MAX_CHARACTERS], given)


def _rest(text: str, given: int) -> Iterator[Draft]:
    """The finished sentences behind those that were given before the end."""
    if _is_json(text):
        text, given = _text_in_json(text), 0
    for draft in list(parse(text))[given:]:
        if draft.item or _ENDED.search(draft.text):
            yield draft


def parse(text: str) -> Iterator[Draft]:
    """The sentences of a text, the last one perhaps unfinished."""
    plain = normalise_markers(_DECORATION.sub("", text))
    plain = _AFTER_STOP.sub(r"\2\1", plain)
    for line in plain.split("\n"):
        item = bool(_BULLET.match(line))
        rest = _BULLET.sub("", line)
        for start, end in split_sentences(rest):
            sentence = rest[start:end]
            cited = tuple(dict.fromkeys(int(n) for n in _CITED.findall(sentence)))
            said = _CITED.sub("", sentence).strip()
            if re.search(r"\w", said):
                yield Draft(said, cited, item)


def normalise_markers(text: str) -> str:
    """A text whose markers all read `[1][2]`."""
    plain = _MARKER.sub(lambda found: _each(found[1]), text)
    return plain if _CITED.search(plain) else _ROUND.sub(lambda found: _each(found[1]), plain)


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
