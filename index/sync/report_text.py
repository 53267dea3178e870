"""What a sync did, as lines for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.sync.report import SourceReport, SyncReport

_SHOWN_IDS = 20


def describe_sync(report: SyncReport) -> str:
    """A line on all, a line a source, and with `--dry-run` the articles that would change."""
    changes = report.changes
    counts = (
        f"{len(changes.added)} added, {len(changes.updated)} updated, "
        f"{len(changes.removed)} removed, {len(changes.unchanged)} unchanged"
    )
    lines = [line for source in report.sources for line in _describe_source(source)]
    if report.dry_run:
        lines.append(f"A sync would change: {counts}; nothing was changed")
        for sign, ids in (("+", changes.added), ("*", changes.updated), ("-", changes.removed)):
            lines += [f"  {sign} {key}" for key in ids[:_SHOWN_IDS]]
            lines += [f"  {sign} and {len(ids) - _SHOWN_IDS} more"] if ids[_SHOWN_IDS:] else []
    else:
        embedded = (
            f"{changes.embedded_passages} passages and {changes.embedded_sentences} sentences"
        )
        lines.append(f"{counts}; {embedded} embedded")
    if report.others:
        lines.append(f"{len(report.others)} articles come from none of these sources and stay")
    return "\n".join(lines)


def _describe_source(source: SourceReport) -> list[str]:
    """A line on a source, and below it what it left out and why."""
    parts = [
        f"{source.articles} articles",
        f"{source.fetched} read",
        f"{source.unchanged} as before",
    ]
    for found, words in ((source.lost, "gone"), (source.left_out, "left out")):
        parts += [f"{len(found)} {words}"] if found else []
    parts += [f"{len(source.problems)} problems"] if source.problems else []
    lines = [f"{source.name}: {', '.join(parts)}"]
    shown = source.left_out[:_SHOWN_IDS]
    lines += [
        f"  left out: {problem.source}: {problem.reason.removeprefix('left out, ')}"
        for problem in shown
    ]
    more = len(source.left_out) - len(shown)
    return [*lines, f"  and {more} more, which --json lists"] if more else lines
