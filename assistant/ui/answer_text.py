"""An answer's text → paragraphs and lists of plain runs, markers, terms and phone numbers.

Pure and without HTML: the templates escape every run. A marker counts only where its source is
among the answer's; any other `[99]` stays the text that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Literal

from assistant.rows import Table, fill_row, find_tables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from assistant.ui.phones import PhoneBook

MARKER = re.compile(r"\[(\d{1,3})\]")
MARKERS = re.compile(r"(?:\s*\[\d{1,3}\])+")
MAX_BOUND_CHARACTERS = 24
LIST_MARK = "- "


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line: text, citations, a term of the glossary, or a phone number to call.

    Attributes:
        text: the text; for citations the word that they stand behind, from which no line break
            may part them.
        numbers: numbers of the sources of a citation run.
        link: what a phone number leads to.
        meaning: what a term means.
    """

    kind: Literal["text", "citation", "phone", "term"]
    text: str
    numbers: tuple[int, ...] = ()
    link: str | None = None
    meaning: str | None = None


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph (one line), a list (a line an item) or a table (a line a cell, row by row).

    Attributes:
        names: of a table's columns.
    """

    kind: Literal["paragraph", "list", "table"]
    lines: tuple[tuple[Run, ...], ...]
    names: tuple[str, ...] = ()


def split_blocks(
    text: str, numbers: Collection[int] = (), phones: PhoneBook | None = None
) -> tuple[TextBlock, ...]:
    """The blocks of `text`; the numbers of `phones` become runs of their own."""
    blocks: list[TextBlock] = []
    items: list[tuple[Run, ...]] = []
    for part in find_tables("\n".join([*text.splitlines(), ""])):
        stripped = part.strip() if isinstance(part, str) else ""
        if stripped.startswith(LIST_MARK):
            items.append(split_runs(stripped.removeprefix(LIST_MARK), numbers, phones))
            continue
        if items:
            blocks.append(TextBlock("list", tuple(items)))
            items = []
        if isinstance(part, Table):
            cells = chain(*(fill_row(row, len(part.names)) for row in part.rows))
            lines = tuple(split_runs(cell, numbers, phones) for cell in cells)
            blocks.append(TextBlock("table", lines, part.names))
        elif stripped:
            blocks.append(TextBlock("paragraph", (split_runs(stripped, numbers, phones),)))
    return tuple(blocks)


def mark_terms(blocks: Iterable[TextBlock], glossary: Mapping[str, str]) -> tuple[TextBlock, ...]:
    """The blocks with each term of `glossary` marked where it stands first, as a run of its own.

    A term that the text spells out itself needs no mark.
    """
    blocks = tuple(blocks)
    words = " ".join(run.text for block in blocks for line in block.lines for run in line)
    unknown = {t: m for t, m in glossary.items() if t in words and m.lower() not in words.lower()}
    if not unknown:
        return blocks
    longest_first = "|".join(map(re.escape, sorted(unknown, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")
    return tuple(
        replace(
            block, lines=tuple(tuple(_mark_line(line, pattern, unknown)) for line in block.lines)
        )
        for block in blocks
    )


def _mark_line(
    line: Iterable[Run], pattern: re.Pattern[str], unknown: dict[str, str]
) -> Iterator[Run]:
    for run in line:
        position = 0
        for match in pattern.finditer(run.text if run.kind == "text" else ""):
            meaning = unknown.get(match.group())
            if meaning is None:
                continue
            # A term at the start of a sentence has the same meaning: it is marked once.
            for known in [term for term, said in unknown.items() if said == meaning]:
                del unknown[known]
            yield Run("text", run.text[position : match.start()])
            yield Run("term", match.group(), meaning=meaning)
            position = match.end()
        yield replace(run, text=run.text[position:]) if position else run


def split_runs(
    line: str, numbers: Collection[int] = (), phones: PhoneBook | None = None
) -> tuple[Run, ...]:
    """The runs of one line, in order."""
    runs: list[Run] = []
    position = 0
    for match in MARKERS.finditer(line):
        cited = [int(number) for number in MARKER.findall(match.group())]
        if not all(number in numbers for number in cited):
            continue
        before, word = _split_last_word(line[position : match.start()])
        runs.extend(_plain_runs(before, phones))
        runs.append(Run("citation", word, tuple(cited)))
        position = match.end()
    runs.extend(_plain_runs(line[position:], phones))
    return tuple(runs)


def _split_last_word(text: str) -> tuple[str, str]:
    position = text.rfind(" ") + 1
    if len(text) - position > MAX_BOUND_CHARACTERS:
        return text, ""
    return text[:position], text[position:]


def _plain_runs(text: str, phones: PhoneBook | None) -> Iterator[Run]:
    position = 0
    if phones is not None:
        for start, end in phones.find(text):
            if start > position:
                yield Run("text", text[position:start])
            yield Run("phone", text[start:end], link=phones.link(text[start:end]))
            position = end
    if position < len(text):
        yield Run("text", text[position:])
