"""Runs of digits that name nobody: dates, decimals, counts in thousands, ranges, scales."""

import re
from dataclasses import dataclass

_COUNTRY_PREFIX = re.compile(r"\(?(?:\+|00)\s?[1-9]")
_LATEST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class Run:
    """A run of digits as typed, with its separators, and the text just before it."""

    typed: str
    before: str

    @property
    def digits(self) -> str:
        """All digits, without what separates them."""
        return re.sub(r"\D", "", self.typed)

    @property
    def groups(self) -> list[str]:
        """The digits between separators."""
        return re.findall(r"\d+", self.typed)

    @property
    def is_international(self) -> bool:
        """Whether it begins with a country code."""
        return bool(_COUNTRY_PREFIX.match(self.typed))

    @property
    def separators(self) -> set[str]:
        """The characters between its digits."""
        return set(re.sub(r"\d", "", self.typed))


def is_plain_number(run: Run) -> bool:
    """Whether it is a date, a decimal, a list, a count in thousands, or a range."""
    return (
        _is_decimal_or_date(run)
        or _is_list_of_decimals(run)
        or _is_in_thousands(run)
        or _is_count(run)
        or _is_round(run)
        or (run.typed.count("-") == 1 and _is_range(*run.typed.split("-")))
    )


def _is_decimal_or_date(run: Run) -> bool:
    groups, separators = run.groups, run.separators
    if "/" in separators or (len(groups) == 2 and separators == {"."}):
        return True
    short_month = len(groups) == 3 and len(groups[1]) <= 2
    return separators == {"."} and short_month and len(run.digits) <= 8


def _is_list_of_decimals(run: Run) -> bool:
    return run.separators == {".", " "} and all(
        "." in word or len(word) < 4 for word in run.typed.split()
    )


def _is_in_thousands(run: Run) -> bool:
    groups, separators = run.groups, run.separators
    in_threes = len(groups) > 2 and all(len(group) == 3 for group in groups[1:])
    begins = len(groups[0]) <= 3 and not run.typed.startswith("0")
    return in_threes and begins and separators in ({" "}, {"."})


def _is_count(run: Run) -> bool:
    """Single digits up or down, as on a scale: 1 2 3 4 5 6 7."""
    if len(run.groups) <= 3 or any(len(group) > 1 for group in run.groups):
        return False
    values = [int(group) for group in run.groups]
    return values in (sorted(values), sorted(values, reverse=True))


def _is_round(run: Run) -> bool:
    return len(run.groups) == 1 and set(run.digits[1:]) == {"0"}


def _is_range(low: str, high: str) -> bool:
    """From one round, decimal or year-like number to a greater one, as values are reported."""
    if low.startswith("0"):
        return False
    low, high = (side.strip().replace(" ", "") for side in (low, high))
    if all(re.fullmatch(r"\d+\.\d+", side) for side in (low, high)):
        return True
    if not (low.isdecimal() and high.isdecimal()) or int(low) >= int(high):
        return False
    return int(high) < _LATEST_YEAR or all(side.endswith("00") for side in (low, high))
