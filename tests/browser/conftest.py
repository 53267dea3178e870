"""One real web process and one real Chromium for all browser tests."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ROOT = Path(__file__).parents[2]
START_SECONDS = 300


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server_url(tmp_path_factory, starter_home):
    """The address of `python app.py` with the starter library, once it says that it is ready."""
    folder = tmp_path_factory.mktemp("web")
    shutil.copytree(starter_home, folder / "home")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GUTBRAIN_")}
    command = [sys.executable, ROOT / "app.py", "--home", folder / "home", "--port", "0"]
    with (folder / "errors").open("w") as errors:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**environment, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    # A process that never gets ready is ended, so that reading its output ends too.
    guard = threading.Timer(START_SECONDS, process.kill)
    guard.start()
    try:
        line = process.stdout.readline()
        guard.cancel()
        assert "is ready: http://127.0.0.1:" in line, (folder / "errors").read_text()
        yield line.split()[-1]
    finally:
        guard.cancel()
        process.terminate()
        process.wait(20)
        process.stdout.close()


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: install Debian's package chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """A person with a browser of their own, whose every request and error is kept."""

    def __init__(self, chromium, url, **options):
        options = {"viewport": {"width": 1280, "height": 860}, "locale": "en-GB", **options}
        self.url = url
        self.context = chromium.new_context(**options)
        self.requests = []
        self.errors = []
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("console", self._note_console)
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page = self.context.new_page()

    def open(self, path="/", page=None):
        page = page or self.page
        page.goto(self.url + path)
        page.wait_for_selector("body[data-mounted]", timeout=60_000)
        return page

    def ask(self, question):
        asked = self.page.locator(".turn").count()
        field = self.page.locator("#question textarea")
        field.fill(question)
        field.press("Enter")
        # gradio hands the key on a moment later: until then the last answer is that of before.
        self.page.locator(".turn").nth(asked).wait_for()
        return self.answer()

    def answer(self):
        """The last answer, once it has come."""
        self.page.wait_for_function(
            """() => !document.body.hasAttribute("data-busy")
                  && document.querySelector(".turn:last-child .answer")""",
            timeout=60_000,
        )
        return self.page.locator(".turn:last-child .answer")

    def violations(self, page=None):
        """What axe-core finds on the page as it is, WCAG 2.2 A and AA."""
        from axe_playwright_python.sync_playwright import Axe

        # At the end of the page nothing lies half under the field that stays in reach, which
        # axe-core would take for a target that is too small.
        page = page or self.page
        page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")

        # What is still fading in has too little contrast for a moment.
        page.evaluate(
            "Promise.all(document.getAnimations()"
            ".filter(a => a.effect.getComputedTiming().iterations !== Infinity)"
            ".map(a => a.finished))"
        )
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found = Axe().run(page, options={"runOnly": tags}).response["violations"]
        return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]

    def foreign_requests(self):
        return [url for url in self.requests if not url.startswith((self.url, "data:", "blob:"))]

    def _note_console(self, message):
        if message.type in {"error", "warning"}:
            self.errors.append(f"{message.text} ({message.location.get('url')})")


@pytest.fixture
def visitors(chromium):
    """Makes visitors; in the end none may have asked another host or seen an error."""
    made = []

    def make(url, **options):
        made.append(Visitor(chromium, url, **options))
        return made[-1]

    yield make
    for visitor in made:
        visitor.context.close()
    assert [visitor.foreign_requests() for visitor in made] == [[] for _ in made]
    assert [visitor.errors for visitor in made] == [[] for _ in made]


@pytest.fixture
def visitor(visitors, server_url):
    return visitors(server_url)
