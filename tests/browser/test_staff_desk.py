"""The staff desk in a real browser: the whole way through it, on both screens, in each language."""

import pytest

from assistant.records import Records
from assistant.settings import load_settings
from prompts.texts import load_texts

PASSWORD = "correct horse battery"
ARTICLE = "# Parking at {}\n\nBy Jane Doe\n\nThere are forty parking spaces behind the house.\n"
WIDE = {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


class Member:
    """A member of staff in front of the desk."""

    def __init__(self, visitor, language):
        self.visitor = visitor
        self.page = visitor.page
        self.texts = load_texts(language, "prompts.staff")
        visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def log_in(self, name):
        self.page.goto(self.visitor.url + "/staff/")
        self.visitor.check("login")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("body[data-mounted]", timeout=60_000)
        self.settle()

    def open(self, tab):
        self.page.click(f"[data-tab={tab}]")
        self.page.wait_for_selector("#desk-main h1")
        self.settle()
        self.check(tab)

    def settle(self):
        self.page.wait_for_function("!document.body.hasAttribute('data-busy')", timeout=60_000)

    def check(self, state):
        self.visitor.check(f"desk-{state}", at_end=False)

    def ask(self, question):
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(".answer-body", timeout=60_000)
        self.settle()

    def press(self, key, heading=""):
        """Presses the button of a text; goes to where it leads, if that has a heading."""
        self.page.get_by_role("button", name=self.texts[key], exact=True).first.click()
        if heading:
            self.page.get_by_role("heading", name=self.texts[heading]).wait_for(timeout=60_000)
            self.settle()
            self.check(heading.replace(".", "-"))

    def told(self):
        self.page.wait_for_selector("p.told", timeout=60_000)
        self.settle()
        return self.page.inner_text("p.told")


@pytest.fixture
def make_member(visitors, server_url, server_home):
    def make(name, look, language):
        records = Records(load_settings(server_home))
        records.accounts.add(name, "admin", PASSWORD)
        records.close()
        member = Member(visitors(server_url, **look, locale=language), language)
        member.log_in(name)
        return member

    return make


@pytest.mark.parametrize(
    ("word", "question", "look", "language"),
    [
        pytest.param("zebras", "Which vitamin do zebras need?", WIDE, "sv", id="wide-light-sv"),
        pytest.param("trains", "When does the last train go?", PHONE, "da", id="phone-dark-da"),
    ],
)
def test_from_the_question_to_the_clipboard_the_inbox_and_the_library(
    make_member, server_home, word, question, look, language
):
    member = make_member(word, look, language)
    ask_and_copy(member)
    keep_a_question(member, word, question)
    sort_the_inbox(member, question)
    assert question in (server_home / "eval" / "desk.jsonl").read_text()
    if look is WIDE:
        run_and_compare(member)
    look_after_the_library(member, word)


def test_every_part_of_the_desk_in_english(make_member):
    member = make_member("ellen", PHONE, "en")
    for tab in ("inbox", "library", "quality", "settings"):
        member.open(tab)
    erase_only_what_was_chosen(member)


def erase_only_what_was_chosen(member):
    """The reminder to confirm keeps choice and focus, and a tick counts once."""
    page, texts = member.page, member.texts
    erase = page.get_by_role("button", name=texts["settings.erase"], exact=True)
    page.select_option("#target", "feedback")
    erase.press("Enter")
    page.wait_for_selector("p.problem")
    member.settle()
    assert page.input_value("#target") == "feedback"
    assert erase.evaluate("button => button === document.activeElement")
    page.check("[name=confirm]")
    erase.press("Enter")
    assert member.told() == texts.fill("settings.erased", count=0)
    assert not page.is_checked("[name=confirm]")


def ask_and_copy(member):
    page, texts = member.page, member.texts
    assert page.evaluate("document.documentElement.lang") == texts.language
    member.ask("How does magnesium help?")
    member.check("copying")
    page.keyboard.press("Enter")  # the button that copies has the focus
    page.wait_for_selector("#copy-first[data-done]")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "passing signals between nerves" in copied
    assert texts["copy.reviewed"].split()[0] in copied
    assert texts["copy.safety"].split("{")[0] in copied


def keep_a_question(member, word, question):
    page, texts = member.page, member.texts
    page.click(".menu summary")
    member.press("frame.log_out")
    page.wait_for_selector("#password")
    member.log_in(word)
    member.open("settings")
    page.check("[name=unanswered]")
    member.press("settings.save")
    assert member.told() == texts["settings.saved"]

    member.open("answer")
    member.ask(question)
    member.press("answer.to_inbox")
    assert member.told() == texts["answer.in_inbox"]


def sort_the_inbox(member, question):
    page, texts = member.page, member.texts
    member.open("inbox")
    card = page.locator(".cluster", has_text=question)
    card.get_by_role("button", name=texts["inbox.brief"]).click()
    page.wait_for_selector("#brief")
    member.settle()
    member.check("brief")
    member.press("inbox.back")
    card.get_by_role("button", name=texts["inbox.case"]).click()
    page.wait_for_selector("#case-question")
    member.settle()
    member.check("case")
    member.press("case.add")
    assert "desk.jsonl" in member.told()


def run_and_compare(member):
    member.open("quality")
    for _ in range(2):
        member.press("quality.run")
        assert member.told() == member.texts["quality.done"]
    member.check("runs")
    member.press("quality.compare", heading="quality.compared")


def look_after_the_library(member, word):
    page, texts = member.page, member.texts
    member.open("library")
    member.press("audit.title", heading="audit.title")
    member.press("library.back")
    member.press("sources.title", heading="sources.title")
    member.press("library.back")
    page.locator("[data-action='library.preview']").first.click()
    page.wait_for_selector(".seen-block")
    member.settle()
    member.check("article")
    member.press("library.back")
    content = ARTICLE.format(word).encode()
    file = {"name": f"{word}.md", "mimeType": "text/markdown", "buffer": content}
    page.set_input_files("#upload", [file])
    title = page.locator(".articles h2", has_text=f"Parking at {word}")
    title.wait_for(timeout=60_000)
    member.settle()
    member.press("library.undo")
    assert member.told() == texts["library.undone"]
    assert title.count() == 0
