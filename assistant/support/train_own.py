"""The project's own labelled pairs and model outputs, as the checker sees them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CASES = Path(__file__).parent / "cases"
UNSEEN = CASES / "unseen_odds.json"
"""Log odds by networks that had not seen a case, by its id."""

Example = tuple[str, list[str], str, bool]
"""A claim, what it cites, what stands above that, and whether it is borne."""


def read_own(split: str) -> Iterator[tuple[Example, str, str]]:
    """Examples of a split, each with its group and its id.

    An output under the wrong marker is borne by the right sources and not by those that it cites.
    """
    for row in _rows("support_pairs.jsonl", split):
        context = " ".join(row["section"])
        right = row["label"] == "supported"
        yield (row["claim"], [row["evidence"]], context, right), row["group"], row["id"]
    for row in _rows("model_outputs.jsonl", split):
        claim = re.sub(r"\s*\[\d+\]", "", row["output"])
        marked = [int(number) for number in re.findall(r"\[(\d+)\]", row["output"])]
        cited = row["right"] or marked or [source["n"] for source in row["sources"]]
        yield _example(claim, row["sources"], cited, row["true"]), row["group"], row["id"]
        if row["kind"] == "wrong_marker":
            example = _example(claim, row["sources"], marked, right=False)
            yield example, row["group"], f"{row['id']}-as-marked"


def read_place(row: dict[str, Any]) -> list[Example]:
    """The true and the false claims on one place."""
    context = " ".join([row["title"], *row["section"]])
    claims = [(claim, True) for claim in row["true"]] + [(claim, False) for claim in row["false"]]
    return [(claim, row["sentences"], context, right) for claim, right in claims]


def _example(
    claim: str,
    sources: Sequence[dict[str, Any]],
    cited: Sequence[int],
    right: bool,
) -> Example:
    quoted = [source for source in sources if source["n"] in cited]
    context = " ".join(heading for source in quoted for heading in source["section"])
    return claim, [source["quote"] for source in quoted], context, right


def _rows(name: str, split: str) -> Iterator[dict[str, Any]]:
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            yield row
