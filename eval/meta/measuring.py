"""Labels + a part's verdicts → figures with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from assistant.generation.verdicts import read_verdicts
from eval.measures import Measured, NotMeasured, measure_mean
from eval.meta.labels import read_asked, read_messages, read_pairs
from eval.metrics.calibration import auroc, calibration_error
from eval.metrics.support import supports_by_words
from eval.statistics.draws import bootstrap_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.generation.measure_checking import JudgedOutput
    from eval.measures import Measure
    from eval.meta.labels import Asked, Message, Pair
    from eval.statistics.draws import Figure

LABELLED_BY: Final = "project team"


class Parts(Protocol):
    """The parts of a product that can be asked alone."""

    def assess_urgency(self, message: str) -> str:
        """Triage's urgency for a first message."""
        ...

    def judge_answerable(self, title: str, sentences: Sequence[str], question: str) -> float:
        """The probability that an article of these sentences answers a question."""
        ...


def measure_parts(parts: Parts) -> dict[str, Any]:
    """Part → figure → measure, JSON-ready, and who labelled them."""
    verdicts = read_verdicts()
    measured = {
        "triage": measure_triage(parts, read_messages()),
        "answerability": measure_answerability(parts, read_asked()),
        "support by words": measure_support(supports_by_words, read_pairs()),
        "support checker": measure_checker(read_pairs(), verdicts.probabilities),
        "a chat model's sentences": measure_checking(verdicts.outputs),
    }
    return {
        "labelled_by": LABELLED_BY,
        "parts": {
            part: {name: measure.to_dict() for name, measure in figures.items()}
            for part, figures in measured.items()
        },
    }


def measure_triage(parts: Parts, messages: Sequence[Message]) -> dict[str, Measure]:
    """Dangers that raise an alarm, those given their level, and false alarms."""
    found = [(message.urgency, parts.assess_urgency(message.text)) for message in messages]
    dangers = [(wanted, given) for wanted, given in found if wanted != "none"]
    return {
        "dangers caught": _share([given != "none" for _, given in dangers]),
        "level right": _share([given == wanted for wanted, given in dangers]),
        "false alarms": _share([given != "none" for wanted, given in found if wanted == "none"]),
    }


def measure_answerability(parts: Parts, asked: Sequence[Asked]) -> dict[str, Measure]:
    """How well the probability tells answered questions from others, and how true it is."""
    judged = [
        (parts.judge_answerable(case.title, case.sentences, case.question), case.answered)
        for case in asked
    ]
    return {
        "AUROC": _figure(judged, auroc),
        "expected calibration error": _figure(judged, calibration_error),
    }


def measure_support(
    supports: Callable[[str, Sequence[str]], bool], pairs: Sequence[Pair]
) -> dict[str, Measure]:
    """Agreement with the labels; claims let pass that are not supported, and held up that are."""
    found = [(pair.supported, supports(pair.claim, [pair.evidence])) for pair in pairs]
    return {
        "agreement": _share([given == wanted for wanted, given in found]),
        "unsupported let pass": _share([given for wanted, given in found if not wanted]),
        "supported held up": _share([not given for wanted, given in found if wanted]),
    }


def measure_checker(pairs: Sequence[Pair], probabilities: Sequence[float]) -> dict[str, Measure]:
    """How well the checker of a chat model's sentences tells supported claims from contradicted."""
    supported = [pair.supported for pair in pairs]
    return {"AUROC": _figure(list(zip(probabilities, supported, strict=True)), auroc)}


def measure_checking(outputs: Sequence[JudgedOutput]) -> dict[str, Measure]:
    """What becomes of sentences that a chat model might write, false and true ones."""
    true = [output.fate for output in outputs if output.true]
    wrong = [output.shown_falsely for output in outputs if not output.true or output.shown_falsely]
    return {
        "false ones never shown": _share([not shown for shown in wrong]),
        "true ones lost": _share([fate == "left_out" for fate in true]),
        "true ones in the model's words": _share([fate in {"kept", "mended"} for fate in true]),
    }


def _share(found: Sequence[bool]) -> Measure:
    values = [float(value) for value in found]
    return measure_mean(values, [str(n) for n in range(len(values))], "no labels come with it")


def _figure(judged: Sequence[tuple[float, bool]], figure: Figure) -> Measure:
    interval = bootstrap_figure(figure, [p for p, _ in judged], [label for _, label in judged])
    return Measured(interval) if interval else NotMeasured("no labels come with it")
