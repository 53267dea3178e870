"""The clinic's own data set and runs, as the staff desk uses them.

Cases stand in `HOME/eval/desk.jsonl`, runs in folders of `HOME/eval/runs`, named by their time.
"""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from eval.cases import SCHEMA_VERSION
from eval.dataset import parse_case, read_dataset
from eval.errors import DatasetError, RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from assistant.knowledge import Knowledge
    from assistant.settings import Settings

HEADER: Final = {"schema": SCHEMA_VERSION, "name": "desk"}
RUNS_SHOWN: Final = 20


class DeskEvaluation:
    """Adds cases to the clinic's data set, runs it, and reads the runs."""

    def __init__(self, settings: Settings, knowledge: Callable[[], Knowledge]) -> None:
        """`knowledge` gives the library as it is published now."""
        self._knowledge = knowledge
        self._settings = settings
        self._file = settings.home / "eval" / "desk.jsonl"
        self._runs = settings.home / "eval" / "runs"
        self._writing = threading.Lock()

    def add_case(self, row: Mapping[str, Any]) -> Path:
        """Adds a case, once it is checked; gives the file.

        Raises:
            DatasetError: the row is no case of the schema, its id is taken, or the file cannot be
                written.
        """
        try:
            case = parse_case(dict(row), {})
        except ValidationError as error:
            problem = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(str(part) for part in problem["loc"])
            raise DatasetError(f"This is no case yet. {where}: {problem['msg']}") from None
        with self._writing:
            if self._file.exists():
                taken = {known.id for known in read_dataset(str(self._file)).cases}
                if case.id in taken:
                    raise DatasetError("This question is a case of the data set already.")
            self._append(row)
        return self._file

    def runs(self) -> list[dict[str, Any]]:
        """Name and metrics of each finished run, newest first."""
        folders = sorted(self._runs.glob("*/summary.json"), reverse=True)[:RUNS_SHOWN]
        return [self._read(file.parent) for file in folders]

    def run(self, on_progress: Callable[[int, int], None]) -> dict[str, Any]:
        """Runs the data set on the library as it is now; gives what it measured.

        Raises:
            DatasetError: there is no case yet, or none fits the library.
            RunError: the run cannot be written.
        """
        if not self._file.exists():
            raise DatasetError("There is no case yet: make one from a question of the inbox.")
        from eval.product import Product
        from eval.runner import run

        folder = self._new_folder()
        run(
            read_dataset(str(self._file)),
            Product(self._settings, self._knowledge()),
            folder,
            on_progress=lambda _, done, total: on_progress(done, total),
        )
        return self._read(folder)

    def compare(self, first: str, second: str) -> dict[str, Any]:
        """What differs between two runs, as `eval.comparing.compare_runs` gives it.

        Raises:
            RunError: one of them is not there, or they share no case.
        """
        from eval.comparing import compare_runs
        from eval.run_folder import read_run

        return compare_runs(read_run(self._folder(first)), read_run(self._folder(second)))

    def report(self, name: str) -> Path:
        """The page of a run.

        Raises:
            RunError: there is no such run.
        """
        return self._folder(name) / "report.html"

    def _folder(self, name: str) -> Path:
        """The folder of a run; a name that comes from a browser is looked up, never opened."""
        known = {file.parent.name: file.parent for file in self._runs.glob("*/summary.json")}
        if name not in known:
            raise RunError("There is no such run: open the tab again and choose one of its runs.")
        return known[name]

    def _new_folder(self) -> Path:
        """A folder named by the time, a second later where two runs are quicker than that."""
        moment = datetime.now(UTC)
        while (folder := self._runs / moment.strftime("%Y-%m-%dT%H-%M-%S")).exists():
            moment += timedelta(seconds=1)
        return folder

    def _append(self, row: Mapping[str, Any]) -> None:
        lines = [dict(row)] if self._file.exists() else [HEADER, dict(row)]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.writelines(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        except OSError as error:
            raise DatasetError(
                f"{self._file} cannot be written ({error.strerror}): see that this user may."
            ) from error

    def _read(self, folder: Path) -> dict[str, Any]:
        try:
            summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise RunError(f"The run in {folder} cannot be read: make it again.") from error
        return {"name": folder.name, **summary}
