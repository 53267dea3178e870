"""A chat model as judge, tokens as LangChain counts them, and the parts that judge, judged."""

import math

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from assistant.settings import Settings
from assistant.stages import stage, timing_stages
from eval.errors import JudgeError
from eval.judging import ChatJudge, Judgement, open_judge
from eval.judging.chat_judge import read_grade
from eval.judging.frameworks import FrameworkJudge
from eval.judging.opening import ASKING
from eval.judging.scoring import score_by_judge
from eval.meta.labels import Asked, Message, Pair, read_asked, read_messages, read_pairs
from eval.meta.measuring import measure_answerability, measure_support, measure_triage
from eval.metering import metering
from eval.metrics.support import supports_by_words

QUOTE = "Zinc was named in 1526."


class Failing(GenericFakeChatModel):
    """A model whose server is gone."""

    def _generate(self, *args, **kwargs):
        raise ConnectionError


def make_model(*replies, kind=GenericFakeChatModel):
    usage = {"input_tokens": 100, "output_tokens": 1, "total_tokens": 101}
    named = {"model_name": "paper"}
    messages = (
        AIMessage(reply, usage_metadata=usage, response_metadata=named) for reply in replies
    )
    return kind(messages=messages)


def judge_with(*replies, repeats=1, kind=GenericFakeChatModel):
    return ChatJudge(make_model(*replies, kind=kind), "paper:judge", repeats)


@pytest.mark.parametrize(
    ("reply", "grade"),
    [("Yes.", 1), ("**partly**, since", 0.5), ("NO", 0), ("Probably yes", None), ("", None)],
)
def test_grades(reply, grade):
    assert read_grade(reply) == grade


def test_a_judge_that_changes_its_mind_shows_it():
    judge = judge_with("yes", "partly", "no", repeats=3)
    assert judge.judge("tone", answer=QUOTE) == Judgement(0.5, 1.0)


@pytest.mark.parametrize(
    ("judge", "reason"),
    [
        (judge_with("yes", kind=Failing), "the judge failed: ConnectionError"),
        (judge_with("It depends"), "the judge's reply was none of yes, partly and no"),
    ],
)
def test_a_judge_that_fails_measures_nothing(judge, reason):
    judgement = judge.judge("support", answer=QUOTE, quotes=[QUOTE])
    assert (judgement.score, judgement.reason) == (None, reason)


def test_scores_by_a_judge_and_its_agreement_with_the_labels(answer):
    scores = score_by_judge(judge_with("yes", "no", "no"), answer, ["1526"], right=True)
    assert scores == {
        "judge_support": 1,
        "judge_tone": 0,
        "judge_completeness": 0,
        "judge_spread": 0,
        "judge_agreement": 0,
    }
    scores = score_by_judge(judge_with("hm", "hm"), answer, [], right=True)
    assert set(scores) == {"judge_support", "judge_tone", "judge_spread"}
    assert scores["judge_spread"] == "the judge gave no verdict"


@pytest.fixture
def answer():
    from assistant.answer import Answer

    return Answer("When?", "When?", "answer", "none", f"{QUOTE} [1]")


def test_tokens_and_stages_are_counted_in_the_block_alone():
    model = make_model("a", "b", "c")
    model.invoke("before")
    search = stage("retrieval")(lambda: model.invoke("within"))
    with metering() as meter:
        search()
        search()
    assert meter.score_tokens() == {"input_tokens": 200, "output_tokens": 2}
    assert set(meter.stages_ms) == {"retrieval"}
    times = meter.latency_ms({"retrieval": 1e9})
    assert times["answer"] == pytest.approx(times["retrieval"] + times["rest"], abs=0.02)


def test_without_a_model_tokens_are_not_measured():
    with metering() as meter:
        pass
    assert meter.score_tokens()["input_tokens"] == "no chat model told of tokens"
    assert meter.latency_ms({"retrieval": 2.0})["retrieval"] == 2


def test_a_stage_that_fails_is_timed_and_raises():
    def fail():
        raise KeyError

    with timing_stages() as times, pytest.raises(KeyError):
        stage("search")(fail)()
    assert set(times) == {"search"}


class PaperParts:
    def assess_urgency(self, message):
        return "urgent" if "blood" in message else "none"

    def judge_answerable(self, title, sentences, question):
        return 0.9 if question in sentences else 0.1


def values(figures):
    return {name: measure.to_dict().get("value") for name, measure in figures.items()}


def test_the_parts_that_judge_are_judged_by_hand():
    messages = [
        Message("blood", "urgent"),
        Message("blood, much", "emergency"),
        Message("my chest", "emergency"),
        Message("blood test", "none"),
        Message("hello", "none"),
    ]
    assert values(measure_triage(PaperParts(), messages)) == {
        "dangers caught": pytest.approx(2 / 3),
        "level right": pytest.approx(1 / 3),
        "false alarms": 0.5,
    }
    asked = [
        Asked("Zinc", ("a", "b"), "a", answered=True),
        Asked("Zinc", ("a", "b"), "c", answered=False),
    ]
    figures = values(measure_answerability(PaperParts(), asked))
    assert figures == {"AUROC": 1, "expected calibration error": pytest.approx(0.1)}
    pairs = [
        Pair(QUOTE, QUOTE, supported=True),
        Pair("Zinc was not named in 1526.", QUOTE, supported=False),
        Pair("In 1526 somebody gave zinc its name.", QUOTE, supported=True),
        Pair("Zinc was named.", QUOTE, supported=False),
    ]
    assert values(measure_support(supports_by_words, pairs)) == {
        "agreement": 0.5,
        "unsupported let pass": 0.5,
        "supported held up": 0.5,
    }


def test_labels_come_with_the_program(tmp_path):
    asked, messages = read_asked(), read_messages()
    assert (len(asked), sum(case.answered for case in asked)) == (40, 24)
    assert {message.urgency for message in messages} == {"none", "urgent", "emergency", "crisis"}
    assert read_pairs(tmp_path / "missing") == []
    figures = measure_support(supports_by_words, [])
    assert figures["agreement"].to_dict()["state"] == "not measured"


@pytest.mark.parametrize("asking", ASKING[1:])
def test_the_metrics_of_a_framework_need_its_extra(asking, monkeypatch):
    monkeypatch.setattr("eval.judging.opening.find_spec", lambda name: None)
    with pytest.raises(JudgeError, match=rf"run pip install 'gutbrain\[{asking}\]'"):
        open_judge(Settings(), "openai:paper", asking=asking)


def test_a_hosted_judge_needs_consent():
    pytest.importorskip("langchain_openai")
    with pytest.raises(JudgeError, match=r"--judge names openai:paper.*--judge-url to a server"):
        open_judge(Settings(), "openai:paper")


def test_a_framework_that_gives_no_number_measures_nothing(answer):
    grades = iter([1.0, 0.5, 1.0, math.nan])
    judge = FrameworkJudge(
        "ragas",
        "paper:judge",
        2,
        {name: lambda judged: next(grades) for name in ("ragas_faithfulness", "other", "facts")},
        compared="other",
        needs_facts=frozenset({"facts"}),
    )
    assert score_by_judge(judge, answer, [], right=True) == {
        "ragas_faithfulness": 0.75,
        "other": "the judge gave no number",
        "judge_spread": 0.5,
        "judge_agreement": "the judge gave no number",
    }
