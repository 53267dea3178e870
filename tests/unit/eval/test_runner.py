"""The harness against an assistant of paper, whose every stage can be broken on purpose."""

import json
import re
import resource
from dataclasses import dataclass, field, replace

import pytest

from assistant.answer import Answer, AnswerSentence, Source
from eval.benchmarks.beir import make_article
from eval.dataset import read_dataset
from eval.errors import DatasetError, RunError
from eval.gating import check_gate, read_gate
from eval.run_folder import read_run
from eval.runner import run
from index.entry import Entry
from index.records import Passage, Sentence
from index.search import Hit

FACTS = {
    "magnesium": ["Magnesium calms nerves.", "Magnesium aids sleep in 72 trials."],
    "vagus": ["The vagus nerve is long.", "The vagus nerve carries signals."],
}


def make_entry(article_id, sentences):
    """Each sentence a paragraph and a passage of its own."""
    article = make_article(article_id, article_id.title(), "\n".join(sentences))
    blocks = article.blocks[1:]
    found = tuple(Sentence(n, b.start, b.end, n + 1) for n, b in enumerate(blocks))
    passages = tuple(Passage(n, b.start, b.end, (), (n, n + 1), 5) for n, b in enumerate(blocks))
    return Entry(article, found, passages, "v1")


ENTRIES = {key: make_entry(key, sentences) for key, sentences in FACTS.items()}
EVERY_HIT = [Hit(key, p, 1.0) for key, entry in ENTRIES.items() for p in entry.passages]


def words(text):
    return {word.strip("?.,").lower() for word in text.split()} - {"the", "does", "how", "is"}


@dataclass
class Paper:
    """Answers with the passage that shares most words, from three words on."""

    entries: dict = field(default_factory=lambda: ENTRIES)
    least_shared: int = 2
    hide: str = ""
    calls: list = field(default_factory=list)
    follows_up: bool = True
    shift: int = 0
    alarm_words: tuple = ("chest",)
    fail_on: str = "never said"

    def ask(self, question, history=()):
        return self.ask_given(question, history, [])

    def ask_given(self, question, history, given):
        self.calls.append(question)
        if self.fail_on in question:
            raise RuntimeError(question)
        urgency = "emergency" if any(word in question for word in self.alarm_words) else "none"
        if history and self.follows_up:
            question = f"{history[0].content} {question}"
        blank = Answer(question, question, "abstain", urgency, "The articles don't say.")
        if urgency != "none":
            return replace(blank, kind="guidance")
        hits = given or self.search(question, 10)
        if not hits:
            return blank
        best = hits[0]
        text = self.entries[best.article_id].article.text
        quote = text[best.passage.start : best.passage.end]
        shared = len(words(question) & words(quote))
        if shared < self.least_shared:
            return replace(blank, confidence=shared / 10)
        start = best.passage.start + self.shift
        source = make_source(best.article_id, quote, start)
        return replace(
            blank,
            kind="answer",
            text=f"{quote} [1]",
            sentences=(AnswerSentence(quote, (1,), 1.0),),
            sources=(source,),
            confidence=0.9,
        )

    def search(self, text, limit):
        hits = [hit for hit in EVERY_HIT if hit.article_id in self.entries]
        hits = [h for h in hits if not self.hide or self.hide not in quote_of(h)]
        return sorted(hits, key=lambda h: -len(words(text) & words(quote_of(h))))[: min(limit, 2)]

    def redact(self, message):
        return message.replace("Bo Ek", "[name]")

    def describe(self):
        return {"name": "paper", "least_shared": self.least_shared}


def quote_of(hit):
    return ENTRIES[hit.article_id].article.text[hit.passage.start : hit.passage.end]


def make_source(article_id, quote, start):
    return Source(
        n=1,
        article_id=article_id,
        title="",
        url=None,
        publisher=None,
        author=None,
        published=None,
        modified=None,
        section=(),
        quote=quote,
        start=start,
        end=start + len(quote),
        passage=quote,
        passage_start=start,
        link=None,
        references=(),
        evidence=None,
        commercial=False,
    )


