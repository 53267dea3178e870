import pytest

from assistant.conversation import Turn
from assistant.understanding import make_standalone

SAFE = ("Is ashwagandha safe?", "It can harm the liver. [1]")
TRIAL = ("Does peppermint oil help IBS?", "In a Dutch trial of 189 people it did not. [1]")


def ask(question, *turns, **kwargs):
    roles = ("user", "assistant")
    history = [Turn(roles[place % 2], text) for place, text in enumerate(turns)]
    return make_standalone(question, history, **kwargs).text


def people_apart(new, others):
    """Likeness by which children and people are of one kind, and everything else alone."""
    people = {"people", "children", "women", "kids", "adults"}
    return [float(new in people and other in people) for other in others]


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("Can I take melatonin every night?", "for how long", "For how long can I take melatonin"),
        ("How do I do belly breathing?", "how often?", "How often do I do belly breathing?"),
        ("How do I take iron?", "with what", "With what do I take iron?"),
        ("Does saffron help mood?", "how much", "How much saffron?"),
        ("What is gastroparesis?", "how many meals", "How many meals for gastroparesis?"),
        ("What is gastroparesis?", "which medicine", "Which medicine for gastroparesis?"),
    ],
)
def test_a_question_word_alone_asks_on(before, question, expected):
    assert ask(question, before, "It depends. [1]").startswith(expected)


def test_how_much_is_not_asked_of_the_people_who_take_it():
    text = ask("how much?", "Can kids take melatonin?", "Rarely. [1]", likeness=people_apart)

    assert text == "How much melatonin?"


@pytest.mark.parametrize(
    "question",
    [
        "how long does a colonoscopy take?",
        "which foods help against reflux?",
        "how many weeks probiotics ibs",
        "What counts as insomnia?",
        "When was your clinic founded?",
    ],
)
def test_a_question_with_a_verb_of_its_own_stays(question):
    assert ask(question, *SAFE) == question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("and if im pregnant?", "Is ashwagandha safe if im pregnant?"),
        ("why not?", "Why is ashwagandha not safe?"),
        ("why not in pregnancy?", "Why is ashwagandha not safe in pregnancy?"),
        ("I mean rhodiola, not ashwagandha", "Is rhodiola safe?"),
        ("and how does it work", "How does ashwagandha work?"),
        ("how does that work", "How does this work: it can harm the liver?"),
    ],
    ids=["condition", "reason", "reason for whom", "correction", "how it works", "how that does"],
)
def test_what_is_added_goes_to_the_question_before(question, expected):
    assert ask(question, *SAFE) == expected


def test_a_condition_with_a_question_of_its_own_is_whole():
    assert "ashwagandha" not in ask("and if I eat late, will I sleep badly?", *SAFE)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("source?", "Which source says this: It can harm the liver?"),
        ("who says so", "Which source says this: It can harm the liver?"),
        ("pmid?", "What is the PMID of this: It can harm the liver?"),
    ],
)
def test_a_bare_source_is_that_of_what_was_just_said(question, expected):
    assert ask(question, *SAFE) == expected


def test_after_a_source_the_conversation_goes_on_from_before_it():
    asked = ask("and in pregnancy?", *SAFE, "source?", "“Herbs”: written by Ann. [1]")

    assert asked == "Is ashwagandha safe in pregnancy?"


@pytest.mark.parametrize("question", ["how many people took part", "was there a placebo group?"])
def test_what_is_asked_of_a_study_is_asked_of_the_one_just_told(question):
    assert "In a Dutch trial of 189 people" in ask(question, *TRIAL)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Is magnesium good for sleep?", "is magnesium safe"),
        ("how long is magnesium taken?", "is magnesium safe"),
    ],
    ids=["what is said of it", "a measure"],
)
def test_what_something_is_like_is_never_what_it_stands_for(before, expected):
    assert ask("is it safe", before, "It helps some. [1]") == expected
