"""The product's own answers measured, by its commands and on its pages."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.settings import Settings
from eval.cli import app
from eval.dataset import read_dataset
from eval.gold import GoldFinder
from eval.product import Product
from eval.run_folder import read_run
from eval.runner import run
from eval.verdict import holds_any
from index.build import build_index
from index.library import Library

pytestmark = pytest.mark.integration
ROOT = Path(__file__).parents[2]
TOPICS = ("Magnesium", "Zinc", "Iron", "Iodine", "Selenium", "Calcium")


def write_library(folder):
    """An article on each mineral."""
    folder.mkdir()
    for number, topic in enumerate(TOPICS):
        halves = [
            f"{topic} was first isolated in the year {1800 + number}.",
            f"The survey held {40 + number} samples of {topic.lower()} from river water.",
        ]
        body = "\n\n".join(halves)
        text = f"---\ntitle: {topic} in short\n---\n\n## About {topic.lower()}\n\n{body}\n"
        (folder / f"{topic.lower()}.md").write_text(text)
    return str(folder)


def write_cases(path):
    rows = []
    for number, topic in enumerate(TOPICS):
        name = topic.lower()
        rows += [
            {
                "id": f"year-{name}",
                "question": f"In which year was {name} first isolated?",
                "expected": "answer",
                "gold": [{"article": name, "contains": "first isolated in the year"}],
                "facts": [str(1800 + number)],
            },
            {
                "id": f"samples-{name}",
                "question": f"How many samples of {name} did the survey hold?",
                "expected": "answer",
                "gold": [{"article": name, "contains": "The survey held"}],
                "facts": [str(40 + number)],
            },
        ]
    for number, question in enumerate(("Who won the football cup?", "What is a black hole?")):
        rows.append(
            {
                "id": f"off-{number}",
                "question": question,
                "expected": "abstain",
                "tags": ["off_topic"],
            }
        )
    rows.append(
        {
            "id": "private",
            "message": "Write to bo.ek@example.org about magnesium.",
            "identifiers": ["bo.ek@example.org"],
            "keep": ["magnesium"],
        }
    )
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("evaluation")


@pytest.fixture(scope="module")
def cases(folder):
    return write_cases(folder / "minerals.jsonl")


@pytest.fixture(scope="module")
def settings(folder):
    settings = Settings(home=folder / "home", answer_threshold=0.3)
    build_index(settings, [write_library(folder / "library")])
    return settings


@pytest.fixture(scope="module")
def before(folder, cases, settings):
    run(read_dataset(str(cases)), Product.open(settings), folder / "before")
    return read_run(folder / "before")


def test_the_product_finds_gold_and_quotes_exactly(before):
    metrics = before.summary["metrics"]
    assert before.summary["errors"] == 0
    assert metrics["hit@10"]["value"] == 1
    assert metrics["quotes_exact"]["value"] == 1
    assert metrics["right_answer"]["value"] >= 0.75
    assert metrics["redaction_leaks"]["value"] == 0


def test_a_second_run_gives_the_same_bytes(folder, cases, settings, before):
    run(read_dataset(str(cases)), Product.open(settings), folder / "again", workers=2)
    for name in ("manifest.json", "results.jsonl", "summary.json", "junit.xml", "results.csv"):
        assert (folder / "before" / name).read_bytes() == (folder / "again" / name).read_bytes()
    assert read_run(folder / "again").summary == before.summary


def test_the_gold_passage_given_first_is_used(settings):
    """What the counterfactual rests on: a passage that is given goes before what search finds."""
    product = Product.open(settings)
    last = product.search("In which year was iron first isolated?", 100)[-1]
    given = replace(last, score=1.0)
    assert product.ask_given("In which year was iron isolated?", (), [given]).question
    searcher = product._given_first([given])
    assert searcher.search("In which year was iron isolated?", 3)[0] == given
    assert len(searcher.search("In which year was iron isolated?", 3)) == 3


@pytest.mark.usefixtures("before")
def test_the_commands(folder, cases, settings):
    call = CliRunner().invoke
    home = str(settings.home)
    nobody = ["--judge", "openai:paper", "--judge-url", "http://127.0.0.1:9/v1"]
    command = ["run", str(cases), "--home", home, "--out", str(folder / "cli"), *nobody]
    result = call(app, command)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("15 cases, 0 failed")
    assert re.search(r"not measured: the judge failed: \w*ConnectionError", result.stdout)
    page = folder / "compare.html"
    result = call(
        app, ["compare", str(folder / "before"), str(folder / "cli"), "--page", str(page)]
    )
    assert (result.exit_code, page.is_file()) == (0, True)
    config = folder / "gate.toml"
    config.write_text("[bounds.right]\nat_least = 1.1\n")
    result = call(app, ["gate", str(folder / "cli"), "--config", str(config)])
    assert (result.exit_code, "FAIL  right" in result.stdout) == (1, True)
    assert call(app, ["report", str(folder / "cli")]).exit_code == 0


@pytest.mark.usefixtures("before")
def test_a_sweep_ranks_settings_and_goes_on_where_it_stopped(folder, cases, settings):
    command = ["sweep", str(cases), "--home", str(settings.home), "--out", str(folder / "sweep")]
    command += ["--limit", "4", "--vary", "answer_threshold=0.3,1", "--vary", "passage_tokens=24"]
    planned = CliRunner().invoke(app, [*command, "--dry-run"])
    assert (planned.exit_code, planned.stdout) == (0, "")
    assert "3 combinations: 12 cases, about" in planned.stderr
    done = CliRunner().invoke(app, [*command, "--json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)["rows"]
    assert [row["measure"]["value"] for row in rows][-1] == 0
    assert rows[-1]["values"] == {"answer_threshold": 1, "passage_tokens": 24}
    assert rows[-1]["difference"]["difference"] < 0
    assert any(row["on_front"] for row in rows)
    made = (folder / "sweep" / "runs" / rows[0]["folder"] / "results.jsonl").stat().st_mtime_ns
    again = CliRunner().invoke(app, [*command, "--json"])
    assert json.loads(again.stdout)["rows"] == rows
    kept = folder / "sweep" / "runs" / rows[0]["folder"] / "results.jsonl"
    assert kept.stat().st_mtime_ns == made
    assert "Pareto front" in (folder / "sweep" / "sweep.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sweep", "answers", "--out", "x", "--vary", "k=4"], "give NAME=VALUE,VALUE with one of"),
        (["run", "answers", "--out", "x", "--prices", "free"], "--prices is 'free': give two"),
        (["run", "answers", "--out", "x", "--judge", "me"], "--judge is 'me': give provider:name"),
        (["run", "nowhere", "--out", "x"], "There is no data set nowhere"),
        (["compare", "nowhere", "nowhere"], "holds no run"),
        (["gate", "nowhere", "--config", "nowhere"], "cannot be read as TOML"),
        (["benchmark", "nowhere", "--out", "x"], "is missing: needed is a BEIR folder"),
    ],
)
def test_unusable_input_is_one_line_and_status_2(tmp_path, arguments, message):
    command = [sys.executable, "-m", "eval", *arguments]
    done = subprocess.run(
        command,
        check=False,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


ON_STARTER = ["answers", "follow_ups", "robustness", "fresh", "later", "latest", "newest"]


@pytest.mark.parametrize("name", [*ON_STARTER, "everyday", "parts"])
def test_every_gold_sentence_stands_in_the_library(starter_home, name):
    finder = GoldFinder(Library.open(Settings(home=starter_home)).entries)
    lost = [
        (case.id, gold.contains)
        for case in read_dataset(name).questions
        for gold in case.gold
        if not finder.find(gold)
    ]
    assert lost == []


@pytest.mark.parametrize("name", ON_STARTER)
def test_a_gold_sentence_holds_the_facts_that_a_case_wants(starter_home, name):
    # "ortisol" stands in no answer as a word: such a case is wrong whatever is answered.
    entries = Library.open(Settings(home=starter_home)).entries
    finder = GoldFinder(entries)
    checked = 0
    for case in read_dataset(name).questions:
        spans = [span for gold in case.gold for span in finder.find(gold)]
        if not case.facts or any(span.is_whole for span in spans):
            continue
        told = " ".join(entries[s.article_id].article.text[s.start : s.end] for s in spans)
        assert all(holds_any(told, fact) for fact in case.facts), case.id
        checked += 1
    assert checked
