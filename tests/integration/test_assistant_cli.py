"""`python -m assistant ask`: one answer as text and JSON, and batches; cited to the letter."""

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.build import build_index
from index.library import Library
from index.settings import load_settings

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
TRIALS = "How many trials were in the psychobiotics meta-analysis?"
MAGNESIUM = "How does magnesium help?"
CAPITAL = "What is the capital of France?"
QUESTIONS = (
    "What is the vagus nerve?",
    "What is faecal calprotectin?",
    "How is a colonoscopy prepared?",
    "Which foods hold magnesium?",
    "When is the reception open on Wednesdays?",
    CAPITAL,
)
KEYS = {
    *("question", "standalone_question", "kind", "urgency", "text", "sentences", "sources"),
    *("follow_ups", "notice", "mode", "model", "confidence", "latency_ms"),
}
SOURCE_KEYS = {
    *("n", "article_id", "title", "url", "publisher", "author", "published", "modified"),
    *("section", "quote", "start", "end", "link", "references", "evidence", "commercial"),
}


@pytest.fixture(scope="module")
def seeds_home(seeds, embedder, tmp_path_factory):
    """A home with the two seed articles."""
    home = tmp_path_factory.mktemp("seeds") / "home"
    build_index(load_settings(home), [str(seeds)], embedder=embedder)
    return home


def write_lines(path, records):
    text = "\n".join(r if isinstance(r, str) else json.dumps(r) for r in records)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def read_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def ask_batch(run_module, tmp_path_factory):
    """Asks many questions in one process; gives its result and the lines that came out."""

    def ask(home, records):
        folder = tmp_path_factory.mktemp("batch")
        lines = write_lines(folder / "in.jsonl", records)
        result = run_module(
            "assistant", "ask", "--batch", lines, "--home", home, "--out", folder / "out.jsonl"
        )
        assert "Traceback" not in result.stderr
        return result, read_lines(folder / "out.jsonl")

    return ask


@pytest.fixture(scope="module")
def starter_answers(starter_home, ask_batch):
    records = [{"id": str(n), "question": text} for n, text in enumerate(QUESTIONS)]
    result, answers = ask_batch(starter_home, records)
    assert result.returncode == 0
    return answers


@pytest.fixture(scope="module")
def seeds_answers(seeds_home, ask_batch):
    questions = {"trials": TRIALS, "magnesium": MAGNESIUM, "capital": CAPITAL}
    records = [{"id": key, "question": text} for key, text in questions.items()]
    result, answers = ask_batch(seeds_home, records)
    assert result.returncode == 0
    return {answer["id"]: answer for answer in answers}


def check_citations(answer, texts):
    """What the contract promises of every answer."""
    assert set(answer) >= KEYS
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", answer["text"])]
    numbers = [source["n"] for source in answer["sources"]]
    assert list(dict.fromkeys(markers)) == numbers == list(range(1, len(numbers) + 1))
    assert {n for sentence in answer["sentences"] for n in sentence["citations"]} == set(numbers)
    for source in answer["sources"]:
        assert set(source) >= SOURCE_KEYS
        assert source["quote"] == texts[source["article_id"]][source["start"] : source["end"]]
    for source in answer.get("related", []):
        assert "n" not in source
        assert source["quote"] == texts[source["article_id"]][source["start"] : source["end"]]


def read_texts(home):
    with closing(Library.open(load_settings(home))) as library:
        return {key: entry.article.text for key, entry in library.entries.items()}


def test_every_marker_has_its_source_and_every_quote_is_a_slice(starter_home, starter_answers):
    texts = read_texts(starter_home)
    kinds = [answer["kind"] for answer in starter_answers]
    assert kinds.count("answer") >= 4
    for answer in starter_answers:
        check_citations(answer, texts)
        assert bool(answer["sources"]) == (answer["kind"] == "answer")


def test_the_same_questions_get_the_same_bytes(starter_home, starter_answers, ask_batch):
    records = [{"id": str(n), "question": text} for n, text in enumerate(QUESTIONS)]
    _, again = ask_batch(starter_home, records)
    for answer in [*starter_answers, *again]:
        answer["latency_ms"] = 0
    assert json.dumps(again) == json.dumps(starter_answers)


def test_a_number_is_answered_with_its_sentence_and_reference(seeds_home, seeds_answers):
    answer = seeds_answers["trials"]
    assert answer["kind"] == "answer"
    assert re.search(r"\b72\b", answer["text"])
    source = next(s for s in answer["sources"] if re.search(r"\b72\b", s["quote"]))
    [reference] = [r for r in source["references"] if r["number"] == 5]
    assert reference["pmid"].isdigit()
    check_citations(answer, read_texts(seeds_home))


