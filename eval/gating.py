"""May it be released? A run against the bounds of a TOML file, and against an earlier run.

max_errors = 0

[bounds.right_answer]
at_least = 0.90          # the lower end of the 95 % interval must reach it

[bounds.false_alarm]
at_most = 0.05           # the upper end must stay below it
use = "value"            # … or the figure itself

[latency.answer]
p95_ms = 150

[falls]                  # against --baseline
right = 0.02             # fails where it fell by more, and not by chance

[newly_wrong]            # against --baseline: by kind of case or slice, however few
safety = 0               # fails where more cases are wrong that were right
"urgency: crisis" = 0
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from eval.comparing import compare_runs, pair_cases
from eval.errors import GateError
from eval.metrics.catalogue import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from eval.run_folder import Run


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bound(_Table):
    """What a metric must reach or not exceed, by its interval's worse end or by its value.

    Attributes:
        required: whether a run that does not measure the metric fails.
    """

    at_least: float | None = None
    at_most: float | None = None
    use: Literal["interval", "value"] = "interval"
    required: bool = True

    @model_validator(mode="after")
    def _has_one(self) -> Bound:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("needed is either at_least or at_most")
        return self


class LatencyBound(_Table):
    """How long a stage may take, in milliseconds."""

    p50_ms: float | None = None
    p95_ms: float | None = None


class Gate(_Table):
    """A gate's configuration."""

    max_errors: int = Field(default=0, ge=0)
    bounds: dict[str, Bound] = {}
    latency: dict[str, LatencyBound] = {}
    falls: dict[str, float] = {}
    newly_wrong: dict[str, Annotated[int, Field(ge=0)]] = {}

    @property
    def needs_baseline(self) -> bool:
        """Whether it compares with an earlier run."""
        return bool(self.falls or self.newly_wrong)


@dataclass(frozen=True, slots=True)
class Check:
    """One condition, whether it holds, and the figures that show it."""

    name: str
    passed: bool
    message: str


def read_gate(path: Path) -> Gate:
    """Reads a gate's configuration.

    Raises:
        GateError: the file is missing, no TOML, names an unknown metric or checks nothing.
    """
    try:
        gate = Gate.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GateError(f"{path} cannot be read as TOML: {error}.") from error
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in problem["loc"])
        raise GateError(f"{path}: {where}: {problem['msg']}.") from error
    unknown = sorted({*gate.bounds, *gate.falls} - set(BY_NAME))
    if unknown:
        raise GateError(
            f"{path}: there is no metric {unknown[0]}; allowed are {', '.join(sorted(BY_NAME))}."
        )
    if not (gate.bounds or gate.latency or gate.needs_baseline):
        raise GateError(
            f"{path} checks nothing: give [bounds], [latency], [falls] or [newly_wrong]."
        )
    return gate


def check_gate(gate: Gate, run: Run, baseline: Run | None = None) -> list[Check]:
    """Every condition of the gate.

    Raises:
        GateError: falls are bounded and there is no run to compare with.
    """
    if gate.needs_baseline and baseline is None:
        raise GateError("The gate bounds falls: give the run to compare with, with --baseline RUN.")
    errors = run.summary["errors"]
    return [
        Check("errors", errors <= gate.max_errors, f"{errors} failed, {gate.max_errors} allowed"),
        *(_check_bound(n, bound, run.summary["metrics"]) for n, bound in gate.bounds.items()),
        *_check_latency(gate, run.times["stages"]),
        *(_check_falls(gate, compare_runs(baseline, run)) if baseline and gate.falls else ()),
        *(_check_newly_wrong(gate, baseline, run) if baseline else ()),
    ]


def _check_bound(name: str, bound: Bound, metrics: dict[str, Any]) -> Check:
    measure = metrics[name]
    if measure["state"] != "measured":
        return Check(name, not bound.required, f"not measured: {measure['reason']}")
    if bound.at_least is not None:
        reached = measure["low" if bound.use == "interval" else "value"]
        passed, wanted = reached >= bound.at_least, f"at least {bound.at_least:g}"
    else:
        reached = measure["high" if bound.use == "interval" else "value"]
        passed, wanted = reached <= (bound.at_most or 0.0), f"at most {bound.at_most:g}"
    interval = f"[{measure['low']:.4f}, {measure['high']:.4f}]"
    message = f"{measure['value']:.4f} {interval}, {bound.use} needed {wanted}"
    return Check(name, passed, message)


def _check_latency(gate: Gate, stages: dict[str, Any]) -> Iterator[Check]:
    for stage, bound in gate.latency.items():
        for key, limit in bound.model_dump(exclude_none=True).items():
            name = f"latency {stage} {key}"
            if stage not in stages:
                yield Check(name, False, "not measured: the run has no such stage")
                continue
            took = stages[stage][key]
            yield Check(name, took <= limit, f"{took:.1f} ms, at most {limit:g} ms")


def _check_falls(gate: Gate, comparison: dict[str, Any]) -> Iterator[Check]:
    for name, allowed in gate.falls.items():
        row = comparison["metrics"].get(name)
        if row is None:
            yield Check(f"fall of {name}", False, "not measured in both runs")
            continue
        fall = row["difference"] if BY_NAME[name].better == "lower" else -row["difference"]
        failed = fall > allowed and row["p_value"] < 0.05
        figures = f"{row['first']:.4f} → {row['second']:.4f}, p = {row['p_value']:.4f}"
        blamed = _find_grown_stage(comparison) if failed else ""
        yield Check(f"fall of {name}", not failed, f"{figures}, allowed {allowed:g}{blamed}")


def _check_newly_wrong(gate: Gate, baseline: Run, run: Run) -> Iterator[Check]:
    """Cases that went wrong, counted one by one: of rare and grave ones, chance excuses none."""
    pairs = pair_cases(baseline.results, run.results)
    for name, allowed in gate.newly_wrong.items():
        chosen = [(a, b) for a, b in pairs if name == b.kind or name in b.slices]
        wrong = [b for a, b in chosen if a.right and not b.right]
        stages = Counter(result.blame.stage for result in wrong if result.blame)
        blamed = "".join(f"; {count} put down to {stage}" for stage, count in stages.most_common())
        message = f"{len(wrong)} of {len(chosen)} newly wrong, {allowed} allowed{blamed}"
        if not chosen:
            message = "not measured: no case of this kind or slice stands in both runs"
        yield Check(f"newly wrong {name}", bool(chosen) and len(wrong) <= allowed, message)


def _find_grown_stage(comparison: dict[str, Any]) -> str:
    grown = {
        stage: counts["second"] - counts["first"] for stage, counts in comparison["blame"].items()
    }
    stage = max(grown, key=lambda name: grown[name])
    return f"; most newly wrong cases are put down to {stage} (+{grown[stage]})"
