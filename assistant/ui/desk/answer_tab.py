"""The tab Answer: a question, its answer with sources, and the copies for the patient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.api.bodies import AskBody, check_question
from assistant.api.errors import ApiError
from assistant.guiding import guide_in
from assistant.ui.answer_text import split_blocks
from assistant.ui.care_card import make_care_card, split_guidance
from assistant.ui.desk.copying import read_aloud, write_copies
from assistant.ui.desk.events import STAFF_TEXTS, Action, View
from assistant.ui.desk.excerpts import Excerpt
from assistant.ui.rendering import render
from assistant.ui.source_card import group_by_article, make_source_card
from prompts.texts import load_texts

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.ui.desk.copying import Copies
    from assistant.ui.desk.events import Desk, Event

LOADING_PATIENCE_SECONDS: Final = 60
SEARCHED_PASSAGES: Final = 12
PRACTICAL_SHOWN: Final = 3


def show(desk: Desk, event: Event) -> View:
    """The empty tab."""
    return View(_render(desk, event), focus="#question")


def ask(desk: Desk, event: Event) -> View:
    """The answer to the question of the form."""
    question = event.value("question")
    try:
        body = check_question(AskBody(question=question), desk.settings)
    except ApiError as error:
        return View(_render(desk, event, problem=error.message), error.message, "#question")
    *_, answer = desk.provider.stream(body, "staff", LOADING_PATIENCE_SECONDS)
    practical = find_practical(desk, question)
    html = _render(desk, event, answer=answer, practical=practical)
    return View(html, event.texts["answer.ready"], "#copy-first")


def put_into_inbox(desk: Desk, event: Event) -> View:
    """Keeps the question for the inbox, where the clinic keeps unanswered questions."""
    language = event.page_texts.language
    row = desk.records.add_unanswered(event.value("question"), language=language, channel="staff")
    told = event.texts["answer.in_inbox" if row else "answer.inbox_off"]
    return View(_render(desk, event, told=told), told, "#question")


def find_practical(desk: Desk, question: str) -> tuple[Excerpt, ...]:
    """Passages of practical articles that the library's own search finds for a question."""
    marked = desk.records.choices.practical_articles()
    if not marked:
        return ()
    knowledge = desk.knowledge
    found: dict[str, Excerpt] = {}
    for hit in knowledge.searcher.search(question, SEARCHED_PASSAGES):
        if hit.article_id in marked and hit.article_id not in found:
            entry = knowledge.library.entries[hit.article_id]
            found[hit.article_id] = Excerpt.of(entry, hit.passage.start, hit.passage.end)
    return tuple(found.values())[:PRACTICAL_SHOWN]


def _render(
    desk: Desk,
    event: Event,
    *,
    answer: Answer | None = None,
    practical: tuple[Excerpt, ...] = (),
    problem: str = "",
    told: str = "",
) -> str:
    return render(
        "desk/answer",
        texts=event.texts,
        page_texts=event.page_texts,
        question=event.value("question") if answer or problem else "",
        max_characters=desk.settings.max_question_characters,
        problem=problem,
        told=told,
        keeps=desk.records.keeping.unanswered,
        shown=None if answer is None else _show_answer(desk, event, answer),
        practical=practical,
    )


def _show_answer(desk: Desk, event: Event, answer: Answer) -> dict[str, object]:
    """What the template needs of an answer."""
    cards = [make_source_card(s, str(s.n), event.page_texts) for s in answer.sources]
    related = [
        make_source_card(s, f"r{i}", event.page_texts) for i, s in enumerate(answer.related, 1)
    ]
    care = make_care_card(answer, desk.phones)
    numbers = {card.number for card in cards if card.number is not None}
    only_care = care is not None and answer.kind == "guidance"
    notice = split_guidance(answer)[1] if care else answer.notice or ""
    return {
        "answer": answer,
        "care": care,
        "body": () if only_care else split_blocks(answer.text, numbers),
        "notice": split_blocks(notice, phones=desk.phones),
        "source_groups": group_by_article(cards or related),
        "aloud": read_aloud(answer),
        "copies": _write_all_copies(desk, answer),
    }


def _write_all_copies(desk: Desk, answer: Answer) -> list[Copies]:
    """The copies in every language of the clinic."""
    settings, phones = desk.settings, desk.phones
    return [
        write_copies(
            guide_in(code, answer, settings),
            settings.clinic_name,
            phones,
            load_texts(code, STAFF_TEXTS),
            load_texts(code),
        )
        for code in settings.languages
    ]


ACTIONS: Final = {
    "answer.show": Action("staff", show),
    "answer.ask": Action("staff", ask),
    "answer.inbox": Action("staff", put_into_inbox),
}
