"""The commands `kept` and `account` of `python -m assistant`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.records.records import Records

Home = Annotated[
    Path | None, typer.Option(help="Folder with all state. [default: GUTBRAIN_HOME or ./.gutbrain]")
]
Name = Annotated[str, typer.Argument(help="The account's name.")]
Role = Annotated[str, typer.Option(help="staff, editor or admin.")]
BY_HAND = "(command line)"
"""Who did it, in the log of staff actions."""

account_commands = typer.Typer(
    help="Makes and changes the accounts of the staff desk.", no_args_is_help=True
)


def kept(
    home: Home = None,
    export: Annotated[Path | None, typer.Option(help="File that all of it goes to.")] = None,
    erase: Annotated[
        str | None,
        typer.Option(help="feedback, unanswered, conversations, all, or one row: feedback:12."),
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Shows what is kept of patients' words; exports it, and then erases it, where asked."""
    from assistant.records.keeping import erase as erase_rows
    from assistant.records.keeping import export_lines, summarise

    records = _open(home)
    if export is not None:
        _write_lines(export, list(export_lines(records)))
    if erase is not None:
        count = erase_rows(records, erase)
        records.note_action(BY_HAND, "erase", f"{erase}: {count} rows")
        typer.echo(f"{count} rows erased", err=True)
    kinds = [asdict(kind) for kind in summarise(records)]
    if as_json:
        import json

        typer.echo(json.dumps(kinds, indent=2))
        return
    for kind in kinds:
        state = f"kept for {kind['days']} days" if kind["on"] else "not kept"
        oldest = f", oldest {kind['oldest']}" if kind["oldest"] else ""
        typer.echo(f"{kind['kind']}: {state}; {kind['rows']} rows{oldest}")


@account_commands.command("add")
def add_account(name: Name, role: Role = "staff", home: Home = None) -> None:
    """Makes an account; the password is asked for, or read from standard input."""
    records = _open(home)
    records.accounts.add(name, role, _read_password())
    records.note_action(BY_HAND, "account_add", f"{name.casefold()}: {role}")


@account_commands.command("list")
def list_accounts(home: Home = None) -> None:
    """Shows name and role of every account."""
    for account in _open(home).accounts.all():
        locked = f"\tlocked until {account.locked_until}" if account.locked_until else ""
        typer.echo(f"{account.name}\t{account.role}{locked}")


@account_commands.command("role")
def change_role(name: Name, role: Annotated[str, typer.Argument()], home: Home = None) -> None:
    """Gives an account another role, and ends its logins."""
    records = _open(home)
    records.accounts.change(name, role=role)
    records.note_action(BY_HAND, "account_role", f"{name.casefold()}: {role}")


@account_commands.command("password")
def change_password(name: Name, home: Home = None) -> None:
    """Gives an account a new password, unlocks it and ends its logins."""
    records = _open(home)
    records.accounts.change(name, password=_read_password())
    records.note_action(BY_HAND, "account_password", name.casefold())


@account_commands.command("remove")
def remove_account(name: Name, home: Home = None) -> None:
    """Removes an account and ends its logins."""
    records = _open(home)
    records.accounts.remove(name)
    records.note_action(BY_HAND, "account_remove", name.casefold())


def _open(home: Path | None) -> Records:
    from assistant.records.records import Records
    from assistant.settings import load_settings

    return Records(load_settings(home))


def _read_password() -> str:
    if sys.stdin.isatty():
        given: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return given
    return sys.stdin.readline().rstrip("\r\n")


def _write_lines(path: Path, lines: list[str]) -> None:
    from assistant.records.errors import RecordsError

    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise RecordsError(
            f"{path} cannot be written ({error.strerror}): give a file in a folder that this user "
            "may write."
        ) from error
