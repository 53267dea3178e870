"""Messages that nothing can be answered to, and bare topics, which can."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from assistant.understanding.known_words import UNKNOWN, Language, known_words
from assistant.understanding.words import FUNCTION_WORDS, closed, is_noun_like, tokenize
from index.keyword import stem_words

if TYPE_CHECKING:
    from assistant.understanding.lexicon import Lexicon

GENERAL = closed(
    "help info information advice question questions problem problems issue issues thing things "
    "stuff "
    "work works working good bad better safe okay more details detail treatment treatments "
    "medicine "
    "medicines symptom symptoms health healthy doctor food supplement supplements tell explain "
    "know "
    "long cost dose side effects effect tablet tablets pill pills test tests testing results "
    "result "
    "need take mean feel sick pain hurt hurts do"
)
"""Words that name no topic by themselves: whatever the articles are about, they fit it."""
COMMON = 450
"""A single word commoner than this, in centibels, is a remark rather than a topic: "great"."""


RARE = 530
"""A word of the library that is rarer than this in every language names something."""
_LANGUAGES: tuple[Language, ...] = get_args(Language)


def names_topic(message: str, lexicon: Lexicon) -> bool:
    """Whether a message holds a rare word that the library knows, such as "theanine"."""
    words = {token.lower for token in tokenize(message) if token.is_word} - FUNCTION_WORDS
    return any(
        min(known_words(language).get(word, UNKNOWN) for language in _LANGUAGES) > RARE
        for word in words
        if lexicon.knows(word)
    )


def is_vague(question: str, lexicon: Lexicon | None = None) -> bool:
    """Whether a self-contained question names nothing that could be looked up."""
    words = [token.lower for token in tokenize(question) if token.is_word]
    content = [word for word in words if word not in FUNCTION_WORDS and word not in GENERAL]
    if not content:
        return not any(word in lexicon.abbreviations.shorts for word in words) if lexicon else True
    return not any(len(word) > 1 for word in content)


def is_bare_topic(question: str, lexicon: Lexicon) -> bool:
    """Whether a message is a topic of the library alone: "magnesium?", "IBS", "leaky gut"."""
    words = [token.lower for token in tokenize(question) if token.is_word]
    topic = " ".join(stem_words(" ".join(words)))
    if topic in lexicon.topics or topic in lexicon.abbreviations.shorts:
        return is_noun_like(words[-1])
    if len(words) != 1 or not lexicon.knows(words[0]) or not is_noun_like(words[0]):
        return False
    return known_words("en").get(words[0], UNKNOWN) > COMMON


def ask_about(topic: str) -> str:
    """A bare topic as a question."""
    named = topic.strip().rstrip("?!. ")
    return f"What is {named}?" if " " not in named else f"What do the articles say about {named}?"
