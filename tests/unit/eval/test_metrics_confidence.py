import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from eval.metrics.abstention import (
    AbstentionTable,
    RiskPoint,
    count_abstentions,
    risk_area,
    trace_risk,
)
from eval.metrics.calibration import auroc, bin_reliability, brier, calibration_error
from eval.statistics.draws import bootstrap_figure, compute_figure, draw_counts


def test_abstention_table_by_hand():
    cases = [
        (True, True, True),
        (True, True, True),
        (True, True, False),
        (True, False, False),
        (False, False, False),
        (False, False, False),
        (False, True, False),
    ]
    table = count_abstentions(cases)
    assert table == AbstentionTable(2, 1, 1, 2, 1)
    assert (table.answerable, table.unanswerable) == (4, 3)


def test_risk_curve_by_hand():
    curve = trace_risk([0.9, 0.8, 0.8, 0.1], [True, True, False, False])
    assert curve == [
        RiskPoint(0.9, 0.25, 0.0),
        RiskPoint(0.8, 0.75, pytest.approx(1 / 3)),
        RiskPoint(0.1, 1.0, 0.5),
    ]


def test_risk_area_by_hand():
    assert compute_figure(risk_area, [0.9, 0.8, 0.1], [True, False, False]) == pytest.approx(
        (0 + 1 / 2 + 2 / 3) / 3
    )
    assert compute_figure(risk_area, [0.9, 0.8], [True, True]) == 0
    assert compute_figure(risk_area, [], []) is None


def test_risk_area_does_not_hang_on_the_order_of_ties():
    forwards = compute_figure(risk_area, [0.5, 0.5, 0.5], [True, False, False])
    backwards = compute_figure(risk_area, [0.5, 0.5, 0.5], [False, False, True])
    assert forwards == backwards == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("confidences", "positive", "expected"),
    [
        pytest.param([0.9, 0.8, 0.1], [True, True, False], 1.0, id="all in order"),
        pytest.param([0.1, 0.9], [True, False], 0.0, id="upside down"),
        pytest.param([0.5, 0.5], [True, False], 0.5, id="tie"),
        pytest.param([0.5, 0.9], [True, True], None, id="one class only"),
    ],
)
def test_auroc_by_hand(confidences, positive, expected):
    assert compute_figure(auroc, confidences, positive) == expected


def test_auroc_equals_sklearn():
    chance = np.random.default_rng(1)
    confidences = chance.random(200).round(1).tolist()
    positive = [bool(chance.random() < confidence) for confidence in confidences]
    assert compute_figure(auroc, confidences, positive) == pytest.approx(
        roc_auc_score(positive, confidences)
    )


def test_calibration_by_hand():
    # Bin 0.9–1: confidence .95, half right, two cases. Bin 0–0.1: confidence .05, none right.
    confidences, positive = [0.95, 0.95, 0.05, 0.05], [True, False, False, False]
    assert compute_figure(calibration_error, confidences, positive) == pytest.approx(
        0.5 * 0.45 + 0.5 * 0.05
    )
    assert compute_figure(brier, confidences, positive) == pytest.approx(
        (0.05**2 + 0.95**2 + 2 * 0.05**2) / 4
    )
    assert compute_figure(calibration_error, [], []) is None
    assert compute_figure(brier, [], []) is None


def test_reliability_bins_hold_every_case_once():
    bins = bin_reliability([0.0, 0.1, 0.999, 1.0], [False, True, True, True])
    assert [group.count for group in bins] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert bins[2].mean_confidence is None


@pytest.mark.parametrize("figure", [auroc, brier, calibration_error, risk_area])
def test_a_draw_counts_as_the_cases_that_it_holds(figure):
    chance = np.random.default_rng(4)
    confidences, outcomes = chance.random(30).round(1), chance.random(30) < 0.6
    counts = np.concatenate(list(draw_counts([str(n) for n in range(30)], draws=300)))
    assert counts.sum(axis=1).tolist() == [30] * 300
    drawn = figure(confidences, outcomes.astype(float), counts)
    for number in (0, 7, 299):
        held = np.repeat(np.arange(30), counts[number].astype(int))
        alone = compute_figure(figure, confidences[held].tolist(), outcomes[held].tolist())
        assert drawn[number] == pytest.approx(alone)


def test_groups_are_drawn_whole_and_widen_the_interval():
    groups = [name for name in "abcdef" for _ in range(5)]
    (counts,) = draw_counts(groups, draws=50)
    assert (counts.reshape(50, 6, 5) == counts.reshape(50, 6, 5)[:, :, :1]).all()
    chance = np.random.default_rng(8)
    outcomes = [name in "ace" for name in groups]
    confidences = np.repeat([0.9, 0.5, 0.4, 0.6, 0.7, 0.2], 5) + chance.normal(0, 0.01, 30)
    alone, grouped = (
        bootstrap_figure(auroc, confidences.tolist(), outcomes, g) for g in (None, groups)
    )
    assert grouped.high - grouped.low > 1.5 * (alone.high - alone.low)


def test_auroc_intervals_cover_the_truth_in_a_simulation():
    # Positives and negatives one standard deviation apart: AUROC = Φ(1 / √2) = 0.7602.
    chance, hits, rounds = np.random.default_rng(6), 0, 100
    outcomes = [True] * 40 + [False] * 40
    for _ in range(rounds):
        sample = np.concatenate([chance.normal(1, 1, 40), chance.normal(0, 1, 40)])
        interval = bootstrap_figure(auroc, sample.tolist(), outcomes)
        hits += interval.low <= 0.7602 <= interval.high
    assert 0.90 <= hits / rounds <= 0.99
