"""What the sections of articles are on, as questions with the vectors of what answers them.

A heading that asks is taken as it is; one that names is asked about. Both have to stand alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from assistant.function_words import content_stems
from assistant.suggestions import MAX_FOLLOW_UPS, standing_questions, without_number
from assistant.understanding.history import is_noun_phrase
from assistant.understanding.known_words import UNKNOWN, known_words
from assistant.understanding.vague import COMMON
from assistant.understanding.words import tokenize
from index.keyword import stem_words
from prompts.replies import load_replies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from assistant.answer import Answer
    from assistant.conversation import Conversation
    from assistant.ranking import Ranking
    from index.entry import Entry
    from index.library import Library
    from index.records import Block

NEAREST = 10
"""Sentences found for a question whose articles are gone on with, beside the cited ones."""

MOST_WORDS = 6
"""Words of a heading that only names; longer ones tell."""

_ASIDE = re.compile(r"\s*(?:\(|:|\s[–—-]\s).*")

_known: WeakKeyDictionary[Library, dict[str, tuple[Topic, ...]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Topic:
    """A section as a question.

    Attributes:
        question: that it answers.
        places: article id and offset of each of its sentences.
        vector: their mean at length one, `(d,) float32`.
    """

    question: str
    places: frozenset[tuple[str, int]]
    vector: NDArray[np.float32]


def suggest_follow_ups(
    answer: Answer,
    conversation: Conversation,
    ranking: Ranking,
    library: Library,
    vector: NDArray[np.float32],
) -> tuple[str, ...]:
    """Questions near to the one just answered that nobody has asked and nothing said answers.

    Args:
        answer: as it will be given.
        conversation: with what was asked before.
        ranking: what was found for the question.
        library: whose articles are gone on with.
        vector: the question's embedding, `(d,) float32`.
    """
    cited = {(source.article_id, source.start) for source in answer.sources}
    ids = [source.article_id for source in answer.sources]
    ids += [candidate.entry.article.id for candidate in ranking.candidates[:NEAREST]]
    near = [
        (float(topic.vector @ vector), topic.question)
        for article_id in dict.fromkeys(ids)
        for topic in topics_of(article_id, library)
        if not cited & topic.places
    ]
    near.sort(key=lambda pair: -pair[0])
    asked = [conversation.question, answer.standalone_question]
    asked += [turn.content for turn in conversation.history if turn.role == "user"]
    known = {frozenset(content_stems(text)) for text in asked}
    new = [question for _, question in near if frozenset(content_stems(question)) not in known]
    return tuple(dict.fromkeys(new))[:MAX_FOLLOW_UPS]


def topics_of(article_id: str, library: Library) -> tuple[Topic, ...]:
    """The topics of an article, in its order; found once for each state of the library."""
    known = _known.setdefault(library, {})
    if article_id not in known:
        known[article_id] = tuple(_find_topics(library.entries[article_id], library))
    return known[article_id]


def _find_topics(entry: Entry, library: Library) -> Iterator[Topic]:
    article = entry.article
    standing = set(standing_questions(library)[article.id])
    vectors = library.sentence_vectors(article.id)  # (sentences, d)
    for position, block in enumerate(article.blocks):
        text = article.block_text(position)
        below = [s for s in entry.sentences if _tells(article.blocks[s.block], text)]
        if block.kind != "heading" or not block.level or block.level < 2 or not below:
            continue
        heading = without_number(text)
        said = " ".join(map(entry.quote, below))
        question = heading if heading in standing else _ask_about(heading, said, article.language)
        if question:
            numbers = [sentence.number for sentence in below]
            mean = vectors[numbers].mean(axis=0)
            places = frozenset((article.id, sentence.start) for sentence in below)
            yield Topic(question, places, mean / np.linalg.norm(mean))


def _tells(block: Block, heading: str) -> bool:
    """Whether a block is text below a heading."""
    return block.section[-1:] == (heading,) and block.kind not in {"reference", "byline"}


def _ask_about(heading: str, said: str, language: str) -> str:
    """A question on what a heading names; empty where it asks, tells or names nothing special.

    Args:
        heading: without its number.
        said: what stands below it.
        language: the article's.
    """
    name = _ASIDE.sub("", heading)
    words = [token.lower for token in tokenize(name) if token.is_word]
    stems = set(stem_words(said))
    special = [w for w in words if known_words("en").get(w, UNKNOWN) > COMMON]
    told = any(stems & set(stem_words(word)) for word in special)
    if "?" in heading or not told or not is_noun_phrase(name, MOST_WORDS):
        return ""
    topic = name[0].lower() + name[1:] if name[1:2].islower() else name
    return load_replies(language).fill("suggest.topic", topic=topic)
