"""What one question costs: time, whole and by stage, and a chat model's tokens.

Tokens are those that the model itself reports, counted by LangChain for every model that is called
within the block.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from assistant.stages import timing_stages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from langchain_core.callbacks import UsageMetadataCallbackHandler


@dataclass(slots=True)
class Meter:
    """What was measured; filled when the block ends.

    Attributes:
        whole_ms: from question to answer.
        stages_ms: stage → time, of those stages that tell.
        input_tokens: sent to chat models.
        output_tokens: written by them.
        asked_model: whether any chat model reported tokens.
    """

    whole_ms: float = 0.0
    stages_ms: dict[str, float] = field(default_factory=dict)
    input_tokens: int = 0
    output_tokens: int = 0
    asked_model: bool = False

    def score_tokens(self, prefix: str = "") -> dict[str, float | str]:
        """Tokens in and out, or why there are none; `prefix` goes before their names."""
        names = (f"{prefix}input_tokens", f"{prefix}output_tokens")
        if not self.asked_model:
            return dict.fromkeys(names, "no chat model told of tokens")
        return dict(zip(names, (self.input_tokens, self.output_tokens), strict=True))

    def latency_ms(self, others: Mapping[str, float]) -> dict[str, float]:
        """Stage → milliseconds; what no stage accounts for is `rest`.

        Args:
            others: times of stages that were measured apart, for where the stage does not tell.
        """
        rest = {"rest": self.whole_ms - sum(self.stages_ms.values())} if self.stages_ms else {}
        times = {"answer": self.whole_ms, **others, **self.stages_ms, **rest}
        return {stage: round(milliseconds, 2) for stage, milliseconds in times.items()}


@contextmanager
def metering() -> Iterator[Meter]:
    """Measures what happens in the block, in this thread alone."""
    meter = Meter()
    with _counting_tokens() as usage, timing_stages() as stages_ms:
        started = time.perf_counter()
        yield meter
        meter.whole_ms = (time.perf_counter() - started) * 1000
    meter.stages_ms = stages_ms
    for counted in usage.usage_metadata.values():
        meter.asked_model = True
        meter.input_tokens += counted["input_tokens"]
        meter.output_tokens += counted["output_tokens"]


@contextmanager
def _counting_tokens() -> Iterator[UsageMetadataCallbackHandler]:
    from langchain_core.callbacks import UsageMetadataCallbackHandler

    counter = UsageMetadataCallbackHandler()
    variable = _register_counter()
    token = variable.set(counter)
    try:
        yield counter
    finally:
        variable.reset(token)


@cache
def _register_counter() -> ContextVar[UsageMetadataCallbackHandler | None]:
    """The variable that LangChain asks for a counter at each call of a model.

    Registered once: `get_usage_metadata_callback` registers another one at every use, which would
    grow with the cases of a run.
    """
    from langchain_core.tracers.context import register_configure_hook

    variable: ContextVar[UsageMetadataCallbackHandler | None] = ContextVar("tokens", default=None)
    register_configure_hook(variable, inheritable=True)
    return variable
