"""The audit as one self-contained page: no request to any host, readable by day and night."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.audit.catalogue import ALL_CHECKS

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent


def make_page(report: dict[str, Any]) -> str:
    """The page of a report of `make_report`."""
    files = {name: (FOLDER / f"page.{name}").read_text(encoding="utf-8") for name in ("css", "js")}
    checks = {check.name: check for check in ALL_CHECKS}
    return (
        _environment().get_template("page.html.jinja").render(report=report, checks=checks, **files)
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
