"""What a chat model is told: versioned jinja2 templates, strict about what they are given.

A template's text is never changed once released: a new wording is a new version.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

Task = Literal["answer", "rewrite", "translate", "variants", "follow_ups"]
VERSIONS: dict[Task, int] = {
    "answer": 1,
    "rewrite": 1,
    "translate": 1,
    "variants": 1,
    "follow_ups": 1,
}
"""The version of each task's templates that is used."""


def render(task: Task, part: Literal["system", "user"], **values: Any) -> str:
    """A part of what a model is told for a task.

    Raises:
        jinja2.UndefinedError: if the template names a value that is not given.
    """
    name = f"{task}.v{VERSIONS[task]}.{part}.jinja"
    return str(_environment().get_template(name).render(**values)).strip()


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # What is made here is read by a model, not by a browser: it must not be escaped.
    return Environment(  # noqa: S701
        loader=PackageLoader("prompts.chat", ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
