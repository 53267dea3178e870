"""What a clinic kept, as `python -m assistant kept --export FILE` writes it → drafts of cases.

What was answered, and with which citations, is proposed as what is right; a person decides. The
words are redacted already; without consent there are none, and no draft is made.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from eval.errors import DatasetError
from eval.importing.imported import Imported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from index.entry import Entry


def import_kept(path: Path, entries: Mapping[str, Entry], limit: int | None = None) -> Imported:
    """Drafts from feedback, unanswered questions and conversations.

    Args:
        path: the exported JSON lines.
        entries: the library's articles by id, in which the citations are looked up.
        limit: how many drafts, from the first on.

    Raises:
        DatasetError: the file is no export.
    """
    imported = Imported()
    seen: set[str] = set()
    for row in _read_rows(path):
        draft = _make_draft(row, entries)
        asked = json.dumps([draft.get("question"), draft.get("history")])
        if "question" not in draft:
            imported.skipped["no words were kept"] += 1
        elif asked in seen:
            imported.skipped["asked before"] += 1
        elif limit is None or len(imported.cases) < limit:
            seen.add(asked)
            imported.cases.append(draft)
    return imported


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        yield from ({**row, "kind": row["kind"], "id": row["id"]} for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{path} cannot be read ({type(error).__name__}): needed is what `python -m assistant "
            "kept --export FILE` writes."
        ) from error


def _make_draft(row: dict[str, Any], entries: Mapping[str, Entry]) -> dict[str, Any]:
    head = {"id": f"{row['kind']}-{row['id']}", "draft": True, "tags": [row["kind"]]}
    if row.get("language"):
        head["language"] = row["language"]
    if row["kind"] == "feedback":
        return {**head, **_from_feedback(row, entries)}
    if row["kind"] == "conversations":
        return {**head, **_from_turns(row.get("turns") or [])}
    asked = {"question": row["question"]} if row.get("question") else {}
    return {**head, **asked, "expected": "abstain"}


def _from_feedback(row: dict[str, Any], entries: Mapping[str, Entry]) -> dict[str, Any]:
    if not row.get("question"):
        return {}
    gold = [
        {"article": cited["article_id"], "contains": quote}
        for cited in row.get("citations") or ()
        if (quote := _quote(cited, entries))
    ]
    said = [f"thumb {row['thumb']}", row.get("reason"), row.get("comment")]
    is_answer = row.get("answer_kind") == "answer"
    return {
        "question": row["question"],
        "expected": row.get("answer_kind") or "answer",
        "note": "; ".join(str(part) for part in said if part),
        **({"gold": gold} if gold and is_answer else {}),
    }


def _from_turns(turns: list[list[str]]) -> dict[str, Any]:
    """The last question of a conversation, with all that came before it."""
    asked = [number for number, (role, _) in enumerate(turns) if role == "user"]
    if not asked:
        return {}
    history = [{"role": role, "content": words} for role, words in turns[: asked[-1]]]
    return {"question": turns[asked[-1]][1], "history": history, "expected": "answer"}


def _quote(cited: Mapping[str, Any], entries: Mapping[str, Entry]) -> str:
    entry = entries.get(cited["article_id"])
    return entry.article.text[cited["start"] : cited["end"]].strip() if entry else ""
