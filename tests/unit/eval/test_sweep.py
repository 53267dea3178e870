"""The grid of a sweep, its leaderboard, and what a run is estimated to take."""

from dataclasses import dataclass, field

import pytest

from eval.errors import EvalError, SweepError
from eval.estimating import Estimate, read_prices, spread
from eval.sweep.grid import Variant, check_metric, make_grid
from eval.sweep.leaderboard import make_leaderboard


def test_a_grid_holds_the_product_as_it_is_and_every_combination():
    grid = make_grid(["passages=4,8", "answer-threshold=0.5,0.6,0.5"])
    assert grid[0] == Variant()
    assert grid[0].name == "as it is"
    assert [variant.values for variant in grid[1:]] == [
        {"passages": 4, "answer_threshold": 0.5},
        {"passages": 4, "answer_threshold": 0.6},
        {"passages": 8, "answer_threshold": 0.5},
        {"passages": 8, "answer_threshold": 0.6},
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param(["k=4"], "--vary k=4 cannot be read: give NAME=VALUE", id="name"),
        pytest.param(["passages="], "cannot be read", id="no value"),
        pytest.param(["passages=many"], "--vary passages: 'many': Input should be", id="value"),
        pytest.param(["answer_threshold=2"], "less than or equal to 1", id="range"),
        pytest.param(["passages=1", "passages=2"], "each setting to vary once", id="twice"),
        pytest.param([], "each setting to vary once", id="nothing"),
        pytest.param(
            [f"passages={','.join(map(str, range(1, 60)))}", "words_weight=0,1,2,3"],
            "236 combinations, at most 200",
            id="too many",
        ),
    ],
)
def test_a_grid_that_cannot_be_run(given, message):
    with pytest.raises(SweepError, match=message):
        make_grid(given)


@pytest.mark.parametrize("name", ["lix", "rihgt"])
def test_a_metric_that_ranks_nothing(name):
    with pytest.raises(SweepError, match="allowed are auroc"):
        check_metric(name)


@dataclass
class PaperRun:
    """Just what a leaderboard reads of a run."""

    value: float | None
    p50_ms: float
    results: tuple = ()
    summary: dict = field(default_factory=dict)
    times: dict = field(default_factory=dict)

    def __post_init__(self):
        measured = {"state": "measured", "value": self.value}
        missing = {"state": "not measured", "reason": "no case for it"}
        self.summary = {"metrics": {"auroc": measured if self.value is not None else missing}}
        self.times = {"stages": {"answer": {"p50_ms": self.p50_ms, "p95_ms": self.p50_ms}}}


def test_the_front_is_what_nothing_beats_in_quality_and_time():
    places = {"good": (0.9, 50), "fast": (0.7, 10), "beaten": (0.7, 20), "none": (None, 1)}
    runs = [(Variant({"passages": name}), name, PaperRun(*place)) for name, place in places.items()]
    rows = make_leaderboard(runs, "auroc")
    assert [row["folder"] for row in rows] == ["good", "fast", "beaten", "none"]
    assert [row["on_front"] for row in rows] == [True, True, False, False]
    assert rows[0]["difference"] is None


@pytest.mark.parametrize("given", ["free", "1", "1,-2", "1,2,3", "nan,1"])
def test_prices_that_cannot_be_read(given):
    with pytest.raises(EvalError, match="give two numbers"):
        read_prices(given)


def test_what_an_estimate_says():
    assert str(Estimate(300, 41.6, 0, 0, 0)) == "300 cases, about 42 s, at no cost"
    tokens = "10 cases, about 9 s, 3000000 tokens sent and 500000 written"
    assert str(Estimate(10, 9, 3e6, 5e5, None)) == f"{tokens}, cost unknown without --prices"
    cost = read_prices("0.15,0.6").cost(3e6, 5e5)
    assert str(Estimate(10, 9, 3e6, 5e5, cost)) == f"{tokens}, cost 0.75"
    assert Estimate(10, 9, 1, 2, 0.5).times(4) == Estimate(40, 36, 4, 8, 2)


def test_a_sample_is_spread_over_the_cases():
    assert spread(range(10), 4) == [0, 2, 4, 6]
    assert spread(range(3), 4) == [0, 1, 2]
