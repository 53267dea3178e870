"""Which settings are varied, with which values, and every combination of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from eval.errors import SweepError
from eval.metrics.catalogue import METRICS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_VARIANTS: Final = 200


class Variable(BaseModel):
    """What can be varied; what is missing stays as the home and the settings have it.

    Attributes:
        embedding_model: name or folder of a sentence-transformers model.
        passage_tokens: longest passage, in the model's tokens.
        passages: how many passages an answer is sought in.
        meaning_weight: weight of the ranking by meaning in the fusion.
        words_weight: weight of the ranking by words.
        sentences_weight: weight of the ranking by best sentences.
        fusion_constant: k of reciprocal rank fusion.
        answer_threshold: probability from which on an answer is given.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    embedding_model: str | None = None
    passage_tokens: int | None = Field(None, ge=16, le=8192)
    passages: int | None = Field(None, ge=1, le=100)
    meaning_weight: float | None = Field(None, ge=0)
    words_weight: float | None = Field(None, ge=0)
    sentences_weight: float | None = Field(None, ge=0)
    fusion_constant: int | None = Field(None, ge=1)
    answer_threshold: float | None = Field(None, ge=0, le=1)


NAMES: Final = tuple(Variable.model_fields)


@dataclass(frozen=True, slots=True)
class Variant:
    """One combination of values; the one without any is the product as it is."""

    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Words for people."""
        return ", ".join(f"{key} {value}" for key, value in self.values.items()) or "as it is"

    @property
    def variable(self) -> Variable:
        """The values, checked."""
        return Variable(**self.values)


def make_grid(given: Sequence[str]) -> list[Variant]:
    """The product as it is, then every combination of the values given.

    Args:
        given: `NAME=VALUE,VALUE,…` for each setting that is varied.

    Raises:
        SweepError: a name or a value is not allowed, or there are too many combinations.
    """
    axes = [_read_axis(text) for text in given]
    names = [name for name, _ in axes]
    if not axes or len(set(names)) < len(names):
        raise SweepError("Give each setting to vary once, such as --vary passages=4,8,16.")
    combinations = [
        Variant(dict(zip(names, values, strict=True)))
        for values in product(*(values for _, values in axes))
    ]
    if len(combinations) > MOST_VARIANTS:
        raise SweepError(
            f"The grid has {len(combinations)} combinations, at most {MOST_VARIANTS} are run: "
            "give fewer values."
        )
    return [Variant(), *combinations]


def check_metric(name: str) -> None:
    """Refuses a metric that no leaderboard can be ranked by.

    Raises:
        SweepError: there is none of that name, or neither way of it is better.
    """
    allowed = [metric.name for metric in METRICS if metric.better != "neither"]
    if name not in allowed:
        raise SweepError(f"--metric is {name!r}; allowed are {', '.join(sorted(allowed))}.")


def _read_axis(text: str) -> tuple[str, list[Any]]:
    name, _, values = text.partition("=")
    name = name.strip().replace("-", "_")
    if name not in NAMES or not values.strip():
        raise SweepError(
            f"--vary {text} cannot be read: give NAME=VALUE,VALUE with one of {', '.join(NAMES)}."
        )
    return name, list(dict.fromkeys(_check(name, value.strip()) for value in values.split(",")))


def _check(name: str, value: str) -> Any:
    try:
        return getattr(Variable(**{name: value}), name)
    except ValidationError as error:
        raise SweepError(f"--vary {name}: {value!r}: {error.errors()[0]['msg']}.") from error
