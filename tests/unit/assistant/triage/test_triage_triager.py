"""The whole triage with its own network."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.triage import URGENCIES, Triager, WeightsMismatchError
from assistant.triage.classifier import load_weights
from assistant.triage.network import Network, open_network
from assistant.triage.reading import Reader
from assistant.triage.records import FloatArray


@pytest.fixture(scope="module")
def triager() -> Triager:
    return Triager.from_package()


class CountingNetwork(Network):
    """The real network; remembers how many texts each call brought."""

    def __init__(self) -> None:
        self.calls: list[int] = []

    def judge(self, texts: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        self.calls.append(len(texts))
        return open_network().judge(texts)


@pytest.mark.parametrize(
    ("message", "urgency"),
    [
        ("I have crushing chest pain and my left arm is numb", "emergency"),
        ("jeg kaster blod op", "emergency"),
        ("jag vill inte leva längre", "crisis"),
        ("I want to kill myself", "crisis"),
        ("I've had blood in my stool for two weeks", "urgent"),
        ("I stopped my antidepressants yesterday because probiotics do the same", "urgent"),
        ("What is the gut-brain axis?", "none"),
        ("no blood in my stool, only bloating after beans", "none"),
        ("I get butterflies in my stomach before every talk", "none"),
        ("hvad koster en konsultation", "none"),
        ("Recommend me a film for tonight", "none"),
        ("I don't want to be here on a Monday, are you open on Saturday?", "none"),
        ("I don't want to be here any more", "crisis"),
    ],
)
def test_plain_messages(triager: Triager, message: str, urgency: str) -> None:
    assert triager.assess(message, []).urgency == urgency


def test_danger_across_turns(triager: Triager) -> None:
    history = [
        {"role": "user", "content": "I took the whole bottle of pills"},
        {"role": "assistant", "content": "Which bottle do you mean?"},
    ]
    result = triager.assess("about an hour ago", history)
    assert (result.urgency, result.carried) == ("emergency", True)


def test_mode_stays_until_over(triager: Triager) -> None:
    history = [
        {"role": "user", "content": "I want to kill myself"},
        {"role": "assistant", "content": "Please call a crisis line."},
    ]
    assert triager.assess("which foods contain fibre?", history).urgency == "crisis"
    assert triager.assess("I talked to them and I am safe now", history).urgency == "none"


def test_general_question_gets_the_quiet_topic(triager: Triager) -> None:
    result = triager.assess("What are the symptoms of a heart attack?", [])
    assert (result.urgency, result.topic) == ("none", "information")


@pytest.mark.parametrize("question", ["What is curcumin?", "Is kombucha good for you?"])
def test_harmless_question_gets_no_quiet_topic(triager: Triager, question: str) -> None:
    result = triager.assess(question, [])
    assert (result.urgency, result.topic) == ("none", "")


def test_a_long_conversation_is_read_once_and_in_bounds() -> None:
    reader, network = Reader(), CountingNetwork()
    triager = Triager(reader, load_weights(reader.rule_part_names), network)
    calls = network.calls

    harmless = [f"Is kefir number {number} good for me?" for number in range(50)]
    history = [{"role": "user", "content": text} for text in harmless]
    message = "I eat well and sleep well. " * 100
    cold = triager.assess(message, history)
    assert len(calls) == 9, "eight earlier turns, each alone, then the message"
    assert calls[-1] <= 8
    calls.clear()
    assert triager.assess(message, history) == cold
    assert len(calls) == 1, "what told of no danger is not read again"

    calls.clear()
    history[-1]["content"] = "I want to kill myself"
    for _ in range(2):
        assert triager.assess("What is fibre?", history).urgency == "crisis"
    assert calls[0] == calls[2] == 1, "a danger is read each time"


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.lists(st.text(max_size=80), max_size=4))
def test_never_fails_and_is_deterministic(message: str, earlier: list[str]) -> None:
    triager = Triager.from_package() if not _CACHE else _CACHE[0]
    _CACHE[:] = [triager]
    history = [{"role": "user", "content": text} for text in earlier]
    first = triager.assess(message, history)
    assert first == triager.assess(message, history)
    assert first.urgency in URGENCIES


_CACHE: list[Triager] = []


def test_stale_weights_are_refused() -> None:
    with pytest.raises(WeightsMismatchError, match="train them again"):
        load_weights(("another",))
