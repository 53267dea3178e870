"""One real web process, one with answers made by hand, and one real Chromium for all tests here."""

import os
import shutil
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn

from assistant.answer import Answer, AnswerSentence, Source
from assistant.api import AssistantProvider, WebSettings, create_api
from assistant.ui import mount_pages

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

SIZES = [{"width": 1280, "height": 860}, {"width": 390, "height": 844}]
SCHEMES = ["light", "dark"]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What width and colours can break; everything else is the same in every look.
AXE_RULES_OF_LOOKS = ["color-contrast", "link-in-text-block", "target-size"]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server_home(tmp_path_factory, starter_home):
    """The home of the web process: a copy of the starter library's."""
    home = tmp_path_factory.mktemp("web") / "home"
    shutil.copytree(starter_home, home)
    return home


@pytest.fixture(scope="session")
def server_url(server_home):
    """The address of `python app.py` with the starter library, once it says that it is ready."""
    folder = server_home.parent
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GUTBRAIN_")}
    command = [sys.executable, ROOT / "app.py", "--home", server_home, "--port", "0"]
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

    def __init__(self, chromium, url, screenshots=None, **options):
        options = {"viewport": {"width": 1280, "height": 860}, "locale": "en-GB", **options}
        self.url = url
        self.screenshots = screenshots
        self.look = options["viewport"], options.get("color_scheme", "light")
        self.context = chromium.new_context(**options)
        self.also = ()
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

    def check(self, state, *, at_end=True):
        """Axe-core finds nothing in a state of the page, and nothing stands out at the side.

        Where pictures are taken, that is so in both widths, light and dark; else axe-core looks at
        the visitor's own look alone, since it takes a second.
        """
        page, own = self.page, self.look
        others = [(size, scheme) for size in SIZES for scheme in SCHEMES if (size, scheme) != own]
        for size, scheme in [own, *others]:
            look = f"{state}, {size['width']} px, {scheme}"
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), look
            if self.screenshots or (size, scheme) == own:
                rules = None if (size, scheme) == own else AXE_RULES_OF_LOOKS
                assert self.violations(at_end=at_end, rules=rules) == [], look
            self._take_picture(state, size, scheme)
        page.set_viewport_size(own[0])
        page.emulate_media(color_scheme=own[1])

    def _take_picture(self, state, size, scheme):
        if self.screenshots:
            language = self.page.evaluate("document.documentElement.lang")
            name = f"{state}-{language}-{size['width']}-{scheme}.png"
            self.page.screenshot(path=self.screenshots / name)

    def violations(self, page=None, *, at_end=True, rules=None):
        """What axe-core finds on the page as it is, WCAG 2.2 A and AA, or by some rules alone."""
        from axe_playwright_python.base import AXE_SCRIPT

        # At the end of the page nothing lies half under the field that stays in reach, nor at its
        # beginning under the desk's head: axe-core would take it for a target that is too small.
        page = page or self.page
        end = "document.body.scrollHeight" if at_end else "0"
        page.evaluate(f"scrollTo({{ top: {end}, behavior: 'instant' }})")

        # What is still fading in has too little contrast for a moment.
        page.evaluate(
            "Promise.all(document.getAnimations()"
            ".filter(a => a.effect.getComputedTiming().iterations !== Infinity)"
            ".map(a => a.finished))"
        )
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        options = {"runOnly": rules or AXE_TAGS, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(options)", options)["violations"]
        return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]

    def foreign_requests(self):
        own = (self.url, *self.also, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]

    def _note_console(self, message):
        if message.type in {"error", "warning"}:
            self.errors.append(f"{message.text} ({message.location.get('url')})")