CASES = [
    {
        "id": "sleep",
        "question": "Does magnesium aid sleep in trials?",
        "expected": "answer",
        "gold": [{"article": "magnesium", "contains": "aids sleep"}],
        "facts": ["72"],
        "tags": ["number"],
    },
    {
        "id": "long",
        "question": "How long is it?",
        "history": [{"role": "user", "content": "the vagus nerve"}],
        "rewrite": "How long is the vagus nerve?",
        "expected": "answer",
        "gold": [{"article": "vagus", "contains": "is long"}],
    },
    {"id": "dose", "question": "Which dose?", "expected": "abstain", "tags": ["near_miss"]},
    {
        "id": "sleep-typo",
        "question": "magnesium slep trials",
        "expected": "answer",
        "gold": [{"article": "magnesium", "contains": "aids sleep"}],
        "group": "sleep",
    },
    {"id": "chest", "message": "My chest hurts", "urgency": "emergency"},
    {"id": "hello", "message": "My gut hurts", "urgency": "none"},
    {"id": "name", "message": "I am Bo Ek, 40.", "identifiers": ["Bo Ek"], "keep": ["40"]},
]


@pytest.fixture
def dataset(tmp_path):
    path = tmp_path / "paper.jsonl"
    path.write_text("\n".join(json.dumps(case) for case in CASES))
    return read_dataset(str(path))


def results_of(folder):
    return {result.id: result for result in read_run(folder).results}


def test_a_good_assistant_gets_everything_right(dataset, tmp_path):
    summary = run(dataset, Paper(), tmp_path / "run")
    assert {key: r.right for key, r in results_of(tmp_path / "run").items()} == dict.fromkeys(
        [case["id"] for case in CASES], True
    )
    values = {k: m.get("value") for k, m in summary["metrics"].items()}
    assert values["right"] == values["citation_precision"] == values["quotes_exact"] == 1
    assert values["auroc_near_miss"] == values["same_citation"] == values["mrr@10"] == 1
    assert values["false_alarm"] == values["redaction_leaks"] == 0
    assert summary["metrics"]["recall_crisis"] == {
        "state": "not measured",
        "reason": "the data set holds no case for it",
    }
    assert summary["abstention"]["right_answers"] == 3
    assert summary["slices"]["tag: number"]["right_cases"]["value"] == 1


@pytest.mark.parametrize(
    ("subject", "case", "stage"),
    [
        pytest.param(Paper(least_shared=4), "long", "abstention", id="threshold too high"),
        pytest.param(Paper(least_shared=0), "dose", "abstention", id="threshold too low"),
        pytest.param(
            Paper(entries={"vagus": ENTRIES["vagus"]}), "sleep", "reading", id="article not read"
        ),
        pytest.param(Paper(follows_up=False), "long", "understanding", id="history not used"),
        pytest.param(Paper(hide="aids sleep"), "sleep", "retrieval", id="passage not found"),
        pytest.param(Paper(shift=40), "sleep", "selection", id="wrong offsets"),
        pytest.param(Paper(alarm_words=()), "chest", "triage", id="safety expression removed"),
        pytest.param(Paper(fail_on="aid sleep"), "sleep", "error", id="exception"),
    ],
)
def test_the_right_stage_is_blamed(dataset, tmp_path, subject, case, stage):
    summary = run(dataset, subject, tmp_path / "run")
    result = results_of(tmp_path / "run")[case]
    assert not result.right
    assert result.blame.stage == stage
    assert summary["blame"][stage] >= 1


def test_counterfactuals_are_told(dataset, tmp_path):
    run(dataset, Paper(hide="aids sleep"), tmp_path / "a")
    assert results_of(tmp_path / "a")["sleep"].blame.right_with_gold is True
    run(dataset, Paper(follows_up=False), tmp_path / "b")
    assert results_of(tmp_path / "b")["long"].blame.right_with_rewrite is True


def test_a_failing_case_is_recorded_without_its_words_and_counts_as_wrong(dataset, tmp_path):
    summary = run(dataset, Paper(fail_on="chest"), tmp_path / "run")
    failed = results_of(tmp_path / "run")["chest"]
    assert re.fullmatch(r"RuntimeError at test_runner\.py:\d+", failed.error)
    assert "hurts" not in failed.blame.reason
    assert summary["errors"] == 1
    assert summary["metrics"]["recall_emergency"]["value"] == 0


