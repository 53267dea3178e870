"""The one way in: a conversation → what is asked, as a person and as the search should read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.conversation import Turn
from assistant.stages import stage
from assistant.understanding.carrying import carry
from assistant.understanding.focus import Focus, find_focus
from assistant.understanding.foreign import gloss_words
from assistant.understanding.history import pair_turns
from assistant.understanding.known_words import UNKNOWN, known_words
from assistant.understanding.leaning import drop_opening, turns_away
from assistant.understanding.readings import Reading, find_readings
from assistant.understanding.standalone import Standalone, read_history
from assistant.understanding.talk import write_talk
from assistant.understanding.vague import ask_about, is_bare_topic, is_vague
from assistant.understanding.words import FUNCTION_WORDS, is_noun_like, tokenize

if TYPE_CHECKING:
    from assistant.conversation import Conversation
    from assistant.understanding.carrying import Carried
    from assistant.understanding.lexicon import Lexicon
    from assistant.understanding.parallels import Likeness
    from assistant.understanding.standalone import Reader


RARE = 480
"""Centibels from which on a word tells something whatever its class: "constipated"."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A message as understood.

    Attributes:
        question: as typed.
        standalone: corrected and self-contained, for people to read.
        search_text: the same with other spellings, long forms and English words for the search.
        parts: each question that it asks, self-contained.
        changes: what was done, in words, for reports.
        vague: whether it names nothing that could be looked up.
        topic: what was carried over from the conversation, or None.
        readings: for each part what it may mean, the meaning by rules first.
        traces: whether it asks where what was just said is from.
        typed: as typed, spelling corrected, without the words that link it to the turn before.
        carried: which words of the conversation it takes along, where no form of words told that.
        asked: what is read with the turns before it: the message, spelling corrected, or a part;
            with what it counts by name, since the reader takes "the third one" for anything.
        turns: questions before it with their answers, oldest first.
    """

    question: str
    standalone: str
    search_text: str
    parts: tuple[str, ...]
    changes: tuple[str, ...]
    vague: bool
    topic: str | None
    readings: tuple[tuple[Reading, ...], ...] = ()
    traces: bool = False
    typed: str = ""
    carried: Carried | None = None
    asked: str = ""
    turns: tuple[tuple[str, str], ...] = ()

    @property
    def talk(self) -> str:
        """It with the turns before it, as the reader of conversations reads it; empty without."""
        return write_talk(self.asked, self.turns) if self.turns else ""

    @property
    def joined(self) -> str:
        """The question before and it, to search with as well; empty where it is the first."""
        before = self.turns[-1][0].rstrip("?!. ") if self.turns else ""
        return f"{before}? {drop_opening(self.asked)}" if before else ""


@stage("understanding")
def understand(
    conversation: Conversation, lexicon: Lexicon, likeness: Likeness | None = None
) -> Understood:
    """Reads a message in its conversation.

    Args:
        conversation: the question and the turns before it.
        lexicon: of the library that is to answer.
        likeness: how alike phrases are by meaning; makes "and for women?" take the place of "men".
    """
    corrected, slips = lexicon.speller.correct(conversation.question.strip())
    changes = [f"spelling: {slip.typed} → {slip.word}" for slip in slips]
    history = [
        Turn(
            turn.role,
            lexicon.speller.correct(turn.content)[0] if turn.role == "user" else turn.content,
        )
        for turn in conversation.history
    ]
    reader = read_history(history, likeness)
    alone = reader.read(corrected)
    if alone.leans:
        changes.append("completed from the conversation")
    focus = find_focus(alone.text)
    if len(focus.parts) > 1:
        changes.append(f"{len(focus.parts)} questions")
    if focus.background:
        changes.append("background told apart from the question")
    standalone, parts = _phrase(alone, focus, lexicon, changes)
    search_text, expansions = _expand(focus, lexicon)
    turns = () if turns_away(corrected) else tuple(pair_turns(history))
    changes += [f"searched also: {word}" for word in expansions]
    return Understood(
        question=conversation.question,
        standalone=standalone,
        search_text=search_text,
        parts=parts,
        changes=tuple(changes),
        vague=is_vague(standalone, lexicon),
        topic=alone.topic,
        readings=_read_parts(corrected, alone, parts, reader, lexicon),
        traces=alone.aside,
        typed=drop_opening(corrected),
        carried=carry(corrected, history) if turns and alone.guessed and len(parts) == 1 else None,
        asked=alone.text if alone.counted else corrected,
        turns=turns,
    )


def _read_parts(
    corrected: str, alone: Standalone, parts: tuple[str, ...], reader: Reader, lexicon: Lexicon
) -> tuple[tuple[Reading, ...], ...]:
    """For each part what it may mean."""
    if len(parts) == 1:
        return (find_readings(corrected, reader, alone, lexicon),)
    asked = find_focus(drop_opening(corrected), carry=False).parts
    if len(asked) != len(parts):
        asked = parts
    found = []
    for own, part in zip(asked, parts, strict=True):
        ruled = Standalone(part, alone.topic, leans=alone.leans)
        found.append(find_readings(own, reader, ruled, lexicon))
        reader.take(ruled, "", own)
    return tuple(found)


def _phrase(
    alone: Standalone, focus: Focus, lexicon: Lexicon, changes: list[str]
) -> tuple[str, tuple[str, ...]]:
    """A bare topic becomes a question; everything else stays."""
    if not alone.leans and is_bare_topic(alone.text, lexicon):
        changes.append("bare topic")
        asked = ask_about(alone.text)
        return asked, (asked,)
    return alone.text, focus.parts


def _tells(word: str) -> bool:
    """Whether a word of the background says what it is about: a noun, or a word that is rare."""
    rare = known_words("en").get(word, UNKNOWN) > RARE and word not in FUNCTION_WORDS
    return rare or is_noun_like(word)


def _expand(focus: Focus, lexicon: Lexicon) -> tuple[str, list[str]]:
    """The text for the search: what is asked, the background's topics, and other forms of words."""
    text = focus.text
    told = [
        token.text
        for token in tokenize(focus.background)
        if lexicon.knows(token.lower) and _tells(token.lower)
    ]
    if told:
        text = f"{text} {' '.join(told)}"
    added = [*lexicon.abbreviations.expand(text), *gloss_words(text, lexicon)]
    return " ".join([text, *added]), added
