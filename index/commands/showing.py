"""Commands that show what the library holds, and what is wrong with it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.commands.options import Home, Json, print_json, settings_of
from index.errors import SourceError

if TYPE_CHECKING:
    from index.library import Library

Page = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the findings as a page, too.")
]
WIDEST = 1000
"""Columns of a table that no screen shows."""


def status(home: Home = None, *, as_json: Json = False) -> None:
    """Counts, embedding model, last change and size of the library."""
    from index.library import Library
    from index.status import describe_library

    settings = settings_of(home)
    record = describe_library(settings, Library.open(settings))
    if as_json:
        print_json(record)
    else:
        for name, value in record.items():
            typer.echo(f"{name:12} {value}")


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

    library = Library.open(settings_of(home))
    if text is not None:
        sys.stdout.write(_canonical_text(library, text))
    elif as_json:
        print_json(describe_articles(library))
    else:
        _print_table(describe_articles(library))


def audit(
    home: Home = None,
    *,
    as_json: Json = False,
    online: Annotated[
        bool, typer.Option("--online", help="Look references up at PubMed and Crossref first.")
    ] = False,
    html: Page = None,
) -> None:
    """What is wrong with the articles: references, claims, dates, hidden text, contradictions."""
    from index.audit.command import audit_library, describe_report, write_page
    from index.terminal import showing_progress

    with showing_progress() as on_progress:
        report = audit_library(settings_of(home), online=online, on_progress=on_progress)
    for problem in report["problems"]:
        typer.echo(f"Not looked up: {problem}", err=True)
    if html is not None:
        write_page(report, html)
    if as_json:
        print_json(report)
    else:
        for line in describe_report(report):
            typer.echo(line)
    if report["problems"]:
        raise typer.Exit(1)


def glossary(home: Home = None, *, as_json: Json = False) -> None:
    """The terms and short forms that the articles define."""
    from index.glossary import make_glossary
    from index.library import Library

    terms = make_glossary(Library.open(settings_of(home)).entries.values())
    if as_json:
        print_json([asdict(term) for term in terms])
    else:
        for term in terms:
            short = f" ({term.short})" if term.short else ""
            typer.echo(f"{term.term}{short}: {term.definition or '–'}  [{term.article_id}]")


def _canonical_text(library: Library, article_id: str) -> str:
    if article_id not in library.entries:
        raise SourceError(
            f"The library has no article {article_id!r}: `python -m index articles` lists the ids."
        )
    return library.entries[article_id].article.text


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
