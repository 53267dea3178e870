"""Comparing, gating and the pages, on runs made of written results."""

import re
import time
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from eval.comparing import adjust_p_values, compare_runs
from eval.errors import GateError, RunError
from eval.exports import checks_to_junit, to_csv, to_junit
from eval.gating import check_gate, read_gate
from eval.report.compare_page import find_changes
from eval.report.compare_page import make_page as make_compare_page
from eval.report.run_page import make_page
from eval.results import Blame, CaseResult, from_line, to_line
from eval.run_folder import Run
from eval.summary import summarise, summarise_times
from eval.terminal import show_comparison, show_summary


def make_result(number, *, right=True, expected="answer", stage="selection", question=None):
    text = question or f"Question {number}?"
    answer = {
        "kind": "answer" if expected == "answer" else "abstain",
        "standalone_question": text,
        "confidence": 0.9,
        "text": "A sentence. [1]",
        "sources": [{"n": 1, "quote": "A sentence.", "article_id": "a", "start": 0, "end": 11}],
    }
    named = "right_answer" if expected == "answer" else "right_abstention"
    return CaseResult(
        id=f"c{number:04}",
        kind="question",
        right=right,
        slices=(f"expected: {expected}", "language: en"),
        group=f"c{number:04}",
        scores={
            "right": float(right),
            named: float(right),
            "confidence": 0.9 if expected == "answer" else 0.2,
        },
        facts={
            "case": {"question": text, "expected": expected},
            "answer": answer,
            "gold": [["A gold sentence."]],
            "retrieved": [{"passage": "a#0", "score": 0.1, "gold": True, "text": "word " * 200}],
        },
        blame=None if right else Blame(stage, "other sentences were cited"),
        latency_ms={"answer": float(number % 50)},
    )


def make_run(results, fingerprint="f" * 64):
    dataset = {"name": "paper", "cases": len(results), "sha256": "0", "labelled_by": ["us"]}
    manifest = {"schema": 1, "dataset": dataset, "subject": {"v": 1}, "fingerprint": fingerprint}
    times = {
        "stages": summarise_times(results),
        "cases": {result.id: result.latency_ms for result in results},
    }
    return Run(manifest, tuple(results), summarise(results), times)


def mixed(count, wrong=()):
    kinds = ("answer", "abstain")
    return [make_result(n, right=n not in wrong, expected=kinds[n % 2]) for n in range(count)]


def parse_xml(text):
    return ET.fromstring(text)  # noqa: S314 (our own output)


GOOD, WORSE = make_run(mixed(100)), make_run(mixed(100, wrong=range(0, 40, 2)), "e" * 64)


def test_a_result_survives_its_line():
    result = make_result(1, right=False)
    assert from_line(to_line(result, with_times=True)) == result
    assert from_line(to_line(result, with_times=False)) == replace(result, latency_ms={})
    with pytest.raises(ValueError, match="no result of a case"):
        from_line('{"id": "x", "blame": null}')


def test_comparing_tells_what_got_worse_and_which_cases_flipped():
    comparison = compare_runs(GOOD, WORSE)
    row = comparison["metrics"]["right_answer"]
    assert (row["first"], row["second"], row["verdict"]) == (1, 0.6, "worse")
    assert row["low"] < -0.4 < row["high"] < 0
    assert row["mcnemar"] == pytest.approx(2 / 2**20)
    assert comparison["metrics"]["right_abstention"]["verdict"] == "no difference shown"
    assert [flipped["id"] for flipped in comparison["flipped"]][:2] == ["c0000", "c0002"]
    assert {flipped["now"] for flipped in comparison["flipped"]} == {"wrong"}
    assert comparison["blame"]["selection"] == {"first": 0, "second": 20}
    assert "c0000 is now wrong (selection)" in show_comparison(comparison)


def test_comparing_backwards_tells_what_got_better():
    comparison = compare_runs(WORSE, GOOD)
    assert comparison["metrics"]["right"]["verdict"] == "better"
    assert comparison["flipped"][0]["now"] == "right"


def test_only_common_cases_are_compared():
    comparison = compare_runs(GOOD, make_run(mixed(30)))
    assert (comparison["cases"], comparison["only_first"]) == (30, 70)
    with pytest.raises(RunError, match="share no case"):
        compare_runs(GOOD, make_run([make_result(999)]))


def test_figures_of_a_whole_run_are_compared_too():
    blind = [replace(r, scores={**r.scores, "confidence": 0.5}) for r in mixed(100)]
    row = compare_runs(GOOD, make_run(blind))["metrics"]["auroc"]
    assert (row["first"], row["second"], row["verdict"]) == (1, 0.5, "worse")
    assert row["high"] < 0
    row = compare_runs(GOOD, GOOD)["metrics"]["auroc"]
    assert (row["difference"], row["verdict"], row["p_value"]) == (0, "no difference shown", 1)


