"""The whole way from a question to a cited answer, on the real library with the real model."""

import re

import pytest

from assistant.assistant import Assistant
from assistant.intake import restrains
from assistant.settings import load_settings

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def assistant(starter_home):
    return Assistant.open(load_settings(starter_home))


@pytest.fixture(scope="module")
def seed_assistant(seeds, tmp_path_factory):
    from index.build import build_index

    home = tmp_path_factory.mktemp("seeds") / "home"
    settings = load_settings(home)
    build_index(settings, [str(seeds)])
    return Assistant.open(settings)


def check_citations(assistant, answer):
    """Every marker has its source, numbers run from 1 in order of first use, quotes are slices."""
    used = list(dict.fromkeys(int(n) for n in re.findall(r"\[(\d+)\]", answer.text)))
    assert used == [source.n for source in answer.sources] == list(range(1, len(used) + 1))
    for source in answer.sources:
        text = assistant.article(source.article_id).text
        assert source.quote == text[source.start : source.end]
        assert source.quote in source.passage or source.passage in source.quote


def test_products_are_told_to_be_for_sale(assistant):
    answer = assistant.invoke({"question": "Which products does the amino acid article link to?"})
    check_citations(assistant, answer)
    assert "Amino Balance" in answer.text
    assert "for sale" in answer.notice


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is butyrate?", "answer"),
        ("I am pregnant. What is butyrate?", "answer"),
        ("How long should I fast before a gastroscopy?", "answer"),
        ("What are the opening hours of the clinic?", "answer"),
        ("Who wrote the article about the vagus nerve?", "answer"),
        ("Who is Leah Osei?", "answer"),
        ("How old is Leah Osei?", "abstain"),
        ("What is the capital of France?", "abstain"),
        ("Who won the football world cup?", "abstain"),
        ("hello", "smalltalk"),
        ("thank you so much", "smalltalk"),
        ("tell me more", "abstain"),
        ("varför", "abstain"),
        ("Has a doctor checked the article about adaptogens?", "answer"),
        ("er det et menneske der svarer mig", "smalltalk"),
        ("är det gratis att använda dig", "smalltalk"),
        ("can you help me sleep better", "answer"),
        ("my chest feels crushed and my left arm is numb", "guidance"),
    ],
)
def test_each_question_gets_its_kind_of_answer(assistant, question, kind):
    answer = assistant.invoke({"question": question})
    assert answer.kind == kind
    check_citations(assistant, answer)
    assert bool(answer.sources) == (kind == "answer")


def test_the_threshold_of_a_question_goes_before_the_setting(assistant):
    question = {"question": "What is butyrate?"}
    assert assistant.invoke({**question, "answer_threshold": 1.0}).kind == "abstain"
    assert assistant.invoke(question).kind == "answer"


def test_who_asks_english_articles_in_danish_is_told_to_ask_in_english(assistant):
    answer = assistant.invoke({"question": "Hvad er en koloskopi?"})
    assert answer.kind == "abstain"
    assert "spørge på engelsk" in answer.notice
    assert assistant.invoke({"question": "What is the capital of France?"}).notice is None


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("I get bloated after bread. Do I have coeliac disease?", "a doctor who examines you"),
        ("Can I stop taking my sertraline now that I eat kefir?", "your doctor decides with you"),
        ("Har jeg cøliaki? Jeg får oppustet mave efter brød", "en læge, der undersøger dig"),
    ],
    ids=["a diagnosis", "leave to stop a medicine", "a diagnosis in Danish"],
)
def test_what_only_a_doctor_can_judge_is_left_to_one(assistant, question, says):
    answer = assistant.invoke({"question": question})
    assert (answer.kind, answer.sources) == ("abstain", ())
    assert says in answer.text


@pytest.mark.parametrize(
    ("question", "says", "judged"),
    [
        (
            "I take venlafaxine. Can I cut down my tablets because I take a psychobiotic?",
            "Do not stop or reduce a prescribed medicine because you take a psychobiotic.",
            True,
        ),
        (
            "How long should I leave between my levothyroxine and a magnesium tablet?",
            "at least 4 hours",
            False,
        ),
    ],
    ids=["leave to take less", "time between two"],
)
def test_what_an_article_says_of_changing_nothing_is_said(assistant, question, says, judged):
    answer = assistant.invoke({"question": question})
    assert answer.kind == "answer"
    assert says in answer.text
    assert ("your doctor decides with you" in answer.notice) is judged
    assert all(restrains(source.quote) for source in answer.sources) or not judged


def test_help_comes_first_and_alone(assistant):
    answer = assistant.invoke({"question": "I want to kill myself. What is serotonin?"})
    assert (answer.kind, answer.urgency) == ("guidance", "crisis")
    assert not answer.sources


def test_alarm_signs_stand_above_the_answer(assistant):
    answer = assistant.invoke({"question": "There is blood in my stool. What is a colonoscopy?"})
    assert answer.urgency == "urgent"
    assert answer.notice


def test_a_follow_up_is_understood_in_its_conversation(assistant):
    history = [
        {"role": "user", "content": "What does magnesium do in the body?"},
        {
            "role": "assistant",
            "content": "Magnesium helps with passing signals between nerves. [1]",
        },
    ]
    answer = assistant.invoke({"question": "How much of it do adults need?", "history": history})
    assert "magnesium" in answer.standalone_question.casefold()
    assert answer.kind == "answer"
    assert "mg" in answer.text


