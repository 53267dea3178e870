"""Figures of a set as a whole, on the set and on bootstrap draws of it (Efron 1979).

A draw is told by how often it holds each case, so that a figure is computed on many draws at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from eval.statistics.intervals import DRAWS, SEED, Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Figure = Callable[[Any, Any, Any], Any]
"""Confidences `(n,)`, outcomes `(n,)` of 0 or 1 and counts `(d, n)` → each draw's figure `(d,)`.

All float64; NaN marks a draw that has none, such as one of one class only, and never leaves here.
"""

DRAWN_AT_ONCE: Final = 250
"""Draws in memory at the same time: 4 MB for 2,000 cases."""


def compute_figure(
    figure: Figure, confidences: Sequence[float], outcomes: Sequence[bool]
) -> float | None:
    """A figure of the cases themselves; None where it cannot be computed."""
    import numpy as np

    if not confidences:
        return None
    once = np.ones((1, len(confidences)))
    value = float(figure(*_columns(confidences, outcomes), once)[0])
    return None if np.isnan(value) else value


def draw_counts(
    groups: Sequence[str], draws: int = DRAWS, seed: int = SEED
) -> Iterator[NDArray[np.float64]]:
    """How often each case is in each draw, `(d, n)`, some draws at a time; groups come whole."""
    import numpy as np

    _, member_of = np.unique(np.asarray(groups), return_inverse=True)  # (n,)
    count, chance = int(member_of.max()) + 1, np.random.default_rng(seed)
    for start in range(0, draws, DRAWN_AT_ONCE):
        size = min(DRAWN_AT_ONCE, draws - start)
        picks = chance.integers(0, count, size=(size, count)) + count * np.arange(size)[:, None]
        drawn = np.bincount(picks.ravel(), minlength=size * count).reshape(size, count)  # (d, g)
        yield drawn[:, member_of].astype(np.float64)


def bootstrap_figure(
    figure: Figure,
    confidences: Sequence[float],
    outcomes: Sequence[bool],
    groups: Sequence[str] | None = None,
) -> Interval | None:
    """A figure with its 95 % percentile bootstrap interval; None where it cannot be computed.

    Args:
        figure: what is computed.
        confidences: one a case.
        outcomes: one a case.
        groups: what each case belongs to; each is a group of its own where it is missing.
    """
    import numpy as np

    value = compute_figure(figure, confidences, outcomes)
    if value is None:
        return None
    columns = _columns(confidences, outcomes)
    own = groups or [str(number) for number in range(len(confidences))]
    drawn = np.concatenate([figure(*columns, counts) for counts in draw_counts(own)])
    low, high = np.percentile(drawn[np.isfinite(drawn)], [2.5, 97.5])
    return Interval(value, float(low), float(high), len(confidences), "bootstrap")


def bootstrap_difference(
    figure: Figure,
    first: tuple[Sequence[float], Sequence[bool]],
    second: tuple[Sequence[float], Sequence[bool]],
    groups: Sequence[str],
    draws: int,
) -> tuple[float, float, float] | None:
    """Interval and p-value of second less first, both computed on the same draws of the cases.

    p is twice the share of draws on the other side of no difference, the smaller of both sides,
    with the observed difference counted on each (Davison and Hinkley 1997, section 4.2).

    Returns:
        Lower end, upper end, p; None where no draw allows both figures.
    """
    import numpy as np

    before, after = _columns(*first), _columns(*second)
    drawn = np.concatenate(
        [figure(*after, c) - figure(*before, c) for c in draw_counts(groups, draws)]
    )
    drawn = drawn[np.isfinite(drawn)]
    if not len(drawn):
        return None
    low, high = np.percentile(drawn, [2.5, 97.5])
    beyond = 1 + min(int((drawn <= 0).sum()), int((drawn >= 0).sum()))
    return float(low), float(high), min(1.0, 2 * beyond / (len(drawn) + 1))


def _columns(
    confidences: Sequence[float], outcomes: Sequence[bool]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    return np.asarray(confidences, dtype=np.float64), np.asarray(outcomes, dtype=np.float64)
