"""CSV: a case a row, columns named as the schema's keys.

Lists are separated by `;`. Gold stands in `gold_article` and `gold_contains`, one entry a line
within the cell; `history` is JSON.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from eval.errors import DatasetError
from eval.importing.imported import Imported

if TYPE_CHECKING:
    from pathlib import Path

LISTS: Final = frozenset({"tags", "facts", "forbidden", "references", "identifiers", "keep"})
PLAIN: Final = frozenset(
    {"id", "question", "message", "expected", "urgency", "gold_mode", "rewrite", "language"}
    | {"split", "group", "labelled_by", "note", "topic"}
)
GOLD: Final = frozenset({"gold_article", "gold_contains"})
COLUMNS: Final = LISTS | PLAIN | GOLD | {"history"}


def import_table(path: Path, limit: int | None = None) -> Imported:
    """The cases of a CSV file; rows without a value at all are left out.

    Raises:
        DatasetError: the file cannot be read, has no column that is needed, or an unknown one.
    """
    try:
        rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        columns = [name.strip() for name in rows.fieldnames or ()]
        _check_columns(path, columns)
        imported = Imported()
        for number, row in enumerate(rows, start=1):
            if limit is not None and len(imported.cases) >= limit:
                break
            given = {key.strip(): value.strip() for key, value in row.items() if key and value}
            if any(given.values()):
                imported.cases.append(_make_case(given, number))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DatasetError(
            f"{path} cannot be read ({type(error).__name__}): needed is a CSV file in UTF-8."
        ) from error
    return imported


def _check_columns(path: Path, columns: list[str]) -> None:
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown or not {"question", "message"} & set(columns):
        wrong = f"the column {unknown[0]!r}" if unknown else "neither question nor message"
        raise DatasetError(
            f"{path} has {wrong}: allowed are {', '.join(sorted(COLUMNS))}; needed is question or "
            "message."
        )


def _make_case(given: dict[str, str], number: int) -> dict[str, Any]:
    case: dict[str, Any] = {"id": f"row-{number}"}
    case |= {key: value for key, value in given.items() if key in PLAIN and value}
    for key in LISTS & given.keys():
        case[key] = [part.strip() for part in given[key].split(";") if part.strip()]
    articles, sentences = (given.get(key, "").splitlines() for key in sorted(GOLD))
    if len(articles) != len(sentences):
        raise DatasetError(
            f"Row {number}: gold_article has {len(articles)} lines, gold_contains "
            f"{len(sentences)}; needed is one of each for each gold sentence."
        )
    if articles:
        pairs = zip(articles, sentences, strict=True)
        case["gold"] = [{"article": name, "contains": words} for name, words in pairs]
    if given.get("history"):
        try:
            case["history"] = json.loads(given["history"])
        except ValueError as error:
            raise DatasetError(f"Row {number}: history is no JSON: {error}.") from error
    return case
