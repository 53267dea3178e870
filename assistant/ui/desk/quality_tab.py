"""The tab Quality: the clinic's own data set, its runs over time, a run now, and two compared."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from assistant.ui.desk.events import Action, View
from assistant.ui.desk.following import Following
from assistant.ui.rendering import render
from index.errors import GutbrainError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.ui.desk.events import Desk, Event
    from assistant.ui.desk.following import Step

METRICS_SHOWN: Final = ("right", "right_answer", "right_abstention", "gold_cited")
RUNNING: Final = threading.Lock()


def show(desk: Desk, event: Event) -> View:
    """The runs so far."""
    return View(_render(desk, event))


def run_now(desk: Desk, event: Event) -> Iterator[View]:
    """Runs the data set, and tells how far it is."""
    if desk.evaluation is None or not RUNNING.acquire(blocking=False):
        problem = event.texts["quality.busy"]
        yield View(_render(desk, event, problem=problem), problem)
        return
    run = desk.evaluation.run
    following = Following(lambda tell: run(lambda done, total: tell("cases", done, total)))
    try:
        for step in following:
            yield View(_render(desk, event, step=step), done=False)
        desk.records.note_action(event.viewer.name, "eval_run")
        told = event.texts["quality.done"]
        yield View(_render(desk, event, told=told), told)
    except GutbrainError as error:
        yield View(_render(desk, event, problem=str(error)), str(error))
    finally:
        RUNNING.release()


def compare(desk: Desk, event: Event) -> View:
    """What differs between the two runs of the form, and which cases flipped."""
    if desk.evaluation is None:
        return show(desk, event)
    first, second = sorted((event.value("first"), event.value("second")))
    comparison = desk.evaluation.compare(first, second)
    html = render(
        "desk/comparison",
        texts=event.texts,
        page_texts=event.page_texts,
        first=first,
        second=second,
        comparison=comparison,
        rows=[row for name, row in comparison["metrics"].items() if name in METRICS_SHOWN],
    )
    return View(html, event.texts["quality.compared"])


def _render(
    desk: Desk, event: Event, *, told: str = "", problem: str = "", step: Step | None = None
) -> str:
    runs = [_describe(run) for run in desk.evaluation.runs()] if desk.evaluation else []
    return render(
        "desk/quality",
        texts=event.texts,
        page_texts=event.page_texts,
        told=told,
        problem=problem,
        step=step,
        runs=runs,
        metrics=METRICS_SHOWN,
        plots={name: _plot(runs, name) for name in METRICS_SHOWN},
        may_run=event.viewer.may("editor") and desk.evaluation is not None,
    )


def _describe(run: dict[str, Any]) -> dict[str, Any]:
    """A run's name, moment, number of cases, and value and interval of each metric it has."""
    shares = {}
    for name in METRICS_SHOWN:
        metric = run["metrics"].get(name, {})
        if metric.get("value") is not None:
            shares[name] = (metric["value"], metric.get("low"), metric.get("high"))
    day, _, clock = run["name"].partition("T")
    moment = f"{day}T{clock.replace('-', ':')}Z"
    return {"name": run["name"], "moment": moment, "cases": run["cases"], "shares": shares}


def _plot(runs: list[dict[str, Any]], metric: str) -> list[tuple[float, ...]]:
    """A metric over time: place from 0 to 1, value and its bounds, the oldest run first."""
    shares = [run["shares"][metric] for run in reversed(runs) if metric in run["shares"]]
    last = max(1, len(shares) - 1)
    return [
        (number / last, value, value if low is None else low, value if high is None else high)
        for number, (value, low, high) in enumerate(shares)
    ]


ACTIONS: Final = {
    "quality.show": Action("staff", show),
    "quality.run": Action("editor", run_now),
    "quality.compare": Action("staff", compare),
}
