"""One chat model behind its circuit breaker and its budget: every word to and from it goes here."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from assistant.generation.breaker import CircuitBreaker, DailyBudget
from assistant.generation.chat_models import is_hosted
from assistant.generation.recording import is_recorded_outside, open_recorder
from assistant.generation.streaming import ChatFailure, stream_text
from prompts.tokens import count_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from langchain_core.language_models import BaseChatModel

    from assistant.generation.breaker import State
    from assistant.settings import Settings

logger = logging.getLogger(__name__)

_spent: ContextVar[list[int] | None] = ContextVar("spent", default=None)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent, and how long it is in tokens."""

    system: str
    user: str
    tokens: int

    @classmethod
    def of(cls, system: str, user: str) -> Prompt:
        """A prompt with its tokens counted."""
        return cls(system, user, count_tokens(system) + count_tokens(user))


@dataclass(frozen=True, slots=True)
class ChatState:
    """How a chat model is and what it cost today, for `/readyz` and the staff page.

    Attributes:
        model: as the settings name it.
        hosted: whether text leaves the clinic's network.
        circuit: of the wording of answers.
        aside_circuit: of reading questions and proposing further ones.
        tokens_today: sent and received since midnight (UTC).
        daily_tokens: the budget; None is without end.
        answers_today: how many answers it worded.
        tokens_per_answer: all tokens of today by these answers; None before the first.
        cost_today: what the tokens of today cost; None where no prices are set.
        currency: of that cost.
    """

    model: str
    hosted: bool
    circuit: State
    aside_circuit: State
    tokens_today: int
    daily_tokens: int | None
    answers_today: int
    tokens_per_answer: int | None
    cost_today: float | None
    currency: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready values."""
        return asdict(self)


class GuardedModel:
    """Asks one chat model while its breaker and the day's budget allow.

    Attributes:
        name: as the settings give it.
        hosted: whether text leaves the clinic's network.
        recorded_outside: whether what it is sent is recorded outside that network.
        breaker: of wording answers, the model's chief work.
        aside_breaker: of all else; what a slow model is too slow for must not end its wording.
        budget: tokens of the day.
    """

    def __init__(self, model: BaseChatModel, settings: Settings) -> None:
        self._model = model
        self._max_output_tokens = settings.chat_max_output_tokens
        self.name = settings.chat_model or ""
        self.hosted = is_hosted(settings)
        self.recorded_outside = is_recorded_outside(settings)
        recorder = open_recorder(settings)
        if recorder is not None:
            model.callbacks = [recorder]
        self.breaker = CircuitBreaker()
        self.aside_breaker = CircuitBreaker()
        self.budget = DailyBudget(settings.chat_daily_tokens)
        self._prices = settings.chat_input_price, settings.chat_output_price
        self._currency = settings.chat_currency

    @property
    def state(self) -> ChatState:
        """How it is now."""
        answers, tokens = self.budget.answers, self.budget.used
        return ChatState(
            model=self.name,
            hosted=self.hosted,
            circuit=self.breaker.state,
            aside_circuit=self.aside_breaker.state,
            tokens_today=tokens,
            daily_tokens=self.budget.max_tokens,
            answers_today=answers,
            tokens_per_answer=round(tokens / answers) if answers else None,
            cost_today=price_tokens(*self.budget.sent_and_received, *self._prices),
            currency=self._currency,
        )

    def ask(self, prompt: Prompt, timeout_seconds: float, *, aside: bool = False) -> Exchange:
        """Begins an exchange, to be read within a `with` block.

        Args:
            prompt: redacted.
            timeout_seconds: until the last word.
            aside: whether the answer can do without it.

        Raises:
            ChatFailure: if it may not be asked now.
        """
        if not self.budget.allows(prompt.tokens + self._max_output_tokens):
            raise ChatFailure("budget")
        if aside and self.breaker.state != "closed":
            raise ChatFailure("circuit")
        breaker = self.aside_breaker if aside else self.breaker
        if not breaker.allows():
            raise ChatFailure("circuit")
        most = self._max_output_tokens
        return Exchange(
            self._model, prompt, timeout_seconds, breaker, self.budget, max_output_tokens=most
        )


def price_tokens(
    sent: int, received: int, input_price: float | None, output_price: float | None
) -> float | None:
    """What tokens cost at prices a million; None where a price is not known."""
    if input_price is None or output_price is None:
        return None
    return (sent * input_price + received * output_price) / 1_000_000


class Exchange:
    """A prompt and what the model says to it; told to breaker and budget when the block ends.

    Attributes:
        tokens: sent and received so far.
    """

    def __init__(
        self,
        model: BaseChatModel,
        prompt: Prompt,
        timeout_seconds: float,
        breaker: CircuitBreaker,
        budget: DailyBudget,
        *,
        max_output_tokens: int,
    ) -> None:
        self._model = model
        self._prompt = prompt
        self._timeout_seconds = timeout_seconds
        self._breaker = breaker
        self._budget = budget
        self._max_output_tokens = max_output_tokens
        self._received: list[str] = []

    def __enter__(self) -> Exchange:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, ChatFailure):
            self._breaker.fail(error.retry_after_seconds)
            logger.warning("The chat model failed (%s).", error.kind)
        else:
            self._breaker.succeed()
        self._budget.use(self._prompt.tokens, self._received_tokens)
        if (spent := _spent.get()) is not None:
            spent.append(self.tokens)

    @property
    def tokens(self) -> int:
        """Sent and received so far."""
        return self._prompt.tokens + self._received_tokens

    @property
    def _received_tokens(self) -> int:
        return count_tokens("".join(self._received))

    def read(self) -> Iterator[str]:
        """The model's text as it comes, no further than it may: not every server keeps the limit.

        Raises:
            ChatFailure: if the model fails or has not ended in time.
        """
        most = 0  # as if no token went over from one chunk to the next
        for chunk in stream_text(self._model, self._prompt, self._timeout_seconds):
            self._received.append(chunk)
            yield chunk
            most += count_tokens(chunk)
            if most >= self._max_output_tokens:
                most = self._received_tokens
                if most >= self._max_output_tokens:
                    return

    def read_short(self, max_characters: int) -> str:
        """The beginning of the model's text; the rest is not waited for."""
        for _ in self.read():
            if sum(map(len, self._received)) >= max_characters:
                break
        return "".join(self._received)[:max_characters]


@contextmanager
def counting_tokens() -> Iterator[list[int]]:
    """The tokens of each exchange that ends within the block, in this thread or task alone."""
    spent: list[int] = []
    token = _spent.set(spent)
    try:
        yield spent
    finally:
        _spent.reset(token)
