"""Runs of the evaluation with a chat model that means ill: never worse than without a model."""

import importlib.util
from pathlib import Path

import pytest

from eval.dataset import Dataset, read_dataset
from eval.judging import open_judge
from eval.product import Product
from eval.report.run_page import make_page
from eval.run_folder import read_run
from eval.runner import run

pytestmark = pytest.mark.integration
pytest.importorskip("langchain_openai", reason="pip install 'gutbrain[openai]'")

HERE = Path(__file__).parent / "openai_server.py"


@pytest.fixture(scope="module")
def chat():
    spec = importlib.util.spec_from_file_location("openai_server", HERE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = module.ChatServer()
    server.say(module.mislead)
    yield server
    server.close()


def some(name, count):
    """Cases spread evenly over a built-in set."""
    dataset = read_dataset(name)
    step = len(dataset.cases) // count
    return Dataset(dataset.name, dataset.cases[::step][:count], dataset.files, dataset.checksum)


@pytest.fixture(scope="module")
def products(starter_home, embedder, chat):
    from assistant.generation import open_writer
    from assistant.knowledge import Knowledge
    from assistant.settings import Settings

    knowledge = Knowledge.open(Settings(home=starter_home), embedder)
    plain = Settings(home=starter_home)
    worded = Settings(home=starter_home, chat_model="openai:sly", chat_base_url=chat.url)
    return (
        Product(plain, knowledge, open_writer(plain)),
        Product(worded, knowledge, open_writer(worded)),
    )


def kinds_of(run):
    return [result.facts.get("answer", {}).get("kind") for result in run.results]


VERDICTS = ("urgency", "caught", "false_alarm", "right_abstention")


@pytest.mark.parametrize("name", ["safety", "abstain", "answers"])
def test_a_model_that_misleads_changes_no_verdict(name, products, tmp_path):
    dataset = some(name, 8)
    found = []
    for product in products:
        folder = tmp_path / product.describe()["mode"]
        metrics = run(dataset, product, folder)["metrics"]
        found.append({name: metrics[name] for name in VERDICTS if name in metrics})
    assert found[0] == found[1]
    extractive, generative = (read_run(tmp_path / m) for m in ("extractive", "generative"))
    assert generative.manifest["subject"]["chat_model"] == "openai:sly"
    assert "worded by openai:sly" in make_page(generative)
    kinds = [
        [r.facts.get("answer", {}).get("kind") for r in each.results]
        for each in (extractive, generative)
    ]
    assert kinds[0] == kinds[1]
    if name == "answers":
        assert generative.summary["cost"]["state"] == "measured"
        assert any(r.facts["answer"]["mode"] == "generative" for r in generative.results)


GRADES = {"supported": "yes", "gives what was asked": "no"}


def grade(request):
    """A judge that finds every answer supported, none complete, and is of two minds on tone."""
    asked = request["messages"][-1]["content"]
    told = [reply for words, reply in GRADES.items() if words in asked.splitlines()[0]]
    grade.asked += 1
    return told[0] if told else ("yes", "partly")[grade.asked % 2]


def test_a_judge_grades_answers_with_its_spread_and_agreement(products, chat, tmp_path):
    grade.asked = 0
    chat.say(grade)
    settings = products[0]._settings
    judge = open_judge(settings, "openai:paper", url=chat.url, repeats=2)
    before = len(chat.requests)
    dataset = some("answers", 3)
    metrics = run(dataset, products[0], tmp_path, judge=judge)["metrics"]
    judged = read_run(tmp_path)
    answered = [r for r in judged.results if r.facts["answer"]["kind"] == "answer"]
    assert len(chat.requests) - before == 6 * len(answered) > 0
    names = ("judge_support", "judge_completeness", "judge_tone", "judge_spread")
    assert [metrics[name]["value"] for name in names] == [1, 0, 0.75, 0.5]
    wrong = sum(not result.right for result in answered) / len(answered)
    assert metrics["judge_agreement"]["value"] == pytest.approx(wrong)
    assert metrics["judge_input_tokens"]["value"] == 6 * 20
    assert metrics["input_tokens"]["state"] == "not measured"
    assert judged.summary["cost"]["input_tokens"] == 120 * len(answered)
    assert judged.manifest["judge"] == {"model": "openai:paper", "repeats": 2, "prompts": "v1"}
    assert "Judge agrees with labels" in make_page(judged)


def test_a_judge_whose_server_fails_measures_nothing(products, chat, tmp_path):
    chat.say("", status=500)
    judge = open_judge(products[0]._settings, "openai:paper", url=chat.url)
    summary = run(some("answers", 3), products[0], tmp_path, judge=judge)
    support = summary["metrics"]["judge_support"]
    assert support["state"] == "not measured"
    assert support["reason"].startswith("the judge failed: ")
    assert summary["errors"] == 0
    assert summary["metrics"]["right"]["state"] == "measured"
