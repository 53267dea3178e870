"""A data set under review: each decision is on the disk at once, with the set's new checksum."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from eval.cases import QuestionCase
from eval.dataset import first_problem, hash_body, parse_case, read_header
from eval.errors import DatasetError
from eval.writing import write_text

if TYPE_CHECKING:
    from pathlib import Path

    from eval.gold import GoldFinder


class Review:
    """The cases of one file, in its order.

    Args:
        path: a `.jsonl` file.
        finder: finds gold sentences in the library.
        reviewer: who decides; becomes `labelled_by` of what is accepted.

    Raises:
        DatasetError: the file cannot be read, or its checksum is not that of its lines.
    """

    def __init__(self, path: Path, finder: GoldFinder, reviewer: str) -> None:
        self._path = path
        self._finder = finder
        self._reviewer = reviewer
        self._header, self._rows = _read(path)

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """The cases as they stand in the file."""
        return tuple(self._rows.values())

    def pending(self, *, every: bool = False) -> list[str]:
        """Ids of the drafts, or of every case."""
        return [key for key, row in self._rows.items() if every or row.get("draft")]

    def get(self, case_id: str) -> dict[str, Any]:
        """A case as it stands in the file.

        Raises:
            DatasetError: there is none of that id.
        """
        if case_id not in self._rows:
            raise DatasetError(f"{self._path.name} holds no case {case_id}: it may be dropped.")
        return self._rows[case_id]

    def find_gold(self, case_id: str) -> list[tuple[str, list[str]]]:
        """Each gold entry as the data set names it, with the library's sentences that it means."""
        case = parse_case(self.get(case_id), self._defaults)
        if not isinstance(case, QuestionCase):
            return []
        return [
            (
                f"{gold.article}: {gold.contains or gold.field or 'by checksum'}",
                [
                    self._finder.entries[span.article_id].article.text[span.start : span.end]
                    for span in self._finder.find(gold)
                    if not span.is_whole
                ],
            )
            for gold in case.gold
        ]

    def accept(self, case_id: str, changed: dict[str, Any] | None = None) -> None:
        """Takes a case as right, as it is or as a person changed it.

        Raises:
            DatasetError: what was changed is no case, has another case's id, or names gold that
                the library does not hold.
        """
        row = {**(changed or self.get(case_id)), "labelled_by": self._reviewer}
        row.pop("draft", None)
        self._check(case_id, row)
        rows = [(key, row if key == case_id else old) for key, old in self._rows.items()]
        self._rows = {str(new["id"]): new for _, new in rows}
        self._save()

    def drop(self, case_id: str) -> None:
        """Takes a case out of the set."""
        self.get(case_id)
        del self._rows[case_id]
        self._save()

    @property
    def _defaults(self) -> dict[str, Any]:
        return {k: v for k, v in self._header.items() if k in {"language", "split", "tags"}}

    def _check(self, case_id: str, row: dict[str, Any]) -> None:
        try:
            case = parse_case(row, self._defaults)
        except ValidationError as error:
            raise DatasetError(f"Case {case_id}: {first_problem(error)}.") from error
        except ValueError as error:
            raise DatasetError(f"Case {case_id}: {error}.") from error
        if case.id != case_id and case.id in self._rows:
            raise DatasetError(f"Case {case_id}: another case has the id {case.id} already.")
        gold = case.gold if isinstance(case, QuestionCase) else ()
        if gold and not any(self._finder.find(entry) for entry in gold):
            raise DatasetError(
                f"Case {case_id}: the library holds none of its gold sentences; give words as "
                "they stand in an article."
            )

    def _save(self) -> None:
        body = "\n".join(json.dumps(row, ensure_ascii=False) for row in self._rows.values())
        header = {**self._header, "schema": 1, "checksum": hash_body(body)}
        write_text(self._path, f"{json.dumps(header, ensure_ascii=False)}\n{body}\n")


def _read(path: Path) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The header, and the cases by id."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        header = rows.pop(0) if rows and "schema" in rows[0] else {"schema": 1}
        read_header(header, "\n".join(lines[1:]))
        cases = {row["id"]: row for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = str(error) if isinstance(error, ValueError) else type(error).__name__
        raise DatasetError(
            f"{path} cannot be reviewed ({reason}): needed is a .jsonl file of cases with ids."
        ) from error
    if len(cases) < len(rows):
        raise DatasetError(f"{path} cannot be reviewed: two cases share an id.")
    return header, cases
