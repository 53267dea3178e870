"""The tab Quality: the clinic's own data set, its runs over time, and a run now."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any, Final

from assistant.ui.desk.events import Action, View
from assistant.ui.rendering import render
from index.errors import GutbrainError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.ui.desk.events import Desk, Evaluation, Event

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
    try:
        for done, total in _follow(desk.evaluation):
            progress = event.texts.fill("quality.progress", done=done, total=total)
            yield View(_render(desk, event, progress=progress), done=False)
        desk.records.note_action(event.viewer.name, "eval_run")
        told = event.texts["quality.done"]
        yield View(_render(desk, event, told=told), told)
    except GutbrainError as error:
        yield View(_render(desk, event, problem=str(error)), str(error))
    finally:
        RUNNING.release()


def _follow(evaluation: Evaluation) -> Iterator[tuple[int, int]]:
    """How far a run is, as it goes on; raises what the run raised."""
    steps: queue.Queue[tuple[int, int] | None] = queue.Queue()
    failures: list[Exception] = []

    def work() -> None:
        try:
            evaluation.run(lambda done, total: steps.put((done, total)))
        except Exception as error:  # noqa: BLE001 - raised again by whoever follows
            failures.append(error)
        finally:
            steps.put(None)

    threading.Thread(target=work, name="evaluation", daemon=True).start()
    while (step := steps.get()) is not None:
        yield step
    if failures:
        raise failures[0]


def _render(
    desk: Desk, event: Event, *, told: str = "", problem: str = "", progress: str = ""
) -> str:
    runs = desk.evaluation.runs() if desk.evaluation else []
    return render(
        "desk/quality",
        texts=event.texts,
        told=told,
        problem=problem,
        progress=progress,
        runs=[_describe(run) for run in runs],
        metrics=METRICS_SHOWN,
        may_run=event.viewer.may("editor") and desk.evaluation is not None,
    )


def _describe(run: dict[str, Any]) -> dict[str, Any]:
    """A run's name, number of cases, and value and interval of each metric that it has."""
    values = {}
    for name in METRICS_SHOWN:
        metric = run["metrics"].get(name, {})
        if metric.get("value") is not None:
            values[name] = (metric["value"], metric.get("low"), metric.get("high"))
    return {"name": run["name"].replace("T", " "), "cases": run["cases"], "values": values}


ACTIONS: Final = {
    "quality.show": Action("staff", show),
    "quality.run": Action("editor", run_now),
}
