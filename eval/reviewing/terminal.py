"""The review in a terminal: a case is shown, a letter decides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from eval.errors import DatasetError

if TYPE_CHECKING:
    from eval.reviewing.review import Review

CHOICES = "[a]ccept, [e]dit, [d]rop, [s]kip or [q]uit"


def review_in_terminal(review: Review, *, every: bool) -> None:
    """Goes through the drafts, or through every case, until the end or until a person stops."""
    pending = review.pending(every=every)
    for number, case_id in enumerate(pending, start=1):
        typer.echo(f"\n{number} of {len(pending)}\n{show_case(review, case_id)}")
        if not _decide(review, case_id):
            break
    typer.echo(f"{len(review.rows)} cases, {len(review.pending())} drafts left", err=True)


def show_case(review: Review, case_id: str) -> str:
    """A case, with the gold sentences as the library holds them."""
    row = review.get(case_id)
    lines = [f"{turn['role']}: {turn['content']}" for turn in row.get("history") or ()]
    lines.append(row.get("question") or row.get("message") or "")
    lines += [
        f"  {key}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for key, value in row.items()
        if key not in {"question", "message", "history", "gold", "draft"}
    ]
    for named, sentences in review.find_gold(case_id):
        lines.append(f"  gold: {named}")
        lines += [f"      → {text}" for text in sentences] or ["      → not in this library"]
    return "\n".join(lines)


def _decide(review: Review, case_id: str) -> bool:
    """Asks until something is decided; gives whether to go on."""
    changed: dict[str, Any] | None = None
    while True:
        choice = str(typer.prompt(CHOICES, default="s", show_default=False)).strip().lower()[:1]
        try:
            if choice in {"s", "q"}:
                return choice == "s"
            if choice == "d":
                review.drop(case_id)
                return True
            if choice == "e":
                changed = _edit(changed or review.get(case_id))
            if choice in {"a", "e"}:
                review.accept(case_id, changed)
                return True
        except DatasetError as error:
            typer.echo(str(error), err=True)


def _edit(row: dict[str, Any]) -> dict[str, Any]:
    """The case as a person leaves it in their editor."""
    import click

    text = click.edit(json.dumps(row, ensure_ascii=False, indent=2), extension=".json")
    try:
        changed = json.loads(text) if text else row
    except ValueError as error:
        raise DatasetError(f"What was written is no JSON: {error}.") from error
    if not isinstance(changed, dict):
        raise DatasetError("What was written is no case: needed is a JSON object.")
    return changed
