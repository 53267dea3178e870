"""What a chat model is told: versioned jinja2 templates, strict about what they are given.

A template's text is never changed once released: a new wording is a new version.
"""

from __future__ import annotations

from functools import cache
from typing import Any

VERSION = "answer.v1"


def render(part: str, **values: Any) -> str:
    """A part of the request, `system` or `user`.

    Raises:
        jinja2.UndefinedError: if the template names a value that is not given.
    """
    return str(_environment().get_template(f"{VERSION}.{part}.jinja").render(**values)).strip()


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
