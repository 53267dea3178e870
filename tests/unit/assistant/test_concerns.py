"""What a question touches: the classifier on unseen questions, and what it leads to."""

import tomllib
from dataclasses import replace
from types import SimpleNamespace

import pytest

from assistant.answer import Answer
from assistant.concerns import allows_answer, find_concerns, find_judgement
from assistant.concerns.classifier import FOLDER
from assistant.notices import notice_for
from prompts.replies import load_replies

# Shares found and falsely found on `held_out.toml` that training must at least reach.
LEAST_FOUND = {"medicine": 0.8, "pregnancy": 0.75, "children": 0.6, "operation": 0.85}
LEAST_FOUND |= {"diagnosis": 0.8, "stop_medicine": 0.9}
MOST_FALSE = 0.04


@pytest.fixture(scope="module")
def judged(embedder):
    rows = tomllib.loads((FOLDER / "held_out.toml").read_text(encoding="utf-8"))["questions"]
    asked = [(text, frozenset(row["labels"])) for row in rows for text in row["texts"]]
    vectors = embedder.encode([text for text, _ in asked])
    return [(own, find_concerns(text, v)) for (text, own), v in zip(asked, vectors, strict=True)]


@pytest.mark.parametrize("concern", LEAST_FOUND)
def test_a_concern_is_found_and_seldom_found_falsely(judged, concern):
    touching = [concern in found for own, found in judged if concern in own]
    others = [concern in found for own, found in judged if concern not in own]
    assert sum(touching) >= LEAST_FOUND[concern] * len(touching)
    assert sum(others) <= MOST_FALSE * len(others)


@pytest.mark.parametrize(
    ("question", "concerns", "judgement"),
    [
        ("can I stop it", {"stop_medicine", "medicine"}, "stop_medicine"),
        ("can I stop it", {"stop_medicine"}, None),
        ("he is 5, double it?", {"stop_medicine", "children"}, "stop_medicine"),
        ("does she have it", {"diagnosis", "children"}, "diagnosis"),
        ("how many people have it", {"diagnosis"}, None),
        ("what does it do to me", {"medicine"}, None),
    ],
    ids=[
        "a medicine to stop",
        "something to stop",
        "a child's dose",
        "a child",
        "nobody",
        "a medicine",
    ],
)
def test_only_a_doctor_judges(question, concerns, judgement):
    assert find_judgement(question, dict.fromkeys(concerns, 1.0)) == judgement


def test_a_certain_diagnosis_needs_no_word_for_a_person():
    assert find_judgement("tired and pale. is it coeliac?", {"diagnosis": 4.0}) == "diagnosis"


@pytest.mark.parametrize(
    ("judgement", "odds", "allowed"),
    [("diagnosis", 1.0, True), ("diagnosis", 4.0, False), ("stop_medicine", 1.0, False)],
    ids=["perhaps a diagnosis", "surely a diagnosis", "a medicine"],
)
def test_a_general_answer_is_given_where_only_perhaps_a_diagnosis_is_asked(
    judgement, odds, allowed
):
    assert allows_answer(judgement, {judgement: odds}) is allowed


def test_whoever_may_have_asked_for_a_diagnosis_is_told_that_none_is_given():
    answer = Answer("Will my IBS turn into cancer?", "q", "answer", "none", "It does not.")
    told = notice_for(answer, "en", {}, "diagnosis")
    assert told == load_replies("en")["judgement.diagnosis"]


def test_whoever_asks_for_themselves_is_told_of_whom_an_amount_is_said():
    quote, section = "They get 300 mg a day.", ("Adults", "Men")
    dosed = SimpleNamespace(quote=quote, section=section, commercial=False, language="en")
    answer = Answer("How much should I take?", "q", "answer", "none", quote, sources=(dosed,))
    told = notice_for(answer, "en", {"medicine", "pregnancy"})
    assert told.startswith("The amounts are what the article says under “Men”, of the people")
    assert told.endswith(load_replies("en")["notice.pregnancy"])
    assert notice_for(replace(answer, question="How much do men get?"), "en", set()) is None


@pytest.mark.parametrize(
    ("said", "concerns", "notices"),
    [
        ("Kefir holds bacteria.", set(), []),
        ("The usual dose is 20 mg.", set(), ["medicine"]),
        ("Kefir holds bacteria.", {"pregnancy", "operation"}, ["pregnancy", "operation"]),
    ],
    ids=["nothing", "an answer that names a dose", "a question that touches two"],
)
def test_notices_fit_question_and_answer(said, concerns, notices):
    answer = Answer("q", "q", "answer", "none", said)
    texts = [load_replies("en")[f"notice.{name}"] for name in notices]
    assert notice_for(answer, "en", concerns) == (" ".join(texts) or None)


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("No antibiotics in the 4 weeks before the test.", True),
        ("Do not stop an antidepressant on your own.", True),
        ("The large nutritional medicine studies show that kefir calms.", False),
        ("Adaptogens | Benefit of Supplementation", False),
        ("People who ate 25 g of fibre a day lived longer.", False),
    ],
)
def test_the_notice_on_medicines_stands_where_an_answer_says_what_to_do_with_one(said, fits):
    told = notice_for(Answer("q", "q", "answer", "none", said), "en", set())
    assert (told is not None) is fits


def test_what_a_pack_holds_is_no_amount_that_anybody_takes():
    pack = "Probiotic 55 Billion, 30 capsules – Trace Minerals"
    source = SimpleNamespace(quote=pack, section=("Popular",), commercial=False, language="en")
    answer = Answer("Where can I get one?", "q", "answer", "none", pack, sources=(source,))
    assert notice_for(answer, "en", set()) is None
