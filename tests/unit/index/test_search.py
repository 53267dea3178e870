from hypothesis import given
from hypothesis import strategies as st

from index.search import fuse

KEYS = st.tuples(st.sampled_from("abc"), st.integers(0, 5))
RANKINGS = st.lists(
    st.tuples(st.lists(KEYS, unique=True), st.floats(0.1, 2)), min_size=1, max_size=5
)


@given(RANKINGS, st.randoms())
def test_fusion_does_not_mind_the_order_of_the_rankings(rankings, chance):
    shuffled = list(rankings)
    chance.shuffle(shuffled)
    assert fuse(shuffled) == fuse(rankings)


@given(RANKINGS)
def test_fusion_loses_and_doubles_nothing(rankings):
    fused = [key for key, _ in fuse(rankings)]
    assert len(fused) == len(set(fused))
    assert set(fused) == {key for keys, _ in rankings for key in keys}


@given(RANKINGS)
def test_scores_fall_and_ties_are_broken_by_the_key(rankings):
    fused = fuse(rankings)
    assert fused == sorted(fused, key=lambda pair: (-pair[1], pair[0]))


def test_scores_are_those_of_the_paper():
    first, second, third = ("a", 0), ("a", 1), ("b", 0)
    fused = fuse([([first, second], 1.0), ([second, third], 0.5)], constant=60)
    assert fused == [(second, 1 / 62 + 0.5 / 61), (first, 1 / 61), (third, 0.5 / 62)]


def test_nothing_found_is_nothing_fused():
    assert fuse([([], 1.0), ([], 1.0)]) == []
