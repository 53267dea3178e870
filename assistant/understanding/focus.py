"""Long messages and messages that ask twice: what is asked, and in how many parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.history import main_phrase
from assistant.understanding.leaning import find_slots, names_nothing
from assistant.understanding.phrases import find_phrases
from assistant.understanding.splitting import split_at
from assistant.understanding.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    FIRST_AND_SECOND,
    FUNCTION_WORDS,
    PLURAL_PRONOUNS,
    POSSESSIVES,
    QUESTION_WORDS,
    THING_PRONOUNS,
    THIRD_POSSESSIVES,
    Token,
    closed,
    is_noun_like,
    tokenize,
)

_BREAK = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b(?:Dr|Mr|Ms|St|vs|no)\.)(?<!\b(?:Mrs|e\.g|i\.e)\.)(?<!\.\.\.)\s+|\n+",
    re.IGNORECASE,
)
_ASKS_FIRST = QUESTION_WORDS | AUXILIARIES
_LEADS = closed("and but so or also ok okay well then please hi hello")
_INDIRECT = re.compile(
    r"\b(?:wonder(?:ing)?|want(?:ed)? to (?:know|ask|find out)|like to (?:know|ask)|tell me|"
    r"explain|(?:don'?t|do not|need to) know (?:if|whether|what|how|why|when|which|where)|"
    r"(?:any|some) (?:advice|tips|ideas?|information|info)|list of|"
    r"question is|unsure (?:if|whether)|"
    r"not sure (?:if|whether|what|how)|curious)\b",
    re.IGNORECASE,
)
LONG_WORDS = 16
_SUBJECTS = closed("what who")
"""Question words that a verb may follow at once: "what happens"."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What of a message asks.

    Attributes:
        text: the sentences that ask, with what they lean on, or the whole message where none does.
        parts: each question on its own, the second with the first one's topic.
        background: the sentences that do not ask.
    """

    text: str
    parts: tuple[str, ...]
    background: str


def find_focus(message: str, *, carry: bool = True) -> Focus:
    """Tells what a message asks from what it tells.

    Args:
        message: as read in its conversation.
        carry: whether later questions that say "it" get the first one's topic.
    """
    sentences = split_sentences(message)
    asking = [sentence for sentence in sentences if asks(sentence)]
    if not asking:
        return Focus(message.strip(), (message.strip(),), "")
    told = [sentence for sentence in sentences if sentence not in asking]
    texts: list[str] = []
    parts: list[str] = []
    for sentence in asking:
        clause = _drop_opening(sentence)
        if _is_whole(clause):
            told.append(sentence.removesuffix(clause).strip(" ,"))
            parts += split_questions(clause, carry=carry)
        else:
            clause = _with_what_it_leans_on(sentence, sentences)
            parts.append(clause)
        texts.append(clause)
    return Focus(" ".join(texts), tuple(dict.fromkeys(parts)), " ".join(filter(None, told)))


def _is_whole(clause: str) -> bool:
    return not find_slots(clause) and not names_nothing(clause)


def _with_what_it_leans_on(sentence: str, sentences: list[str]) -> str:
    """A question that points back, with its own opening or else the sentence before it."""
    position = sentences.index(sentence)
    if position == 0 or _is_whole(sentence) or len(sentence.split()) > LONG_WORDS:
        return sentence
    return f"{sentences[position - 1]} {sentence}"


def split_sentences(message: str) -> list[str]:
    """The sentences of a message, stripped."""
    return [s.strip() for s in _BREAK.split(message) if any(c.isalnum() for c in s)]


def asks(sentence: str) -> bool:
    """Whether a sentence asks: by its mark, its first word, or a clause such as "I wonder if"."""
    if sentence.rstrip(" )\"'").endswith("?"):
        return True
    words = [token.lower for token in tokenize(sentence) if token.is_word]
    while words and words[0] in _LEADS:
        words = words[1:]
    return bool(words) and (words[0] in _ASKS_FIRST or _INDIRECT.search(sentence) is not None)


def asks_anything(message: str) -> bool:
    """Whether any sentence of a message asks."""
    return any(asks(sentence) for sentence in split_sentences(message))


def split_questions(sentence: str, *, carry: bool = True) -> list[str]:
    """The questions that one sentence holds; "X and Y" with one verb stays one.

    Args:
        sentence: that asks.
        carry: whether later questions that say "it" get the first one's topic.
    """
    pieces = [_clean(sentence[start:end]) for start, end in split_at(sentence)]
    # "how many drops and how often": what names nothing by itself belongs to what it follows.
    if len(pieces) < 2 or any(_is_fragment(piece) for piece in pieces if piece):
        return [sentence.strip()]
    pieces = [piece for piece in pieces if piece]
    return _carry_topic(pieces) if carry else pieces


def _is_fragment(piece: str) -> bool:
    """Whether a piece is no question of its own: it names nothing, and nobody does anything."""
    return names_nothing(piece) and not find_slots(piece) and not _holds_content(tokenize(piece))


def _holds_content(tokens: list[Token]) -> bool:
    """Whether tokens name something, or tell of somebody doing something: "when can I drive"."""
    words = {token.lower for token in tokens if token.is_word}
    says = words - FUNCTION_WORDS
    does = says and (words & AUXILIARIES or words & _SUBJECTS)
    return bool(does) or any(is_noun_like(word) for word in words)


def _carry_topic(pieces: list[str]) -> list[str]:
    """Later pieces that say "it" get the topic of the first one."""
    phrases = find_phrases(pieces[0])
    if not phrases:
        return pieces
    defines = pieces[0].lower().startswith(("what is", "what are"))
    topic = phrases[-1] if defines else main_phrase(pieces[0], phrases) or phrases[0]
    plural = topic.text.endswith("s") or " and " in topic.text
    pronouns = PLURAL_PRONOUNS | {"their"} if plural else THING_PRONOUNS | {"its"}
    return [pieces[0], *(_replace_pronoun(piece, topic.text, pronouns) for piece in pieces[1:])]


def _replace_pronoun(piece: str, topic: str, pronouns: frozenset[str]) -> str:
    for token in tokenize(piece):
        if token.lower in pronouns:
            said = topic + ("'s" if token.lower in THIRD_POSSESSIVES else "")
            return piece[: token.start] + said + piece[token.end :]
    return piece


def _drop_opening(sentence: str) -> str:
    """A question without what is told before it in the same sentence: ", so when may I eat?"."""
    tokens = tokenize(sentence)
    for position in range(len(tokens) - 1, 3, -1):
        before, token = tokens[position - 1], tokens[position]
        if (
            token.lower not in _ASKS_FIRST
            or len(tokens) - position < 4
            or position < LONG_WORDS // 2
            or tokens[0].lower in CONJUNCTIONS - {"and", "but", "or", "so"}
        ):
            continue
        after_comma = before.text == "," or (
            before.lower in _LEADS and tokens[position - 2].text == ","
        )
        if after_comma and _is_asked(tokens, position) and not _asks_at_start(tokens):
            return sentence[token.start :].strip()
    return sentence.strip()


def _asks_at_start(tokens: list[Token]) -> bool:
    words = [token.lower for token in tokens if token.is_word]
    while words and words[0] in _LEADS:
        words = words[1:]
    if not words or words[0] not in _ASKS_FIRST:
        return False
    return len(tokens) <= LONG_WORDS or _inverts(words)


def _inverts(words: list[str]) -> bool:
    """Whether a verb comes before its subject: "how fast does it", and not "when I was"."""
    for word in words[:4]:
        if word in AUXILIARIES:
            return True
        if word in FIRST_AND_SECOND | POSSESSIVES | PLURAL_PRONOUNS | THING_PRONOUNS:
            return False
    return False


def _is_asked(tokens: list[Token], position: int) -> bool:
    """Whether an auxiliary or question word opens a question here, not a relative clause."""
    token = tokens[position]
    following = tokens[position + 1].lower if position + 1 < len(tokens) else ""
    if token.lower in AUXILIARIES:
        return tokens[-1].text == "?"
    return token.lower not in {"which", "who", "where", "when"} or following in AUXILIARIES | {
        "is",
        "things",
    }


def _clean(piece: str) -> str:
    piece = re.sub(r"^(?:and|or|but|also|,|\s)+\s*", "", piece.strip(), flags=re.IGNORECASE)
    return piece.strip(" ,")
