"""Numbers with what they count or measure, in units that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "miljoner": 1e6, "millioner": 1e6, "miljarder": 1e9, "milliarder": 1e9,
}  # fmt: skip
# Unit as written → dimension and factor into its base unit.
_UNITS = {
    "%": ("percent", 1.0), "percent": ("percent", 1.0), "per cent": ("percent", 1.0),
    "procent": ("percent", 1.0),
    "kg": ("mass", 1e6), "g": ("mass", 1e3), "gram": ("mass", 1e3), "grams": ("mass", 1e3),
    "mg": ("mass", 1.0), "milligram": ("mass", 1.0), "milligrams": ("mass", 1.0),
    "µg": ("mass", 1e-3), "μg": ("mass", 1e-3), "mcg": ("mass", 1e-3),
    "microgram": ("mass", 1e-3), "micrograms": ("mass", 1e-3),
    "ml": ("volume", 1.0), "dl": ("volume", 1e2), "l": ("volume", 1e3),
    "litre": ("volume", 1e3), "litres": ("volume", 1e3),
    "cfu": ("cfu", 1.0), "iu": ("iu", 1.0),
    "second": ("time", 1 / 86400), "seconds": ("time", 1 / 86400),
    "minute": ("time", 1 / 1440), "minutes": ("time", 1 / 1440),
    "hour": ("time", 1 / 24), "hours": ("time", 1 / 24),
    "day": ("time", 1.0), "days": ("time", 1.0), "week": ("time", 7.0), "weeks": ("time", 7.0),
    "month": ("time", 30.4), "months": ("time", 30.4), "year": ("time", 365.0),
    "years": ("time", 365.0),
    "timmar": ("time", 1 / 24), "timer": ("time", 1 / 24), "dagar": ("time", 1.0),
    "dage": ("time", 1.0), "veckor": ("time", 7.0), "uger": ("time", 7.0),
    "månader": ("time", 30.4), "måneder": ("time", 30.4), "år": ("time", 365.0),
}  # fmt: skip
_PLAIN = rf"\d+(?:[.,]\d+)*|(?:{'|'.join(_WORDS)})\b"
_QUANTITY = re.compile(
    rf"(?<![\w.,/-])(?P<low>{_PLAIN})"
    rf"(?:\s*(?:-|–|to|till|til|and|og|och)\s*(?P<high>{_PLAIN}))?"
    rf"\s*(?P<scale>(?:{'|'.join(_SCALES)})\b)?"
    rf"[\s-]*(?P<unit>%|[^\W\d_]+(?: cent)?)",
    re.IGNORECASE,
)
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range, in the base unit of its dimension.

    Attributes:
        dimension: percent, mass (mg), volume (ml), time (days), cfu, iu; or the noun counted.
        start: offset in the text.
        written: as it stands there.
    """

    dimension: str
    low: float
    high: float
    start: int
    written: str


def find_quantities(text: str) -> list[Quantity]:
    """The quantities in a text; years and numbers of lists are none."""
    found = []
    for match in _QUANTITY.finditer(text):
        low = _value(match["low"])
        high = _value(match["high"]) if match["high"] else low
        unit = match["unit"].casefold()
        dimension, factor = _UNITS.get(unit, (f"count of {unit.removesuffix('s')}", 1.0))
        if dimension.startswith("count") and (low in _YEARS or len(unit) < 3):
            continue
        factor *= _SCALES.get((match["scale"] or "").casefold(), 1.0)
        low, high = sorted((low * factor, high * factor))
        found.append(Quantity(dimension, low, high, match.start(), match[0].strip()))
    return found


def _value(written: str) -> float:
    """`1,200` is twelve hundred, `1,5` one and a half, `3.5` three and a half."""
    if written.casefold() in _WORDS:
        return float(_WORDS[written.casefold()])
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", written):
        return float(re.sub(r"[.,]", "", written))
    parts = re.split(r"[.,]", written)
    return float(f"{''.join(parts[:-1])}.{parts[-1]}") if len(parts) > 1 else float(written)
