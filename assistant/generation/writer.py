"""The extractive answer → the same answer in a chat model's words, as far as the sources bear them.

Whatever goes wrong, the extractive answer stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.generation.assembling import Assembly
from assistant.generation.chat_models import open_chat_model
from assistant.generation.checking import check_draft
from assistant.generation.drafting import draft_sentences
from assistant.generation.guarding import GuardedModel
from assistant.generation.remembering import Recent
from assistant.generation.request import build_request
from assistant.generation.streaming import ChatFailure
from assistant.notices import notice_for_amount, tells_judgement
from assistant.redacting import redact_conversation
from prompts.replies import load_replies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.answer import Answer
    from assistant.conversation import Conversation
    from assistant.generation.request import ChatRequest
    from assistant.knowledge import Knowledge
    from assistant.settings import Settings


class Writer:
    """Words answers with one chat model.

    Attributes:
        chat: the model.
    """

    def __init__(self, chat: GuardedModel, settings: Settings) -> None:
        self.chat = chat
        self._settings = settings
        self._recent: Recent[Answer] = Recent()

    def write(
        self, extractive: Answer, conversation: Conversation, knowledge: Knowledge, language: str
    ) -> Iterator[Answer]:
        """The answer as it grows by a checked sentence; the last one is whole.

        Args:
            extractive: the answer as it stands without a model.
            conversation: that it answers, with the turns that may be sent.
            knowledge: of the library that it was made from.
            language: the reader's, for notices.
        """
        if not is_wordable(extractive):
            yield extractive
            return
        sent = self._as_sent(extractive, conversation)
        redacted = redact_conversation(sent)
        personal = redacted != sent
        key = (knowledge.generation, redacted, extractive.text, language)
        if not personal and (known := self._recent.recall(key)):
            # All but what is said belongs to the conversation that asks now.
            said = replace(extractive, **{name: getattr(known, name) for name in _SAID})
            yield replace(said, notice=self._told(said, language, known=known))
            return
        request = build_request(extractive, knowledge.library, redacted, self._settings, language)
        if not request.sources:
            yield _fall_back(extractive, language, tokens=extractive.tokens, failure="length")
            return
        last = extractive
        for last in self._ask(extractive, request, language):
            yield last
        if last.mode == "generative" and not personal:
            self._recent.remember(key, last)

    def _as_sent(self, extractive: Answer, conversation: Conversation) -> Conversation:
        """The question as understood, at the level that is asked for, else that of the settings."""
        level = conversation.level if conversation.level != "plain" else self._settings.chat_level
        return replace(conversation, question=extractive.standalone_question, level=level)

    def _ask(self, extractive: Answer, request: ChatRequest, language: str) -> Iterator[Answer]:
        sources = {source.number: source for source in (*request.sources, *request.unsent)}
        assembly = Assembly(extractive, sources, self.chat.name)
        answer: Answer | None = None
        left_out = tokens = 0
        failure: str | None = None
        try:
            with self.chat.ask(request.prompt, self._settings.chat_timeout_seconds) as exchange:
                try:
                    for draft in draft_sentences(exchange.read()):
                        checked = check_draft(draft, request.sources)
                        left_out += checked.fate == "left_out"
                        grown = assembly.add(checked) if checked.text else None
                        if grown is not None:
                            answer = replace(grown, notice=self._told(grown, language))
                            yield answer
                finally:
                    tokens = exchange.tokens
        except ChatFailure as error:
            failure = error.kind
        spent = extractive.tokens + tokens
        essential = request.essential
        if answer is None or not any(source.number in assembly.cited for source in essential):
            yield _fall_back(extractive, language, tokens=spent, failure=failure)
            return
        self.chat.budget.count_answer()
        answer = replace(assembly.complete(essential) or answer, notice=extractive.notice)
        note = "generation.left_out" if left_out else None
        yield replace(answer, tokens=spent, notice=self._told(answer, language, note=note))

    def _told(
        self,
        answer: Answer,
        language: str,
        *,
        note: str | None = None,
        known: Answer | None = None,
    ) -> str | None:
        """The extractive answer's notice and what the reader must know of the model and its words.

        Args:
            answer: what is said, with that notice.
            language: the reader's.
            note: what to add.
            known: the same answer, given before.
        """
        replies = load_replies(language)
        amount = notice_for_amount(answer, language)
        # An amount that only the model mentions.
        told = answer.notice and replies["notice.amount"].partition("{")[0] in answer.notice
        notes = [answer.notice or "", amount if amount and not told else ""]
        left_out = replies["generation.left_out"]
        if note is not None or (known is not None and left_out in (known.notice or "")):
            notes.append(left_out)
        if self.chat.hosted:
            notes.append(replies["generation.hosted"])
        if self.chat.recorded_outside:
            notes.append(replies["generation.recorded"])
        return " ".join(filter(None, notes)) or None


_FAILURES = {"budget": "spent", "circuit": "paused", "length": "too_long", "timeout": "late"}
"""The notice of each kind of failure that is not the model's own error."""


def _fall_back(extractive: Answer, language: str, *, tokens: int, failure: str | None) -> Answer:
    """The extractive answer, and why no model worded it.

    Args:
        extractive: as it stands without a model.
        language: the reader's.
        tokens: spent on it.
        failure: its kind; None where the model answered and nothing of it may be shown.
    """
    reason = "unusable" if failure is None else _FAILURES.get(failure, "failed")
    note = load_replies(language)[f"generation.{reason}"]
    notice = f"{extractive.notice} {note}" if extractive.notice else note
    return replace(extractive, tokens=tokens, notice=notice)


_SAID = ("text", "sentences", "sources", "mode", "model")


def is_wordable(answer: Answer) -> bool:
    """Whether an answer consists of what articles say, and of nothing that the program says itself.

    Guidance, abstentions, small talk and what an article's own data say never reach a model. Nor do
    the few sentences that are left for who asked for a doctor's judgement: those around them, which
    a model would be sent, were held back.
    """
    quotes = {source.n: source.quote for source in answer.sources}
    return (
        answer.kind == "answer"
        and bool(answer.sentences)
        and not tells_judgement(answer)
        and all(source.language == "en" for source in answer.sources)
        and all(
            _is_quoted(s.text, [quotes.get(n, "") for n in s.citations]) for s in answer.sentences
        )
    )


def _is_quoted(said: str, quotes: list[str]) -> bool:
    words = [word for word in said.replace(":", " ").replace(";", " ").split() if word != "|"]
    return any(
        words == [w for w in q.replace(":", " ").replace(";", " ").split() if w != "|"]
        for q in quotes
    )


def open_writer(settings: Settings) -> Writer | None:
    """The writer that the settings ask for; None where no chat model is set.

    Raises:
        ChatModelError: if the model cannot be used.
    """
    if not settings.chat_model:
        return None
    return Writer(GuardedModel(open_chat_model(settings), settings), settings)
