"""A clinic's colour, made readable: as text and as a button, on the light page and the dark one.

Contrast is that of WCAG 2.2 (relative luminance, success criterion 1.4.3).
"""

from __future__ import annotations

from dataclasses import dataclass

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
INK = (13, 20, 19)
MIN_CONTRAST = 4.5
STEPS = 100

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the colour is seen on: page, surface, and the surface tinted with the colour itself.

    The values and the share of the tint are those of `static/page.css`.

    Attributes:
        tint: share of the colour in the tinted surface, from 0 to 1.
        away: what the colour is mixed with until it can be read.
    """

    page: Rgb
    surface: Rgb
    tint: float
    away: Rgb


LIGHT = Ground((250, 249, 246), (255, 255, 255), 0.09, BLACK)
DARK = Ground((19, 25, 24), (28, 36, 35), 0.14, WHITE)


def make_readable(color: str, ground: Ground) -> str:
    """`colour`, darker or lighter by as little as it takes to be read as text on `ground`."""
    given = parse_color(color)
    for step in range(STEPS + 1):
        mixed = mix(ground.away, given, step / STEPS)
        tinted = mix(mixed, ground.surface, ground.tint)
        if min(contrast(mixed, below) for below in (ground.page, tinted)) >= MIN_CONTRAST:
            return write_color(mixed)
    return write_color(ground.away)


def text_on(color: str) -> str:
    """White or ink, whichever is read better on `colour`."""
    background = parse_color(color)
    return write_color(max(WHITE, INK, key=lambda text: contrast(text, background)))


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: Rgb) -> float:
    """Relative luminance of an sRGB colour, from 0 to 1."""
    red, green, blue = (_linear(channel / 255) for channel in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(color: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of `colour` in `other`, as CSS mixes in sRGB."""
    red, green, blue = (
        round(one * share + two * (1 - share)) for one, two in zip(color, other, strict=True)
    )
    return red, green, blue


def parse_color(text: str) -> Rgb:
    """`#1f5f5b` as three numbers."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def write_color(color: Rgb) -> str:
    """Three numbers as `#1f5f5b`."""
    return "#" + bytes(color).hex()


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
