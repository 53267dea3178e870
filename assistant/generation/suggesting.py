"""A chat model proposes further questions; those that the library answers are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.function_words import content_stems
from assistant.generation.guarding import Prompt
from assistant.generation.remembering import Recent
from assistant.generation.rewriting import read_lines
from assistant.generation.streaming import ChatFailure
from assistant.privacy import redact
from assistant.suggestions import MAX_FOLLOW_UPS
from prompts.chat import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from assistant.answer import Answer
    from assistant.generation.guarding import GuardedModel
    from assistant.knowledge import Knowledge
    from assistant.settings import Settings
    from index.records import Article

    Ask = Callable[[str], Answer]

MAX_CHARACTERS = 600
MAX_PROPOSED = 5
"""Each costs an answer of its own to see whether the library has one."""
MAX_HEADINGS = 30


class Suggester:
    """Proposes questions with one chat model."""

    def __init__(self, chat: GuardedModel, settings: Settings) -> None:
        self._chat = chat
        self._settings = settings
        self._recent: Recent[tuple[str, ...]] = Recent()

    def suggest(
        self, answer: Answer, asked: Sequence[str], knowledge: Knowledge, ask: Ask
    ) -> tuple[str, ...]:
        """Up to three questions: the model's that are answered, then those that stood there.

        Args:
            answer: worded, with the questions that the articles' own headings suggest.
            asked: what the reader asked before.
            knowledge: of the library.
            ask: gives the extractive answer to a question.
        """
        question = redact(answer.standalone_question)
        key = (knowledge.generation, question.text, answer.text)
        proposed = self._recent.recall(key)
        if proposed is None:
            proposed = tuple(self._propose(answer, question.text, knowledge))[:MAX_PROPOSED]
            if proposed and not question.found:
                self._recent.remember(key, proposed)
        kept = list(_keep_answered(proposed, answer, asked, ask))
        return tuple(dict.fromkeys([*kept, *answer.follow_ups]))[:MAX_FOLLOW_UPS]

    def _propose(self, answer: Answer, question: str, knowledge: Knowledge) -> list[str]:
        entries = knowledge.library.entries
        articles = {s.article_id: entries[s.article_id].article for s in answer.sources}
        headings = [heading for a in articles.values() for heading in _headings(a)][:MAX_HEADINGS]
        said = " ".join(sentence.text for sentence in answer.sentences)
        user = render("follow_ups", "user", headings=headings, question=question, answer=said)
        prompt = Prompt.of(render("follow_ups", "system"), user)
        try:
            with self._chat.ask(prompt, self._settings.chat_aside_seconds, aside=True) as exchange:
                return read_lines(exchange.read_short(MAX_CHARACTERS))
        except ChatFailure:
            return []


def _keep_answered(
    proposed: Sequence[str], answer: Answer, asked: Sequence[str], ask: Ask
) -> Iterator[str]:
    """The questions that are new and that the library answers with something new."""
    known = {frozenset(content_stems(text)) for text in (*asked, answer.standalone_question)}
    shown = {(source.article_id, source.start) for source in answer.sources}
    kept = 0
    for question in proposed:
        words = frozenset(content_stems(question))
        if kept == MAX_FOLLOW_UPS or not question.endswith("?") or not words or words in known:
            continue
        found = ask(question)
        cited = {(source.article_id, source.start) for source in found.sources}
        if found.kind == "answer" and found.urgency == "none" and cited - shown:
            known.add(words)
            kept += 1
            yield question


def _headings(article: Article) -> list[str]:
    blocks = enumerate(article.blocks)
    headings = [article.block_text(number) for number, block in blocks if block.kind == "heading"]
    return list(dict.fromkeys([article.title, *headings]))
