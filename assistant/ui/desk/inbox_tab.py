"""The tab Inbox: what the articles did not answer, in clusters, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from assistant.records.entries import STATES
from assistant.ui.desk.briefs import write_brief
from assistant.ui.desk.clusters import cluster_questions, collect_questions, count_weeks
from assistant.ui.desk.events import Action, View
from assistant.ui.rendering import render
from index.citations import check_citation

if TYPE_CHECKING:
    from assistant.records.entries import State
    from assistant.ui.desk.clusters import Cluster, InboxQuestion
    from assistant.ui.desk.events import Desk, Event

MAX_QUESTIONS: Final = 300
NEAREST_SHOWN: Final = 3


def show(desk: Desk, event: Event) -> View:
    """The clusters of the chosen state."""
    return View(_render(desk, event))


def set_state(desk: Desk, event: Event) -> View:
    """Says what has become of a cluster's questions."""
    wanted = event.value("to")
    state: State = next((known for known in STATES if known == wanted), "new")
    for key in event.value("keys").split():
        origin, _, number = key.partition(":")
        row_id = int(number) if number.isdecimal() else 0
        if origin == "unanswered":
            desk.records.unanswered.set_state(row_id, state)
        elif origin == "feedback":
            desk.records.feedback.set_state(row_id, state)
    desk.records.note_action(event.viewer.name, "inbox_state", f"{state}: {event.value('keys')}")
    told = event.texts.fill("inbox.moved", state=event.texts[f"states.{state}"])
    return View(_render(desk, event, told=told), told)


def draft_brief(desk: Desk, event: Event) -> View:
    """A brief for an article that would answer a cluster."""
    cluster = _find_cluster(desk, event)
    if cluster is None:
        return show(desk, event)
    nearest = nearest_articles(desk, cluster.central.question)
    brief = write_brief(cluster, nearest, event.texts, event.page_texts)
    html = render("desk/brief", texts=event.texts, brief=brief, state=_state(event))
    return View(html, event.texts["inbox.brief"], "#brief")


def nearest_articles(desk: Desk, question: str) -> list[dict[str, Any]]:
    """The articles nearest to a question: id, title and the heading path of the nearest passage."""
    found: dict[str, dict[str, Any]] = {}
    knowledge = desk.knowledge
    for hit in knowledge.searcher.search(question, 8):
        article = knowledge.library.entries[hit.article_id].article
        place = " › ".join(hit.passage.section)
        found.setdefault(article.id, {"id": article.id, "title": article.title, "section": place})
    return list(found.values())[:NEAREST_SHOWN]


def inbox_questions(desk: Desk, state: str = "") -> list[InboxQuestion]:
    """The newest questions of a state, or of all."""
    records = desk.records
    found = collect_questions(
        records.unanswered.all(MAX_QUESTIONS), records.feedback.all(MAX_QUESTIONS)
    )
    return [each for each in found if not state or each.state == state][:MAX_QUESTIONS]


def judge_citations(desk: Desk, question: InboxQuestion) -> list[dict[str, str]]:
    """The sentences that an answer cited, each with its article and what has become of it."""
    entries = desk.knowledge.library.entries
    articles = {key: entry.article for key, entry in entries.items()}
    return [
        {
            "quote": cited.quote,
            "dated": cited.dated,
            "title": articles[cited.article_id].title if cited.article_id in articles else "",
            "standing": check_citation(articles.get(cited.article_id), cited.quote, cited.start),
        }
        for cited in question.citations
        if cited.quote
    ]


def _render(desk: Desk, event: Event, told: str = "") -> str:
    everything = inbox_questions(desk)
    state = _state(event)
    clusters = _cluster(desk, [each for each in everything if each.state == state])
    return render(
        "desk/inbox",
        texts=event.texts,
        told=told,
        state=state,
        states=STATES,
        counts=Counter(each.state for each in everything),
        clusters=[(one, nearest_articles(desk, one.central.question)[:1]) for one in clusters],
        cited={each.key: judge_citations(desk, each) for one in clusters for each in one.questions},
        weeks=count_weeks(each.created for each in everything),
        keeping=desk.records.keeping,
        may_edit=event.viewer.may("editor"),
        has_evaluation=desk.evaluation is not None,
    )


def _find_cluster(desk: Desk, event: Event) -> Cluster | None:
    wanted = event.value("central")
    clusters = _cluster(desk, inbox_questions(desk, _state(event)))
    return next((one for one in clusters if one.central.key == wanted), None)


def _cluster(desk: Desk, questions: list[InboxQuestion]) -> tuple[Cluster, ...]:
    words = [each.question for each in questions]
    return cluster_questions(questions, desk.vectors.of(words, desk.knowledge.embedder))


def _state(event: Event) -> str:
    state = event.value("state")
    return state if state in STATES else "new"


ACTIONS: Final = {
    "inbox.show": Action("staff", show),
    "inbox.state": Action("staff", set_state),
    "inbox.brief": Action("editor", draft_brief),
}
