"""Work that takes a while, followed from the page: it goes on whoever looks away."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from index.progress import OnProgress
    from prompts.texts import Texts

R = TypeVar("R")
SIGN_OF_LIFE_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work is: `done` of `total`, which is 0 where nobody knows it."""

    stage: str = ""
    done: int = 0
    total: int = 0

    def describe(self, texts: Texts) -> str:
        """The step in words; a stage without a name of its own is a source that is read."""
        stage = texts.get(f"stages.{self.stage.casefold()}", self.stage)
        key = "stages.of" if self.total else "stages.so_far"
        values = {"total": self.total} if self.total else {}
        return texts.fill(key, stage=stage, done=self.done, **values)


class Following(Generic[R]):
    """Does work in a thread of its own; going through it gives the steps as they come."""

    def __init__(self, work: Callable[[OnProgress], R]) -> None:
        self._work = work
        self._steps: queue.Queue[Step | None] = queue.Queue()
        self._results: list[R] = []
        self._failures: list[Exception] = []

    def __iter__(self) -> Iterator[Step]:
        """The newest step each time, and the last one again where nothing new comes for long.

        At the end it raises what the work raised.
        """
        threading.Thread(target=self._run, name="desk", daemon=True).start()
        step = Step()
        while True:
            try:
                newest = self._steps.get(timeout=SIGN_OF_LIFE_SECONDS)
                while newest is not None and not self._steps.empty():
                    newest = self._steps.get()
            except queue.Empty:
                newest = step
            if newest is None:
                break
            step = newest
            yield step
        if self._failures:
            raise self._failures[0]

    @property
    def result(self) -> R:
        """What the work gave, once all steps have been gone through."""
        return self._results[0]

    def _run(self) -> None:
        try:
            self._results.append(self._work(lambda *step: self._steps.put(Step(*step))))
        except Exception as error:  # noqa: BLE001 - raised again by whoever follows
            self._failures.append(error)
        finally:
            self._steps.put(None)
