"""E-mail addresses, also spelt out: "anna (at) mail dot com", "anna snabel-a mail punktum dk"."""

import re
from collections.abc import Iterator

from assistant.privacy.records import Candidate, Kind
from assistant.privacy.word_lists import load_words

_DOT = (
    r"(?:\s*\.\s*|\s*[\[({]\s*(?:dot|punktum|punkt|prik)\s*[\])}]\s*|\s+(?:dot|"
    r"punktum|punkt|prik)\s+)"
)
_AT = (
    r"(?:\s*@\s*|\s*[\[({]\s*(?:at?|snabel-?a|alfakrøll|krøllalfa|@)\s*[\])}]\s*|"
    r"\s+(?:at|ät|snabel-?a|snabel|alfakrøll|krøllalfa)\s+)"
)
_TLD = (
    r"(?:com|dk|se|no|uk|org|net|edu|eu|de|info|io|nu|fi|is|me|us|ie|fr|nl|pl|it|es|"
    r"gov|co\.uk|ac\.uk|nhs\.uk)"
)
_LOCAL = (
    r"[\w+-]+(?:(?:\.|\s+(?:dot|punktum|punkt|prik|underscore|minus)\s+|[\[(]dot[\])])[\w+-]+){0,3}"
)

_PLAIN = re.compile(r"(?=[.+'%-]*\w)[\w.+'%-]++@[\w-]+(?:\.[\w-]+)*", re.IGNORECASE)
_SPACED_AT_SIGN = re.compile(
    rf"\b{_LOCAL}\s*@\s*[\w-]+(?:{_DOT}[\w-]+)*?{_DOT}{_TLD}\b", re.IGNORECASE
)
_SPELT_DOT = re.compile(
    (
        rf"\b{_LOCAL}{_AT}[\w-]+(?:\s*\.\s*[\w-]+)?\s*[\[({{]?\s*\b(?:dot|punktum|punkt|"
        rf"prik)\b\s*[\])}}]?\s*{_TLD}\b"
    ),
    re.IGNORECASE,
)
_BRACKETED_AT = re.compile(
    (
        rf"\b{_LOCAL}\s*[\[({{]\s*(?:at?|snabel-?a|alfakrøll|krøllalfa|"
        rf"@)\s*[\])}}]\s*[\w-]+(?:{_DOT}[\w-]+)*?{_DOT}{_TLD}\b"
    ),
    re.IGNORECASE,
)
# "at" or "snabel-a" with a real dot is common prose ("look at sundhed.dk"): a mail provider, a
# local part that no word has, or a cue must speak for it.
_PLAIN_AT = re.compile(
    rf"\s(at|snabel-?a|snabel|alfakrøll|krøllalfa)\s+([\w-]+)(?:\.[\w-]+)*\.{_TLD}\b", re.IGNORECASE
)
_PROVIDER_AT = re.compile(
    (
        r"(?P<local>\b(?=[\w+-]*[\d._])[\w.+-]++)\s+at\s+(?:gmail|hotmail|outlook|yahoo|"
        r"icloud|protonmail)\b"
    ),
    re.IGNORECASE,
)
_CUED_PROVIDER = re.compile(
    r"\b(?:e-?mail|mail|e-?post)\b[^.\n@]{0,12}?[ \t:](?P<local>[\w.+-]{3,})\s+"
    r"(?:at|ät|snabel-?a)\s+(?:gmail|hotmail|outlook|yahoo|icloud|protonmail)\b",
    re.IGNORECASE,
)
_LOCAL_BEFORE = re.compile(rf"\b{_LOCAL}\s*$", re.IGNORECASE)
_LONGEST_LOCAL = 60
_SPELT_SIGNS = (
    " at ",
    " ät ",
    "(a",
    "[a",
    "{a",
    "(at",
    "[at",
    "{at",
    "( at",
    "[ at",
    "snabel",
    "krøll",
)
_CUE = re.compile(r"e-?mail|mail|epost|e-post|write|reach|contact|skriv|kontakt", re.IGNORECASE)


def find_emails(text: str) -> Iterator[Candidate]:
    """Yields e-mail addresses, plain, spaced and spelt out."""
    if "@" in text:
        yield from _find_written(text)
    lowered = text.lower()
    if any(sign in lowered for sign in _SPELT_SIGNS):
        yield from _find_spelt(text, lowered)


def _find_written(text: str) -> Iterator[Candidate]:
    for pattern in (_PLAIN, _SPACED_AT_SIGN):
        for match in pattern.finditer(text):
            end = match.start() + len(match.group().rstrip(".-'"))
            domain = match.group().rpartition("@")[2]
            # "Drug@FDA" is a name of a site, "anna@mail" an address cut short.
            if "." in domain or domain.islower():
                yield Candidate(Kind.EMAIL, match.start(), end, certain=True)


def _find_spelt(text: str, lowered: str) -> Iterator[Candidate]:
    patterns = [_PROVIDER_AT]
    if any(word in lowered for word in ("dot", "punkt", "prik")):
        patterns.append(_SPELT_DOT)
    if any(bracket in text for bracket in "([{"):
        patterns.append(_BRACKETED_AT)
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Candidate(Kind.EMAIL, *match.span(), certain=True)
    for match in _CUED_PROVIDER.finditer(text):
        yield Candidate(Kind.EMAIL, match.start("local"), match.end(), certain=True)
    for match in _PLAIN_AT.finditer(text):
        window = max(0, match.start() - _LONGEST_LOCAL)
        local = _LOCAL_BEFORE.search(text[window : match.start()])
        if local and _is_address(match, local.group(), text):
            yield Candidate(Kind.EMAIL, window + local.start(), match.end(), certain=True)


def _is_address(match: re.Match[str], local: str, text: str) -> bool:
    at_sign, domain = match.groups()
    return (
        domain.lower() in load_words("mail_providers")
        or at_sign.lower() != "at"
        or bool(re.search(r"[\d._]", local))
        or bool(_CUE.search(text, max(0, match.start() - 30), match.start()))
    )
