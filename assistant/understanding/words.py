"""Tokens of a message and the closed classes of English words that reading a question needs.

Closed classes are listed as grammars list them (Quirk et al. 1985); open classes come from
`word_classes.json`, which `train_words.py` makes from how words are used.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources


def closed(words: str) -> frozenset[str]:
    """A closed class from its words, separated by spaces."""
    return frozenset(words.split())


DETERMINERS = closed("the a an")
POSSESSIVES = closed("my your our his her its their")
DEMONSTRATIVES = closed("this that these those")
PERSON_PRONOUNS = closed("he she him himself herself")
PLURAL_PRONOUNS = closed("they them themselves")
THING_PRONOUNS = closed("it itself")
THIRD_POSSESSIVES = closed("his her its their hers theirs")
AUXILIARIES = closed(
    "am is are was were be been being do does did have has had can could may might must shall "
    "should "
    "will would isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't "
    "shouldn't haven't hasn't hadn't cannot dont doesnt didnt isnt arent cant wont"
)
QUESTION_WORDS = closed(
    "what which who whom whose when where why how whats whos hows wheres whens what's who's how's "
    "where's when's why's"
)
PREPOSITIONS = closed(
    "about above across after against along among around as at before behind below between "
    "beyond by "
    "despite down during except for from in inside into like near of off on onto out outside "
    "over past "
    "per since than through throughout till to toward towards under until up upon via with within "
    "without besides aside"
)
CONJUNCTIONS = closed("and or but nor so if because while whereas although though unless")
FIRST_AND_SECOND = closed(
    "i me myself we us ourselves you yourself yourselves mine yours ours i'm i've i'd i'll im ive"
)
QUANTITIES = closed(
    "all any both each either every few less many more most much neither no none other others "
    "another "
    "several some such same enough else one ones something anything nothing someone anyone "
    "everyone "
    "everything everybody anybody nobody somebody lot lots"
)
ADVERBS = closed(
    "not n't also too very quite rather just only even still yet already ever never always often "
    "sometimes usually again once then there here now today really actually maybe perhaps please "
    "ago soon later first instead however therefore thus well away back together yes no ok okay hi "
    "hello thanks thank"
)
FUNCTION_WORDS = (
    DETERMINERS
    | POSSESSIVES
    | DEMONSTRATIVES
    | PERSON_PRONOUNS
    | PLURAL_PRONOUNS
    | THING_PRONOUNS
    | THIRD_POSSESSIVES
    | AUXILIARIES
    | QUESTION_WORDS
    | PREPOSITIONS
    | CONJUNCTIONS
    | FIRST_AND_SECOND
    | QUANTITIES
    | ADVERBS
)
# Hyphens, apostrophes, dots between capitals and decimal points do not end a word.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:[-‐‑–'’.,](?=\w)\w+)*|[^\w\s]")
_ENDINGS = (("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"), ("d", ""))


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of a text.

    Attributes:
        text: as written.
        lower: case-folded, with plain apostrophes.
        start: offset of its first character.
    """

    text: str
    lower: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.start + len(self.text)

    @property
    def is_word(self) -> bool:
        """Whether it holds a letter or a digit."""
        return self.text[0].isalnum()


def tokenize(text: str) -> list[Token]:
    """The words and marks of a text, in order."""
    return [
        Token(m.group(), m.group().casefold().replace("’", "'"), m.start())
        for m in _TOKEN.finditer(text)
    ]


def is_noun_like(word: str) -> bool:
    """Whether a lower-cased word may stand in a noun phrase: no function word, verb or adverb."""
    if word in FUNCTION_WORDS or (word.endswith("ly") and len(word) > 4):
        return False
    known = non_nouns()
    return not any(base in known for base in bases(word))


def bases(word: str) -> list[str]:
    """A word and what it may be an inflection of: helps → help, used → use, dying stays."""
    found = [word]
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            found.append(word[: len(word) - len(ending)] + replacement)
    if word.endswith("ing") and len(word) > 5:
        found += [word[:-3], word[:-3] + "e"]
    if word.endswith("ed") and len(word) > 5 and word[-3] == word[-4]:
        found.append(word[:-3])
    return found


def non_nouns() -> frozenset[str]:
    """Words that are more often verbs, predicates or adverbs than nouns."""
    return _load_classes()["non_nouns"]


def relational_nouns() -> frozenset[str]:
    """Nouns that say what something is of or for something else: symptoms, dose, risk."""
    return _load_classes()["relational_nouns"]


def predicates() -> frozenset[str]:
    """Words that say what something is like, and name nothing: important, pregnant."""
    return _load_classes()["predicates"]


@cache
def _load_classes() -> dict[str, frozenset[str]]:
    path = resources.files("assistant.understanding").joinpath("word_classes.json")
    table = json.loads(path.read_text(encoding="utf-8"))
    return {name: closed(words) for name, words in table.items()}
