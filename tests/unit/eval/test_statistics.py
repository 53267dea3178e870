import numpy as np
import pytest

from eval.statistics.intervals import (
    bootstrap_interval,
    estimate_mean,
    find_least_difference,
    wilson_interval,
)
from eval.statistics.paired import compare_paired, permute_signs, score_mcnemar


def test_wilson_by_hand():
    # Newcombe 1998, table I: 15 of 148 gives 0.0624 to 0.1605; 0 of 20 gives 0 to 0.1611.
    interval = wilson_interval(15, 148)
    assert (interval.low, interval.high) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    interval = wilson_interval(0, 20)
    assert (interval.low, interval.high) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson_interval(20, 20).high == 1
    with pytest.raises(ValueError, match="0 cases"):
        wilson_interval(0, 0)


def test_the_same_seed_gives_the_same_interval():
    values = [0.137, 0.512, 0.931, 0.418, 0.266, 0.793, 0.051]
    assert bootstrap_interval(values) == bootstrap_interval(values)
    assert bootstrap_interval(values, seed=1) != bootstrap_interval(values, seed=2)


def test_rates_get_wilson_and_scores_the_bootstrap():
    assert estimate_mean([1, 0, 1]).method == "wilson"
    assert estimate_mean([0.5, 0, 1]).method == "bootstrap"
    with pytest.raises(ValueError, match="no values"):
        estimate_mean([])


@pytest.mark.parametrize("kind", ["rate", "score"])
def test_intervals_cover_the_truth_in_a_simulation(kind):
    chance, hits, rounds = np.random.default_rng(5), 0, 400
    for _ in range(rounds):
        sample = chance.random(80) < 0.9 if kind == "rate" else chance.beta(2, 1, 80)
        interval = estimate_mean([float(value) for value in sample])
        hits += interval.low <= (0.9 if kind == "rate" else 2 / 3) <= interval.high
    assert 0.92 <= hits / rounds <= 0.98


def test_grouped_cases_count_as_few():
    values, groups = [1.0] * 10 + [0.0] * 10, ["a"] * 10 + ["b"] * 10
    alone, grouped = estimate_mean(values), estimate_mean(values, groups)
    assert grouped.high - grouped.low > 2 * (alone.high - alone.low)
    perfect = estimate_mean([1.0] * 20, groups)
    assert (perfect.low, perfect.count) == (wilson_interval(2, 2).low, 20)
    assert find_least_difference(values, groups) > find_least_difference(values)


def test_grouped_differences_are_tossed_by_group():
    before, after = [0.0] * 20, [1.0] * 20
    assert compare_paired(before, after).p_value < 0.001
    assert compare_paired(before, after, ["a"] * 10 + ["b"] * 10).p_value == 0.5


def test_least_difference():
    assert find_least_difference([1.0]) is None
    few, many = find_least_difference([1.0, 0.0] * 20), find_least_difference([1.0, 0.0] * 200)
    assert 0 < many < few < 1
    assert find_least_difference([1.0] * 100) > 0
    # By hand: rate one half of 96 cases, shrunk .5, so (1.96 + .8416) * sqrt(.25 / 96) = .1430.
    assert find_least_difference([1.0, 0.0] * 48) == pytest.approx(0.1430, abs=5e-5)


def test_mcnemar_by_hand():
    # 1 lost, 6 gained: 2 * (1 + 7) / 2**7 = 0.125
    first, second = [True] + [False] * 6, [False] + [True] * 6
    assert score_mcnemar(first, second) == pytest.approx(0.125)
    assert score_mcnemar([True], [True]) == 1


def test_exact_permutation_by_hand():
    # Three cases up by the same amount: 2 of the 8 sign patterns are as extreme.
    assert permute_signs([1, 1, 1]) == pytest.approx(0.25)
    assert permute_signs([0, 0]) == 1


def test_a_large_difference_is_significant_and_none_is_not():
    chance = np.random.default_rng(3)
    before = chance.random(100).tolist()
    noise = chance.normal(0, 0.05, 100)
    after = [score + 0.1 + shift for score, shift in zip(before, noise, strict=True)]
    test = compare_paired(before, after)
    assert test.is_significant
    assert test.difference.low < 0.1 < test.difference.high
    same = compare_paired(before, before)
    assert not same.is_significant
    assert same.effect is None


def test_p_values_are_uniform_where_nothing_differs():
    chance = np.random.default_rng(11)
    p_values = [permute_signs(chance.normal(size=30).tolist(), draws=500) for _ in range(300)]
    assert 0.02 <= np.mean([p < 0.05 for p in p_values]) <= 0.08
