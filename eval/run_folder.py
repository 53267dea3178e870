"""A run's folder: what it holds, and how an unfinished run is continued.

| file | holds |
| --- | --- |
| `manifest.json` | what was run: data set, index, model, code, settings |
| `results.jsonl` | a line a case: verdict, scores, answer, passages, blame |
| `summary.json` | metrics with intervals, slices, curves |
| `report.html` | all of it as a page for people |
| `junit.xml`, `results.csv` | the same for other tools |
| `times.json` | latencies; only it and `report.html` differ between two equal runs |
| `partial.jsonl` | while it runs: the results so far |
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.errors import RunError
from eval.exports import to_csv, to_junit
from eval.report.run_page import make_page
from eval.results import from_line, to_line
from eval.summary import summarise_times
from eval.writing import write_json, write_lines, write_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from eval.results import CaseResult


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run as read from its folder."""

    manifest: dict[str, Any]
    results: tuple[CaseResult, ...]
    summary: dict[str, Any]
    times: dict[str, Any]


def read_run(folder: Path) -> Run:
    """Reads a finished run.

    Raises:
        RunError: the folder holds none, or its files cannot be read.
    """
    if not (folder / "summary.json").is_file():
        state = "an unfinished run" if (folder / "partial.jsonl").is_file() else "no run"
        raise RunError(f"{folder} holds {state}: give the --out folder of a finished `eval run`.")
    try:
        return Run(
            manifest=_read_json(folder / "manifest.json"),
            results=tuple(_read_results(folder / "results.jsonl")),
            summary=_read_json(folder / "summary.json"),
            times=_read_json(folder / "times.json"),
        )
    except (OSError, ValueError) as error:
        raise RunError(
            f"The run in {folder} cannot be read ({type(error).__name__}): make it again."
        ) from error


def start_run(folder: Path, manifest: dict[str, Any], *, fresh: bool) -> dict[str, CaseResult]:
    """Prepares a folder and gives the results that an earlier, unfinished try left, by case id.

    Results of cases that failed are not given: they are tried again.

    Raises:
        RunError: the folder holds another run and `fresh` is not asked for, or cannot be written.
    """
    partial, own = folder / "partial.jsonl", folder / "manifest.json"
    if fresh or not own.is_file():
        partial.unlink(missing_ok=True)
    elif read_fingerprint(folder) != manifest["fingerprint"]:
        raise RunError(
            f"{folder} holds a run of another data set, library or program: give another --out, "
            "or --fresh to replace it."
        )
    write_json(own, manifest)
    if not partial.is_file():
        return {}
    kept = {result.id: result for result in _read_whole_lines(partial) if result.error is None}
    # What a kill cut off must not stand before the next line.
    write_lines(partial, (to_line(result, with_times=True) for result in kept.values()))
    return kept


@contextmanager
def appending(folder: Path) -> Iterator[Callable[[CaseResult], None]]:
    """A function that adds a result to the unfinished run, on the disk before it returns.

    Raises:
        RunError: the disk is full or the folder gone; what was added before stays.
    """
    try:
        with (folder / "partial.jsonl").open("a", encoding="utf-8", newline="\n") as file:

            def append(result: CaseResult) -> None:
                file.write(to_line(result, with_times=True) + "\n")
                file.flush()

            yield append
    except OSError as error:
        raise RunError(
            f"Results cannot be written to {folder} ({error.strerror}): make room and give the "
            "same command again; it goes on where it stopped."
        ) from error


def finish_run(
    folder: Path,
    manifest: dict[str, Any],
    results: Sequence[CaseResult],
    summary: dict[str, Any],
) -> dict[str, Any]:
    """Writes the results in their final order, their summary and all that is made of them."""
    cases = {result.id: result.latency_ms for result in results}
    times = {"stages": summarise_times(results), "cases": cases}
    finished = Run(manifest, tuple(results), summary, times)
    write_lines(folder / "results.jsonl", (to_line(r, with_times=False) for r in results))
    write_json(folder / "times.json", times)
    write_text(folder / "junit.xml", to_junit(results, manifest["dataset"]["name"]))
    write_text(folder / "results.csv", to_csv(results))
    write_json(folder / "summary.json", finished.summary)
    write_text(folder / "report.html", make_page(finished))
    (folder / "partial.jsonl").unlink(missing_ok=True)
    return finished.summary


def _read_json(path: Path) -> dict[str, Any]:
    record = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(record, dict):
        raise ValueError(f"{path.name} is no JSON object")  # noqa: TRY004 (told as any bad file)
    return record


def read_fingerprint(folder: Path) -> str | None:
    """The fingerprint of the run that a folder holds, finished or not; None without one."""
    try:
        return str(_read_json(folder / "manifest.json").get("fingerprint"))
    except (OSError, ValueError):
        return None


def _read_results(path: Path) -> Iterator[CaseResult]:
    with path.open(encoding="utf-8") as file:
        yield from (from_line(line) for line in file)


def _read_whole_lines(path: Path) -> Iterator[CaseResult]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                yield from_line(line)
            except ValueError:
                return
