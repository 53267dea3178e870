"""What is kept, shown, exported and erased: behind `python -m assistant kept` and the desk."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from assistant.records.choices import KINDS, Kind
from assistant.records.errors import BadRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.records.kept_rows import KeptRows
    from assistant.records.records import Records

EVERYTHING: Final = "all"


@dataclass(frozen=True, slots=True)
class KeptKind:
    """How much of one kind is kept.

    Attributes:
        on: whether more of it is kept now.
        days: how long a row is kept.
        oldest: when the oldest row was made.
    """

    kind: str
    on: bool
    days: int
    rows: int
    oldest: str | None


def summarise(records: Records) -> tuple[KeptKind, ...]:
    """What is kept of patients' words, kind by kind."""
    keeping = records.keeping
    return tuple(
        KeptKind(kind, keeping.keeps(kind), keeping.days, *_rows(records, kind).count())
        for kind in KINDS
    )


def export_lines(records: Records) -> Iterator[str]:
    """Everything kept of patients' words as JSON lines, oldest first within a kind."""
    for kind in KINDS:
        for row in reversed(_rows(records, kind).all()):
            yield json.dumps({"kind": kind, **asdict(row)}, ensure_ascii=False)


def erase(records: Records, target: str) -> int:
    """Erases a kind, `all` kinds, or one row such as `feedback:12`; gives how many rows went.

    Raises:
        BadRecord: if there is no such target.
    """
    kind, _, number = target.partition(":")
    if target == EVERYTHING:
        erased = sum(_rows(records, each).erase() for each in KINDS)
    elif kind in KINDS and (not number or number.isdecimal()):
        erased = _rows(records, kind).erase(row_id=int(number) if number else None)
    else:
        raise BadRecord(
            f"{target!r} cannot be erased: allowed are {EVERYTHING}, {', '.join(KINDS)}, or one "
            "row such as feedback:12."
        )
    if erased:
        records.compact()
    return erased


def _rows(records: Records, kind: Kind | str) -> KeptRows[Any]:
    rows: KeptRows[Any] = getattr(records, kind)
    return rows
