from types import SimpleNamespace

import pytest

from assistant.conversation import BadInput, parse_conversation
from assistant.levels import MAX_ADDED, set_level
from assistant.selection import make_piece
from index.records import Block, Sentence

# Two sections of an article: a paragraph of three sentences, and one of twelve.
TEXTS = ["One.", "Two.", "Three.", *(f"Other {number}." for number in range(12))]
BLOCKS = (Block("paragraph", 0, 1, ("First",)), Block("paragraph", 0, 1, ("Second",)))


def make_entry(blocks=BLOCKS):
    sentences = tuple(
        Sentence(number, number, number + 1, 0 if number < 3 else 1) for number in range(len(TEXTS))
    )
    article = SimpleNamespace(id="a", blocks=blocks)
    return SimpleNamespace(
        article=article, sentences=sentences, quote=lambda sentence: TEXTS[sentence.number]
    )


def said(pieces):
    return [piece.sentence.number for piece in pieces]


@pytest.mark.parametrize(
    ("level", "numbers"), [("plain", [0, 2]), ("simple", [2]), ("detailed", [0, 1, 2])]
)
def test_a_level_gives_less_or_more_of_the_same(level, numbers):
    entry = make_entry()
    pieces = [make_piece(entry, entry.sentences[number]) for number in (0, 2)]
    best = SimpleNamespace(entry=entry, sentence=entry.sentences[2])
    assert said(set_level(pieces, best, level)) == numbers


def test_a_list_is_never_cut_short():
    entry = make_entry((Block("list_item", 0, 1, ("First",), group=0), BLOCKS[1]))
    pieces = [make_piece(entry, entry.sentences[number]) for number in (0, 2)]
    best = SimpleNamespace(entry=entry, sentence=entry.sentences[2])
    assert said(set_level(pieces, best, "simple")) == [0, 2]


def test_what_is_added_is_near_and_not_the_whole_article():
    entry = make_entry()
    best = SimpleNamespace(entry=entry, sentence=entry.sentences[3])
    detailed = set_level([make_piece(entry, best.sentence)], best, "detailed")
    assert said(detailed) == list(range(3, 4 + MAX_ADDED))


def test_an_unknown_level_is_refused():
    with pytest.raises(BadInput, match="must be one of simple, plain, detailed"):
        parse_conversation({"question": "What?", "level": "loud"}, 100)
