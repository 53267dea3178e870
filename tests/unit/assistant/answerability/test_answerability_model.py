import time

import numpy as np
import pytest

from assistant.answerability import AnswerabilityModel, Candidate

MAGNESIUM = [
    Candidate("Magnesium helps muscles and nerves to relax.", "Magnesium > What it does"),
    Candidate("Nuts, seeds and wholegrain bread contain magnesium.", "Magnesium > Food"),
    Candidate("Some forms of magnesium are absorbed better than others.", "Magnesium > Forms"),
]
DOSE = Candidate("Adults need about 300 mg of magnesium a day.", "Magnesium > How much")


@pytest.fixture(scope="module")
def model() -> AnswerabilityModel:
    return AnswerabilityModel.from_package()


def test_the_stating_sentence_scores_above_its_neighbours(model: AnswerabilityModel) -> None:
    scores = model.score("How much magnesium a day?", [*MAGNESIUM, DOSE], [0.6] * 4)
    assert int(np.argmax(scores)) == 3


def test_a_near_miss_is_less_probable_than_an_answer(model: AnswerabilityModel) -> None:
    question = "How much magnesium do adults need a day?"
    answered = model.probability(question, [*MAGNESIUM, DOSE], [0.6, 0.6, 0.6, 0.7])
    missed = model.probability(question, MAGNESIUM, [0.6, 0.6, 0.6])
    assert answered > missed


def test_the_assessment_says_what_is_missing(model: AnswerabilityModel) -> None:
    assessment = model.assess("Is magnesium safe in pregnancy?", MAGNESIUM, [0.6] * 3)
    assert "pregnancy" in {word.text for word in assessment.missing}
    assert assessment.best == int(np.argmax(assessment.scores))
    assert 0 < assessment.probability < 1


def test_nothing_found_is_never_an_answer(model: AnswerabilityModel) -> None:
    assert model.probability("How much magnesium?", [], []) == 0
    assert model.score("How much magnesium?", [], []).shape == (0,)


def test_every_candidate_has_its_cosine(model: AnswerabilityModel) -> None:
    with pytest.raises(ValueError, match="shorter"):
        model.score("How much magnesium?", MAGNESIUM, [0.5])


def test_two_runs_give_the_same_bytes(model: AnswerabilityModel) -> None:
    first = model.score("How much magnesium a day?", MAGNESIUM, [0.6] * 3)
    again = AnswerabilityModel.from_package().score(
        "How much magnesium a day?", MAGNESIUM, [0.6] * 3
    )
    assert first.tobytes() == again.tobytes()


@pytest.mark.integration
def test_sixteen_candidates_are_weighed_in_less_than_a_third_of_a_second(
    model: AnswerabilityModel,
) -> None:
    candidates = [Candidate(c.sentence + f" {n}", c.context) for n in range(4) for c in MAGNESIUM]
    model.assess("How much magnesium a day?", candidates, [0.6] * 12)
    began = time.perf_counter()
    model.assess("How much zinc a day?", candidates, [0.6] * 12)
    assert time.perf_counter() - began < 0.3
