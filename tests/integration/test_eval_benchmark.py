"""A small benchmark through the product's own pipeline, and our metrics against ir_measures."""

import json
from pathlib import Path

import ir_measures
import numpy as np
import pytest
from typer.testing import CliRunner

from eval.benchmarks.beir import read_qrels
from eval.cli import app
from eval.metrics.retrieval import score_ndcg, score_recall, score_reciprocal_rank
from index.home import Home

pytestmark = pytest.mark.integration
NFCORPUS = Path(__file__).parents[3] / "shared" / "data" / "nfcorpus"

DOCUMENTS = {
    "d1": ("Magnesium", "Magnesium is a mineral. It helps muscles and nerves to work."),
    "d2": ("Vagus nerve", "The vagus nerve links the gut and the brain.\nIt carries signals."),
    "d3": ("Colonoscopy", "A colonoscopy looks at the large bowel with a camera."),
    "d4": ("", "Lactose is the sugar in milk. Some adults do not digest it well."),
}
QUERIES = {
    "q1": "which nerve joins gut and brain",
    "q2": "camera test of the bowel",
    "q3": "milk sugar",
    "q4": "not judged",
}
QRELS = "query-id\tcorpus-id\tscore\nq1\td2\t2\nq1\td1\t0\nq2\td3\t1\nq3\td4\t1\n"


@pytest.fixture(scope="module")
def beir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("beir")
    corpus = [{"_id": key, "title": t, "text": text} for key, (t, text) in DOCUMENTS.items()]
    queries = [{"_id": key, "text": text} for key, text in QUERIES.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    (folder / "qrels.tsv").write_text(QRELS)
    return folder


@pytest.fixture(scope="module")
def benchmarked(beir):
    """The output folder, and what was printed."""
    result = CliRunner().invoke(app, ["benchmark", str(beir), "--out", str(beir / "out"), "--json"])
    assert result.exit_code == 0, result.output
    return beir / "out", json.loads(result.stdout)


def test_prints_the_keys_of_the_contract(benchmarked):
    _, printed = benchmarked
    assert list(printed) == ["queries", "ndcg@10", "mrr@10", "recall@10", "recall@100"]
    assert printed["queries"] == 3
    assert printed["ndcg@10"] > 0.9
    assert printed["recall@10"] == 1


def test_writes_a_row_a_query(benchmarked):
    out, printed = benchmarked
    rows = [json.loads(line) for line in (out / "queries.jsonl").read_text().splitlines()]
    assert [row["query"] for row in rows] == ["q1", "q2", "q3"]
    assert sum(row["ndcg@10"] for row in rows) / 3 == printed["ndcg@10"]


def test_its_run_file_scores_the_same_with_ir_measures(beir, benchmarked):
    out, printed = benchmarked
    run = list(ir_measures.read_trec_run(str(out / "run.trec")))
    qrels = [
        ir_measures.Qrel(query, document, label)
        for query, labels in read_qrels(beir / "qrels.tsv").items()
        for document, label in labels.items()
    ]
    measures = {
        "ndcg@10": ir_measures.nDCG @ 10,
        "mrr@10": ir_measures.RR @ 10,
        "recall@10": ir_measures.R @ 10,
        "recall@100": ir_measures.R @ 100,
    }
    theirs = ir_measures.calc_aggregate(list(measures.values()), qrels, run)
    for name, measure in measures.items():
        assert printed[name] == pytest.approx(theirs[measure], abs=1e-9)


def test_a_second_run_embeds_nothing_and_gives_the_same(beir, benchmarked):
    out, printed = benchmarked
    generation = Home(out / "home").generation
    again = CliRunner().invoke(app, ["benchmark", str(beir), "--out", str(out), "--json"])
    assert json.loads(again.stdout) == printed
    assert Home(out / "home").generation == generation


def test_other_queries_and_a_limit(beir, benchmarked):
    other = beir / "lay.jsonl"
    other.write_text('{"_id": "q3", "text": "lactose"}\n{"_id": "q1", "text": "nerve"}\n')
    command = ["benchmark", str(beir), "--out", str(benchmarked[0]), "--queries", str(other)]
    result = CliRunner().invoke(app, [*command, "--limit", "1", "--json"])
    assert json.loads(result.stdout)["queries"] == 1
    rows = (benchmarked[0] / "queries.jsonl").read_text().splitlines()
    assert [json.loads(row)["query"] for row in rows] == ["q3"]


@pytest.mark.skipif(not NFCORPUS.is_dir(), reason="NFCorpus is not in ../shared/data")
def test_metrics_equal_ir_measures_on_nfcorpus():
    qrels = read_qrels(NFCORPUS / "qrels" / "test.tsv")
    documents = sorted({document for labels in qrels.values() for document in labels})
    chance = np.random.default_rng(7)
    rankings = {
        query: chance.permutation(
            [*list(labels)[:20], *set(documents[:200]) - set(labels)]
        ).tolist()
        for query, labels in qrels.items()
    }
    theirs = ir_measures.iter_calc(
        [ir_measures.nDCG @ 10, ir_measures.RR @ 10, ir_measures.R @ 10, ir_measures.R @ 100],
        [
            ir_measures.Qrel(q, d, label)
            for q, labels in qrels.items()
            for d, label in labels.items()
        ],
        [
            ir_measures.ScoredDoc(query, document, 1 / rank)
            for query, ranking in rankings.items()
            for rank, document in enumerate(ranking, start=1)
        ],
    )
    own = {"nDCG": score_ndcg, "RR": score_reciprocal_rank, "R": score_recall}
    checked = 0
    for row in theirs:
        metric, k = own[row.measure.NAME], row.measure["cutoff"]
        value = metric(rankings[row.query_id], qrels[row.query_id], k)
        assert value == pytest.approx(row.value, abs=1e-9)
        checked += 1
    assert checked == 4 * len(qrels)
