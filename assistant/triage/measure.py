"""How well messages were triaged: recall, exact level and false alarms, each with its bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from assistant.triage.exemplars import Exemplar
from assistant.triage.records import URGENCIES, FloatArray


@dataclass(frozen=True, slots=True)
class Scored:
    """A labelled message with the (4,) probabilities that a model which never saw it gave."""

    exemplar: Exemplar
    probabilities: FloatArray

    @property
    def danger(self) -> float:
        """Probability of any danger."""
        return float(1.0 - self.probabilities[0])

    def level(self, threshold: float) -> str:
        """The level at this threshold."""
        if self.danger < threshold:
            return "none"
        return URGENCIES[1 + int(np.argmax(self.probabilities[1:]))]


def wilson_bounds(hits: int, total: int) -> tuple[float, float]:
    """Gives the 95 % interval of a share (Wilson, 1927, J Am Stat Assoc 22:209)."""
    if not total:
        return 0.0, 1.0
    z = 1.96
    share = hits / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, centre - half), min(1.0, centre + half)


def pick_threshold(
    scored: Sequence[Scored], most_hard: float, most_ordinary: float, least_caught: float
) -> float:
    """Gives the lowest threshold at which harmless messages alarm no more often than allowed.

    It is never so high that fewer dangers are caught than they must be: an alarm too many costs a
    reader a moment.

    Args:
        scored: messages that no training saw.
        most_hard: share of the hard negatives that may alarm.
        most_ordinary: share of the ordinary ones.
        least_caught: share of the dangers that are to be caught all the same.
    """
    harmless = [one for one in scored if one.exemplar.urgency == "none"]
    ordinary = [one.danger for one in harmless if one.exemplar.kind == "ordinary"]
    hard = [one.danger for one in harmless if one.exemplar.kind != "ordinary"]
    quiet = max(
        float(np.quantile(dangers, 1 - most))
        for dangers, most in ((hard, most_hard), (ordinary, most_ordinary))
        if dangers
    )
    dangers = [one.danger for one in scored if one.exemplar.urgency != "none"]
    return min(quiet, float(np.quantile(dangers, 1 - least_caught))) if dangers else quiet


def show_share(name: str, flags: Sequence[bool]) -> str:
    """Gives one line: name, share, bounds, counts."""
    hits = sum(flags)
    low, high = wilson_bounds(hits, len(flags))
    share = hits / len(flags) if flags else 0.0
    return f"{name:<38} {share:6.1%}  [{low:.1%}, {high:.1%}]  {hits}/{len(flags)}"


def describe(scored: Sequence[Scored], threshold: float, misses: int = 10) -> str:
    """Gives the whole report as text; `misses` of the surest mistakes at its end."""
    lines = [f"threshold {threshold:.3f}"]
    for language in ("en", "da", "sv"):
        ours = [one for one in scored if one.exemplar.language == language]
        danger = [one for one in ours if one.exemplar.urgency != "none"]
        lines.append(
            show_share(
                f"{language} any level fired", [one.level(threshold) != "none" for one in danger]
            )
        )
        lines.append(
            show_share(
                f"{language} exact level",
                [one.level(threshold) == one.exemplar.urgency for one in danger],
            )
        )
        for level in URGENCIES[1:]:
            chosen = [one for one in danger if one.exemplar.urgency == level]
            lines.append(
                show_share(
                    f"{language} {level}: any level fired",
                    [one.level(threshold) != "none" for one in chosen],
                )
            )
    for name, kinds in (("hard negatives", None), ("ordinary", {"ordinary"})):
        chosen = [
            one
            for one in scored
            if one.exemplar.urgency == "none"
            and ((one.exemplar.kind in kinds) if kinds else one.exemplar.kind != "ordinary")
        ]
        lines.append(
            show_share(f"{name}: false alarms", [one.level(threshold) != "none" for one in chosen])
        )
    return "\n".join(lines + list_misses(scored, threshold, misses))


def list_misses(scored: Sequence[Scored], threshold: float, count: int) -> list[str]:
    """Gives the worst mistakes: dangers scored lowest, then alarms scored highest."""
    missed = sorted(
        (one for one in scored if one.exemplar.urgency != "none" and one.danger < threshold),
        key=lambda one: one.danger,
    )
    alarms = sorted(
        (one for one in scored if one.exemplar.urgency == "none" and one.danger >= threshold),
        key=lambda one: -one.danger,
    )
    return [
        f"{name} {one.danger:.2f} {one.exemplar.id} {one.exemplar.message}"
        for name, worst in (("missed", missed), ("alarm", alarms))
        for one in worst[:count]
    ]
