from types import SimpleNamespace

import numpy as np
import pytest

from assistant.conversation import Conversation, Turn
from assistant.topics import suggest_follow_ups
from index.records import Block, Sentence

SECTIONS = [
    ("1. The vagus nerve (the direct line)", "The vagus nerve runs to the brain."),
    ("Probiotics – for balance", "Probiotics are live bacteria."),
    ("Conclusion", "So much is known."),
    ("References", "Vagus paper."),
]


class Library:
    """One article with a sentence below each heading, whose vectors are the axes of space."""

    def __init__(self):
        texts, blocks, sentences = ["The gut"], [Block("heading", 0, 1, level=1)], []
        for number, (heading, said) in enumerate(SECTIONS):
            kind = "reference" if heading == "References" else "paragraph"
            blocks += [Block("heading", 0, 1, level=2), Block(kind, 0, 1, section=(heading,))]
            texts += [heading, said]
            sentences.append(Sentence(number, number, number + 1, len(blocks) - 1))
        article = SimpleNamespace(
            id="a", language="en", title="The gut", blocks=blocks, block_text=texts.__getitem__
        )
        said = [row[1] for row in SECTIONS]
        entry = SimpleNamespace(
            article=article, sentences=sentences, quote=lambda sentence: said[sentence.number]
        )
        self.entries = {"a": entry}

    def sentence_vectors(self, _):
        return np.eye(len(SECTIONS), dtype=np.float32)


ON_NERVE = "What do the articles say about the vagus nerve?"
ON_PROBIOTICS = "What do the articles say about probiotics?"


def suggest(near, *, said=99, asked=()):
    history = tuple(Turn("user", text) for text in asked)
    answer = SimpleNamespace(
        sources=(SimpleNamespace(article_id="a", start=said),), standalone_question="q"
    )
    ranking = SimpleNamespace(candidates=[])
    return suggest_follow_ups(answer, Conversation("q", history), ranking, Library(), near)


@pytest.mark.parametrize(
    ("near", "first"), [([0.9, 0.1, 0, 0], ON_NERVE), ([0.1, 0.9, 0, 0], ON_PROBIOTICS)]
)
def test_what_is_nearest_to_the_question_is_suggested_first(near, first):
    suggested = suggest(np.array(near))

    assert suggested[0] == first
    assert set(suggested) == {ON_NERVE, ON_PROBIOTICS}  # no conclusion, no reference list


def test_what_was_said_or_asked_is_not_suggested():
    assert suggest(np.ones(4), said=0) == (ON_PROBIOTICS,)
    assert suggest(np.ones(4), asked=[ON_PROBIOTICS]) == (ON_NERVE,)
