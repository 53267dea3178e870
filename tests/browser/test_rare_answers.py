"""States that the sample library cannot be brought into at will, with answers made by hand."""

import threading
import time
from types import SimpleNamespace

import pytest
import uvicorn

from assistant.answer import Answer, AnswerSentence, Source
from assistant.api import AssistantProvider, WebSettings, create_api
from assistant.ui import mount_pages

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


@pytest.fixture(scope="module")
def served():
    assistant = HandMade()
    provider = AssistantProvider(WebSettings(country="DK"), lambda _: assistant)
    provider.start()
    app = mount_pages(create_api(provider), provider)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield SimpleNamespace(url=f"http://127.0.0.1:{port}", app=app, assistant=assistant)
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def guest(visitors, served):
    visitor = visitors(served.url)
    visitor.open()
    return visitor


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("question", "look", "number"),
    [
        ("emergency now", ".care-emergency", "tel:112"),
        ("crisis now", ".care-crisis", "tel:+4570201201"),
        ("urgent thing", ".care-urgent", "tel:1813"),
    ],
)
def test_urgent_help_is_unmissable(visitors, served, question, look, number, scheme):
    phone = {"width": 390, "height": 844}
    visitor = visitors(served.url, viewport=phone, color_scheme=scheme)
    page = visitor.open()
    visitor.ask("plain thing")
    answer = visitor.ask(question)
    care = answer.locator(look)
    call = care.locator(f'a[href="{number}"]')
    page.wait_for_function("document.querySelector('#alarm').textContent !== ''")
    assert call.is_visible()
    bottom = call.bounding_box()["y"] + call.bounding_box()["height"]
    assert bottom < page.locator("#dock").bounding_box()["y"], "it is hidden under the field"
    assert visitor.violations() == []


def test_a_choice_is_asked_with_one_press(guest):
    guest.ask("vague thing").get_by_role("button", name="plain B?").click()
    guest.page.wait_for_function("document.querySelectorAll('.turn').length === 2")
    assert PASSAGE in guest.answer().inner_text()
    assert guest.page.locator(".asked-words").last.inner_text() == "plain B?"


def test_an_answer_that_streams_can_be_stopped(guest, served):
    page = guest.page
    served.assistant.released.clear()
    page.locator("#question textarea").fill("slow thing")
    page.locator("#send").click()
    page.wait_for_selector("#stop:visible")
    assert page.locator("#send").is_hidden()
    page.locator("#stop").click()
    page.get_by_text("You stopped this answer.").first.wait_for()
    served.assistant.released.set()
    assert PASSAGE in guest.ask("plain thing").inner_text()
    assert "You stopped" in page.locator(".turn").first.inner_text()


def test_sentences_are_shown_as_they_come_and_keep_the_focus(guest, served):
    page = guest.page
    served.assistant.released.clear()
    page.locator("#question textarea").fill("slow and steady")
    page.keyboard.press("Enter")
    page.locator("body[data-busy] .turn .body .chip").focus()
    served.assistant.released.set()
    assert "That is all." in guest.answer().inner_text()
    assert page.evaluate("document.activeElement.className") == "chip"


def test_a_fault_is_told_and_the_question_can_be_asked_again(guest):
    answer = guest.ask("fault in private words")
    assert "Something went wrong on our side." in answer.inner_text()
    answer.get_by_role("button", name="Ask again").click()
    assert "Something went wrong" in guest.answer().inner_text()


def test_nothing_stays_on_the_server_when_the_tab_is_closed(visitors, served):
    visitor = visitors(served.url)
    page = visitor.open()
    visitor.ask("plain thing")
    assert sessions_of(served.app) != []
    page.close()
    deadline = time.monotonic() + 40
    while sessions_of(served.app) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert sessions_of(served.app) == []


def sessions_of(app):
    return [
        key
        for route in app.routes
        if hasattr(getattr(route, "app", None), "state_holder")
        for key in route.app.state_holder.session_data
    ]


def test_a_conversation_of_two_hundred_messages_stays_quick(guest):
    page = guest.page
    guest.ask("plain thing")
    page.evaluate(
        """() => { const key = "gutbrain.conversation";
                   const [turn] = JSON.parse(sessionStorage.getItem(key));
                   const many = Array.from({ length: 100 }, (_, i) => ({ ...turn, key: `m${i}` }));
                   sessionStorage.setItem(key, JSON.stringify(many)); }"""
    )
    guest.open()
    assert page.locator(".turn").count() == 100
    page.evaluate("window.before = performance.now()")
    guest.ask("plain last")
    assert page.evaluate("performance.now() - window.before") < 3000
