"""Where a number that is typed in groups ends, though a measure follows: "4471 22 98 10 mg"."""

import re

from assistant.privacy.look_alikes import UNIT

_GAP = re.compile(r" (?=[A-Z]{0,5}\d)")
# Bounded, as a message may be one long row of digits.
_MEASURED = re.compile(
    rf"\d{{1,3}}(?:[ .,]\d{{3}}){{0,4}}(?:[.,]\d{{1,3}})?\s?(?:{UNIT}|x ?\d|[×*^])(?!\w)"
    r"|\d{1,2}[ ]?(?:[x×*][ ]?10|[.,]\d{1,3}(?![\d.,]))"
    r"|\d{1,2}-[A-Z]{2}|[A-Z]\d{2}\.\d|(?-i:[A-Z]{2,5}-?\d{1,4}[A-Z]?\d?\b)",
    re.IGNORECASE,
)


def end_before_measure(text: str, start: int, end: int, fewest: int) -> int:
    """Gives the end of the groups in `text[start:end]` that are no measure, gene or strain.

    Args:
        text: the flattened message.
        start: where the number begins.
        end: where its last group ends.
        fewest: digits that must stand before a measure; with fewer, all is one number.
    """
    for gap in _GAP.finditer(text, start, end):
        digits = sum(character.isdigit() for character in text[start : gap.start()])
        if digits >= fewest and _MEASURED.match(text, gap.end()):
            return gap.start()
    return end