def test_holm_by_hand():
    assert adjust_p_values([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_changes_between_manifests():
    before, after = {"a": {"b": 1, "c": 2}, "fingerprint": 1}, {"a": {"b": 3, "c": 2}}
    assert find_changes(before, after) == [("a.b", "1", "3")]


def write_gate(folder, text):
    path = folder / "gate.toml"
    path.write_text(text)
    return read_gate(path)


@pytest.mark.parametrize(
    ("config", "passed"),
    [
        pytest.param("[bounds.right]\nat_least = 0.95", True, id="lower end reaches it"),
        pytest.param("[bounds.right]\nat_least = 0.98", False, id="lower end does not"),
        pytest.param('[bounds.right]\nat_least = 0.98\nuse = "value"', True, id="the value does"),
        pytest.param("[bounds.auroc]\nat_most = 0.5", False, id="above the highest allowed"),
        pytest.param("[bounds.caught]\nat_least = 0.9", False, id="not measured"),
        pytest.param(
            "[bounds.caught]\nat_least = 0.9\nrequired = false", True, id="not measured, not needed"
        ),
        pytest.param("[latency.answer]\np95_ms = 60", True, id="fast enough"),
        pytest.param("[latency.answer]\np50_ms = 5", False, id="too slow"),
        pytest.param("[latency.triage]\np50_ms = 5", False, id="stage not timed"),
        pytest.param("[falls]\nright = 0.01", True, id="no fall"),
    ],
)
def test_gate(tmp_path, config, passed):
    checks = check_gate(write_gate(tmp_path, config), GOOD, baseline=GOOD)
    assert all(check.passed for check in checks) is passed


def test_a_significant_fall_is_caught_and_blamed(tmp_path):
    gate = write_gate(tmp_path, "[falls]\nright = 0.02\nright_abstention = 0.02")
    checks = {check.name: check for check in check_gate(gate, WORSE, baseline=GOOD)}
    assert not checks["fall of right"].passed
    assert "put down to selection (+20)" in checks["fall of right"].message
    assert checks["fall of right_abstention"].passed


def test_a_fall_that_may_be_chance_passes(tmp_path):
    gate = write_gate(tmp_path, "[falls]\nright = 0.0")
    run = make_run(mixed(100, wrong=[3]))
    assert all(check.passed for check in check_gate(gate, run, baseline=GOOD))


@pytest.mark.parametrize(
    ("table", "message"),
    [
        pytest.param("question = 20", None, id="as many as allowed"),
        pytest.param("question = 19", "20 of 100 newly wrong, 19 allowed", id="one too many"),
        pytest.param('"expected: abstain" = 0', None, id="a slice without any"),
        pytest.param("safety = 0", "not measured: no case of this kind", id="a kind not there"),
    ],
)
def test_newly_wrong_cases_are_counted_whatever_chance_may_do(tmp_path, table, message):
    gate = write_gate(tmp_path, f"[newly_wrong]\n{table}")
    failed = [c.message for c in check_gate(gate, WORSE, baseline=GOOD) if not c.passed]
    assert [message in text for text in failed] == ([True] if message else [])


def test_failed_cases_fail_the_gate(tmp_path):
    gate = write_gate(tmp_path, "[bounds.right]\nat_least = 0.1")
    failed = [replace(make_result(0), error="RuntimeError"), *mixed(20)[1:]]
    checks = check_gate(gate, make_run(failed))
    assert [check.name for check in checks if not check.passed] == ["errors"]
    junit = parse_xml(checks_to_junit(checks))
    assert (junit.get("tests"), junit.get("failures")) == ("2", "1")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        pytest.param("[bounds", "cannot be read as TOML", id="no TOML"),
        pytest.param("[bounds.rihgt]\nat_least = 1", "no metric rihgt; allowed are", id="metric"),
        pytest.param("[bounds.right]\nat_leest = 1", "at_leest: Extra inputs", id="key"),
        pytest.param("[bounds.right]", "either at_least or at_most", id="no bound"),
        pytest.param("max_errors = 1", "checks nothing", id="empty"),
    ],
)
def test_a_gate_that_cannot_be_used(tmp_path, config, message):
    with pytest.raises(GateError, match=message):
        write_gate(tmp_path, config)


def test_falls_need_a_baseline(tmp_path):
    with pytest.raises(GateError, match="with --baseline RUN"):
        check_gate(write_gate(tmp_path, "[falls]\nright = 0.1"), GOOD)


def test_the_page_asks_no_other_host_and_shows_failures_first():
    page = make_page(WORSE)
    assert not re.search(r"""(?:src|href)=|url\(|@import|https?://""", page)
    assert "default-src 'none'" in page
    outcomes = re.findall(r'data-outcome="(\w+)"', page)
    assert outcomes == ["wrong"] * 20 + ["right"] * 80
    assert "Given the gold passage" in page


def test_what_a_case_says_cannot_become_markup():
    wrong = make_result(1, right=False, question="<script>alert(1)</script>\"'")
    run = make_run([wrong])
    better = make_run([replace(wrong, right=True)])
    assert "<script>alert" not in make_page(run)
    assert "<script>alert" not in make_compare_page(run, better, compare_runs(run, better))


def test_a_page_of_2000_cases_is_made_quickly_and_small_enough_to_open():
    run = make_run(mixed(2000, wrong=range(0, 2000, 2)))
    started = time.process_time()
    page = make_page(run)
    assert time.process_time() - started < 10
    assert len(page) < 6_000_000


def test_summary_lines():
    lines = show_summary(WORSE.summary)
    assert "100 cases, 0 failed" in lines
    assert re.search(r"Right answers +0\.600  \[0\.4\d\d, 0\.7\d\d\] +50 cases", lines)
    assert "Blamed for wrong cases: selection 20" in lines


def test_exports_of_awkward_names():
    result = replace(make_result(1, right=False), id='=cmd|"<&', blame=None)
    assert parse_xml(to_junit([result], 'a"<&')).find("testcase").get("name") == '=cmd|"<&'
    assert to_csv([result]).splitlines()[1].startswith('"\'=cmd|""<&"')
