"""Dates as people write them, in the precision that the article gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prompts.texts import Texts

ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?$")


def write_date(iso_date: str, texts: Texts) -> str:
    """`2026-06-01` as "1 June 2026", `2026-06` as "June 2026"; anything else as it is."""
    match = ISO_DATE.match(iso_date)
    if match is None:
        return iso_date
    year, month, day = match.groups()
    if month is None:
        return year
    name = texts.get(f"months.{int(month)}", "")
    if not name:
        return iso_date
    if day is None:
        return texts.fill("dates.month", month=name, year=year)
    return texts.fill("dates.day", day=int(day), month=name, year=year)
