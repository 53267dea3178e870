"""A message as recognisers read it: one kind of space, dash, quote and digit; nothing invisible.

Recognisers work on the flattened text; `Flat.to_original` gives the place in what was typed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from index.look_alikes import LOOK_ALIKES

_PLAIN = re.compile(r"[\n\t -~À-ÖØ-öø-ÿ]*")
_LONG_GAP = re.compile(r"[\n\t ]{9,}")
_KEPT_OF_A_GAP = 4
_SPACES = (
    "\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_QUOTES = "\u2018\u2019\u201b\u02bc\u00b4"


@dataclass(frozen=True, slots=True)
class Flat:
    """`text[i]` was read from the original's character `offsets[i]`; the last offset is its end."""

    text: str
    offsets: tuple[int, ...] | None

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Gives the original's span of `text[start:end]`, which must not be empty."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=4096)
def _flatten_character(character: str) -> str:
    for alike, plain in ((_SPACES, " "), (_DASHES, "-"), (_QUOTES, "'"), ("\u2028\u2029", "\n")):
        if character in alike:
            return plain
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Cs"):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    # Only what folds to one printable ASCII character: "½" or "µ" stay as they are.
    folded = unicodedata.normalize("NFKC", character).translate(LOOK_ALIKES)
    return folded if len(folded) == 1 and "!" <= folded <= "~" else character


def flatten(text: str) -> Flat:
    """Gives `text` with look-alike characters folded and invisible ones left out."""
    if _PLAIN.fullmatch(text):
        return _shorten_gaps(Flat(text, None))
    kept = [(index, _flatten_character(character)) for index, character in enumerate(text)]
    kept = [(index, character) for index, character in kept if character]
    flat = "".join(character for _, character in kept)
    return _shorten_gaps(Flat(flat, tuple(index for index, _ in kept)))


def _shorten_gaps(flat: Flat) -> Flat:
    """Leaves of a long gap its ends: time to look for what may follow grows with its cube."""
    gaps = [gap.span() for gap in _LONG_GAP.finditer(flat.text)]
    if not gaps:
        return flat
    left_out = {
        index
        for start, end in gaps
        for index in range(start + _KEPT_OF_A_GAP, end - _KEPT_OF_A_GAP)
    }
    kept = [index for index in range(len(flat.text)) if index not in left_out]
    offsets = flat.offsets or range(len(flat.text))
    return Flat("".join(flat.text[i] for i in kept), tuple(offsets[i] for i in kept))
