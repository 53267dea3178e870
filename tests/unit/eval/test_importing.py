"""Cases from tables, BEIR, SQuAD and what a clinic kept; and their review by a person."""

import json
import socket

import pytest
import typer
from starlette.testclient import TestClient
from typer.testing import CliRunner

from eval.benchmarks.beir import make_article
from eval.dataset import read_dataset
from eval.errors import DatasetError, EvalError
from eval.gold import GoldFinder
from eval.importing import write_articles, write_cases
from eval.importing.beir import import_beir
from eval.importing.kept import import_kept
from eval.importing.squad import import_squad
from eval.importing.table import import_table
from eval.reviewing import Review
from eval.reviewing.page import make_application, serve_review
from eval.reviewing.terminal import review_in_terminal
from index.entry import Entry
from index.readers import read
from index.sentences import find_sentences

TEXT = "Zinc is a metal. It was named in 1526 by Paracelsus."


def make_entries(article):
    return {article.id: Entry(article, find_sentences(article), (), "v1")}


@pytest.fixture
def entries():
    return make_entries(make_article("zinc", "Zinc", TEXT))


def write(path, content):
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def test_a_table_becomes_cases(tmp_path):
    table = write(
        tmp_path / "cases.csv",
        "question,expected,gold_article,gold_contains,facts,tags,history\n"
        'When was zinc named?,answer,"zinc\nzinc","named in 1526\na metal",1526;a|b,number;date,\n'
        'And iron?,abstain,,,,near_miss,"[{""role"": ""user"", ""content"": ""Zinc""}]"\n'
        ",,,,,,\n",
    )
    write_cases(tmp_path / "cases.jsonl", import_table(table).cases)
    first, second = read_dataset(str(tmp_path / "cases.jsonl")).questions
    assert [gold.contains for gold in first.gold] == ["named in 1526", "a metal"]
    assert (first.facts, first.tags) == (("1526", "a|b"), ("number", "date"))
    assert second.history[0].content == "Zinc"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("frage\nWas?", "the column 'frage': allowed are", id="unknown column"),
        pytest.param("id,expected\n1,answer", "neither question nor message", id="nothing asked"),
        pytest.param(
            "question,gold_article\nWhat?,zinc",
            "gold_article has 1 lines, gold_contains 0",
            id="gold",
        ),
        pytest.param("question,history\nWhat?,Zinc", "Row 1: history is no JSON", id="history"),
        pytest.param(
            "question,expected\nWhat?,answer", "Case 1 of the source: an answer needs", id="label"
        ),
        pytest.param("question\n", "the source holds none", id="no row"),
        pytest.param("id,question,expected\na,A?,abstain\na,B?,abstain", "the id a", id="same id"),
    ],
)
def test_a_table_that_cannot_be_used(tmp_path, content, message):
    with pytest.raises(DatasetError, match=message):
        write_cases(tmp_path / "out", import_table(write(tmp_path / "cases.csv", content)).cases)


def make_squad():
    answers = [{"text": "Paracelsus", "answer_start": TEXT.index("Paracelsus")}]
    questions = [
        {"id": "q1", "question": "Who named zinc?", "answers": answers},
        {"id": "q2", "question": "Who mined zinc?", "answers": [], "is_impossible": True},
    ]
    paragraph = {"context": TEXT, "qas": questions}
    return {"data": [{"title": "Zinc_(metal)", "paragraphs": [paragraph]}]}


def test_squad_becomes_cases_with_articles_that_hold_their_gold(tmp_path):
    imported = import_squad(write(tmp_path / "squad.json", make_squad()))
    write_cases(tmp_path / "squad.jsonl", imported.cases)
    write_articles(tmp_path / "articles", imported)
    answerable, unanswerable = read_dataset(str(tmp_path / "squad.jsonl")).questions
    assert (unanswerable.expected, unanswerable.tags) == ("abstain", ("near_miss",))
    assert answerable.facts == (("Paracelsus",),)
    page = tmp_path / "articles" / "zinc-metal.html"
    (article,) = read(page.read_bytes(), source=str(page)).articles
    (span,) = GoldFinder(make_entries(article)).find(answerable.gold[0])
    assert article.text[span.start : span.end] == "It was named in 1526 by Paracelsus."


def test_beir_becomes_cases_for_which_any_sentence_of_a_document_is_right(tmp_path, entries):
    write(tmp_path / "corpus.jsonl", {"_id": "Zinc", "title": "Zinc", "text": TEXT})
    write(tmp_path / "queries.jsonl", {"_id": "q1", "text": "zinc"})
    write(tmp_path / "qrels.tsv", "q1\tZinc\t2")
    imported = import_beir(tmp_path)
    write_cases(tmp_path / "out.jsonl", imported.cases)
    (case,) = read_dataset(str(tmp_path / "out.jsonl")).questions
    (span,) = GoldFinder(entries).find(case.gold[0])
    assert (span.article_id, span.is_whole) == ("zinc", True)
    assert imported.articles == {"zinc": ("Zinc", (TEXT,))}


