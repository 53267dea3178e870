"""The commands of `python -m index`: results on standard output, all else on standard error."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from index.command_line import run_commands
from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.build import BuildReport
    from index.library import Library
    from index.progress import OnProgress
    from index.settings import Settings

    ChangeIndex = Callable[[Settings, list[str], OnProgress], BuildReport]

app = typer.Typer(
    help="Reads articles into the library, and shows what it holds.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
WIDEST = 1000
"""Columns of a table that no screen shows."""

Home = Annotated[
    Path | None, typer.Option(help="Folder with all state. [default: GUTBRAIN_HOME or ./.gutbrain]")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Sources = Annotated[
    list[str], typer.Argument(help="Files, folders, a WordPress site's URL or a page's URL.")
]


def run() -> None:
    """Runs the commands; an error that a person can act on is one line and exit status 2."""
    run_commands(app, "python -m index")


@app.command()
def build(sources: Sources, home: Home = None, *, as_json: Json = False) -> None:
    """Makes the library hold exactly what the sources hold now."""
    from index.build import build_index

    _change(build_index, sources, home, as_json=as_json)


@app.command()
def add(sources: Sources, home: Home = None, *, as_json: Json = False) -> None:
    """Adds or updates articles and leaves all others as they are."""
    from index.build import add_to_index

    _change(add_to_index, sources, home, as_json=as_json)


@app.command()
def remove(
    article_ids: Annotated[list[str], typer.Argument(help="Ids as `articles` lists them.")],
    home: Home = None,
    *,
    as_json: Json = False,
) -> None:
    """Removes articles by id."""
    from index.build import remove_from_index

    _finish(remove_from_index(_settings(home), article_ids), as_json=as_json)


@app.command()
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
            _settings(home),
            dry_run=dry_run,
            accept_losses=accept_losses,
            on_progress=on_progress,
        )
    if as_json:
        _print_json({**asdict(report), "problems": [asdict(one) for one in report.problems]})
    else:
        typer.echo(describe_sync(report))
    for problem in report.problems:
        typer.echo(f"{problem.source}: {problem.reason}", err=True)
    raise typer.Exit(1 if report.problems else 0)


@app.command()
def status(home: Home = None, *, as_json: Json = False) -> None:
    """Counts, embedding model, last change and size of the library."""
    from index.library import Library
    from index.status import describe_library

    settings = _settings(home)
    record = describe_library(settings, Library.open(settings))
    if as_json:
        _print_json(record)
    else:
        for name, value in record.items():
            typer.echo(f"{name:12} {value}")


@app.command()
def articles(
    home: Home = None,
    *,
    as_json: Json = False,
    text: Annotated[
        str | None, typer.Option(metavar="ARTICLE_ID", help="Print this article's canonical text.")
    ] = None,
) -> None:
    """A row an article, or one article's canonical text."""
    from index.library import Library
    from index.status import describe_articles

    library = Library.open(_settings(home))
    if text is not None:
        sys.stdout.write(_canonical_text(library, text))
    elif as_json:
        _print_json(describe_articles(library))
    else:
        _print_table(describe_articles(library))


@app.command()
def audit(
    home: Home = None,
    *,
    as_json: Json = False,
    online: Annotated[
        bool, typer.Option("--online", help="Look references up at PubMed and Crossref first.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the findings as a page, too.")
    ] = None,
) -> None:
    """What is wrong with the articles: references, claims, dates, hidden text, contradictions."""
    from index.audit.command import audit_library, describe_report, write_page
    from index.terminal import showing_progress

    with showing_progress() as on_progress:
        report = audit_library(_settings(home), online=online, on_progress=on_progress)
    for problem in report["problems"]:
        typer.echo(f"Not looked up: {problem}", err=True)
    if html is not None:
        write_page(report, html)
    if as_json:
        _print_json(report)
    else:
        for line in describe_report(report):
            typer.echo(line)
    if report["problems"]:
        raise typer.Exit(1)


