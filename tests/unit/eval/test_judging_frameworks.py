"""Metrics of Ragas and DeepEval through a chat model; runs where the extra is installed."""

import json
from importlib.util import find_spec

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langsmith.utils import get_env_var, tracing_is_enabled

from eval.judging import Judged
from eval.judging.frameworks import FrameworkJudge, open_deepeval, open_ragas

# What the frameworks themselves warn of is not this project's to mend.
pytestmark = pytest.mark.filterwarnings("ignore")

QUOTE = "Zinc was named in 1526."
ANSWER = Judged("When was zinc named?", QUOTE, (QUOTE,), (QUOTE,))
SAID = {"truths": [QUOTE], "claims": [QUOTE], "statements": [QUOTE]}
VERDICT = {"verdicts": [{"verdict": "no", "reason": "paper"}]}
INFERRED = {"statements": [{"statement": QUOTE, "reason": "paper", "verdict": 1}]}


class Paper(GenericFakeChatModel):
    """Replies as both frameworks want it: all is inferred (Ragas), nothing holds (DeepEval)."""

    def _generate(self, messages, *args, **kwargs):
        asked = messages[-1].text.casefold()
        inferring = "natural language inference" in asked or "faithfulness of a series" in asked
        reply = INFERRED if inferring else SAID | VERDICT
        return ChatResult(generations=[ChatGeneration(message=AIMessage(json.dumps(reply)))])


@pytest.mark.parametrize(
    ("package", "open_metrics", "expected"),
    [
        ("ragas", open_ragas, {"ragas_faithfulness": 1, "ragas_factual_correctness": 1}),
        ("deepeval", open_deepeval, {"deepeval_faithfulness": 0, "deepeval_relevancy": 0}),
    ],
    ids=["ragas", "deepeval"],
)
def test_a_framework_judges_through_a_langchain_model(package, open_metrics, expected):
    if find_spec(package) is None:
        pytest.skip(f"pip install 'gutbrain[{package}]' in an environment of its own")
    judge = open_metrics(Paper(messages=iter(())), "paper:judge", 2)
    judgements = judge.judge_answer(ANSWER)
    assert {name: each.score for name, each in judgements.items()} == expected
    assert {each.spread for each in judgements.values()} == {0}
    assert set(judge.describe()) == {"model", "repeats", package}


@pytest.fixture
def fresh_variables():
    """LangSmith keeps what it once read of the environment."""
    get_env_var.cache_clear()
    yield
    get_env_var.cache_clear()


@pytest.mark.usefixtures("fresh_variables")
def test_no_tracer_that_another_program_switched_on_is_told(monkeypatch):
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    told = []

    def measure(_):
        told.append(bool(tracing_is_enabled()))
        return 1.0

    judge = FrameworkJudge("ragas", "paper:judge", 2, {"measured": measure}, "measured")
    judge.judge_answer(ANSWER)
    assert told == [False, False]
    assert tracing_is_enabled()