@pytest.fixture
def visitors(chromium, pytestconfig):
    """Makes visitors; in the end none may have asked another host or seen an error."""
    made = []
    screenshots = pytestconfig.getoption("screenshots")

    def make(url, **options):
        made.append(Visitor(chromium, url, screenshots, **options))
        return made[-1]

    yield make
    for visitor in made:
        visitor.context.close()
    assert [visitor.foreign_requests() for visitor in made] == [[] for _ in made]
    assert [visitor.errors for visitor in made] == [[] for _ in made]


@pytest.fixture
def visitor(visitors, server_url):
    return visitors(server_url)


class ClinicPage(BaseHTTPRequestHandler):
    """A page as a theme of WordPress makes it, with the script of the chat at `?home=` in it."""

    def do_GET(self):
        home = parse_qs(urlsplit(self.path).query).get("home", [""])[0]
        page = (Path(__file__).parent / "clinic_page.html").read_text().replace("HOME", home)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture(scope="session")
def clinic_site():
    """A clinic's own site: `origin` may embed the chat, `stranger` is the same under another."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), ClinicPage)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    port = server.server_address[1]
    yield SimpleNamespace(origin=f"http://localhost:{port}", stranger=f"http://127.0.0.1:{port}")
    server.shutdown()
    thread.join(20)
    server.server_close()


PASSAGE = "Magnesium calms the stress axis."
SOURCE = Source(
    1, "a", "Magnesium", None, "Clinic", None, "2026-06", None, (), PASSAGE, 0, len(PASSAGE),
    PASSAGE, 0, None, (), None, False,
)  # fmt: skip


def make(question, text="Yes.", **fields):
    values = {"kind": "answer", "urgency": "none", **fields}
    return Answer(question=question, standalone_question=question, text=text, **values)


class HandMade:
    """Answers by the first word of the question; `slow` waits to be released."""

    def __init__(self):
        self.released = threading.Event()

    def suggestions(self, _language):
        return ()

    def glossary(self):
        return {"HPA": "hypothalamus, pituitary and adrenal glands"}

    def article_languages(self):
        return ("en",)

    def article(self, _article_id):
        return None

    def stream(self, record):
        question = record["question"]
        word = question.split()[0]
        if word == "fault":
            raise RuntimeError(question)
        if word == "emergency":
            text = "Call 112 now.\n\n- Sit down.\n- Unlock the door."
            yield make(question, text, kind="guidance", urgency="emergency")
        elif word == "crisis":
            text = "You can talk to someone on 70 201 201."
            yield make(question, text, kind="guidance", urgency="crisis")
        elif word == "vague":
            yield make(question, "Which one?", kind="abstain", choices=("plain A?", "plain B?"))
        else:
            yield from self.answer(question, word)

    def answer(self, question, word):
        urgent = {"urgency": "urgent", "notice": "Call 1813 today."} if word == "urgent" else {}
        sentence = AnswerSentence(PASSAGE, (1,), 1.0)
        first = make(question, f"{PASSAGE} [1]", sentences=(sentence,), sources=(SOURCE,), **urgent)
        yield first
        if word == "slow":
            self.released.wait(20)
        yield make(
            question,
            f"{PASSAGE} [1]\n\nThat is all. [1]",
            sentences=(sentence, AnswerSentence("That is all.", (1,), 1.0)),
            sources=(SOURCE,),
            **urgent,
        )


@pytest.fixture(scope="session")
def served(clinic_site, tmp_path_factory):
    """The web process with answers made by hand, which `clinic_site` may embed."""
    assistant = HandMade()
    settings = WebSettings(
        home=tmp_path_factory.mktemp("served"),
        country="DK",
        embed_origins=(clinic_site.origin,),
        keep_feedback=True,
    )
    provider = AssistantProvider(settings, lambda _: assistant)
    provider.start()
    app = mount_pages(create_api(provider), provider)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield SimpleNamespace(
        url=f"http://127.0.0.1:{port}", app=app, assistant=assistant, records=provider.records
    )
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def guest(visitors, served):
    visitor = visitors(served.url)
    visitor.open()
    return visitor
