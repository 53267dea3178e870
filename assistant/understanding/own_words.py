"""What the program said in words of its own: "the articles" of a refusal are no topic."""

from __future__ import annotations

import re
from functools import cache

from prompts.replies import load_replies

_OWN = ("abstain.", "judgement.", "smalltalk.")
_LANGUAGES = ("en", "da", "sv")


def drop_own_words(answer: str) -> str:
    """An answer without what it says in the program's own words, which no question leans on."""
    return _pattern().sub("", answer).strip()


@cache
def _pattern() -> re.Pattern[str]:
    texts = {
        text
        for language in _LANGUAGES
        for key, text in load_replies(language).entries.items()
        if key.startswith(_OWN)
    }
    said = sorted((re.escape(text) for text in texts), key=len, reverse=True)
    return re.compile("|".join(re.sub(r"\\\{\w+\\\}", ".{1,300}?", text) for text in said))
