"""An audit as one plain record, for the terminal, for a page and for other programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from index.audit.checks.readability import measure_readability
from index.evidence import classify_reference
from index.lookups import apply_lookups

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.audit.findings import Finding
    from index.entry import Entry
    from index.lookups import Lookups

SEVERITIES = ("error", "warning", "note")


def make_report(
    entries: Iterable[Entry], findings: Sequence[Finding], lookups: Lookups
) -> dict[str, Any]:
    """What was found, article by article, with each reference's check and kind of evidence."""
    by_article: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_article[finding.article_id].append(finding)
    articles = [
        _describe_article(apply_lookups(entry, lookups), by_article[entry.article.id])
        for entry in entries
    ]
    return {
        "articles": len(articles),
        "findings": len(findings),
        "severities": {
            name: sum(finding.severity == name for finding in findings) for name in SEVERITIES
        },
        "checks": dict(sorted(Counter(finding.check for finding in findings).items())),
        "unchecked": sum(
            reference["check"] == "unchecked" and bool(reference["pmid"] or reference["doi"])
            for article in articles
            for reference in article["references"]
        ),
        "online": max((work.checked for work in lookups.works.values()), default="not checked"),
        "results": articles,
    }


def _describe_article(entry: Entry, findings: Sequence[Finding]) -> dict[str, Any]:
    article = entry.article
    measured = measure_readability(entry)
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "readability": {"scale": measured[0], "value": measured[1]} if measured else None,
        "references": [
            {
                "number": reference.number,
                "text": reference.text,
                "pmid": reference.pmid,
                "doi": reference.doi,
                "check": reference.check,
                "evidence": reference.evidence or classify_reference(reference.text),
            }
            for reference in article.references
        ],
        "findings": [_describe_finding(finding) for finding in findings],
    }


def _describe_finding(finding: Finding) -> dict[str, Any]:
    record = asdict(finding)
    del record["article_id"]
    return record
