"""A finding of the audit in the words of the desk's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prompts.dates import write_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prompts.texts import Texts


@dataclass(frozen=True, slots=True)
class FindingWords:
    """What a finding says to the desk: what it is, why here, and what to do."""

    title: str
    reason: str
    remedy: str


def put_into_words(finding: Mapping[str, Any], staff: Texts, page: Texts) -> FindingWords:
    """A finding of `make_report` in the language of the texts."""
    remedy = finding["remedy_wording"]
    return FindingWords(
        title=staff[f"check_titles.{finding['check']}"],
        reason=_say(finding["reason_wording"], staff, page),
        remedy=(
            _say(remedy, staff, page) if remedy else staff[f"check_remedies.{finding['check']}"]
        ),
    )


def _say(wording: Mapping[str, Any], staff: Texts, page: Texts) -> str:
    values = dict(wording["values"])
    if "date" in values:
        values["date"] = write_date(values["date"], page)
    if "kinds" in values:
        kinds = values["kinds"].split(", ")
        values["kinds"] = ", ".join(staff.get(f"kinds_of_evidence.{kind}", kind) for kind in kinds)
    return staff.fill(f"findings.{wording['name']}", **values)
