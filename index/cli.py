"""The commands of `python -m index`: results on standard output, all else on standard error."""

from __future__ import annotations

import typer

from index.command_line import run_commands
from index.commands import filling, keeping, showing

app = typer.Typer(
    help="Reads articles into the library, and shows what it holds.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    filling.build,
    filling.add,
    filling.remove,
    filling.sync,
    showing.status,
    showing.articles,
    showing.audit,
    showing.glossary,
    keeping.export,
    keeping.backup,
    keeping.restore,
):
    app.command()(command)


def run() -> None:
    """Runs the commands; an error that a person can act on is one line and exit status 2."""
    run_commands(app, "python -m index")
