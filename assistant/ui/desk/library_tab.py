"""The tab Library: its articles, and changes that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.ui.desk.events import Action, View, find_entry
from assistant.ui.rendering import render

if TYPE_CHECKING:
    from assistant.ui.desk.events import Desk, Event
    from index.entry import Entry

ARTICLES_SHOWN: Final = 50
KINDS: Final = ("all", "findings", "flags", "practical")
AUDITED_AT_ONCE: Final = 100
"""A library of so many articles is audited while somebody waits for the list."""


def show(desk: Desk, event: Event) -> View:
    """The articles that the form asks for."""
    return View(_render(desk, event, problem=event.value("problem")))


def mark_practical(desk: Desk, event: Event) -> View:
    """Marks an article as one of the clinic's practical ones, or takes the mark off."""
    entry, practical = find_entry(desk, event), event.value("practical") == "yes"
    desk.records.choices.mark_practical(entry.article.id, practical=practical)
    action = "article_practical" if practical else "article_not_practical"
    desk.records.note_action(event.viewer.name, action, entry.article.id)
    return show(desk, event)


def remove(desk: Desk, event: Event) -> View:
    """Takes an article out of the library."""
    from index.build import remove_from_index

    entry = find_entry(desk, event)
    remove_from_index(desk.settings, [entry.article.id])
    desk.records.note_action(event.viewer.name, "article_remove", entry.article.id)
    told = event.texts.fill("library.removed", title=entry.article.title)
    return View(_render(desk, event, told=told), told)


def undo(desk: Desk, event: Event) -> View:
    """Goes back to the state of the library before its last change."""
    from index.home import undo_change

    undo_change(desk.settings)
    desk.records.note_action(event.viewer.name, "library_undo")
    told = event.texts["library.undone"]
    return View(_render(desk, event, told=told), told)


def _render(desk: Desk, event: Event, *, told: str = "", problem: str = "") -> str:
    library = desk.knowledge.library
    practical = desk.records.choices.practical_articles()
    findings = _count_findings(desk)
    words, kind = event.value("words").casefold(), event.value("kind")
    chosen = [
        entry
        for entry in library.entries.values()
        if _has_words(entry, words) and _is_of(entry, kind, findings, practical)
    ]
    return render(
        "desk/library",
        texts=event.texts,
        page_texts=event.page_texts,
        told=told,
        problem=problem,
        words=event.value("words"),
        kind=kind if kind in KINDS else "all",
        kinds=KINDS,
        count=len(library.entries),
        entries=sorted(chosen, key=lambda entry: entry.article.title.casefold())[:ARTICLES_SHOWN],
        left_out=max(0, len(chosen) - ARTICLES_SHOWN),
        practical=practical,
        findings=findings,
        changed=library.manifest.get("changed"),
        may_edit=event.viewer.may("editor"),
        max_megabytes=desk.settings.max_source_bytes // 1_000_000,
    )


def _count_findings(desk: Desk) -> dict[str, int]:
    """Findings of each article; of a large library only once its audit was opened."""
    library = desk.knowledge.library
    if len(library.entries) <= AUDITED_AT_ONCE:
        desk.audits.report(desk.settings, library)
    return desk.audits.counts(library)


def _has_words(entry: Entry, words: str) -> bool:
    article = entry.article
    said = f"{article.title} {article.publisher} {article.author} {article.id}".casefold()
    return all(word in said for word in words.split())


def _is_of(entry: Entry, kind: str, findings: dict[str, int], practical: frozenset[str]) -> bool:
    key = entry.article.id
    kinds = {"findings": findings.get(key), "flags": entry.article.flags}
    return bool({**kinds, "practical": key in practical}.get(kind, True))


ACTIONS: Final = {
    "library.show": Action("staff", show),
    "library.practical": Action("editor", mark_practical),
    "library.remove": Action("editor", remove),
    "library.undo": Action("editor", undo),
}
