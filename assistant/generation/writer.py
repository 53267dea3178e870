"""The extractive answer → the same answer in a chat model's words, as far as the sources bear them.

Whatever goes wrong, the extractive answer stands.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.generation.assembling import Assembly
from assistant.generation.breaker import CircuitBreaker, DailyBudget
from assistant.generation.chat_models import is_hosted, open_chat_model
from assistant.generation.checking import check_draft
from assistant.generation.drafting import draft_sentences
from assistant.generation.request import build_request
from assistant.generation.streaming import ChatFailure, stream_text
from assistant.privacy import redact
from prompts.replies import load_replies
from prompts.tokens import count_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langchain_core.language_models import BaseChatModel

    from assistant.answer import Answer
    from assistant.generation.request import ChatRequest
    from assistant.knowledge import Knowledge
    from assistant.settings import Settings

CACHE_SIZE = 256

logger = logging.getLogger(__name__)


class Writer:
    """Words answers with one chat model.

    Attributes:
        breaker: leaves a model alone that keeps failing.
        budget: tokens of the day.
    """

    def __init__(self, model: BaseChatModel, settings: Settings) -> None:
        self._model = model
        self._settings = settings
        self._name = settings.chat_model or ""
        self._hosted = is_hosted(settings)
        self._cache: OrderedDict[tuple[object, ...], Answer] = OrderedDict()
        self._lock = threading.Lock()
        self.breaker = CircuitBreaker()
        self.budget = DailyBudget(settings.chat_daily_tokens)

    def write(self, extractive: Answer, knowledge: Knowledge, language: str) -> Iterator[Answer]:
        """The answer as it grows by a checked sentence; the last one is whole.

        Args:
            extractive: the answer as it stands without a model.
            knowledge: of the library that it was made from.
            language: the reader's, for notices.
        """
        if not is_wordable(extractive):
            yield extractive
            return
        redacted = redact(extractive.standalone_question)
        key = (knowledge.generation, redacted.text, extractive.text, language)
        if not redacted.found and (known := self._recall(key)):
            # All but what is said belongs to the conversation that asks now.
            yield replace(
                extractive,
                **{name: getattr(known, name) for name in _SAID},
                notice=self._told(extractive, language, known=known),
            )
            return
        request = build_request(extractive, knowledge.library, redacted.text, self._settings)
        if not self.breaker.allows():
            yield self._fall_back(extractive, language)
            return
        most = request.tokens + self._settings.chat_max_output_tokens
        if not self.budget.allows(most):
            yield self._fall_back(extractive, language)
            return
        last = extractive
        for last in self._ask(extractive, request, language):
            yield last
        if last.mode == "generative" and not redacted.found:
            self._remember(key, last)

    def _ask(self, extractive: Answer, request: ChatRequest, language: str) -> Iterator[Answer]:
        sources = {source.number: source for source in request.sources}
        assembly = Assembly(extractive, sources, self._name)
        answer: Answer | None = None
        left_out = 0
        received: list[str] = []
        failure: ChatFailure | None = None
        try:
            chunks = self._received(request, received)
            for draft in draft_sentences(chunks):
                checked = check_draft(draft, request.sources)
                left_out += checked.fate == "left_out"
                grown = assembly.add(checked) if checked.text else None
                if grown is not None:
                    answer = replace(grown, notice=self._told(extractive, language))
                    yield answer
            self.breaker.succeed()
        except ChatFailure as error:
            failure = error
            self.breaker.fail(error.retry_after_seconds)
            logger.warning("The chat model failed (%s).", error.kind)
        finally:
            tokens = request.tokens + count_tokens("".join(received))
            self.budget.use(tokens)
        essential = {source.number for source in request.sources if source.chosen}
        if answer is None or not assembly.cited & essential:
            yield self._fall_back(extractive, language, tokens=tokens, told=failure is not None)
            return
        missing = left_out or failure is not None
        note = "generation.left_out" if missing else None
        yield replace(answer, tokens=tokens, notice=self._told(extractive, language, note=note))

    def _received(self, request: ChatRequest, received: list[str]) -> Iterator[str]:
        for chunk in stream_text(self._model, request, self._settings.chat_timeout_seconds):
            received.append(chunk)
            yield chunk

    def _fall_back(
        self, extractive: Answer, language: str, *, tokens: int = 0, told: bool = True
    ) -> Answer:
        """The extractive answer; `told` says that the model failed."""
        if not told:
            return replace(extractive, tokens=tokens)
        note = load_replies(language)["generation.failed"]
        notice = f"{extractive.notice} {note}" if extractive.notice else note
        return replace(extractive, tokens=tokens, notice=notice)

    def _told(
        self,
        extractive: Answer,
        language: str,
        *,
        note: str | None = None,
        known: Answer | None = None,
    ) -> str | None:
        """The answer's notice and what the reader must know of the model."""
        replies = load_replies(language)
        notes = [extractive.notice or ""]
        left_out = replies["generation.left_out"]
        if note is not None or (known is not None and left_out in (known.notice or "")):
            notes.append(left_out)
        if self._hosted:
            notes.append(replies["generation.hosted"])
        return " ".join(filter(None, notes)) or None

    def _recall(self, key: tuple[object, ...]) -> Answer | None:
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
            return self._cache.get(key)

    def _remember(self, key: tuple[object, ...], answer: Answer) -> None:
        with self._lock:
            self._cache[key] = answer
            if len(self._cache) > CACHE_SIZE:
                self._cache.popitem(last=False)


_SAID = ("text", "sentences", "sources", "mode", "model")


def is_wordable(answer: Answer) -> bool:
    """Whether an answer consists of what articles say, and of nothing that the program says itself.

    Guidance, abstentions, small talk and what an article's own data say never reach a model.
    """
    quotes = {source.n: source.quote for source in answer.sources}
    return (
        answer.kind == "answer"
        and bool(answer.sentences)
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
    return Writer(open_chat_model(settings), settings) if settings.chat_model else None
