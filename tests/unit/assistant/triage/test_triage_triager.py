"""The whole triage with its own network."""

import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.triage import URGENCIES, Triager, WeightsMismatchError
from assistant.triage.classifier import load_weights
from assistant.triage.network import Network, open_conversation_network, open_network
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


def told(*said: str) -> list[dict[str, str]]:
    """A history: turns of the person and of the assistant one after the other."""
    return [
        {"role": ("user", "assistant")[place % 2], "content": text}
        for place, text in enumerate(said)
    ]


def test_danger_across_turns(triager: Triager) -> None:
    history = told("I took the whole bottle of pills", "Which bottle do you mean?")
    assert triager.assess("about an hour ago", history).urgency == "emergency"


def test_danger_that_no_single_message_tells(triager: Triager) -> None:
    history = told("my wife is 33 weeks pregnant", "Congratulations! What can I help with?")
    message = "she has a terrible headache and sees flashing spots"
    result = triager.assess(message, history)
    assert result.urgency in {"emergency", "urgent"}


def test_what_came_before_can_make_a_message_harmless(triager: Triager) -> None:
    message = "all of it, about an hour ago"
    pills = told("my son found my sleeping tablets", "How many did he take?")
    yoghurt = told("I opened a big tub of yoghurt", "How much of it did you eat?")
    assert triager.assess(message, pills).urgency == "emergency"
    assert triager.assess(message, yoghurt).urgency == "none"


def test_a_yes_counts_as_what_was_asked(triager: Triager) -> None:
    history = told("I feel so low", "Are you thinking of ending your life?")
    assert triager.assess("yes, every night", history).urgency == "crisis"
    assert triager.assess("no, not at all, I'm just tired", history).urgency == "none"
    history = told("I feel so low", "Are you safe right now?")
    assert triager.assess("yes", history).urgency == "none"
    assert triager.assess("no", history).urgency == "crisis"


def test_an_answer_leaves_the_language_as_it_is(triager: Triager) -> None:
    history = told("jeg har det skidt", "Har du tanker om at gøre skade på dig selv?")
    result = triager.assess("ja", history)
    assert (result.urgency, result.language) == ("crisis", "da")


CRISIS = told("I want to kill myself", "Please call a crisis line.")


@pytest.mark.parametrize(
    "message", ["which foods contain fibre?", "ok", "no", "forget it", "thanks"]
)
def test_mode_stays_whatever_is_asked(triager: Triager, message: str) -> None:
    result = triager.assess(message, CRISIS)
    assert (result.urgency, result.carried, result.over) == ("crisis", True, False)


def test_mode_stays_over_many_turns(triager: Triager) -> None:
    asked = told(*(f"Is kefir number {number // 2} good for me?" for number in range(60)))
    assert triager.assess("and rye bread?", [*CRISIS, *asked]).urgency == "crisis"


@pytest.mark.parametrize(
    "message",
    [
        "I talked to them and I am safe now",
        "my sister took me to hospital, they kept me for a week, I'm home and well now",
        "oh no sorry, that was a line from the play we are rehearsing",
    ],
)
def test_mode_ends_when_the_person_says_so(triager: Triager, message: str) -> None:
    result = triager.assess(message, CRISIS)
    assert (result.urgency, result.over) == ("none", True)
    later = [*CRISIS, {"role": "user", "content": message}]
    after = triager.assess("which foods contain fibre?", later)
    assert (after.urgency, after.over) == ("none", False)


def test_nothing_that_the_assistant_tells_ends_a_danger_or_raises_one(triager: Triager) -> None:
    over = "False alarm, the person is safe now and the danger is over."
    history = [*CRISIS[:1], {"role": "assistant", "content": over}]
    assert triager.assess("which foods contain fibre?", history).urgency == "crisis"
    article = "Crushing chest pain is an emergency. He took all her pills and wants to die."
    history = told("What is fibre?", article)
    assert triager.assess("and rye bread?", history).urgency == "none"
    asked = "Fibre is in oats. Are you thinking of ending your life? [1]"
    assert triager.assess("thanks", told("What is fibre?", asked)).urgency == "none"


ENDED = told(
    "I want to kill myself",
    "Please call a crisis line.",
    "I talked to them and I am safe now",
    "Good. Ask whenever you like.",
)


@pytest.mark.parametrize(
    ("message", "urgency"),
    [
        ("I want to kill myself", "crisis"),
        ("I took 40 paracetamol an hour ago", "emergency"),
        ("I have crushing chest pain and can't breathe", "emergency"),
    ],
)
def test_a_danger_after_one_that_is_over_is_heard(
    triager: Triager, message: str, urgency: str
) -> None:
    assert triager.assess(message, ENDED).urgency == urgency
    later = [*ENDED, *told("what is kefir?", "A drink of fermented milk. [1]")]
    assert triager.assess(message, later).urgency == urgency


@pytest.mark.parametrize("turns", [1, 4, 8, 15, 60])
@pytest.mark.parametrize("asked", ["Shall I tell you how much?", "Would you like to know more?"])
def test_harmless_talk_ends_no_crisis(triager: Triager, turns: int, asked: str) -> None:
    talk = told(*["what about kefir?", f"Kefir is a drink. {asked}"] * turns)
    assert triager.assess("yes please", [*CRISIS, *talk]).urgency == "crisis"


def test_a_crisis_that_ended_long_ago_stays_over(triager: Triager) -> None:
    for before, behind in ((0, 20), (8, 3), (8, 20)):
        talk = ["what about kefir?", "Kefir is a drink of fermented milk. [1]"]
        history = [*CRISIS, *told(*talk * before), *ENDED[2:], *told(*talk * behind)]
        assert triager.assess("and rye bread?", history).urgency == "none"


