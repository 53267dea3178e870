"""How every command ends: its exit status, and one line on standard error where it fails."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import typer

from index.errors import GutbrainError

if TYPE_CHECKING:
    from typing import NoReturn


def run_commands(app: typer.Typer, program: str) -> NoReturn:
    """Runs a program's commands and exits.

    Exit status 0: done; 1: done in part, as the output says; 2: wrong usage or unusable input,
    with a one-line reason on standard error; 130: interrupted by a person.

    Args:
        app: the commands.
        program: how the program is called, for its help.
    """
    sys.exit(_run(app, program))


def _run(app: typer.Typer, program: str) -> int:
    try:
        return app(prog_name=program, standalone_mode=False) or 0
    except typer.TyperException as error:
        return _refuse_usage(error, program)
    except typer.Abort:
        return 130
    except GutbrainError as error:
        return _fail(str(error))
    except BrokenPipeError:
        # Whoever reads the output has seen enough; Python would complain about it when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _refuse_usage(error: typer.TyperException, program: str) -> int:
    reason = error.format_message().strip().rstrip(".")
    if not reason:  # called without anything: the help stands on the screen already
        return 2
    context = getattr(error, "ctx", None)
    return _fail(f"{reason}. See `{context.command_path if context else program} --help`.")


def _fail(reason: str) -> int:
    tell(f"Error: {reason}")
    return 2


def tell(reason: str) -> None:
    """Writes one line to standard error, whatever the names in it hold.

    What a terminal would act on (control characters, a turned direction) is written as its code.
    """
    line = " ".join(reason.split())
    shown = (sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
    typer.echo("".join(shown), err=True)
