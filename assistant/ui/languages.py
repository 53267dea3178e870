"""Which language a browser is shown the page in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def choose_language(accept_language: str, offered: Sequence[str]) -> str:
    """The offered language that the browser likes best; the first one where it likes none.

    `accept_language` is the request header of that name (RFC 9110, section 12.5.4).
    """
    wishes = sorted(
        (_parse_wish(part) for part in accept_language.split(",")),
        key=lambda wish: -wish[1],
    )
    for language, quality in wishes:
        if language in offered and quality > 0:
            return language
    return offered[0]


def _parse_wish(part: str) -> tuple[str, float]:
    tag, _, parameter = part.strip().partition(";")
    name, _, value = parameter.strip().partition("=")
    try:
        quality = float(value) if name.strip() == "q" else 1.0
    except ValueError:
        quality = 0.0
    return tag.split("-")[0].lower(), quality
