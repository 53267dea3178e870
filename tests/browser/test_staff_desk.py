"""The staff desk in a real browser: the whole way through it, as it looks on both screens."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse battery"
ARTICLE = "# Parking at {}\n\nBy Jane Doe\n\nThere are forty parking spaces behind the house.\n"
WIDE = {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
LOOKS = [
    pytest.param("zebras", "Which vitamin do zebras need?", WIDE, id="wide-light"),
    pytest.param("trains", "When does the last train leave?", PHONE, id="phone-dark"),
]


class Member:
    """A member of staff in front of the desk."""

    def __init__(self, visitor):
        self.visitor = visitor
        self.page = visitor.page
        visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def log_in(self, name):
        self.page.goto(self.visitor.url + "/staff/")
        assert self.visitor.violations() == []
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("body[data-mounted]", timeout=60_000)
        self.settle()

    def open(self, tab):
        self.page.click(f"[data-tab={tab}]")
        self.page.wait_for_selector("#desk-main h1")
        self.settle()
        self.check()

    def settle(self):
        self.page.wait_for_function("!document.body.hasAttribute('data-busy')", timeout=60_000)

    def check(self):
        assert self.visitor.violations() == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def ask(self, question):
        self.page.fill("#question", question)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(".answer-body", timeout=60_000)
        self.settle()

    def told(self):
        self.page.wait_for_selector(".told", timeout=60_000)
        self.settle()
        return self.page.inner_text(".told")


@pytest.fixture
def make_member(visitors, server_url, server_home):
    def make(name, look):
        command = [sys.executable, "-m", "assistant", "account", "add", name, "--role", "admin"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [*command, "--home", server_home],
            input=PASSWORD,
            text=True,
            check=True,
            env=environment,
        )
        member = Member(visitors(server_url, **look))
        member.log_in(name)
        return member

    return make


@pytest.mark.parametrize(("word", "question", "look"), LOOKS)
def test_from_the_question_to_the_clipboard_the_inbox_and_the_library(
    make_member, server_home, word, question, look
):
    member = make_member(word, look)
    page = member.page
    member.ask("How does magnesium help?")
    member.check()
    page.keyboard.press("Enter")  # the button that copies has the focus
    page.wait_for_selector("#copy-first[data-done]")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "passing signals between nerves" in copied
    assert "Reviewed" in copied
    assert "not a diagnosis" in copied

    page.click(".menu summary")
    page.click("text=Log out")
    page.wait_for_selector("#password")
    member.log_in(word)
    member.open("settings")
    page.check("[name=unanswered]")
    page.click("text=Save")
    assert member.told().startswith("Saved")

    member.open("answer")
    member.ask(question)
    page.click("text=Put into the inbox")
    assert member.told() == "The question is in the inbox now."

    member.open("inbox")
    card = page.locator(".cluster", has_text=question)
    card.get_by_role("button", name="Make an eval case").click()
    page.wait_for_selector("#case-question")
    member.settle()
    member.check()
    page.click("text=Add the case")
    assert "desk.jsonl" in member.told()
    assert question in (server_home / "eval" / "desk.jsonl").read_text()

    member.open("library")
    content = ARTICLE.format(word).encode()
    file = {"name": f"{word}.md", "mimeType": "text/markdown", "buffer": content}
    page.set_input_files("#upload", [file])
    title = page.locator(".articles h2", has_text=f"Parking at {word}")
    title.wait_for(timeout=60_000)
    member.settle()
    page.click("text=Undo the last change")
    assert "before its last change" in member.told()
    assert title.count() == 0