def test_two_runs_are_the_same_bytes_but_for_times(dataset, tmp_path):
    run(dataset, Paper(), tmp_path / "a")
    run(dataset, Paper(), tmp_path / "b", workers=3)
    names = {path.name for path in (tmp_path / "a").iterdir()}
    assert names >= {"manifest.json", "results.jsonl", "summary.json", "junit.xml", "results.csv"}
    for name in names - {"times.json", "report.html"}:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_a_killed_run_goes_on_where_it_stopped(dataset, tmp_path):
    def stop_after_three(_stage, done, _total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(dataset, Paper(), tmp_path / "run", on_progress=stop_after_three)
    with pytest.raises(RunError, match="holds an unfinished run"):
        read_run(tmp_path / "run")
    with (tmp_path / "run" / "partial.jsonl").open("a") as file:
        file.write('{"id": "sleep-typo", "kind": "que')  # cut off by the kill
    subject = Paper()
    run(dataset, subject, tmp_path / "run")
    assert subject.calls == ["magnesium slep trials", "My chest hurts", "My gut hurts"]
    run(dataset, Paper(), tmp_path / "whole")
    for name in ("results.jsonl", "summary.json"):
        assert (tmp_path / "run" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_cases_that_failed_are_tried_again_on_going_on(dataset, tmp_path):
    def stop_after_two(_stage, done, _total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(dataset, Paper(fail_on="aid sleep"), tmp_path / "run", on_progress=stop_after_two)
    assert run(dataset, Paper(), tmp_path / "run")["errors"] == 0


def test_another_run_is_not_overwritten(dataset, tmp_path):
    run(dataset, Paper(), tmp_path / "run")
    with pytest.raises(RunError, match="holds a run of another data set, library or program"):
        run(dataset, Paper(least_shared=3), tmp_path / "run")
    run(dataset, Paper(least_shared=3), tmp_path / "run", fresh=True)


def test_a_set_for_another_library_is_refused(dataset, tmp_path):
    with pytest.raises(DatasetError, match="holds none of the 3 gold sentences of paper"):
        run(dataset, Paper(entries={}), tmp_path / "run")


def test_inexact_quotes_are_seen(dataset, tmp_path):
    summary = run(dataset, Paper(shift=1), tmp_path / "run")
    assert summary["metrics"]["quotes_exact"]["value"] == 0


def test_junit_and_csv_name_the_stage(dataset, tmp_path):
    run(dataset, Paper(alarm_words=()), tmp_path / "run")
    junit = (tmp_path / "run" / "junit.xml").read_text()
    assert '<testsuite name="paper" tests="7" failures="1" errors="0">' in junit
    assert 'name="chest"><failure type="triage">wanted emergency' in junit
    rows = (tmp_path / "run" / "results.csv").read_text().splitlines()
    assert len(rows) == 8
    assert rows[5].startswith("chest,safety,0,triage")


ONLY_VAGUS = {"vagus": ENTRIES["vagus"]}
GATE = """
[bounds.caught]
at_least = 0.8

[falls]
right_answer = 0.05
right_abstention = 0.05
caught = 0.05
"""


@pytest.mark.parametrize(
    ("subject", "check", "stage"),
    [
        pytest.param(Paper(least_shared=4), "fall of right_answer", "abstention", id="threshold"),
        pytest.param(
            Paper(entries={"vagus": ENTRIES["vagus"]}),
            "fall of right_answer",
            "reading",
            id="reader",
        ),
        pytest.param(Paper(alarm_words=()), "fall of caught", "triage", id="safety expression"),
    ],
)
def test_a_planted_regression_is_caught_by_the_gate_and_blamed(tmp_path, subject, check, stage):
    path = tmp_path / "many.jsonl"
    many = [{**case, "id": f"{case['id']}-{n}", "group": None} for case in CASES for n in range(20)]
    path.write_text("\n".join(json.dumps(case) for case in many))
    (tmp_path / "gate.toml").write_text(GATE)
    gate, dataset = read_gate(tmp_path / "gate.toml"), read_dataset(str(path))
    run(dataset, Paper(), tmp_path / "before")
    run(dataset, subject, tmp_path / "after")
    before, after = read_run(tmp_path / "before"), read_run(tmp_path / "after")
    assert all(found.passed for found in check_gate(gate, before, before))
    failed = {c.name: c.message for c in check_gate(gate, after, before) if not c.passed}
    assert f"put down to {stage}" in failed[check]


def test_a_full_disk_is_told_and_nothing_done_is_lost(dataset, tmp_path):
    """A limit on the size of files stands in for the disk: writes fail in the middle of a line."""
    out, old = tmp_path / "run", resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, old[1]))
    try:
        with pytest.raises(RunError, match=r"cannot be written to .*run \(File too large\)"):
            run(dataset, Paper(), out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    kept = len((out / "partial.jsonl").read_text().splitlines())
    assert 1 < kept < len(CASES)
    again = Paper()
    run(dataset, again, out)
    assert CASES[0]["question"] not in again.calls
    assert len(results_of(out)) == len(CASES)
