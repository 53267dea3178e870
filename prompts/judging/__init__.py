"""What a chat model is told when it judges an answer: versioned jinja2 templates.

A template's text is never changed once released: a new wording is a new version, so that scores
of two versions are not mixed.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

VERSION = "v1"
CRITERIA = ("support", "completeness", "tone")


def render(criterion: str, **values: Any) -> str:
    """The question put to the judge.

    Raises:
        jinja2.UndefinedError: if the template names a value that is not given.
    """
    template = _environment().get_template(f"{criterion}.{VERSION}.jinja")
    return template.render(**values).strip()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    # What is made here is read by a model, not by a browser: it must not be escaped.
    return Environment(  # noqa: S701
        loader=PackageLoader("prompts.judging", ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
