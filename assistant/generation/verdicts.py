"""What the checker made of the held-out cases, kept so that not every report asks it anew.

The record holds for the files that it was made from; where one has changed, the cases are judged.
`python -m assistant.generation.verdicts` writes it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.generation.measure_checking import CASES, JudgedOutput, judge_outputs, read_own_pairs
from assistant.support import SupportChecker

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD = CASES / "verdicts.json"
ASSISTANT = Path(__file__).parents[1]
OF_CHECKING = (
    "advice/classifier.py",
    "advice/weights.npz",
    "boundaries.py",
    "function_words.py",
    "hashed_words.py",
    "linear.py",
    "riders.py",
    "generation/checking.py",
    "generation/drafting.py",
    "generation/measure_checking.py",
    "support/cases/model_outputs.jsonl",
    "support/cases/support_pairs.jsonl",
    "support/network.onnx",
    "support/weights.json",
    "support/words.toml",
)
"""What the verdicts hang on, beside the modules of `assistant.support`."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What became of the held-out half.

    Attributes:
        probabilities: of support, of each of the own pairs in their order.
        outputs: what became of each output in their order.
    """

    probabilities: tuple[float, ...]
    outputs: tuple[JudgedOutput, ...]


def read_verdicts(path: Path = RECORD) -> Verdicts:
    """The record where it holds, else fresh verdicts."""
    record = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if record.get("of") != fingerprint():
        return judge_held_out()
    outputs = tuple(JudgedOutput(**output) for output in record["outputs"])
    return Verdicts(tuple(record["probabilities"]), outputs)


def judge_held_out() -> Verdicts:
    """The verdicts as the checker gives them now."""
    checker = SupportChecker.from_package()
    probabilities = tuple(
        round(checker.check(claim, [text], around).probability, 4)
        for claim, text, around, _ in read_own_pairs("held_out")
    )
    return Verdicts(probabilities, tuple(judge_outputs("held_out")))


def fingerprint() -> str:
    """Of all files that the verdicts hang on."""
    total = hashlib.sha256()
    for path in _files():
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _files() -> Iterator[Path]:
    yield from (ASSISTANT / name for name in OF_CHECKING)
    support = (ASSISTANT / "support").glob("*.py")
    yield from sorted(path for path in support if not path.name.startswith("train_"))


def write_verdicts(path: Path = RECORD) -> None:
    """Judges the held-out half and keeps what became of it."""
    verdicts = judge_held_out()
    outputs = [json.dumps(asdict(output)) for output in verdicts.outputs]
    lines = ",\n".join(outputs)
    text = (
        f'{{"of": "{fingerprint()}",\n"probabilities": {json.dumps(verdicts.probabilities)},\n'
        f'"outputs": [\n{lines}\n]}}\n'
    )
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_verdicts()
