"""`python -m index audit`: what it prints and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.audit.auditing import audit
from index.audit.findings import Basis
from index.audit.page import make_page
from index.audit.report import make_report
from index.errors import HomeUnwritable
from index.library import Library
from index.lookups import read_notebook
from index.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.progress import OnProgress
    from index.settings import Settings


def audit_library(
    settings: Settings, *, online: bool = False, on_progress: OnProgress = silent
) -> dict[str, Any]:
    """The report on a home's library, as `make_report` makes it, with `problems` of services.

    Args:
        settings: name the home.
        online: whether PubMed, Crossref and linked servers are asked first; what they said before
            is used in any case.
        on_progress: told how much has been asked.

    Raises:
        HomeError: if the library is empty or cannot be read.
    """
    entries = list(Library.open(settings).entries.values())
    problems: tuple[str, ...] = ()
    if online:
        from index.lookups.online import look_up_library

        lookups, problems = look_up_library(settings, entries, on_progress)
    else:
        lookups = read_notebook(settings.home)
    basis = Basis(review_months=settings.review_months, lookups=lookups)
    return {**make_report(entries, audit(entries, basis), lookups), "problems": list(problems)}


def write_page(report: dict[str, Any], path: Path) -> None:
    """Writes the report as a page.

    Raises:
        HomeUnwritable: if the file cannot be written.
    """
    try:
        path.write_text(make_page(report), encoding="utf-8")
    except OSError as error:
        raise HomeUnwritable(
            f"{path} cannot be written ({error.strerror or error}): give a file in a folder that "
            "this user may write to."
        ) from error


def describe_report(report: dict[str, Any]) -> Iterator[str]:
    """The report in lines for the terminal."""
    for article in report["results"]:
        if article["findings"]:
            yield f"{article['title']}  [{article['id']}]"
        for finding in article["findings"]:
            yield f"  {finding['severity']:8}{finding['check']}: {finding['reason']}"
            yield from _describe_place(finding["place"])
            yield f"          → {finding['remedy']}"
    counts = ", ".join(f"{count} {name}s" for name, count in report["severities"].items())
    yield f"{report['articles']} articles: {counts}; online: {report['online']}"
    if report["unchecked"]:
        yield (
            f"{report['unchecked']} references with a PubMed number or DOI are not checked: "
            "whether they lead to the works named, and whether these were retracted, shows "
            "`python -m index audit --online`"
        )


def _describe_place(place: dict[str, Any]) -> Iterator[str]:
    if place["quote"]:
        section = " › ".join(place["section"])
        quote = " ".join(place["quote"].split())
        yield f"          {section + ': ' if section else ''}“{quote}”"
