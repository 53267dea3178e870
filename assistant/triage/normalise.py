"""Evens out how people type: quotes, capitals, stretched letters, common chat spellings."""

import re
import unicodedata
from functools import lru_cache

from index.look_alikes import LOOK_ALIKES

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "…": ".", "–": "-"}
)
_STRETCHED = re.compile(r"([a-zæøåäö])\1{2,}")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff]")
_LINK = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+")
# Numbers of telephones, cards, accounts, people, and dates of birth; no dose is so long.
_LONG_NUMBER = re.compile(
    r"(?<![\w.,/])(?!\d{1,4} ?- ?\d{1,4}(?![ .-]?\d))[+(]?\d(?:[ .()-]{0,2}\d){6,}(?![\w/])"
)
_CHAT: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b{pattern}\b"), replacement)
    for pattern, replacement in (
        (r"can'?t|cannot|can not|cudnt|couldn'?t", "cannot"),
        (r"i'?m", "i am"),
        (r"i'?ve", "i have"),
        (r"i'?ll", "i will"),
        (r"dont|don't", "do not"),
        (r"doesnt|doesn't", "does not"),
        (r"didnt|didn't", "did not"),
        (r"isnt|isn't", "is not"),
        (r"arent|aren't", "are not"),
        (r"wasnt|wasn't", "was not"),
        (r"havent|haven't", "have not"),
        (r"hasnt|hasn't", "has not"),
        (r"hadn'?t", "had not"),
        (r"wont|won't", "will not"),
        (r"wouldn'?t", "would not"),
        (r"(he|she|it|that|there|what)'s", r"\1 is"),
        (r"(you|we|they)'re", r"\1 are"),
        (r"u", "you"),
        (r"ur", "your"),
        (r"rn", "right now"),
        (r"pls|plz", "please"),
        (r"bc|cuz|coz", "because"),
        (r"w/o", "without"),
        (r"gonna", "going to"),
        (r"tho", "though"),
    )
)


@lru_cache(maxsize=2)
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return _CHAT


def normalise(text: str) -> str:
    """Gives lower case, plain quotes and Latin letters, nothing invisible or stretched."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    plain = _INVISIBLE.sub("", plain).lower().translate(LOOK_ALIKES)
    return re.sub(r"[ \t]+", " ", _STRETCHED.sub(r"\1\1", plain)).strip()


def mask_identifiers(text: str) -> str:
    """Gives the text with long numbers, addresses of mail and links by the word for what they are.

    Numbers tell of fever, age and dose; those that only name somebody looked like dangers.
    """
    return _LONG_NUMBER.sub("number", _LINK.sub("address", text))


def expand_chat_spelling(text: str) -> str:
    """Gives English text with contractions and chat spellings written out."""
    for pattern, replacement in _compiled():
        text = pattern.sub(replacement, text)
    return text
