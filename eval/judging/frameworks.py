"""Metrics of Ragas and DeepEval as judges of answers, asked through any LangChain chat model.

Both are extras and imported here alone. Both report their use to their makers unless told not to:
that is switched off before they are imported.
"""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from assistant.generation import recording
from eval.judging.judgement import repeat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from langchain_core.language_models import BaseChatModel

    from eval.judging.judgement import Judged, Judgement

    Measure = Callable[[Judged], float]


@dataclass(frozen=True, slots=True)
class FrameworkJudge:
    """The metrics of a framework, as one judge.

    Attributes:
        framework: its package.
        model: how the report names the chat model.
        repeats: how often each metric is asked for.
        measures: metric → how an answer is measured.
        needs_facts: those that can be measured only where it is known what must be said.
        compared: the metric that is held against the labels.
    """

    framework: str
    model: str
    repeats: int
    measures: Mapping[str, Measure]
    compared: str
    needs_facts: frozenset[str] = frozenset()

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names of its metrics."""
        return tuple(self.measures)

    def describe(self) -> dict[str, Any]:
        """What a manifest says of it."""
        made_by = {self.framework: version(self.framework)}
        return {"model": self.model, "repeats": self.repeats, **made_by}

    def judge_answer(self, judged: Judged) -> dict[str, Judgement]:
        """The judgement of each metric that the case allows; no tracer of LangChain's hears it."""
        with recording(on=False):
            return {
                name: repeat(partial(measure, judged), self.repeats)
                for name, measure in self.measures.items()
                if judged.facts or name not in self.needs_facts
            }


def open_ragas(model: BaseChatModel, name: str, repeats: int) -> FrameworkJudge:
    """Ragas' faithfulness, and its factual correctness against what must be said.

    Source: Es et al. 2023, arXiv 2309.15217.
    """
    os.environ["RAGAS_DO_NOT_TRACK"] = "true"
    with warnings.catch_warnings():
        # Its wrapper for LangChain and these classes are deprecated, and still the documented way.
        warnings.simplefilter("ignore")
        from ragas import RunConfig, SingleTurnSample
        from ragas.llms import LangchainLLMWrapper
        from ragas.metrics import FactualCorrectness, Faithfulness

        asked_once = RunConfig(max_retries=1)
        wrapped = LangchainLLMWrapper(model, asked_once)
        faithfulness = Faithfulness(llm=wrapped)
        correctness = FactualCorrectness(llm=wrapped)

    def measure(metric: Any) -> Measure:
        def score(judged: Judged) -> float:
            sample = SingleTurnSample(
                user_input=judged.question,
                response=judged.text,
                retrieved_contexts=list(judged.quotes),
                reference="\n".join(judged.facts),
            )
            return float(metric.single_turn_score(sample))

        return score

    return FrameworkJudge(
        framework="ragas",
        model=name,
        repeats=repeats,
        measures={
            "ragas_faithfulness": measure(faithfulness),
            "ragas_factual_correctness": measure(correctness),
        },
        compared="ragas_factual_correctness",
        needs_facts=frozenset({"ragas_factual_correctness"}),
    )


def open_deepeval(model: BaseChatModel, name: str, repeats: int) -> FrameworkJudge:
    """DeepEval's faithfulness to what is cited, and its relevancy of the answer."""
    os.environ |= {"DEEPEVAL_TELEMETRY_OPT_OUT": "1", "DEEPEVAL_DISABLE_DOTENV": "1"}
    from deepeval.metrics import AnswerRelevancyMetric, FaithfulnessMetric
    from deepeval.models import DeepEvalBaseLLM
    from deepeval.test_case import LLMTestCase

    class Wrapped(DeepEvalBaseLLM):  # type: ignore[misc]  # the package has no types here
        """A LangChain chat model as DeepEval asks it: text in, text out."""

        def load_model(self) -> BaseChatModel:
            return model

        def generate(self, prompt: str) -> str:
            return model.invoke(prompt).text

        async def a_generate(self, prompt: str) -> str:
            return (await model.ainvoke(prompt)).text

        def get_model_name(self) -> str:
            return name

    def measure(kind: Any) -> Measure:
        def score(judged: Judged) -> float:
            metric = kind(model=Wrapped(name), include_reason=False, async_mode=False)
            case = LLMTestCase(
                input=judged.question,
                actual_output=judged.text,
                retrieval_context=list(judged.quotes),
            )
            metric.measure(case, _show_indicator=False)
            return float(metric.score)

        return score

    return FrameworkJudge(
        framework="deepeval",
        model=name,
        repeats=repeats,
        measures={
            "deepeval_faithfulness": measure(FaithfulnessMetric),
            "deepeval_relevancy": measure(AnswerRelevancyMetric),
        },
        compared="deepeval_relevancy",
    )
