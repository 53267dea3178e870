import pytest

from assistant.answerability import AnswerType, expected_answer, states


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How much magnesium a day?", "amount"),
        ("what dose should an adult take", "amount"),
        ("What does a colonoscopy cost?", "price"),
        ("how long until probiotics work", "duration"),
        ("Who wrote this article?", "person"),
        ("When was this published?", "date"),
        ("where is the clinic", "place"),
        ("is it safe in pregnancy?", "advice_for_whom"),
        ("can i take omega 3 with warfarin", "advice_for_whom"),
        ("which is better, glycinate or citrate", "comparison"),
        ("What foods contain tryptophan?", "list"),
        ("how does the vagus nerve work", "mechanism"),
        ("Does stress cause IBS?", "yes_no"),
        ("What is SIBO?", "definition"),
        ("best probiotic for anxiety", "other"),
    ],
)
def test_the_kind_of_answer_is_told_from_the_question(question: str, expected: str) -> None:
    assert expected_answer(question) == expected


@pytest.mark.parametrize(
    ("kind", "stating", "silent"),
    [
        (AnswerType.AMOUNT, "Adults need 300 mg a day.", "Adults need it every day."),
        (AnswerType.PRICE, "The visit costs 900 kr.", "The visit takes an hour."),
        (AnswerType.DURATION, "It works within two weeks.", "It works for most people."),
        (AnswerType.DATE, "It was described in 1932.", "It was described long ago."),
    ],
)
def test_a_sentence_holds_the_kind_or_does_not(kind: AnswerType, stating: str, silent: str) -> None:
    assert states(kind, stating)
    assert not states(kind, silent)


def test_kinds_without_an_outward_mark_are_never_ruled_out() -> None:
    assert states(AnswerType.OTHER, "Anything.")
