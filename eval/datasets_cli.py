"""The commands `import` and `review` of `python -m eval`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it
from typing import Annotated, Literal

import typer

from eval.options import Home, Limit  # noqa: TC001 - typer reads them

Format = Literal["csv", "beir", "squad", "kept"]


def import_cases(
    form: Annotated[Format, typer.Argument(metavar="FORMAT", help="csv, beir, squad or kept.")],
    source: Annotated[Path, typer.Argument(help="The file, or for beir the folder.")],
    out: Annotated[Path, typer.Option(help="The .jsonl file that the cases go to.")],
    *,
    articles: Annotated[
        Path | None, typer.Option(help="Folder for the articles of beir and squad.")
    ] = None,
    home: Home = None,
    limit: Limit = None,
) -> None:
    """Makes a data set from a table, BEIR, SQuAD, or what a clinic kept (as drafts)."""
    from eval.importing import write_articles, write_cases

    if form == "kept":
        from assistant.settings import load_settings
        from eval.importing.kept import import_kept
        from index.library import Library

        imported = import_kept(source, Library.open(load_settings(home)).entries, limit)
    elif form == "csv":
        from eval.importing.table import import_table

        imported = import_table(source, limit)
    elif form == "squad":
        from eval.importing.squad import import_squad

        imported = import_squad(source, limit)
    else:
        from eval.importing.beir import import_beir

        imported = import_beir(source, limit)
    write_cases(out, imported.cases)
    if articles is not None:
        write_articles(articles, imported)
    typer.echo(f"{len(imported.cases)} cases in {out}")
    for reason, count in imported.skipped.items():
        typer.echo(f"{count} left out: {reason}", err=True)
    drafts = sum(bool(case.get("draft")) for case in imported.cases)
    if drafts:
        typer.echo(f"{drafts} are drafts: `python -m eval review {out}` comes next", err=True)


def review(
    dataset: Annotated[Path, typer.Argument(help="A .jsonl file of your own.")],
    by: Annotated[str, typer.Option(help="Who reviews; stands in the cases as labelled_by.")],
    home: Home = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Every case, not only drafts.")] = False,
    page: Annotated[bool, typer.Option("--page", help="In a browser on this machine.")] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Of the page.")] = 7861,
) -> None:
    """Goes through drafts, or all cases: accept, correct, drop; written at once."""
    from assistant.settings import load_settings
    from eval.gold import GoldFinder
    from eval.reviewing import Review
    from index.library import Library

    library = Library.open(load_settings(home))
    opened = Review(dataset, GoldFinder(library.entries), by)
    if page:
        from eval.reviewing.page import serve_review

        serve_review(opened, every=every, port=port)
    else:
        from eval.reviewing.terminal import review_in_terminal

        review_in_terminal(opened, every=every)
