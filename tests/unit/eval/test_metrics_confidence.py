import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from eval.metrics.abstention import (
    AbstentionTable,
    RiskPoint,
    count_abstentions,
    measure_risk_area,
    trace_risk,
)
from eval.metrics.calibration import (
    bin_reliability,
    measure_brier,
    measure_calibration_error,
    score_auroc,
)


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
    assert measure_risk_area([0.9, 0.8, 0.1], [True, False, False]) == pytest.approx(
        (0 + 1 / 2 + 2 / 3) / 3
    )
    assert measure_risk_area([0.9, 0.8], [True, True]) == 0
    assert measure_risk_area([], []) is None


def test_risk_area_does_not_hang_on_the_order_of_ties():
    forwards = measure_risk_area([0.5, 0.5, 0.5], [True, False, False])
    backwards = measure_risk_area([0.5, 0.5, 0.5], [False, False, True])
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
    assert score_auroc(confidences, positive) == expected


def test_auroc_equals_sklearn():
    chance = np.random.default_rng(1)
    confidences = chance.random(200).round(1).tolist()
    positive = [bool(chance.random() < confidence) for confidence in confidences]
    assert score_auroc(confidences, positive) == pytest.approx(roc_auc_score(positive, confidences))


def test_calibration_by_hand():
    # Bin 0.9–1: confidence .95, half right, two cases. Bin 0–0.1: confidence .05, none right.
    confidences, positive = [0.95, 0.95, 0.05, 0.05], [True, False, False, False]
    assert measure_calibration_error(confidences, positive) == pytest.approx(
        0.5 * 0.45 + 0.5 * 0.05
    )
    assert measure_brier(confidences, positive) == pytest.approx(
        (0.05**2 + 0.95**2 + 2 * 0.05**2) / 4
    )
    assert measure_calibration_error([], []) is None
    assert measure_brier([], []) is None


def test_reliability_bins_hold_every_case_once():
    bins = bin_reliability([0.0, 0.1, 0.999, 1.0], [False, True, True, True])
    assert [group.count for group in bins] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert bins[2].mean_confidence is None
