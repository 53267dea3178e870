"""The tab Library, one article: as the assistant sees it, and a question tried on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from assistant.api.bodies import AskBody, check_question
from assistant.api.errors import ApiError
from assistant.ui.desk.events import Action, View, find_entry
from assistant.ui.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.ui.desk.events import Desk, Event
    from index.entry import Entry
    from index.records import Sentence

SENTENCES_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class SeenBlock:
    """A block with its sentences as they can be cited.

    Attributes:
        kind: heading, paragraph, list item, table row, byline or reference.
        page: in a paged source.
        sentences: words and reference numbers of each.
    """

    kind: str
    page: int | None
    sentences: tuple[tuple[str, tuple[int, ...]], ...]


def preview(desk: Desk, event: Event) -> View:
    """An article's passages, blocks and sentences."""
    return View(_render(desk, event))


def try_question(desk: Desk, event: Event) -> View:
    """The sentences of the article that are nearest to a question, and what the answer cites."""
    entry = find_entry(desk, event)
    question = event.value("question")
    try:
        body = check_question(AskBody(question=question), desk.settings)
    except ApiError as error:
        return View(_render(desk, event, problem=error.message), error.message)
    vector = desk.knowledge.embedder.encode([question])[0]
    similarities = desk.knowledge.library.sentence_vectors(entry.article.id) @ vector
    order = sorted(range(len(entry.sentences)), key=lambda n: -float(similarities[n]))
    nearest = [(entry.quote(entry.sentences[n]), float(similarities[n])) for n in order]
    answer = desk.provider.answer(body, "staff")
    cited = any(source.article_id == entry.article.id for source in answer.sources)
    tried = {"nearest": nearest[:SENTENCES_SHOWN], "answer": answer, "cited": cited}
    return View(_render(desk, event, tried=tried), focus="#try-question")


def see_blocks(entry: Entry, sentences: Iterable[Sentence]) -> tuple[SeenBlock, ...]:
    """Consecutive sentences by the blocks that they stand in."""
    blocks = entry.article.blocks
    return tuple(
        SeenBlock(
            blocks[position].kind,
            blocks[position].page,
            tuple((entry.quote(sentence), sentence.references) for sentence in inside),
        )
        for position, inside in groupby(sentences, key=lambda sentence: sentence.block)
    )


def _render(
    desk: Desk, event: Event, *, tried: dict[str, Any] | None = None, problem: str = ""
) -> str:
    entry = find_entry(desk, event)
    inside = {n for passage in entry.passages for n in range(*passage.sentences)}
    outside = [sentence for sentence in entry.sentences if sentence.number not in inside]
    audited = desk.audits.article(desk.settings, desk.knowledge.library, entry.article.id)
    return render(
        "desk/article",
        texts=event.texts,
        page_texts=event.page_texts,
        article=entry.article,
        passages=[
            (passage, see_blocks(entry, entry.sentences[slice(*passage.sentences)]))
            for passage in entry.passages
        ],
        outside=see_blocks(entry, outside),
        findings=len(audited["findings"]),
        references=audited["references"],
        question=event.value("question"),
        tried=tried,
        problem=problem,
    )


ACTIONS: Final = {
    "library.preview": Action("staff", preview),
    "library.try": Action("staff", try_question),
}
