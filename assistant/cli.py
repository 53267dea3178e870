"""The commands of `python -m assistant`: results on standard output, all else on standard error."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.records_cli import account_commands, kept
from index.command_line import run_commands
from index.errors import GutbrainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.assistant import Assistant

app = typer.Typer(
    help="Answers questions from the library, every sentence cited.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Home = Annotated[
    Path | None, typer.Option(help="Folder with all state. [default: GUTBRAIN_HOME or ./.gutbrain]")
]
Batch = Annotated[Path | None, typer.Option(help="File of JSON lines to go through.")]
Out = Annotated[Path | None, typer.Option(help="File that the results go to.")]
app.command()(kept)
app.add_typer(account_commands, name="account")


def run() -> None:
    """Runs the commands; an error that a person can act on is one line and exit status 2."""
    run_commands(app, "python -m assistant")


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you would like to know.")] = None,
    home: Home = None,
    batch: Batch = None,
    out: Out = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Answers one question, or a batch of them."""
    if batch is not None:
        _run_batch(batch, out, lambda: _ask_line(_open(home)))
        return
    if question is None:
        raise typer.BadParameter("Give a question, or --batch FILE with --out FILE.")
    from assistant.plain_text import show_answer

    assistant = _open(home)
    answer = assistant.invoke({"question": question})
    if as_json:
        typer.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        typer.echo(show_answer(answer))


@app.command()
def chat(home: Home = None) -> None:
    """A conversation in the terminal; an empty line or Ctrl-D ends it."""
    from assistant.plain_text import show_answer

    assistant = _open(home)
    history: list[dict[str, str]] = []
    typer.echo(
        "Ask about the articles in the library. An empty line ends the conversation.", err=True
    )
    while question := _read_line():
        try:
            answer = assistant.invoke({"question": question, "history": history})
        except GutbrainError as error:
            typer.echo(f"Error: {error}", err=True)
            continue
        typer.echo(show_answer(answer))
        history += [
            {"role": "user", "content": question},
            {"role": "assistant", "content": answer.text},
        ]


@app.command()
def triage(batch: Batch = None, out: Out = None) -> None:
    """Says how urgent each message of a batch is."""
    _run_batch(batch, out, _open_triage)


@app.command()
def redact(batch: Batch = None, out: Out = None) -> None:
    """Takes what identifies a person out of each message of a batch."""
    _run_batch(batch, out, _open_redaction)


def _open_triage() -> Callable[[dict[str, Any]], dict[str, Any]]:
    from assistant.conversation import parse_conversation
    from assistant.guiding import load_triager
    from assistant.settings import load_settings

    settings, triager = load_settings(), load_triager()

    def assess(record: dict[str, Any]) -> dict[str, Any]:
        given = {"question": record.get("message"), "history": record.get("history")}
        conversation = parse_conversation(given, settings.max_question_characters)
        found = triager.assess(conversation.question, conversation.history)
        return {"urgency": found.urgency, "topic": found.topic}

    return assess


def _open_redaction() -> Callable[[dict[str, Any]], dict[str, Any]]:
    from assistant.conversation import BadInput
    from assistant.privacy import redact as redact_text

    def handle(record: dict[str, Any]) -> dict[str, Any]:
        message = record.get("message")
        if not isinstance(message, str):
            raise BadInput("Each line needs a message, which is text.")
        return {"text": redact_text(message).text}

    return handle


def _read_line() -> str:
    typer.echo("\n> ", nl=False, err=True)
    return sys.stdin.readline().strip()


def _open(home: Path | None) -> Assistant:
    from assistant.assistant import Assistant
    from assistant.settings import load_settings

    return Assistant.open(load_settings(home))


def _ask_line(assistant: Assistant) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda record: assistant.invoke(record).to_dict()


def _run_batch(
    batch: Path | None,
    out: Path | None,
    open_handler: Callable[[], Callable[[dict[str, Any]], dict[str, Any]]],
) -> None:
    from assistant.batch import run_batch

    if batch is None or out is None:
        raise typer.BadParameter("A batch needs both --batch FILE and --out FILE.")
    count, failed = run_batch(batch, out, open_handler())
    typer.echo(f"{count} lines, {failed} failed", err=True)
    if failed:
        raise typer.Exit(1)
