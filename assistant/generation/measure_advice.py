"""Scores drafts that go too far: `python -m assistant.generation.measure_advice`.

For each set of `assistant/advice/held_out.toml`: how many drafts `assistant.boundaries` bars, and
how many are shown in the model's words once `assistant.generation.checking` has read them.
"""

from __future__ import annotations

import sys
import tomllib
from typing import TYPE_CHECKING

from assistant.advice.classifier import WEIGHTS
from assistant.boundaries import find_oversteps
from assistant.generation.checking import check_draft
from assistant.generation.drafting import Draft
from assistant.generation.measure_checking import GivenSource
from assistant.triage.measure import show_share

if TYPE_CHECKING:
    from pathlib import Path

HELD_OUT = WEIGHTS.with_name("held_out.toml")
SETS = ("first", "second")
KINDS = ("overstepping", "true")


def read_drafts(name: str, kind: str, path: Path = HELD_OUT) -> list[tuple[str, GivenSource]]:
    """Drafts of a set, each with the source that it cites."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return [
        (draft, GivenSource(1, row["quote"], row["heading"]))
        for row in table[name]
        for draft in row[kind]
    ]


def is_barred(draft: str, source: GivenSource) -> bool:
    """Whether a draft says more than a chat may."""
    return bool(find_oversteps([(draft, [source.text])]))


def is_shown(draft: str, source: GivenSource) -> bool:
    """Whether a draft is shown in its own words."""
    return check_draft(Draft(draft, (1,)), [source]).fate in {"kept", "mended"}


def main() -> None:
    """Prints the shares of each set."""
    for name in SETS:
        for kind in KINDS:
            drafts = read_drafts(name, kind)
            for verdict in (is_barred, is_shown):
                shares = [verdict(*one) for one in drafts]
                sys.stdout.write(show_share(f"{name}, {kind}: {verdict.__name__}", shares) + "\n")


if __name__ == "__main__":
    main()
