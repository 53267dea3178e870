"""Vectors of word pieces: what is kept of a passage, and how it is kept."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.token_vectors import WIDTH, TokenVectors, join_states, project

TEXT = "Fibre feeds bacteria. They make butyrate."


@pytest.fixture(scope="module")
def tokens(embedder):
    return embedder.encode_with_tokens([TEXT])[1][0]


def test_pieces_stand_where_the_offsets_say(tokens):
    words = [TEXT[start:end] for start, end in tokens.offsets]
    assert words[:3] == ["Fibre", "feeds", "bacteria"]
    assert "".join(words) == TEXT.replace(" ", "")
    assert tokens.vectors.shape == (len(tokens), WIDTH)


def test_a_part_has_its_own_pieces_and_offsets(tokens):
    second = TEXT.index("They")
    part = tokens.within(second, len(TEXT))
    words = [TEXT[second:][start:end] for start, end in part.offsets]
    assert words[:2] == ["They", "make"]
    assert words[-1] == "."


@given(st.integers(0, 60), st.integers(0, 60))
def test_any_part_lies_within_the_text(start, end):
    offsets = np.array([[0, 4], [4, 9], [10, 20]], dtype=np.int32)
    whole = TokenVectors(np.ones((3, WIDTH), np.int8), np.arange(3, dtype=np.uint16), offsets)
    part = whole.within(start, end)
    inside = [(a, b) for a, b in offsets if b > start and a < end]
    assert [tuple(row) for row in part.offsets + start] == inside


def test_what_is_kept_reads_as_it_was(tokens):
    again = TokenVectors.from_text(tokens.to_text())
    assert np.array_equal(again.vectors, tokens.vectors)
    assert np.array_equal(again.pieces, tokens.pieces)
    assert np.array_equal(again.offsets, tokens.offsets)


@pytest.mark.parametrize("text", ["AAAA", "not base64!"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=r"whole number|base64|Only|[Nn]on-base64|padding"):
        TokenVectors.from_text(text)


def test_the_vector_is_the_models_own(embedder):
    vectors, _ = embedder.encode_with_tokens([TEXT, "Sleep"])
    assert np.allclose(vectors, embedder.encode([TEXT, "Sleep"]), atol=1e-5)


def test_alike_pieces_stay_alike_after_projection():
    states = np.random.default_rng(1).normal(size=(2, 5, 384)).astype(np.float32)
    assert np.allclose(np.linalg.norm(join_states(states), axis=1), np.sqrt(2), atol=1e-4)
    assert np.array_equal(project(states), project(states * 3))