@pytest.mark.parametrize("take", [import_squad, lambda path: import_kept(path, {})])
def test_another_file_is_told_in_one_line(tmp_path, take):
    path = write(tmp_path / "file", "[1]")
    with pytest.raises(DatasetError, match="needed is"):
        take(path)


@pytest.fixture
def drafts(tmp_path, entries):
    """A set of three drafts, made of what a clinic kept."""
    start = TEXT.index("It was") + len("Zinc\n\n")
    feedback = {
        "kind": "feedback",
        "id": 1,
        "language": "en",
        "thumb": "down",
        "reason": "wrong",
        "comment": None,
        "question": "When was zinc named?",
        "answer_kind": "answer",
        "citations": [{"article_id": "zinc", "start": start, "end": start + 35}],
    }
    turns = [["user", "Zinc?"], ["assistant", "A metal."], ["user", "Who named it?"]]
    rows = [
        feedback,
        {**feedback, "id": 2, "question": None},
        {"kind": "unanswered", "id": 1, "question": "Is zinc cheap?"},
        {"kind": "unanswered", "id": 2, "question": "Is zinc cheap?"},
        {"kind": "conversations", "id": 1, "turns": turns},
    ]
    imported = import_kept(
        write(tmp_path / "kept.jsonl", "\n".join(map(json.dumps, rows))), entries
    )
    assert imported.skipped == {"no words were kept": 1, "asked before": 1}
    write_cases(tmp_path / "own.jsonl", imported.cases)
    return tmp_path / "own.jsonl"


@pytest.fixture
def review(drafts, entries):
    return Review(drafts, GoldFinder(entries), "A. Editor")


def test_drafts_are_in_no_run_until_they_are_reviewed(drafts, review):
    with pytest.raises(DatasetError, match="drafts alone: review them first"):
        read_dataset(str(drafts))
    assert review.find_gold("feedback-1")[0][1] == ["It was named in 1526 by Paracelsus."]
    review.accept("feedback-1")
    (case,) = read_dataset(str(drafts)).questions
    assert (case.labelled_by, case.note) == ("A. Editor", "thumb down; wrong")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": "x", "question": "Q?", "expected": "answer"}, "an answer needs gold"),
        (
            {"id": "unanswered-1", "question": "Q?", "expected": "abstain"},
            "another case has the id",
        ),
        ({"id": "x", "question": "Q?", "expected": "maybe"}, "expected: Input should be"),
        (
            {
                "id": "x",
                "question": "Q?",
                "expected": "answer",
                "gold": [{"article": "zinc", "contains": "gold"}],
            },
            "holds none of its gold",
        ),
    ],
)
def test_a_change_that_makes_no_usable_case_is_refused(drafts, review, changed, message):
    before = drafts.read_text()
    with pytest.raises(DatasetError, match=message):
        review.accept("feedback-1", changed)
    assert drafts.read_text() == before


def test_a_review_in_the_terminal(drafts, review, monkeypatch):
    fixed = {
        "id": "who",
        "question": "Who named zinc?",
        "expected": "answer",
        "facts": ["Paracelsus"],
    }
    monkeypatch.setattr("click.edit", lambda *_, **__: json.dumps(fixed))
    command = typer.Typer()
    command.command()(lambda: review_in_terminal(review, every=False))
    done = CliRunner().invoke(command, input="s\nd\na\ne\n")
    assert "→ It was named in 1526 by Paracelsus." in done.stdout
    assert "an answer needs gold" in done.stderr
    assert "2 cases, 1 drafts left" in done.stderr
    assert [case.id for case in read_dataset(str(drafts)).questions] == ["who"]


def test_a_review_on_the_page(drafts, review):
    client = TestClient(make_application(review, "key", every=False))
    assert client.get("/").status_code == 403
    page = client.get("/", params={"given": "key"}).text
    assert "It was named in 1526 by Paracelsus." in page
    decision = {"id": "unanswered-1", "decision": "accept"}
    assert client.post("/decisions", json=decision).status_code == 403
    headers = {"X-Review-Key": "key"}
    told = client.post("/decisions", json=decision, headers=headers).json()
    assert told == {"cases": 3, "drafts": 2}
    wrong = {"id": "unanswered-1", "decision": "accept", "case": {"id": "x"}}
    refused = client.post("/decisions", json=wrong, headers=headers)
    assert (refused.status_code, "needed is a question" in refused.json()["detail"]) == (422, True)
    assert [case.id for case in read_dataset(str(drafts)).questions] == ["unanswered-1"]


def test_a_port_that_is_taken_is_told(review):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EvalError, match=f"cannot be served at port {port} "):
            serve_review(review, every=False, port=port)


def test_a_set_that_was_changed_by_hand_is_not_reviewed(drafts, entries):
    drafts.write_text(drafts.read_text().replace("cheap", "dear"))
    with pytest.raises(DatasetError, match="lines below were changed"):
        Review(drafts, GoldFinder(entries), "A. Editor")
