"""Two runs side by side as a page: differences first, then the cases that flipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eval.metrics.catalogue import BY_NAME
from eval.report.rendering import render

if TYPE_CHECKING:
    from eval.run_folder import Run


def make_page(first: Run, second: Run, comparison: dict[str, Any]) -> str:
    """The comparison's page, self-contained."""
    return render(
        "compare.html.jinja",
        first=first.manifest,
        second=second.manifest,
        changed=find_changes(first.manifest, second.manifest),
        comparison=comparison,
        rows=[(BY_NAME[name], row) for name, row in comparison["metrics"].items()],
    )


def find_changes(before: Any, after: Any, path: str = "") -> list[tuple[str, str, str]]:
    """Where two manifests differ: dotted path, old value, new value."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            change
            for key in sorted({*before, *after})
            if key != "fingerprint"
            for change in find_changes(before.get(key), after.get(key), f"{path}.{key}".strip("."))
        ]
    return [] if before == after else [(path, str(before), str(after))]
