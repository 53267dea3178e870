"""Links that lead to a person or carry a token, and social handles.

A link to a public article names nobody and stays.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.privacy.records import Candidate, Kind

_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"'\]]+", re.IGNORECASE)
_BARE_URL = re.compile(r"(?<![\w@.])(?:[\w-]+\.)+[a-z]{2,8}/[^\s<>\"'\]]+", re.IGNORECASE)
_PERSONAL_HOST = re.compile(
    r"(?<![\w-])(?:facebook|fb|instagram|linkedin|tiktok|snapchat|twitter|x|threads|t|wa|m|messenger|"
    r"onedrive|1drv|dropbox|wetransfer|drive\.google|docs\.google|calendly|zoom)"
    r"\.(?:com|me|us|ms|live)(?::\d+)?/[^\s]*\w",
    re.IGNORECASE,
)
_KEYS = (
    r"(?:token|key|session|sid|auth|code|sig|signature|secret|password|pass|pwd|otp|jwt|access|hash|"
    r"uid|uuid|guid|user|patient|booking|journal|cpr|ssn|email|mail|phone|login|invite|magic|verify|"
    r"reset|confirm|state|nonce|case|ref|name|navn|(?<![a-z])id)"
)
# As a query's key with any value, or as a part of the path before one with a digit.
_TOKEN_KEY = re.compile(
    rf"[?&#;]\w*{_KEYS}\w*=[^&#\s]+|/{_KEYS}s?/(?=[^/\s]*\d)[^/\s]+", re.IGNORECASE
)
# What follows these in a path is a person's: "members/hanna-berg", "messages/48211".
_PERSONAL_PART = re.compile(
    r"/(?:u|users?|members?|profiles?|accounts?|profil|bruger|medlem)/[^/?#\s]+"
    r"|/(?:patients?|people|messages?|inbox|threads?|records?|results?|bookings?|appointments?|"
    r"beskeder|meddelanden)/(?=[^/?#\s]*\d)[^/?#\s]+",
    re.IGNORECASE,
)
_USER_INFO = re.compile(r"://[^/\s@]+@")
_LONG_WORD = re.compile(r"[A-Za-z0-9_~-]{16,}")
_PUBLIC_HOST = re.compile(
    r"^(?:https?://)?(?:www\.)?(?:[\w-]+\.)*(?:doi\.org|ncbi\.nlm\.nih\.gov|"
    r"nih\.gov|europepmc\.org|"
    r"youtu\.be|clinicaltrials\.gov|isrctn\.com|arxiv\.org|cochranelibrary\.com|wikipedia\.org)/[^?]*$",
    re.IGNORECASE,
)
_SHORTEST_CODE, _FEWEST_TURNS, _FEWEST_HUMPS = 5, 2, 3
_LONGEST_RECORD_WORD = 2
# A page's own number in a query ("?p=1234") is short.
_MOST_DIGITS = 4
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.]{2,30}")
_HANDLE_CUE = re.compile(
    r"\b(?:instagram|insta|snapchat|snap|tiktok|twitter|telegram|skype|messenger|"
    r"discord|facebook|fb)"
    r"(?:[ -]?(?:handle|name|user(?:name)?|account|profile|profil|konto|id|navn|"
    r"namn|bruger(?:navn)?))?"
    r"(?:\s+(?:is|er|är|as|som|under|at|me|mig|på|handle|name)|\s*:){1,3}\s+@?"
    r"([A-Za-z_][\w.-]{3,30})",
    re.IGNORECASE,
)


def _carries_person(url: str) -> bool:
    if _PUBLIC_HOST.match(url):
        return False
    return bool(
        _PERSONAL_HOST.search(url)
        or _TOKEN_KEY.search(url)
        or _PERSONAL_PART.search(url)
        or _USER_INFO.search(url)
        or any(_looks_random(word) for word in _LONG_WORD.findall(url))
        or _has_code(url)
    )


def _has_code(url: str) -> bool:
    """Whether a part of the path is a code, or a query hands over a number or a code.

    An article's address consists of words, dates and at times its own number ("article/31234567").
    A record's number stands behind a letter or two ("u/31234567").
    """
    rest = re.sub(r"^(?:\w+://)?[^/?#]*", "", url)
    path, _, query = rest.partition("?")
    parts = path.split("#")[0].split("/")
    values = re.findall(r"=([^&#]+)", f"{query}&{rest.partition('#')[2]}")
    records = any(
        re.fullmatch(r"\d{5,}", part) and len(before) <= _LONGEST_RECORD_WORD
        for before, part in pairwise(parts)
    )
    return (
        records
        or any(_is_code(part) for part in parts)
        or any(_is_code(value) or len(re.findall(r"\d", value)) > _MOST_DIGITS for value in values)
    )


def _is_code(part: str) -> bool:
    """Letters and digits in turns, or capitals all over a word: "9f3ac81e", "AbCdEfGh"."""
    if len(part) < _SHORTEST_CODE or not re.fullmatch(r"[A-Za-z0-9_]+", part):
        return False
    turns = len(re.findall(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])", part))
    humps = len(re.findall(r"[a-z](?=[A-Z])", part))
    return turns >= _FEWEST_TURNS or humps >= _FEWEST_HUMPS


def _looks_random(word: str) -> bool:
    """A long run that mixes digits and letters, unlike the words of an article's address."""
    parts = [part for part in re.split(r"[-_~]", word) if len(part) >= 8]
    return any(
        sum(character.isdigit() for character in part) >= 2
        and sum(character.isalpha() for character in part) >= 3
        for part in parts
    )


def find_links(text: str) -> Iterator[Candidate]:
    """Yields links with tokens or to profiles, and social handles."""
    if "/" in text or "www." in text.lower():
        for pattern in (_URL, _BARE_URL):
            for match in pattern.finditer(text):
                url = match.group().rstrip(".,;:!?)")
                if _carries_person(url):
                    end = match.start() + len(url)
                    yield Candidate(Kind.LINK, match.start(), end, certain=True)
    if "@" in text:
        for match in _HANDLE.finditer(text):
            end = match.start() + len(match.group().rstrip("."))
            yield Candidate(Kind.HANDLE, match.start(), end)
    for match in _HANDLE_CUE.finditer(text):
        if re.search(r"[\d_.]", match[1].rstrip(".")) or "@" in match.group():
            end = match.start(1) + len(match[1].rstrip(".-"))
            yield Candidate(Kind.HANDLE, match.start(1), end)
