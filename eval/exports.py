"""Results for other tools: JUnit XML for build servers, CSV for spreadsheets. Pure, no times."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.gating import Check
    from eval.results import CaseResult


def to_junit(results: Sequence[CaseResult], name: str) -> str:
    """A JUnit XML test suite with a test case for each case."""
    failures = sum(not r.right and r.error is None for r in results)
    errors = sum(r.error is not None for r in results)
    head = f'tests={quoteattr(str(len(results)))} failures="{failures}" errors="{errors}"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<testsuite name={quoteattr(name)} {head}>",
            *(_to_testcase(result) for result in results),
            "</testsuite>\n",
        ]
    )


def _to_testcase(result: CaseResult) -> str:
    head = f"  <testcase classname={quoteattr(result.kind)} name={quoteattr(result.id)}"
    if result.right:
        return f"{head}/>"
    kind = "error" if result.error else "failure"
    stage = result.blame.stage if result.blame else "wrong"
    reason = escape(result.blame.reason if result.blame else "not all that was asked for holds")
    return f"{head}><{kind} type={quoteattr(stage)}>{reason}</{kind}></testcase>"


def checks_to_junit(checks: Sequence[Check]) -> str:
    """A gate's conditions as a JUnit XML test suite."""
    failures = sum(not check.passed for check in checks)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuite name="gate" tests="{len(checks)}" failures="{failures}" errors="0">')
    for check in checks:
        head = f'  <testcase classname="gate" name={quoteattr(check.name)}'
        failure = f"<failure>{escape(check.message)}</failure></testcase>"
        lines.append(f"{head}/>" if check.passed else f"{head}>{failure}")
    return "\n".join([*lines, "</testsuite>\n"])


def to_csv(results: Sequence[CaseResult]) -> str:
    """A table with a row for each case and a column for each score; a score not taken is empty.

    A cell never starts as a formula does, whatever a case is called.
    """
    names = sorted({name for result in results for name in result.scores})
    target = io.StringIO()
    table = csv.writer(target, lineterminator="\n")
    table.writerow(["id", "kind", "right", "stage", "error", "slices", *names])
    for result in results:
        row = [
            result.id,
            result.kind,
            int(result.right),
            result.blame.stage if result.blame else "",
            result.error or "",
            "; ".join(result.slices),
            *(result.scores.get(name, "") for name in names),
        ]
        table.writerow([_defuse(cell) for cell in row])
    return target.getvalue()


def _defuse(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@"} else cell
