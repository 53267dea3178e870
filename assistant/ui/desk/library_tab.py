"""The tab Library: its articles as the assistant sees them, and changes that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from assistant.api.bodies import AskBody, check_question
from assistant.api.errors import ApiError
from assistant.ui.desk.events import Action, View
from assistant.ui.rendering import render
from index.errors import SourceError

if TYPE_CHECKING:
    from assistant.ui.desk.events import Desk, Event
    from index.entry import Entry

SENTENCES_SHOWN: Final = 5


def show(desk: Desk, event: Event) -> View:
    """The table of articles."""
    return View(_render(desk, event, problem=event.value("problem")))


def preview(desk: Desk, event: Event) -> View:
    """An article's passages and sentences."""
    return View(_render_article(desk, event))


def try_question(desk: Desk, event: Event) -> View:
    """The sentences of the article that are nearest to a question, and what the answer cites."""
    entry = _find_entry(desk, event)
    question = event.value("question")
    try:
        body = check_question(AskBody(question=question), desk.settings)
    except ApiError as error:
        return View(_render_article(desk, event, problem=error.message), error.message)
    vector = desk.knowledge.embedder.encode([question])[0]
    similarities = desk.knowledge.library.sentence_vectors(entry.article.id) @ vector
    order = sorted(range(len(entry.sentences)), key=lambda n: -float(similarities[n]))
    nearest = [(_text(entry, n), float(similarities[n])) for n in order[:SENTENCES_SHOWN]]
    answer = desk.provider.answer(body, "staff")
    cited = any(source.article_id == entry.article.id for source in answer.sources)
    tried = {"nearest": nearest, "answer": answer, "cited": cited}
    return View(_render_article(desk, event, tried=tried), focus="#try-question")


def mark_practical(desk: Desk, event: Event) -> View:
    """Marks an article as one of the clinic's practical ones, or takes the mark off."""
    entry, practical = _find_entry(desk, event), event.value("practical") == "yes"
    desk.records.choices.mark_practical(entry.article.id, practical=practical)
    action = "article_practical" if practical else "article_not_practical"
    desk.records.note_action(event.viewer.name, action, entry.article.id)
    return show(desk, event)


def remove(desk: Desk, event: Event) -> View:
    """Takes an article out of the library."""
    from index.build import remove_from_index

    entry = _find_entry(desk, event)
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


def _find_entry(desk: Desk, event: Event) -> Entry:
    entry = desk.knowledge.library.entries.get(event.value("article"))
    if entry is None:
        raise SourceError(event.texts["library.gone"])
    return entry


def _render(desk: Desk, event: Event, *, told: str = "", problem: str = "") -> str:
    entries = desk.knowledge.library.entries.values()
    return render(
        "desk/library",
        texts=event.texts,
        page_texts=event.page_texts,
        told=told,
        problem=problem,
        entries=sorted(entries, key=lambda entry: entry.article.title.casefold()),
        practical=desk.records.choices.practical_articles(),
        changed=str(desk.knowledge.library.manifest.get("changed", ""))[:16].replace("T", " "),
        may_edit=event.viewer.may("editor"),
        max_megabytes=desk.settings.max_source_bytes // 1_000_000,
    )


def _render_article(
    desk: Desk, event: Event, *, tried: dict[str, Any] | None = None, problem: str = ""
) -> str:
    entry = _find_entry(desk, event)
    inside = {n for passage in entry.passages for n in range(*passage.sentences)}
    return render(
        "desk/article",
        texts=event.texts,
        article=entry.article,
        passages=[
            (passage, [_text(entry, number) for number in range(*passage.sentences)])
            for passage in entry.passages
        ],
        outside=[_text(entry, n) for n in range(len(entry.sentences)) if n not in inside],
        question=event.value("question"),
        tried=tried,
        problem=problem,
    )


def _text(entry: Entry, number: int) -> str:
    sentence = entry.sentences[number]
    return entry.article.text[sentence.start : sentence.end]


ACTIONS: Final = {
    "library.show": Action("staff", show),
    "library.preview": Action("staff", preview),
    "library.try": Action("staff", try_question),
    "library.practical": Action("editor", mark_practical),
    "library.remove": Action("editor", remove),
    "library.undo": Action("editor", undo),
}
