import pytest

from assistant.conversation import Turn
from assistant.understanding import Lexicon, make_standalone, names_topic
from assistant.understanding.focus import find_focus
from assistant.understanding.rambling import shorten
from assistant.understanding.readings import find_readings
from assistant.understanding.standalone import read_history
from index.records import Article, Block

CUT_OFF = [
    Turn("user", "What is the usual cut-off for calprotectin?"),
    Turn("assistant", "The usual cut-off is 50. [1]"),
]
TRIAL = [
    Turn("user", "Which strain was in the northern trial?"),
    Turn("assistant", "Strain N3 was taken by 44 adults. [1]"),
    Turn("user", "and did anxiety get better"),
    Turn("assistant", "Anxiety did not change. [1]"),
]


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.of_articles([])


def read(question, history, lexicon):
    reader = read_history(history)
    return find_readings(question, reader, reader.read(question), lexicon)


def test_the_reading_by_rules_stands_first(lexicon):
    first, *others = read("and for FIT?", CUT_OFF, lexicon)

    assert (first.way, first.text) == ("rules", make_standalone("and for FIT?", CUT_OFF).text)
    assert others


def test_a_new_phrase_takes_the_place_of_each_phrase_of_the_last_question(lexicon):
    texts = {reading.text for reading in read("and for FIT?", CUT_OFF, lexicon)}

    assert "What is the usual cut-off for FIT?" in texts


def test_a_pronoun_may_mean_what_was_spoken_of_before_the_last_answer(lexicon):
    found = {reading.text: reading.back for reading in read("who paid for it?", TRIAL, lexicon)}

    assert any("strain" in text.casefold() and back for text, back in found.items())


def test_a_question_without_history_has_one_reading(lexicon):
    assert len(read("How is a colonoscopy done?", [], lexicon)) == 1


def test_a_long_message_may_mean_its_last_clause_with_one_that_tells(lexicon):
    message = (
        "my sister came last week and we talked all night about her new house and the garden, "
        "I smoke ten a day, does that change how the tablets work?"
    )

    assert shorten(message, lexicon)[0] == "does that change how the tablets work?"
    assert "I smoke ten a day, does that change how the tablets work?" in shorten(message, lexicon)


@pytest.mark.parametrize("message", ["does it hurt?", "I would like to know more " * 6])
def test_what_is_short_or_asks_nothing_is_not_shortened(message, lexicon):
    assert shorten(message, lexicon) == []


@pytest.mark.parametrize(
    ("vague", "offer", "reply", "expected"),
    [
        ("how often do I take it", "Do you mean iron or zinc?", "the second one", "take zinc"),
        (
            "what is the upper limit",
            "Do you mean vitamin D or EPA?",
            "the first",
            "limit with vitamin D",
        ),
        (
            "what is the upper limit",
            "Do you mean vitamin D or EPA?",
            "EPA please",
            "limit with EPA",
        ),
        ("what does it cost", "Do you mean A, B or C?", "the last one", "what does C cost"),
    ],
)
def test_what_is_chosen_completes_the_question_before(vague, offer, reply, expected):
    history = [Turn("user", vague), Turn("assistant", offer)]

    assert expected in make_standalone(reply, history).text


@pytest.mark.parametrize("reply", ["the fifth", "neither, where do I park my car in the street?"])
def test_what_was_not_offered_is_not_chosen(reply):
    history = [Turn("user", "how often?"), Turn("assistant", "Do you mean iron or zinc?")]

    text = make_standalone(reply, history).text

    assert "iron" not in text
    assert "zinc" not in text


def test_a_second_question_that_names_nothing_stands_alone_where_it_has_a_verb():
    assert find_focus("when can I drive again and when do I get the results").parts == (
        "when can I drive again",
        "when do I get the results",
    )


def test_a_second_question_means_the_subject_of_the_first():
    parts = find_focus("how many took part in the SMILES trial and how long did it last?").parts

    assert parts[1] == "how long did the SMILES trial last?"


def test_a_rare_word_of_the_library_is_no_small_talk():
    text = "Tea holds theanine, and a friendly hello."
    article = Article("tea", "Tea", text, (Block("paragraph", 0, len(text)),))
    lexicon = Lexicon.of_articles([article])

    assert names_topic("thanks, and theanine", lexicon)
    assert not names_topic("hello tea friend", lexicon)
