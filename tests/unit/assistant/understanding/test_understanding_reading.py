import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Conversation, Turn
from assistant.understanding import Lexicon, understand
from assistant.understanding.focus import asks_anything, find_focus
from index.records import Article, Block

TEXT = (
    "Magnesium and sleep\n\nMagnesium is a mineral. Irritable bowel syndrome (IBS) is common. "
    "Probiotics are bacteria. The kidneys clear magnesium."
)


@pytest.fixture(scope="module")
def lexicon():
    blocks = (Block("heading", 0, 19, level=1), Block("paragraph", 21, len(TEXT)))
    return Lexicon.of_articles([Article("a", "Magnesium and sleep", TEXT, blocks)])


def read(question, lexicon, *history):
    return understand(Conversation(question, history), lexicon)


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "How fast does gas and air wear off, and does the pill still work after the laxatives?",
            (
                "How fast does gas and air wear off",
                "does the pill still work after the laxatives?",
            ),
        ),
        (
            "When I had my operation last year they told me to wait, so when may I eat again?",
            ("When I had my operation last year they told me to wait, so when may I eat again?",),
        ),
        (
            "Who should take vitamin D in winter, and what happens at high doses?",
            ("Who should take vitamin D in winter", "what happens at high doses?"),
        ),
        ("How many drops and how often?", ("How many drops and how often?",)),
        ("what is SIBO and how is it treated?", ("what is SIBO", "how is SIBO treated?")),
        ("does magnesium and zinc help sleep", ("does magnesium and zinc help sleep",)),
        ("how do probiotics and prebiotics differ?", ("how do probiotics and prebiotics differ?",)),
        ("Is Dr. Holm in on Monday?", ("Is Dr. Holm in on Monday?",)),
    ],
)
def test_a_message_is_cut_into_its_questions(message, parts):
    assert find_focus(message).parts == parts


def test_the_question_is_found_in_a_long_message():
    focus = find_focus(
        "I have had a bad stomach for years. Last week my sister told me of magnesium. "
        "Can I take it with my blood pressure tablets? I also sleep badly. Thank you."
    )

    assert focus.text.endswith(
        "told me of magnesium. Can I take it with my blood pressure tablets?"
    )
    assert focus.background.startswith("I have had a bad stomach")


@pytest.mark.parametrize(
    ("message", "asking"),
    [("ok got it", False), ("Thanks. What about fibre", True), ("I'm safe now, thank you.", False)],
)
def test_any_sentence_of_a_message_may_ask(message, asking):
    assert asks_anything(message) is asking


def test_what_a_question_points_back_to_is_searched_with_it():
    assert find_focus("My GP wants me to try CBT-I, what is it?").text.startswith("My GP")


def test_what_is_told_stays_in_the_search_as_topic_only(lexicon):
    read_message = read("My kidneys are weak. Is a mineral allowed?", lexicon)

    assert read_message.search_text.startswith("Is a mineral allowed?")
    assert "kidneys" in read_message.search_text


def test_spelling_and_short_forms(lexicon):
    read_message = read("do probitoics help with ibs", lexicon)

    assert read_message.standalone == "do probiotics help with ibs"
    assert "irritable bowel syndrome" in read_message.search_text
    assert "spelling: probitoics → probiotics" in read_message.changes


@pytest.mark.parametrize(
    ("question", "vague"),
    [
        ("help", True), ("does it work?", True), ("tell me more", True), ("what about it", True),
        ("magnesium?", False), ("IBS", False), ("does magnesium help", False),
    ],
)  # fmt: skip
def test_vague_messages(question, vague, lexicon):
    assert read(question, lexicon).vague is vague


@pytest.mark.parametrize(
    ("topic", "question"), [("magnesium?", "What is magnesium?"), ("IBS", "What is IBS?")]
)
def test_a_bare_topic_is_read_as_a_question(topic, question, lexicon):
    assert read(topic, lexicon).standalone == question


def test_danish_and_swedish_words_are_glossed_for_the_search(lexicon):
    assert "kidney" in read("magnesium og dårlige nyrer", lexicon).search_text


def test_follow_ups_are_completed(lexicon):
    history = (
        Turn("user", "does magnisium help with sleep"),
        Turn("assistant", "Perhaps a little. [1]"),
    )
    read_message = read("is it safe?", lexicon, *history)

    assert read_message.standalone == "is magnesium safe?"
    assert read_message.topic == "magnesium"


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_read(lexicon, question, asked, answer):
    read_message = read(question, lexicon, Turn("user", asked), Turn("assistant", answer))

    assert read_message.question == question
    assert read_message.parts
