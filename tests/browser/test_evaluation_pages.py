"""The evaluators' pages in a real browser: report, comparison, sweep and review."""

import json
import threading
import time
from dataclasses import replace

import pytest
import uvicorn

from eval.benchmarks.beir import make_article
from eval.comparing import compare_runs
from eval.gold import GoldFinder
from eval.importing import write_cases
from eval.report import compare_page, run_page, sweep_page
from eval.results import Blame, CaseResult
from eval.reviewing import Review
from eval.reviewing.page import make_application
from eval.run_folder import Run
from eval.summary import summarise, summarise_times
from eval.sweep.grid import Variant
from eval.sweep.leaderboard import make_leaderboard
from index.entry import Entry
from index.sentences import find_sentences

LOOKS = (
    pytest.param({"color_scheme": "light"}, id="light desktop"),
    pytest.param(
        {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}, id="dark phone"
    ),
)
KEY = "key"


def make_result(number, *, right):
    expected = ("answer", "abstain")[number % 2]
    case = {"question": f"Question {number} on zinc?", "expected": expected, "tags": ["metal"]}
    quote = {"n": 1, "quote": "Zinc is a metal.", "article_id": "zinc", "start": 0, "end": 16}
    answer = {
        "kind": expected,
        "standalone_question": case["question"],
        "confidence": 0.1 + 0.8 * (number % 2 == 0),
        "text": "Zinc is a metal. [1]",
        "sources": [quote] if expected == "answer" else [],
    }
    found = [{"passage": "zinc#0", "score": 0.1, "gold": True, "text": "Zinc is a metal. " * 9}]
    gold = [["Zinc is a metal."]]
    return CaseResult(
        id=f"a-rather-long-name-of-a-case-{number:03}",
        kind="question",
        right=right,
        slices=(f"expected: {expected}", "tag: metal"),
        group=str(number),
        scores={"right": float(right), "confidence": answer["confidence"], "lix": 30.0 + number},
        not_measured={"judge_support": "the judge failed"},
        facts={"case": case, "answer": answer, "gold": gold, "retrieved": found},
        blame=None if right else Blame("retrieval", "with it the answer is right", None, True),
        latency_ms={"answer": 20.0 + number, "triage": 5.0},
    )


def make_run(wrong):
    results = [make_result(number, right=number not in wrong) for number in range(12)]
    dataset = {"name": "metals", "cases": 12, "sha256": "0", "labelled_by": ["us"]}
    subject = {"mode": "extractive", "chat_model": None, "wrong": len(wrong)}
    manifest = {"dataset": dataset, "subject": subject, "fingerprint": "f" * 64}
    cases = {result.id: result.latency_ms for result in results}
    times = {"stages": summarise_times(results), "cases": cases}
    measured = {"state": "measured", "value": 0.9, "low": 0.8, "high": 0.95, "cases": 12}
    meta = {"labelled_by": "us", "parts": {"triage": {"caught": measured}}}
    return Run(manifest, tuple(results), {**summarise(results), "meta": meta}, times)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A folder with a report, a comparison and a sweep."""
    folder, first, second = tmp_path_factory.mktemp("pages"), make_run({1, 4}), make_run({4, 6, 8})
    slow = replace(second, times={"stages": {"answer": {"p50_ms": 9.0, "p95_ms": 99.0}}})
    variants = [(Variant(), "as-it-is", first), (Variant({"passages": 8}), "other", slow)]
    rows = make_leaderboard(variants, "right")
    sweep = {"dataset": first.manifest["dataset"], "metric": "right", "rows": rows}
    (folder / "report.html").write_text(run_page.make_page(first))
    comparison = compare_page.make_page(first, second, compare_runs(first, second))
    (folder / "comparison.html").write_text(comparison)
    (folder / "sweep.html").write_text(sweep_page.make_page(sweep))
    return folder


def check(visitor):
    assert visitor.violations(at_end=False) == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("look", LOOKS)
def test_report_comparison_and_sweep(visitors, pages, look):
    visitor = visitors(pages.as_uri(), **look)
    page = visitor.page
    page.goto(f"{visitor.url}/report.html")
    assert page.locator("details.case").first.get_attribute("data-outcome") == "wrong"
    page.fill("[name=words]", "case-004")
    assert page.inner_text("#shown") == "1 of 12 cases"
    page.click("#open")
    assert page.inner_text("details.case[open]").count("Given the gold passage\nright") == 1
    check(visitor)
    page.fill("[name=words]", "")
    page.select_option("[name=slice]", "expected: abstain")
    page.select_option("[name=outcome]", "wrong")
    assert page.inner_text("#shown") == "1 of 12 cases"
    page.emulate_media(media="print")
    assert page.locator(".tools").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    page.goto(f"{visitor.url}/comparison.html")
    page.select_option("[name=outcome]", "right")
    assert page.inner_text("#shown") == "1 of 3 cases"
    check(visitor)
    page.goto(f"{visitor.url}/sweep.html")
    assert page.locator("circle").count() == 2
    check(visitor)


@pytest.fixture
def review(tmp_path):
    """A set of three drafts under review, and the page's address."""
    article = make_article("zinc", "Zinc", "Zinc is a metal. It was named in 1526.")
    entries = {article.id: Entry(article, find_sentences(article), (), "v1")}
    gold = [{"article": "zinc", "contains": "named in 1526"}]
    draft = {"question": "When was St John's zinc named?", "expected": "answer", "draft": True}
    path = tmp_path / "own.jsonl"
    write_cases(path, [{"id": f"draft-{n}", **draft, "gold": gold} for n in range(3)])
    application = make_application(Review(path, GoldFinder(entries), "A. Editor"), KEY, every=False)
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield path, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.mark.parametrize("look", LOOKS)
def test_review(visitors, review, look):
    path, url = review
    visitor = visitors(url, **look)
    page = visitor.page
    page.goto(f"{url}/?given={KEY}")
    first, second, third = page.locator("section").all()
    field = first.locator("textarea")
    assert "St John's" in field.input_value()
    assert first.locator(".gold").inner_text() == "It was named in 1526."
    field.fill(field.input_value().replace("1526", "1999"))
    first.get_by_text("Accept").click()
    first.get_by_text("holds none of its gold sentences").wait_for()
    # The browser itself notes each refusal on its console.
    assert [error.count("422") for error in visitor.errors] == [1]
    visitor.errors.clear()
    field.fill(field.input_value().replace("1999", "1526"))
    first.get_by_text("Accept").click()
    first.get_by_text("accepted").wait_for()
    second.get_by_text("Drop").click()
    second.get_by_text("dropped").wait_for()
    third.locator("textarea").fill("{")
    third.get_by_text("Accept").click()
    third.get_by_text("This is no JSON").wait_for()
    assert page.inner_text("#shown") == "1 drafts left, 2 cases in the set."
    check(visitor)
    header, *cases = map(json.loads, path.read_text().splitlines())
    assert "checksum" in header
    assert [case.get("labelled_by") for case in cases] == ["A. Editor", None]
