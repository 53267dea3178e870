"""An answer as plain text, for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.rows import unfold_tables

if TYPE_CHECKING:
    from assistant.answer import Answer, Source


def show_answer(answer: Answer) -> str:
    """The text, the notice, the sources with their references, and related reading."""
    parts = [unfold_tables(answer.text)]
    if answer.notice:
        parts.append(answer.notice)
    if answer.sources:
        parts.append("\n".join(_show_source(source) for source in answer.sources))
    if answer.related:
        titles = dict.fromkeys(_name_source(source) for source in answer.related)
        parts.append("\n".join(["Related reading:", *(f"  {title}" for title in titles)]))
    return "\n\n".join(parts)


def _show_source(source: Source) -> str:
    lines = [f"[{source.n}] {_name_source(source)}", f'    "{source.quote}"']
    for reference in source.references:
        where = f" PMID {reference.pmid}" if reference.pmid else ""
        lines.append(f"    Reference {reference.number}: {reference.text}{where}")
    return "\n".join(lines)


def _name_source(source: Source) -> str:
    known = (source.title, source.publisher, source.author, source.published)
    place = " > ".join((*source.section, *([f"p. {source.page}"] if source.page else [])))
    named = ", ".join(part for part in known if part)
    return f"{named} ({place})" if place else named
