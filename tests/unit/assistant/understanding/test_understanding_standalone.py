import pytest

from assistant.conversation import Turn
from assistant.understanding import make_standalone

MAGNESIUM = [
    Turn("user", "Does magnesium help with sleep?"),
    Turn("assistant", "A small trial found that adults fell asleep sooner with magnesium. [1]"),
]
STAGES = [
    Turn("user", "What are the stages of the test diet?"),
    Turn(
        "assistant",
        "There are three:\n- Restriction [1]\n- Reintroduction [2]\n- Personal plan [3]",
    ),
]


def ask(question, history, **kwargs):
    return make_standalone(question, history, **kwargs).text


@pytest.mark.parametrize(
    "question",
    [
        "How is a colonoscopy done?",
        "where can i park",
        "Is it safe to take iron in pregnancy?",
        "How long does it take to feel a difference with iron?",
        "My daughter has a rash, can she eat bread?",
        "hello",
        "thanks, bye!",
        "what can you do?",
    ],
)
def test_a_whole_question_takes_nothing_along(question):
    alone = make_standalone(question, MAGNESIUM)

    assert (alone.text, alone.topic, alone.leans) == (question, None, False)


@pytest.mark.parametrize("question", ["Is it safe?", "and for kids?", "why?"])
def test_without_history_nothing_is_changed(question):
    assert make_standalone(question, []).text == question


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Is it safe?", "Is magnesium safe?"),
        ("what does it cost?", "what does magnesium cost?"),
        ("tell me more", "Tell me more about magnesium."),
    ],
)
def test_a_pronoun_stands_for_the_topic(question, expected):
    assert ask(question, MAGNESIUM) == expected


def test_a_question_that_names_nothing_gets_the_topic():
    assert "magnesium" in ask("how much should I take?", MAGNESIUM)


def test_a_new_phrase_takes_the_place_of_the_one_it_is_like():
    def likeness(_, others):
        return [0.6 if other == "sleep" else 0.1 for other in others]

    assert (
        ask("what about migraine?", MAGNESIUM, likeness=likeness)
        == "Does magnesium help with migraine?"
    )
    assert ask("what about zinc?", MAGNESIUM) == "Does zinc help with sleep?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("tell me more about the second one", "Reintroduction of the test diet"),
        ("what is number 1", "Restriction of the test diet"),
        ("how long does the last one take", "Personal plan"),
        ("compare the first one and the last one", "Restriction of the test diet and Personal"),
    ],
)
def test_an_ordinal_stands_for_the_item_of_the_last_list(question, expected):
    assert expected in ask(question, STAGES)


@pytest.mark.parametrize("question", ["what should I do first", "how long will the effects last?"])
def test_what_only_looks_like_an_ordinal_counts_nothing(question):
    assert ask(question, STAGES).casefold().startswith(question[:-1].casefold())


def test_an_ordinal_beyond_the_list_is_left():
    assert "seventh one" in ask("tell me more about the seventh one", STAGES)


def test_the_study_just_mentioned_is_named_by_what_was_told_of_it():
    text = ask("which study was that?", MAGNESIUM)

    assert text.startswith("Which study says this: A small trial found")


def test_why_takes_the_sense_of_the_answer():
    history = [
        Turn("user", "Can I drive after sedation?"),
        Turn("assistant", "Do not drive for 24 hours. [1]"),
    ]

    assert ask("why?", history) == "Why can I not drive after sedation?"


def test_words_that_drop_the_topic_are_dropped_with_it():
    alone = make_standalone("something else: is it open on Sundays?", MAGNESIUM)

    assert alone == type(alone)("is it open on Sundays?", None, leans=False)


def test_the_topic_follows_the_conversation():
    history = [
        *MAGNESIUM,
        Turn("user", "What is a gastroscopy?"),
        Turn("assistant", "A gastroscopy is a test in which a doctor looks at the stomach. [1]"),
    ]

    assert ask("does it hurt?", history) == "does a gastroscopy hurt?"


def test_the_same_history_gives_the_same_text():
    assert ask("is it safe?", STAGES + MAGNESIUM) == ask("is it safe?", STAGES + MAGNESIUM)


ROUTES = [
    Turn("user", "How does the gut talk to the brain?"),
    Turn(
        "assistant",
        "There are three ways: [1]\n- 1. The vagus nerve (a direct line) [2]\n"
        "- 2. Messengers [3]\n- 3. The immune system and short-chain fatty acids (SCFAs) [4]",
    ),
]
REFUSED = Turn("assistant", "The articles don’t answer this. Please ask the clinic or your doctor.")
TRIAL = [
    Turn("user", "What did the trial in Lancet find?"),
    Turn("assistant", "Researchers put two groups on two diets, and inflammation fell. [1]"),
]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("tell me more about the second one", "Messengers"),
        ("and the third?", "The immune system and short-chain fatty acids"),
    ],
)
def test_an_item_is_named_without_its_own_number(question, named):
    assert named in ask(question, ROUTES)
    assert "2." not in ask(question, ROUTES)


def test_an_ordinal_counts_in_the_newest_answer_that_has_a_list():
    history = [*ROUTES, Turn("user", "tell me more about the second one"), REFUSED]

    assert ask("and the first?", history) == "The vagus nerve?"


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Which papers is that based on?", "Which study says this: A small trial found"),
        ("What is that based on?", "Which source says this: A small trial found"),
    ],
)
def test_what_was_said_is_traced_however_it_is_asked(question, read):
    alone = make_standalone(question, MAGNESIUM)

    assert alone.aside
    assert alone.text.startswith(read)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Is that better than zinc?", "Is magnesium better than zinc?"),
        ("is that safe for kids", "is magnesium safe for kids"),
    ],
)
def test_what_is_compared_or_judged_is_the_topic(question, read):
    assert ask(question, MAGNESIUM) == read


def test_the_people_of_a_study_have_its_bacteria():
    assert (
        ask("What happened to their bacteria?", TRIAL) == "What happened to the groups' bacteria?"
    )


def test_nothing_leans_on_a_refusal():
    history = [Turn("user", "Does magnesium cure migraine?"), REFUSED]

    assert "articles" not in ask("Does it help with sleep?", history)
    assert "articles" not in ask("which study is that from?", history)


@pytest.mark.parametrize(
    ("asked", "back", "reply", "expected"),
    [
        (
            "what may i eat the day before the test",
            "Which test do you mean?",
            "colonoscopy",
            "what may i eat the day before the test, colonoscopy?",
        ),
        ("hello there", "Hello! What would you like to know?", "probiotics", "probiotics"),
        (
            "what may i eat the day before the test",
            "Which test do you mean?",
            "How long does a colonoscopy take?",
            "How long does a colonoscopy take?",
        ),
    ],
    ids=["what was asked is completed", "a greeting asks for nothing", "a question is its own"],
)
def test_a_reply_to_a_question_back_completes_what_was_asked(asked, back, reply, expected):
    assert ask(reply, [Turn("user", asked), Turn("assistant", back)]) == expected
