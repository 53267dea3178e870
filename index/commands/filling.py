"""Commands that change what the library holds."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from index.command_line import tell
from index.commands.options import Home, Json, Sources, print_json, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.build import BuildReport
    from index.progress import OnProgress
    from index.settings import Settings

    ChangeIndex = Callable[[Settings, list[str], OnProgress], BuildReport]


def build(sources: Sources, home: Home = None, *, as_json: Json = False) -> None:
    """Makes the library hold exactly what the sources hold now."""
    from index.build import build_index

    _change(build_index, sources, home, as_json=as_json)


def add(sources: Sources, home: Home = None, *, as_json: Json = False) -> None:
    """Adds or updates articles and leaves all others as they are."""
    from index.build import add_to_index

    _change(add_to_index, sources, home, as_json=as_json)


def remove(
    article_ids: Annotated[list[str], typer.Argument(help="Ids as `articles` lists them.")],
    home: Home = None,
    *,
    as_json: Json = False,
) -> None:
    """Removes articles by id."""
    from index.build import remove_from_index

    _finish(remove_from_index(settings_of(home), article_ids), as_json=as_json)


def sync(
    home: Home = None,
    *,
    dry_run: Annotated[bool, typer.Option(help="Only say what would change.")] = False,
    accept_losses: Annotated[
        bool, typer.Option(help="Let a source lose more than a third of its articles.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Makes the library hold what the sources in HOME/library.toml hold now."""
    from index.sync import sync_library
    from index.sync.report_text import describe_sync
    from index.terminal import showing_progress

    with showing_progress() as on_progress:
        report = sync_library(
            settings_of(home),
            dry_run=dry_run,
            accept_losses=accept_losses,
            on_progress=on_progress,
        )
    if as_json:
        print_json({**asdict(report), "problems": [asdict(one) for one in report.problems]})
    else:
        typer.echo(describe_sync(report))
    for problem in report.problems:
        tell(f"{problem.source}: {problem.reason}")
    raise typer.Exit(1 if report.problems else 0)


def _change(action: ChangeIndex, sources: list[str], home: Path | None, *, as_json: bool) -> None:
    from index.terminal import showing_progress

    with showing_progress() as on_progress:
        report = action(settings_of(home), sources, on_progress)
    _finish(report, as_json=as_json)


def _finish(report: BuildReport, *, as_json: bool) -> NoReturn:
    """Prints what was done; exit status 1 where something could not be read."""
    for problem in report.problems:
        tell(f"Left out {problem.source}: {problem.reason}")
    if as_json:
        print_json(asdict(report))
    else:
        typer.echo(
            f"{len(report.added)} added, {len(report.updated)} updated, "
            f"{len(report.removed)} removed, {len(report.unchanged)} unchanged; "
            f"{report.embedded_passages} passages and {report.embedded_sentences} sentences "
            f"embedded; {len(report.problems)} left out"
        )
    raise typer.Exit(1 if any(problem.failed for problem in report.problems) else 0)
