"""The tab Library, its audit: what is wrong with the articles, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from assistant.ui.desk.events import Action, View
from assistant.ui.desk.finding_words import put_into_words
from assistant.ui.desk.following import Following
from assistant.ui.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.ui.desk.events import Desk, Event
    from assistant.ui.desk.following import Step

ARTICLES_SHOWN: Final = 50


def show(desk: Desk, event: Event) -> Iterator[View]:
    """The findings, of one article or of all, of one kind or of every kind."""
    # Of a large library that takes a while, and a page that hears nothing gives up.
    for _ in Following(lambda _: _make_report(desk)):
        yield View(render("desk/told", text=event.texts["frame.waiting"]), done=False)
    yield View(_render(desk, event))


def look_up(desk: Desk, event: Event) -> Iterator[View]:
    """Asks PubMed, Crossref and linked servers for the references, and audits anew."""
    from index.lookups.online import look_up_library

    entries = list(desk.knowledge.library.entries.values())
    following = Following(lambda tell: look_up_library(desk.settings, entries, tell))
    for step in following:
        yield View(_render(desk, event, step=step), done=False)
    _, problems = following.result
    desk.records.note_action(event.viewer.name, "audit_look_up")
    told = "" if problems else event.texts["audit.looked_up"]
    problem = "\n".join(problems)
    yield View(_render(desk, event, told=told, problem=problem), told or problem)


def _render(
    desk: Desk, event: Event, *, told: str = "", problem: str = "", step: Step | None = None
) -> str:
    report = _make_report(desk)
    articles = _choose(report, event.value("article"), event.value("check"))
    shown = [_describe(desk, event, row) for row in articles[:ARTICLES_SHOWN]]
    return render(
        "desk/audit",
        texts=event.texts,
        told=told,
        problem=problem,
        step=step,
        report=report,
        check=event.value("check"),
        article=event.value("article"),
        articles=shown,
        left_out=max(0, len(articles) - ARTICLES_SHOWN),
        may_edit=event.viewer.may("editor"),
    )


def _make_report(desk: Desk) -> dict[str, Any]:
    return desk.audits.report(desk.settings, desk.knowledge.library)


def _describe(desk: Desk, event: Event, row: dict[str, Any]) -> dict[str, Any]:
    """An article's row with its language, and each finding with its words."""
    entry = desk.knowledge.library.entries[row["id"]]
    findings = [
        (finding, put_into_words(finding, event.texts, event.page_texts))
        for finding in row["findings"]
    ]
    return {**row, "language": entry.article.language, "findings": findings}


def _choose(report: dict[str, Any], article: str, check: str) -> list[dict[str, Any]]:
    """The articles of a report that have findings of the kind asked for, with these alone."""
    chosen = []
    for row in report["results"]:
        findings = [one for one in row["findings"] if check in {"", one["check"]}]
        if findings and article in {"", row["id"]}:
            chosen.append({**row, "findings": findings})
    return chosen


ACTIONS: Final = {
    "audit.show": Action("staff", show),
    "audit.look_up": Action("editor", look_up),
}
