"""Templates of the pages, their style and script inlined."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent
LEAST_SHOWN: Final = 0.001


def render(template: str, **values: Any) -> str:
    """A page made from a template of this package; a value that is missing is an error."""
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    script = (FOLDER / "page.js").read_text(encoding="utf-8")
    return _environment().get_template(template).render(style=style, script=script, **values)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figure": show_figure, "probability": show_probability}
    return environment


def show_figure(value: float | None, unit: str = "score") -> str:
    """A figure as a page shows it: shares in per cent, a dash for none."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{100 * value:.1f} %"
    return f"{value:.3f}" if unit == "score" else f"{value:.1f}"


def show_probability(value: float | None) -> str:
    """A p-value as a page or a terminal shows it; never as if it were nought."""
    if value is None:
        return "–"
    return f"{value:.3f}" if value >= LEAST_SHOWN else f"< {LEAST_SHOWN}"
