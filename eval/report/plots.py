"""Plots as small SVG pictures. Pure; colours come from the page's style sheet."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH: Final = 320
HEIGHT: Final = 220
MARGIN: Final = 36

Point = tuple[float, float]


def plot_risk(points: Sequence[Mapping[str, float]]) -> str:
    """Risk over coverage: a line that should stay low as far to the right as possible."""
    line = [(point["coverage"], point["risk"]) for point in points]
    return _frame("coverage", "share wrong", [_polyline(line, "line")])


def plot_reliability(bins: Sequence[Mapping[str, Any]]) -> str:
    """Share answerable over confidence, a dot for each bin, its area by its number of cases."""
    filled = [group for group in bins if group["count"]]
    most = max((group["count"] for group in filled), default=1)
    dots = [
        _dot(
            (group["mean_confidence"], group["share_positive"]),
            3 + 7 * (group["count"] / most) ** 0.5,
            f"{group['count']} cases: confidence {group['mean_confidence']:.2f}, "
            f"answerable {group['share_positive']:.2f}",
        )
        for group in filled
    ]
    diagonal = _polyline([(0, 0), (1, 1)], "guide")
    return _frame("confidence", "share answerable", [diagonal, *dots])


def plot_bars(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """A bar with its interval for each named measure, one below the other; values from 0 to 1."""
    height, left, right = 22, 190, 110
    width = left + WIDTH + right
    parts = []
    for number, (name, measure) in enumerate(rows):
        top = number * height
        value, low, high = (left + WIDTH * measure[key] for key in ("value", "low", "high"))
        middle = top + height / 2
        figures = f"{100 * measure['value']:.0f} % of {measure['cases']}"
        parts.append(
            f'<text x="{left - 8}" y="{middle + 4:.1f}" text-anchor="end">{escape(name)}</text>'
            f'<rect class="track" x="{left}" y="{top + 4}" width="{WIDTH}" height="14"/>'
            f'<rect class="bar" x="{left}" y="{top + 4}" width="{value - left:.1f}" height="14"/>'
            f'<path class="whisker" d="M{low:.1f} {middle:.1f}H{high:.1f}"/>'
            f'<text x="{left + WIDTH + 6}" y="{middle + 4:.1f}">{figures}</text>'
        )
    return _svg("Bars with intervals", width, max(1, len(rows)) * height, parts)


def plot_durations(durations_ms: Sequence[float]) -> str:
    """How many cases took how long, in 24 equally wide bins up to the 99th percentile."""
    if not durations_ms:
        return ""
    ordered, count = sorted(durations_ms), 24
    top = ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))] or 1.0
    bins = [0] * count
    for duration in ordered:
        bins[min(count - 1, int(count * duration / top))] += 1
    inner_width, inner_height = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    parts = []
    for number, cases in enumerate(bins):
        bar = inner_height * cases / max(bins)
        x, y = MARGIN + inner_width * number / count, HEIGHT - MARGIN - bar
        width = inner_width / count - 1
        parts.append(
            f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{bar:.1f}">'
            f"<title>{cases} cases</title></rect>"
        )
    labels = (
        f'<text x="{MARGIN}" y="{HEIGHT - 18}">0</text>'
        f'<text x="{WIDTH - MARGIN}" y="{HEIGHT - 18}" text-anchor="end">{top:.0f} ms</text>'
    )
    return _svg("Cases by duration", WIDTH, HEIGHT, [*parts, labels])


def plot_front(points: Sequence[tuple[str, float, float, bool]]) -> str:
    """Quality over time: a dot for each named combination, a line through the Pareto front.

    Args:
        points: name, milliseconds, quality from 0 to 1, whether it is on the front.
    """
    top_ms = max((milliseconds for _, milliseconds, _, _ in points), default=1.0) or 1.0
    dots = [
        _dot((milliseconds / top_ms, quality), 5 if on_front else 3, name)
        for name, milliseconds, quality, on_front in points
    ]
    front = sorted((ms / top_ms, quality) for _, ms, quality, on_front in points if on_front)
    title = f"median time of an answer, of {top_ms:.0f} ms"
    return _frame(title, "quality", [_polyline(front, "line"), *dots])


def _frame(x_title: str, y_title: str, parts: Sequence[str]) -> str:
    """A plot over the unit square with its axes."""
    ticks = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        x, y = _place((share, share))
        ticks.append(
            f'<path class="grid" d="M{x:.1f} {MARGIN}V{HEIGHT - MARGIN}'
            f'M{MARGIN} {y:.1f}H{WIDTH - MARGIN}"/>'
            f'<text x="{x:.1f}" y="{HEIGHT - 20}" text-anchor="middle">{share:g}</text>'
            f'<text x="{MARGIN - 4}" y="{y + 4:.1f}" text-anchor="end">{share:g}</text>'
        )
    titles = (
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 4}" text-anchor="middle">{escape(x_title)}</text>'
        f'<text x="{MARGIN}" y="{MARGIN - 12}">{escape(y_title)}</text>'
    )
    return _svg(f"{y_title} over {x_title}", WIDTH, HEIGHT, [*ticks, *parts, titles])


def _polyline(points: Sequence[Point], name: str) -> str:
    placed = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_place, points))
    return f'<polyline class="{name}" points="{placed}"/>'


def _dot(point: Point, radius: float, title: str) -> str:
    x, y = _place(point)
    return (
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
        f"<title>{escape(title)}</title></circle>"
    )


def _place(point: Point) -> Point:
    """Unit square → pixels."""
    x, y = point
    return MARGIN + x * (WIDTH - 2 * MARGIN), HEIGHT - MARGIN - y * (HEIGHT - 2 * MARGIN)


def _svg(label: str, width: float, height: float, parts: Sequence[str]) -> str:
    body = "".join(parts)
    head = f'viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="{escape(label)}"'
    return f"<svg {head}>{body}</svg>"