def test_a_bare_source_gives_the_reference_of_what_was_just_said(assistant):
    said = "A meta-analysis of 12 trials with 1,002 people found less anxiety and stress with "
    said += "ashwagandha than with placebo, but rated the certainty of the evidence as low."
    history = [
        {"role": "user", "content": "Does ashwagandha help with stress?"},
        {"role": "assistant", "content": f"{said} [1]"},
    ]
    answer = assistant.invoke({"question": "source?", "history": history})
    assert said.rstrip(".") in answer.standalone_question
    assert answer.text.startswith(said)
    assert answer.sources[1].references[0].number == 2
    check_citations(assistant, answer)


def test_the_same_question_gets_the_same_bytes(assistant):
    first, second = (
        {**assistant.invoke({"question": "What is butyrate?"}).to_dict(), "latency_ms": 0}
        for _ in range(2)
    )
    assert first == second


def test_streams_whole_answers(assistant):
    snapshots = list(assistant.stream({"question": "How is IBS diagnosed?"}))
    for snapshot in snapshots:
        check_citations(assistant, snapshot)
    assert len(snapshots) == len(snapshots[-1].sentences) > 1


def test_suggested_questions_are_answered(assistant):
    questions = assistant.suggestions("en")
    assert questions
    kinds = [assistant.invoke({"question": question}).kind for question in questions]
    assert kinds.count("answer") >= len(kinds) - 1


def test_the_trials_are_counted_with_their_reference(seed_assistant):
    answer = seed_assistant.invoke(
        {"question": "How many trials were in the psychobiotics meta-analysis?"}
    )
    assert answer.kind == "answer"
    assert "72" in answer.text
    references = [r for source in answer.sources for r in source.references]
    assert (5, "41310510") in [(r.number, r.pmid) for r in references]
    check_citations(seed_assistant, answer)


def test_a_list_is_given_whole(seed_assistant):
    answer = seed_assistant.invoke({"question": "How does magnesium help?"})
    assert answer.kind == "answer"
    assert answer.text.count("\n- ") == 4


def test_what_the_articles_do_not_say_is_said(seed_assistant):
    answer = seed_assistant.invoke({"question": "What is the capital of France?"})
    assert answer.kind == "abstain"
    assert not answer.sources


def test_whoever_asks_on_after_an_abstention_is_not_told_the_same_again(assistant):
    question = "What does a gastroscopy cost?"
    first = assistant.invoke({"question": question})
    said = [("user", question), ("assistant", first.text)]
    for _ in range(2):
        history = [{"role": role, "content": content} for role, content in said]
        more = assistant.invoke({"question": "Tell me more", "history": history})
        assert (more.kind, more.text) != (first.kind, first.text)
        assert more.follow_ups
        said += [("user", "Tell me more"), ("assistant", more.text)]
    again = assistant.invoke({"question": question, "history": history})
    assert again.text == first.text


def test_a_study_is_found_by_its_reference_and_no_other_number_is_given_for_the_one_asked(
    assistant,
):
    assert "PubMed ID: 25860609" in assistant.invoke({"question": "Yano 2015 Cell PMID"}).text
    other = assistant.invoke({"question": "What is the PMID of Kaelberer's paper in Science?"})
    assert other.kind == "abstain"
    assert any("Kaelberer" in source.quote for source in other.related)


def test_a_question_in_two_parts_is_read_as_one(assistant):
    question = (
        "What is the upper limit for magnesium supplements according to the European experts, "
        "and what does the NHS say?"
    )
    answer = assistant.invoke({"question": question})
    assert "250 mg" in answer.text
    assert "400 mg" in answer.text
    assert "other part" not in (answer.notice or "")
    both = assistant.invoke({"question": "What is SIBO and how is it treated?"})
    assert "means that" in both.sentences[0].text
    assert any("Treatment" in sentence.text for sentence in both.sentences[1:])


def test_who_wrote_this_is_asked_back_until_an_article_is_named(assistant):
    asked_back = assistant.invoke({"question": "who wrote this?"})
    assert asked_back.kind == "abstain"
    assert len(asked_back.choices) == 3
    chosen = assistant.invoke({"question": asked_back.choices[0]})
    assert chosen.kind == "answer"
    assert chosen.sources[0].title in asked_back.choices[0]


def test_a_website_is_its_main_publishers(assistant):
    answer = assistant.invoke({"question": "who is behind this website?"})
    assert "Published by Harbour Clinic" in answer.text
    assert "Published by Harbour Clinic" in answer.sources[-1].quote


def test_thanks_for_an_answer_carry_nothing_on(assistant):
    asked = "How much magnesium do adults need a day?"
    said = assistant.invoke({"question": asked}).text
    history = [{"role": "user", "content": asked}, {"role": "assistant", "content": said}]
    for thanks in ("ok thank you!", "ok got it"):
        assert assistant.invoke({"question": thanks, "history": history}).kind == "smalltalk"


def test_who_asks_for_more_is_told_what_the_article_says_next(assistant):
    asked = "What does magnesium do in the body?"
    said = assistant.invoke({"question": asked})
    history = [{"role": "user", "content": asked}, {"role": "assistant", "content": said.text}]
    more = assistant.invoke({"question": "go on", "history": history})
    assert more.kind == "answer"
    assert {s.article_id for s in more.sources} <= {s.article_id for s in said.sources}
    assert not {s.quote for s in more.sources} & {s.quote for s in said.sources}
