from math import log2

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics.retrieval import score_hit, score_ndcg, score_recall, score_reciprocal_rank

RELEVANCE = {"a": 2, "b": 1, "c": 0, "d": 1}


def test_ndcg_by_hand():
    gained = 1 / log2(2) + 2 / log2(4)
    best = 2 / log2(2) + 1 / log2(3) + 1 / log2(4)
    assert score_ndcg(["b", "x", "a"], RELEVANCE, 10) == pytest.approx(gained / best)


@pytest.mark.parametrize(
    ("metric", "ranking", "k", "expected"),
    [
        pytest.param(score_ndcg, ["a", "b", "d"], 10, 1.0, id="ndcg of the ideal order"),
        pytest.param(score_ndcg, ["c", "x"], 10, 0.0, id="ndcg of nothing relevant"),
        pytest.param(score_ndcg, [], 10, 0.0, id="ndcg of an empty ranking"),
        pytest.param(score_reciprocal_rank, ["x", "c", "d"], 10, 1 / 3, id="third place"),
        pytest.param(score_reciprocal_rank, ["x", "c", "d"], 2, 0.0, id="beyond the cutoff"),
        pytest.param(score_recall, ["a", "x", "d"], 10, 2 / 3, id="two of three"),
        pytest.param(score_recall, ["x", "a", "d"], 2, 1 / 3, id="one of three at 2"),
        pytest.param(score_hit, ["x", "a"], 2, 1.0, id="hit"),
        pytest.param(score_hit, ["x", "c", "a"], 2, 0.0, id="label 0 is no hit"),
    ],
)
def test_by_hand(metric, ranking, k, expected):
    assert metric(ranking, RELEVANCE, k) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("metric", [score_ndcg, score_reciprocal_rank, score_recall, score_hit])
def test_a_query_without_relevant_documents_scores_0(metric):
    assert metric(["a"], {"a": 0}, 10) == 0


DOCUMENTS = [f"d{number}" for number in range(30)]


@given(
    ranking=st.permutations(DOCUMENTS),
    length=st.integers(1, 30),
    labels=st.lists(st.integers(-1, 3), min_size=30, max_size=30),
    k=st.sampled_from([1, 3, 10, 20]),
)
def test_equals_ir_measures(ranking, length, labels, k):
    ranking = ranking[:length]
    relevance = dict(zip(DOCUMENTS, labels, strict=True))
    measures = {
        ir_measures.nDCG @ k: score_ndcg,
        ir_measures.RR @ k: score_reciprocal_rank,
        ir_measures.R @ k: score_recall,
        ir_measures.Success @ k: score_hit,
    }
    qrels = [ir_measures.Qrel("q", document, label) for document, label in relevance.items()]
    run = [ir_measures.ScoredDoc("q", d, -float(rank)) for rank, d in enumerate(ranking)]
    for row in ir_measures.iter_calc(list(measures), qrels, run):
        own = measures[row.measure](ranking, relevance, k)
        assert own == pytest.approx(row.value, abs=1e-9), row.measure