@app.command()
def glossary(home: Home = None, *, as_json: Json = False) -> None:
    """The terms and short forms that the articles define."""
    from dataclasses import asdict

    from index.glossary import make_glossary
    from index.library import Library

    terms = make_glossary(Library.open(_settings(home)).entries.values())
    if as_json:
        _print_json([asdict(term) for term in terms])
    else:
        for term in terms:
            short = f" ({term.short})" if term.short else ""
            typer.echo(f"{term.term}{short}: {term.definition or '–'}  [{term.article_id}]")


@app.command()
def export(
    target: Annotated[Path, typer.Argument(help="File for jsonl, folder for beir.")],
    home: Home = None,
    *,
    beir: Annotated[bool, typer.Option("--beir", help="A folder in BEIR's format.")] = False,
) -> None:
    """Writes the library for other programs: an article a line, or BEIR's corpus of passages."""
    from index.keeping.export import export_beir, export_jsonl
    from index.library import Library

    entries = Library.open(_settings(home)).entries.values()
    count = export_beir(entries, target) if beir else export_jsonl(entries, target)
    typer.echo(f"{count} {'passages' if beir else 'articles'} written to {target}")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The backup, e.g. gutbrain.tar.gz.")],
    home: Home = None,
    *,
    as_json: Json = False,
) -> None:
    """Writes all that a home holds into one file, while it is in use."""
    from dataclasses import asdict

    from index.keeping.backup import back_up

    settings = _settings(home)
    report = back_up(settings, file)
    if settings.chroma_url:
        typer.echo("The index lies on a Chroma server: back it up there, too.", err=True)
    if as_json:
        _print_json(asdict(report))
    else:
        typer.echo(f"{report.files} files, {report.size_bytes:,} bytes in {report.file}")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    home: Home = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete what the home holds now.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Makes a home what a backup holds, after comparing every file with its checksum."""
    from dataclasses import asdict

    from index.keeping.restore import restore as restore_home

    report = restore_home(_settings(home), file, replace=replace)
    if as_json:
        _print_json(asdict(report))
    else:
        typer.echo(f"{report.files} files of {report.made} restored to {report.home}")


def _canonical_text(library: Library, article_id: str) -> str:
    if article_id not in library.entries:
        raise SourceError(
            f"The library has no article {article_id!r}: `python -m index articles` lists the ids."
        )
    return library.entries[article_id].article.text


def _settings(home: Path | None) -> Settings:
    from index.settings import load_settings

    return load_settings(home)


def _change(action: ChangeIndex, sources: list[str], home: Path | None, *, as_json: bool) -> None:
    from index.terminal import showing_progress

    with showing_progress() as on_progress:
        report = action(_settings(home), sources, on_progress)
    _finish(report, as_json=as_json)


def _finish(report: BuildReport, *, as_json: bool) -> NoReturn:
    """Prints what was done; exit status 1 where a source could not be taken."""
    for problem in report.problems:
        typer.echo(f"Left out {problem.source}: {problem.reason}", err=True)
    if as_json:
        _print_json(asdict(report))
    else:
        typer.echo(
            f"{len(report.added)} added, {len(report.updated)} updated, "
            f"{len(report.removed)} removed, {len(report.unchanged)} unchanged; "
            f"{report.embedded_passages} passages and {report.embedded_sentences} sentences "
            f"embedded; {len(report.problems)} left out"
        )
    raise typer.Exit(1 if report.problems else 0)


def _print_json(record: object) -> None:
    typer.echo(json.dumps(record, ensure_ascii=False, indent=2))


def _print_table(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    columns = ("id", "title", "publisher", "author", "published", "language", "passages", "flags")
    table = Table()
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        flat = {**row, "flags": ", ".join(row["flags"])}
        table.add_row(*("" if flat[name] is None else str(flat[name]) for name in columns))
    # A pipe has no width: whatever reads it gets every row on one line.
    Console(width=None if sys.stdout.isatty() else WIDEST).print(table)
