"""What the network is given of a question and a sentence, worked out by hand."""

import numpy as np

from assistant.reader.pairs import QUESTION_PIECES, SPREAD, make_pairs
from index.token_vectors import STEPS, WIDTH, TokenVectors

RARITY = np.linspace(0, 1, 30522, dtype=np.float32)


def pieces(*ids):
    """Pieces whose vectors point along the axis of their number."""
    vectors = np.zeros((len(ids), WIDTH), dtype=np.int8)
    vectors[np.arange(len(ids)), np.array(ids) % WIDTH] = 100
    return TokenVectors(vectors, np.array(ids, np.uint16), np.zeros((len(ids), 2), dtype=np.int32))


def test_signs_tell_what_the_other_side_holds():
    pairs = make_pairs([(pieces(7, 8), pieces(8, 9, 10))], RARITY)
    held, nearest, rare = pairs.signs[0].T
    assert held.tolist() == [0, 1, 1, 0, 0]
    assert np.allclose(nearest, [0, 1, 1, 0, 0])
    assert np.allclose(rare, RARITY[[7, 8, 8, 9, 10]])
    assert pairs.side[0].tolist() == [0, 0, 1, 1, 1]
    assert np.allclose(pairs.pieces[0, 0, 7], 100 / STEPS * SPREAD)


def test_shorter_texts_are_filled_up_and_say_so():
    pairs = make_pairs([(pieces(1), pieces(2)), (pieces(1, 3), pieces(2, 4, 5))], RARITY)
    assert pairs.present.tolist() == [[True, False, True, False, False], [True] * 5]
    assert not pairs.signs[0, ~pairs.present[0]].any()


def test_filling_changes_nothing_for_a_pair():
    alone = make_pairs([(pieces(1, 2), pieces(2, 4))], RARITY)
    among = make_pairs(
        [(pieces(1, 2), pieces(2, 4)), (pieces(*range(9)), pieces(*range(20)))], RARITY
    )
    kept = among.present[0]
    assert np.array_equal(among.signs[0, kept], alone.signs[0])
    assert np.array_equal(among.pieces[0, kept], alone.pieces[0])


def test_a_long_question_is_read_up_to_the_limit():
    pairs = make_pairs([(pieces(*range(100)), pieces(1))], RARITY)
    assert pairs.present.shape == (1, QUESTION_PIECES + 1)
