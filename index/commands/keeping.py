"""Commands that take the library, or a whole home, elsewhere and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from index.commands.options import Home, Json, print_json, settings_of

Target = Annotated[Path, typer.Argument(help="File for jsonl, folder for beir.")]
NewBackup = Annotated[Path, typer.Argument(help="The backup, e.g. gutbrain.tar.gz.")]
OldBackup = Annotated[Path, typer.Argument(help="A file that `backup` wrote.")]


def export(
    target: Target,
    home: Home = None,
    *,
    beir: Annotated[bool, typer.Option("--beir", help="A folder in BEIR's format.")] = False,
) -> None:
    """Writes the library for other programs: an article a line, or BEIR's corpus of passages."""
    from index.keeping.export import export_beir, export_jsonl
    from index.library import Library

    entries = Library.open(settings_of(home)).entries.values()
    count = export_beir(entries, target) if beir else export_jsonl(entries, target)
    typer.echo(f"{count} {'passages' if beir else 'articles'} written to {target}")


def backup(
    file: NewBackup,
    home: Home = None,
    *,
    as_json: Json = False,
) -> None:
    """Writes all that a home holds into one file, while it is in use."""
    from index.keeping.backup import back_up

    settings = settings_of(home)
    report = back_up(settings, file)
    if settings.chroma_url:
        typer.echo("The index lies on a Chroma server: back it up there, too.", err=True)
    if as_json:
        print_json(asdict(report))
    else:
        typer.echo(f"{report.files} files, {report.size_bytes:,} bytes in {report.file}")


def restore(
    file: OldBackup,
    home: Home = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete what the home holds now.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Makes a home what a backup holds, after comparing every file with its checksum."""
    from index.keeping.restore import restore as restore_home

    report = restore_home(settings_of(home), file, replace=replace)
    if as_json:
        print_json(asdict(report))
    else:
        typer.echo(f"{report.files} files of {report.made} restored to {report.home}")