def test_a_list_is_answered_with_its_items(seeds_home, seeds_answers):
    answer = seeds_answers["magnesium"]
    assert answer["kind"] == "answer"
    assert sum(line.startswith("- ") for line in answer["text"].splitlines()) >= 3
    check_citations(answer, read_texts(seeds_home))


def test_what_the_articles_do_not_say_is_not_answered(seeds_answers):
    answer = seeds_answers["capital"]
    assert answer["kind"] == "abstain"
    assert answer["sources"] == []
    assert "Paris" not in json.dumps(answer)


def test_text_names_the_sources(starter_home, run_module):
    """Without a network: in a process that has none. Nor does one question wait for torch."""
    prefix = ["unshare", "--net", "--map-root-user"]
    probe = [*prefix, "true"]
    cut = shutil.which("unshare") and subprocess.run(probe, check=False).returncode == 0
    command = [sys.executable, "-m", "assistant", "ask", QUESTIONS[0], "--home", str(starter_home)]
    telling = {**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}
    if cut:
        result = subprocess.run(
            [*prefix, *command], cwd=ROOT, env=telling, capture_output=True, text=True, check=False
        )
    else:
        result = run_module(*command[2:], env=telling)
    assert result.returncode == 0, result.stderr
    told, loaded = [], set()
    for line in result.stderr.splitlines():
        if line.startswith("import time:"):
            loaded.add(line.rsplit("|", 1)[-1].strip())
        else:
            told.append(line)
    assert told == []
    assert "onnxruntime" in loaded
    assert loaded.isdisjoint({"torch", "transformers", "sentence_transformers"})
    assert "[1]" in result.stdout
    assert re.search(r'^\[1\] .+\n    ".+"$', result.stdout, re.MULTILINE)


def test_lines_that_fail_are_named_and_the_others_answered(starter_home, ask_batch):
    records = [
        {"id": "empty", "question": "  "},
        {"id": "long", "question": "gut " * 12_500},
        {"id": "missing"},
        {"id": "number", "question": 7},
        {"id": "history", "question": "Why?", "history": [{"role": "doctor", "content": "x"}]},
        "no json",
        "[]",
        {"id": "good", "question": QUESTIONS[0], "history": []},
    ]
    result, answers = ask_batch(starter_home, records)
    assert result.returncode == 1
    assert "8 lines, 7 failed" in result.stderr
    assert [answer["id"] for answer in answers] == [
        *("empty", "long", "missing", "number", "history", None, None, "good"),
    ]
    assert all(set(answer) == {"id", "error"} for answer in answers[:-1])
    assert all("\n" not in answer["error"] for answer in answers[:-1])
    assert "50,000 characters" in answers[1]["error"]
    assert answers[-1]["kind"] == "answer"


@pytest.fixture
def command(monkeypatch, capfd, tmp_path):
    """Runs the command in this process; gives exit status, standard output and standard error."""
    from assistant.cli import run

    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["assistant", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            run()
        out, err = capfd.readouterr()
        return ended.value.code, out, err

    return call


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "", "--home", "STARTER"], "The question is empty"),
        (["ask", "x" * 50_000, "--home", "STARTER"], "The question has 50,000 characters"),
        (["ask", "--home", "STARTER"], "Give a question"),
        (["ask", "--batch", "in.jsonl"], "A batch needs both"),
        (["ask", "Why?", "--home", "none"], "The library in none is empty"),
        (["ask", "--batch", "none.jsonl", "--out", "o", "--home", "STARTER"], "cannot be run"),
        (["nope"], "No such command"),
    ],
    ids=["empty", "long", "none", "no out", "no library", "no file", "no command"],
)
def test_what_cannot_be_asked_is_one_line(arguments, message, command, starter_home):
    status, out, err = command(*[starter_home if a == "STARTER" else a for a in arguments])
    assert (status, out) == (2, "")
    assert err.startswith("Error: ")
    assert message in err
    assert err.count("\n") == 1
    assert "xxxxx" not in err


def test_json_is_the_answer_alone(command, starter_home):
    status, out, err = command("ask", QUESTIONS[1], "--home", starter_home, "--json")
    assert (status, err) == (0, "")
    answer = json.loads(out)
    assert answer["question"] == QUESTIONS[1]
    check_citations(answer, read_texts(starter_home))
