"""A question with the turns before it, as the reader of conversations reads it."""

from assistant.conversation import Conversation, Turn
from assistant.understanding import Lexicon, understand, write_talk
from assistant.understanding.talk import ANSWER_WORDS, QUESTION_WORDS

DIET = ("what are the stages of the diet", "Restriction comes first, then reintroduction.")
SLEEP = ("does melatonin help", "It may.")


def understand_after(question, *turns):
    roles = ("user", "assistant")
    history = tuple(Turn(roles[n % 2], text) for n, text in enumerate(turns))
    return understand(Conversation(question, history), Lexicon.of_articles([]))


def test_the_question_comes_first_then_the_turns_from_the_newest_on():
    assert write_talk("and the second?", [SLEEP, DIET]) == (
        "and the second? | Restriction comes first, then reintroduction. | "
        "what are the stages of the diet | does melatonin help"
    )


def test_what_was_not_answered_leaves_no_gap():
    assert write_talk("colonoscopy", [("what may i eat before the test", "")]) == (
        "colonoscopy | what may i eat before the test"
    )


def test_long_turns_are_cut_and_never_the_turn_behind_them():
    talk = write_talk("why " * 200, [("how often", "word " * 200)])

    assert talk.count("why") == QUESTION_WORDS
    assert talk.count("word") == ANSWER_WORDS
    assert talk.endswith("| how often")


def test_a_question_behind_others_is_read_with_them():
    understood = understand_after("and kids?", *SLEEP)

    assert understood.talk == "and kids? | It may. | does melatonin help"
    assert understood.joined == "does melatonin help? kids?"


def test_what_is_counted_is_read_by_its_name():
    answer = "Amino acids are:\n- Tryptophan [1]\n- Tyrosine [2]\n- Glutamine [3]"
    understood = understand_after("tell me more about the third one", "which are there", answer)

    assert understood.talk.startswith("tell me more about Glutamine | ")


def test_a_first_question_is_read_alone():
    understood = understand_after("does melatonin help")

    assert (understood.talk, understood.joined) == ("", "")


def test_who_turns_away_is_read_without_the_turns():
    assert understand_after("something else: when are you open?", *SLEEP).talk == ""


def test_a_refusal_is_nothing_that_was_said():
    refused = "The articles don’t answer this. Please ask the clinic or your doctor."
    talk = understand_after("and for kids?", "is melatonin safe for dogs", refused).talk

    assert talk == "and for kids? | is melatonin safe for dogs"
