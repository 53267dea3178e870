"""A question of the inbox made a case of the clinic's own eval data set, its gold reviewed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from assistant.ui.desk.events import Action, View
from assistant.ui.desk.excerpts import Excerpt
from assistant.ui.desk.inbox_tab import show as show_inbox
from assistant.ui.rendering import render
from index.errors import GutbrainError

if TYPE_CHECKING:
    from assistant.ui.desk.events import Desk, Event
    from index.entry import Entry

CANDIDATES_SHOWN: Final = 12
SEARCHED_PASSAGES: Final = 4


def review(desk: Desk, event: Event) -> View:
    """The form: the question, what is expected, and the sentences that could be gold."""
    return View(_render(desk, event), focus="#case-question")


def add(desk: Desk, event: Event) -> View:
    """Adds the case of the form, once the evaluation has checked it."""
    if desk.evaluation is None:
        return review(desk, event)
    row = make_case(event, find_gold(desk, event))
    try:
        file = desk.evaluation.add_case(row)
    except GutbrainError as error:
        return View(_render(desk, event, problem=str(error)), str(error))
    desk.records.note_action(event.viewer.name, "case_add", str(row["id"]))
    told = event.texts.fill("case.added", file=file.name)
    view = show_inbox(desk, event)
    html = f"{render('desk/told', text=told)}{view.html}"
    return View(html, told)


def make_case(event: Event, gold: list[dict[str, str]]) -> dict[str, Any]:
    """The form as a line of the data set (schema 1, docs/evaluation.md)."""
    question, expected = event.value("question"), event.value("expected")
    digest = hashlib.sha256(question.casefold().encode()).hexdigest()[:10]
    case = {
        "id": f"desk-{digest}",
        "question": question,
        "language": event.value("language") or "en",
        "expected": expected,
        "tags": ["desk"],
        "labelled_by": event.viewer.name,
    }
    return {**case, "gold": gold} if expected == "answer" else case


def find_gold(desk: Desk, event: Event) -> list[dict[str, str]]:
    """The sentences that are ticked, as gold of the data set."""
    entries = desk.knowledge.library.entries
    gold = []
    for chosen in _chosen(event):
        article_id, _, start = chosen.rpartition(" ")
        entry = entries.get(article_id)
        if entry is None:
            continue
        for sentence in entry.sentences:
            if str(sentence.start) == start:
                contained = " ".join(entry.quote(sentence).split())
                gold.append({"article": article_id, "contains": contained})
    return gold


def find_candidates(desk: Desk, question: str) -> list[Excerpt]:
    """Sentences of the passages that the search finds, those nearest in meaning first."""
    knowledge = desk.knowledge
    vector = knowledge.embedder.encode([question])[0]
    found: dict[tuple[str, int], float] = {}
    for hit in knowledge.searcher.search(question, SEARCHED_PASSAGES, vector):
        similarities = knowledge.library.sentence_vectors(hit.article_id) @ vector
        for number in range(*hit.passage.sentences):
            found[hit.article_id, number] = float(similarities[number])
    best = sorted(found, key=lambda key: (-found[key], key))[:CANDIDATES_SHOWN]
    return [_excerpt(knowledge.library.entries[key], number) for key, number in best]


def _excerpt(entry: Entry, number: int) -> Excerpt:
    sentence = entry.sentences[number]
    return Excerpt.of(entry, sentence.start, sentence.end)


def _chosen(event: Event) -> list[str]:
    return [value for name, value in event.values.items() if name.startswith("gold-")]


def _render(desk: Desk, event: Event, problem: str = "") -> str:
    original = event.value("original") or event.value("question")
    return render(
        "desk/case",
        texts=event.texts,
        question=event.value("question"),
        original=original,
        language=event.value("language"),
        state=event.value("state"),
        expected=event.value("expected") or "abstain",
        candidates=find_candidates(desk, original),
        chosen=_chosen(event),
        problem=problem,
    )


ACTIONS: Final = {
    "case.review": Action("editor", review),
    "case.add": Action("editor", add),
}