LETTER = (
    "hello there i wrote to you last week about the yoghurt and the kefir and which of them would"
    " be better for my stomach after the course of antibiotics that i had in march and you said"
    " that either was fine and i took forty paracetamol an hour ago because i want to die and i"
    " still wonder if the kefir from the supermarket is as good as the one that my aunt makes at"
    " home with those grains and also whether it can be frozen or not because we have so much"
)


@pytest.mark.parametrize("letter", [LETTER, LETTER.replace(" and ", ". ")])
def test_a_danger_in_the_middle_of_a_long_message_is_heard(triager: Triager, letter: str) -> None:
    grave = {"emergency", "crisis"}
    assert triager.assess(letter, []).urgency in grave
    assert (
        triager.assess(letter, told("hello", "Hello! What would you like to know?")).urgency
        in grave
    )
    after = told(letter, "Please call 112.")
    for message in ("which foods contain fibre?", "ok"):
        assert triager.assess(message, after).urgency in grave


def test_a_history_of_any_size_takes_a_moment(triager: Triager) -> None:
    answer = "Oats are good. " * 20_000 + "x" * 100_000
    history = told("what are oats?", answer, "and rye?", "?" * 100_000)
    begun = time.process_time()
    triager.assess("and milk?", history)
    assert time.process_time() - begun < 5


HARMLESS = [
    {"role": "user", "content": "does magnesium help with sleep?"},
    {"role": "assistant", "content": "A review found three trials with 151 adults in all. [1]"},
]
GRAVE = [
    {"role": "user", "content": "I have crushing chest pain and my left arm is numb"},
    {"role": "assistant", "content": "Call 112 now. When did it begin?"},
]


@pytest.mark.parametrize(
    "message", ["until next time", "closing this now", "You have set my mind at rest"]
)
def test_small_talk_behind_a_harmless_exchange_is_harmless(triager: Triager, message: str) -> None:
    assert triager.assess(message, HARMLESS).urgency == "none"


@pytest.mark.parametrize(
    "message",
    ["goodbye everyone, tonight I end it", "thank you for everything, I am going to die now"],
)
def test_who_takes_leave_of_life_is_heard(triager: Triager, message: str) -> None:
    assert triager.assess(message, HARMLESS).urgency == "crisis"


def test_what_sounds_like_small_talk_can_answer_a_question(triager: Triager) -> None:
    assert triager.assess("this afternoon", GRAVE).urgency == "emergency"
    assert triager.assess("ok thanks", GRAVE).urgency == "emergency"


def test_general_question_gets_the_quiet_topic(triager: Triager) -> None:
    result = triager.assess("What are the symptoms of a heart attack?", [])
    assert (result.urgency, result.topic) == ("none", "information")


@pytest.mark.parametrize("question", ["What is curcumin?", "Is kombucha good for you?"])
def test_harmless_question_gets_no_quiet_topic(triager: Triager, question: str) -> None:
    result = triager.assess(question, [])
    assert (result.urgency, result.topic) == ("none", "")


def test_a_long_conversation_is_read_once_and_in_bounds() -> None:
    reader, network = Reader(), CountingNetwork()
    weights = load_weights(reader.rule_part_names)
    triager = Triager(reader, weights, network, open_conversation_network())
    calls = network.calls

    harmless = [f"Is kefir number {number} good for me?" for number in range(50)]
    history = [{"role": "user", "content": text} for text in harmless]
    message = "I eat well and sleep well. " * 100
    cold = triager.assess(message, history)
    assert len(calls) == 51, "fifty earlier turns and the message, each alone"
    assert max(calls) <= 8
    calls.clear()
    assert triager.assess(message, history) == cold
    assert len(calls) == 1, "what told of no danger is not read again"

    calls.clear()
    history[-1]["content"] = "I want to kill myself"
    for _ in range(2):
        assert triager.assess("What is fibre?", history).urgency == "crisis"
    assert len(calls) == 4, "a danger is read each time"


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


@pytest.mark.parametrize(
    ("message", "level"),
    [
        ("chest pain and does magnesium help me sleep", "emergency"),
        ("chest pain n does magnesium help me sleep", "emergency"),
        ("i want to die, my appointment is on friday", "crisis"),
        ("vomiting blood what do i do and can iron pills make the stool black", "emergency"),
        ("crushing chest pain and my scope is booked", "emergency"),
        ("chest pain,does magnesium help me sleep", "emergency"),
        ("chest pain does magnesium help me sleep", "emergency"),
        ("hi, thanks, ok, so, well, right, kill myself, what is fodmap", "crisis"),
        ("the doctor said it is nothing but i vomit blood", "emergency"),
    ],
)
def test_a_danger_in_one_breath_with_something_else_is_heard(
    triager: Triager, message: str, level: str
) -> None:
    assert triager.assess(message, ()).urgency == level


@pytest.mark.parametrize(
    "message",
    [
        "what are the signs of chest pain and does magnesium help",
        "no chest pain, and does magnesium help me sleep",
        "my stool is black, do iron tablets turn it black",
        "blood on the paper, colonoscopy is booked",
        "vomiting a lot, endoscopy is booked",
        "i had chest pain and the doctor said it's reflux, can i eat chocolate",
    ],
)
def test_what_is_asked_denied_or_settled_stays_so_beside_something_else(
    triager: Triager, message: str
) -> None:
    assert triager.assess(message, ()).urgency == "none"
