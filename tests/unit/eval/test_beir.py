import json

import pytest

from eval.benchmarks.beir import make_article, read_articles, read_benchmark, read_qrels
from eval.benchmarks.running import fold_passages
from eval.errors import BenchmarkError
from index.records import Passage
from index.search import Hit


def write_folder(folder, qrels="query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n"):
    rows = [{"_id": "d1", "title": "Gut", "text": "One.\nTwo."}, {"_id": "d2", "text": "Three."}]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)))
    queries = [{"_id": "q1", "text": "gut?"}, {"_id": "q2", "text": "not judged"}]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(qrels)
    return folder


def test_only_judged_queries_are_asked(tmp_path):
    benchmark = read_benchmark(write_folder(tmp_path))
    assert benchmark.queries == {"q1": "gut?"}
    assert benchmark.qrels == {"q1": {"d1": 2, "d2": 0}}


def test_qrels_at_the_top_go_before_the_test_split(tmp_path):
    (write_folder(tmp_path) / "qrels.tsv").write_text("q2\td2\t1\n")
    assert list(read_benchmark(tmp_path).queries) == ["q2"]


def test_other_wordings_of_the_queries(tmp_path):
    other = tmp_path / "typos.jsonl"
    other.write_text('{"_id": "q1", "text": "gtu?"}\n')
    assert read_benchmark(write_folder(tmp_path), other).queries == {"q1": "gtu?"}


def test_trec_judgements_and_negative_labels(tmp_path):
    path = tmp_path / "qrels.txt"
    path.write_text("q1 0 d1 1\nq1 0 d2 -1\n\n")
    assert read_qrels(path) == {"q1": {"d1": 1, "d2": -1}}


def test_a_document_becomes_an_article():
    article = make_article("d1", " Gut  and brain ", "First.\n\n Second\tline.\n")
    assert article.text == "Gut and brain\n\nFirst.\n\nSecond line."
    kinds = [(block.kind, article.text[block.start : block.end]) for block in article.blocks]
    assert kinds == [
        ("heading", "Gut and brain"),
        ("paragraph", "First."),
        ("paragraph", "Second line."),
    ]
    assert make_article("d2", "", "Only text.").blocks[0].kind == "paragraph"
    assert make_article("d3", "", "").text == ""


def test_every_document_is_read(tmp_path):
    articles = list(read_articles(write_folder(tmp_path) / "corpus.jsonl"))
    assert [article.id for article in articles] == ["d1", "d2"]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(lambda f: (f / "corpus.jsonl").unlink(), "corpus.jsonl is missing", id="corp"),
        pytest.param(lambda f: (f / "qrels/test.tsv").unlink(), "has no judgements", id="qrels"),
        pytest.param(
            lambda f: (f / "qrels/test.tsv").write_text("q1\td1\tgood\nq1\td1\tbad\n"),
            "line 2: needed are query, document",
            id="label",
        ),
        pytest.param(
            lambda f: (f / "queries.jsonl").write_text('{"_id": 5}\n'),
            "line 1: needed is a JSON object with _id and text",
            id="query",
        ),
        pytest.param(
            lambda f: (f / "queries.jsonl").write_text('{"_id": "q9", "text": "x"}\n'),
            "None of the 1 queries",
            id="none judged",
        ),
    ],
)
def test_an_unusable_folder_is_told_with_its_reason(tmp_path, spoil, message):
    spoil(write_folder(tmp_path))
    with pytest.raises(BenchmarkError, match=message):
        read_benchmark(tmp_path)


def hit(article_id, score):
    return Hit(article_id, Passage(0, 0, 1, (), (0, 1), 1), score)


def test_a_document_ranks_by_its_best_passage():
    assert fold_passages([hit("a", 0.9), hit("b", 0.8), hit("a", 0.7), hit("c", 0.1)]) == [
        "a",
        "b",
        "c",
    ]
    assert fold_passages([hit("b", 0.8), hit("a", 0.9)]) == ["a", "b"]
