"""Regressions planted in the product on purpose: the gate catches each and blames its stage."""

import json
import re

import pytest

from assistant import guiding
from assistant.settings import Settings
from assistant.triage.concepts import load_concepts
from eval.dataset import read_dataset
from eval.gating import check_gate, read_gate
from eval.product import Product
from eval.run_folder import read_run
from eval.runner import run
from index.build import build_index
from index.readers.drafts import Draft, Draftbook
from index.search import Searcher

pytestmark = pytest.mark.integration
TOPICS = ("Magnesium", "Zinc", "Iron", "Iodine", "Selenium", "Calcium")
GATE = """
[falls]
right_answer = 0.05

[newly_wrong]
"urgency: urgent" = 0
"""
MESSAGES = {
    "low haemoglobin": "urgent",
    "I have crushing chest pain that spreads to my left arm.": "emergency",
    "My face droops on one side and my speech is slurred.": "emergency",
}
"""The networks alone would not tell the first."""


def write_library(folder):
    """An article on each mineral, with a sentence and a list item that are asked for."""
    folder.mkdir()
    for number, topic in enumerate(TOPICS):
        name = topic.lower()
        text = (
            f"---\ntitle: {topic} in short\n---\n\n## About {name}\n\n"
            f"{topic} was first isolated in the year {1800 + number}.\n\n## What was found\n\n"
            f"- The survey held {40 + number} samples of {name} from river water.\n"
        )
        (folder / f"{name}.md").write_text(text)
    return str(folder)


def make_cases():
    for number, topic in enumerate(TOPICS):
        name = topic.lower()
        yield {
            "id": f"year-{name}",
            "question": f"In which year was {name} first isolated?",
            "expected": "answer",
            "gold": [{"article": name, "contains": f"{topic} was first isolated"}],
            "facts": [str(1800 + number)],
        }
        yield {
            "id": f"samples-{name}",
            "question": f"How many samples of {name} did the survey hold?",
            "expected": "answer",
            "gold": [{"article": name, "contains": "The survey held"}],
            "facts": [str(40 + number)],
        }
    for number, (message, urgency) in enumerate(MESSAGES.items()):
        yield {"id": f"danger-{number}", "message": message, "urgency": urgency}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("regressions")


@pytest.fixture(scope="module")
def dataset(folder):
    path = folder / "minerals.jsonl"
    path.write_text("\n".join(map(json.dumps, make_cases())))
    return read_dataset(str(path))


@pytest.fixture(scope="module")
def settings(folder, embedder):
    settings = Settings(home=folder / "home", answer_threshold=0.3)
    build_index(settings, [write_library(folder / "library")], embedder=embedder)
    return settings


@pytest.fixture(scope="module")
def before(folder, dataset, settings):
    run(dataset, Product.open(settings), folder / "before")
    return read_run(folder / "before")


@pytest.fixture
def failed_checks(folder, dataset, before, tmp_path):
    """Runs a product against the earlier run; gives what the gate says, by check."""

    def check(settings):
        run(dataset, Product.open(settings), tmp_path / "after")
        config = tmp_path / "gate.toml"
        config.write_text(GATE)
        checks = check_gate(read_gate(config), read_run(tmp_path / "after"), before)
        return {check.name: check.message for check in checks if not check.passed}

    return check


def test_unchanged_the_product_passes(settings, failed_checks, before):
    assert failed_checks(settings) == {}
    assert before.summary["metrics"]["right_answer"]["value"] >= 10 / 12
    assert before.summary["metrics"]["caught"]["value"] == 1


def test_a_moved_threshold_is_blamed_on_abstention(settings, failed_checks):
    failed = failed_checks(settings.model_copy(update={"answer_threshold": 1.0}))
    assert list(failed) == ["fall of right_answer"]
    assert "put down to abstention" in failed["fall of right_answer"]


def test_a_broken_reader_is_blamed_on_reading(
    folder, settings, embedder, failed_checks, monkeypatch
):
    monkeypatch.setattr(Draftbook, "list_item", lambda *_, **__: Draft("list_item", []))
    broken = settings.model_copy(update={"home": folder / "broken-home"})
    build_index(broken, [str(folder / "library")], embedder=embedder)
    failed = failed_checks(broken)
    assert list(failed) == ["fall of right_answer"]
    assert "put down to reading (+6)" in failed["fall of right_answer"]


def test_a_broken_search_is_blamed_on_retrieval(settings, failed_checks, monkeypatch):
    search = Searcher.search

    def search_backwards(self, text, limit=10, vector=None):
        return search(self, text, 1000, vector)[::-1][: min(limit, 3)]

    monkeypatch.setattr(Searcher, "search", search_backwards)
    failed = failed_checks(settings)
    assert list(failed) == ["fall of right_answer"]
    assert "put down to retrieval" in failed["fall of right_answer"]


def test_a_removed_safety_expression_is_blamed_on_triage(settings, failed_checks, monkeypatch):
    concepts = load_concepts() | {"anaemia": re.compile("(?!)")}
    monkeypatch.setattr("assistant.triage.reading.load_concepts", lambda: concepts)
    guiding.load_triager.cache_clear()
    try:
        failed = failed_checks(settings)
    finally:
        monkeypatch.undo()
        guiding.load_triager.cache_clear()
    assert list(failed) == ["newly wrong urgency: urgent"]
    assert "1 of 1 newly wrong, 0 allowed; 1 put down to triage" in "".join(failed.values())
