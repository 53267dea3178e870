"""Trains one reader for questions alone and behind others, on a processor, from both shipped ones.

    python -m eval.train_together WORK HOME … [--seconds 4500] [--further]

WORK is what `eval.train_reader` leaves; each home holds the library of its name, whose follow-ups
stand in `eval/training/turns` and whose messages that ask two things in `eval/training/parts`.
Three steps of five read single questions as `eval.train_reader_further` draws them, with the
teacher's odds; two of five read messages with the turns before them, or a part of a message with
the rest of it. It starts from the mean of both readers. What comes of it is the reader of
conversations; its mean with the reader before is the reader of single questions (Wortsman et al.
2022, arXiv 2109.01903). `--further` trains the reader of conversations alone on. Needs
`pip install onnx`.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from assistant.answerability.layers import read_weights
from assistant.answerability.pieces import model_folder
from assistant.knowledge import Knowledge
from assistant.reader.pieces import TALK_PIECES
from assistant.reader.reading import TALK_WEIGHTS, WEIGHTS
from assistant.retrieval import find_candidates
from assistant.settings import load_settings
from assistant.understanding import find_focus, write_talk
from assistant.understanding.leaning import drop_opening
from eval.cases import Gold
from eval.gold import GoldFinder
from eval.train_batches import Batches
from eval.train_encoder import MINILM
from eval.train_lessons import EXCHANGED, OWN, SAME, Lessons, LessonsWriter
from eval.train_network import Network, Reader
from eval.train_reader_further import draw_pairs, mix, weigh
from eval.train_steps import take_steps
from eval.train_talks import KEPT_OUT, draw, label_spans, write_tasks
from eval.train_tasks import as_labelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

    from eval.train_tasks import Task

    Drawn = Iterator[tuple[Batches, Tensor]]

PARTS = Path(__file__).parent / "training" / "parts"
SECONDS, RATES = 4500.0, (1.2e-4, 2.4e-4)
"""How long, and learning rates of the layers and of the head."""

ALONE, BEHIND = 32, 24
"""Single questions of a step, and others."""

SHARE = 0.4
"""Of steps that read conversations."""

DRAWN = {OWN: 22000, SAME: 11000, EXCHANGED: 10000}
"""How many single questions of each kind are drawn, each once."""


def main() -> None:
    """Trains, and writes both readers anew."""
    parser = make_parser(__doc__)
    parser.add_argument("--further", action="store_true")
    given = parser.parse_args()
    torch.manual_seed(1)
    network = Network()
    alone, behind = (read_weights(path, network.state_dict()) for path in (WEIGHTS, TALK_WEIGHTS))
    reader = Reader(MINILM, model_folder())
    reader.encoder.narrow = True
    reader.take_weights(behind if given.further else mix(alone, behind))
    homes = [home for home in given.homes if home.name not in KEPT_OUT]
    chance = np.random.default_rng(7)
    drawn = alternate(draw_alone(given.work, chance), draw_behind(homes, chance), chance)
    take_steps(reader, drawn, given.seconds, RATES)
    after = reader.name_weights()
    written = {TALK_WEIGHTS: after}
    if not given.further:
        written[WEIGHTS] = mix(alone, after)
    for path, weights in written.items():
        network.load_state_dict(weights)
        network.export(path)


def make_parser(description: str | None) -> argparse.ArgumentParser:
    """The arguments of what trains both readers."""
    parser = argparse.ArgumentParser(description=description, allow_abbrev=False)
    parser.add_argument("work", type=Path)
    parser.add_argument("homes", type=Path, nargs="+")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    return parser


def alternate(alone: Drawn, behind: Drawn, chance: np.random.Generator) -> Drawn:
    """Steps of both, in no order."""
    while True:
        yield next(behind if chance.random() < SHARE else alone)


def draw_alone(work: Path, chance: np.random.Generator) -> Drawn:
    """Single questions, those more often on which a reader that had not seen them was wrong."""
    lessons = Lessons.load(work / "lessons.npz")
    odds, taught = np.load(work / "odds.npy"), np.load(work / "taught.npy")
    batches = Batches(lessons, torch.device("cpu"))
    batches.teach(taught)
    weights = weigh(lessons, odds, taught)
    while True:
        pairs = torch.from_numpy(draw_pairs(lessons, odds, weights, chance, DRAWN))
        for some in pairs[(pairs >= 0).any(1)].split(ALONE):
            yield batches, some


def draw_behind(homes: Sequence[Path], chance: np.random.Generator) -> Drawn:
    """Questions behind others, and parts of messages behind the rest of them."""
    lessons, weights = LessonsWriter(most=TALK_PIECES), []
    tasks = write_tasks(homes, random.Random(3))
    for task, weight in (*tasks, *((task, 1.0) for home in homes for task in read_parts(home))):
        lessons.add(task, OWN, 0)
        weights.append(weight)
    return draw(Batches(lessons.finish(), torch.device("cpu")), np.array(weights), chance, BEHIND)


def read_parts(home: Path) -> Iterator[Task]:
    """Messages that ask two things, whole with all that answers, and each part with its own."""
    path = PARTS / f"{home.name}.jsonl"
    if not path.exists():
        return
    knowledge = Knowledge.open(load_settings(home))
    finder = GoldFinder(knowledge.library.entries)
    for line in path.read_text(encoding="utf-8").splitlines():
        message = json.loads(line)
        gold = [[(part["article"], told) for told in part["gold"]] for part in message["parts"]]
        every = [one for own in gold for one in own]
        yield from _as_task(message["question"], "", every, knowledge, finder)
        for (part, rest), own in zip(_cut(message), gold, strict=False):
            yield from _as_task(part, rest, own, knowledge, finder)


def _as_task(
    typed: str, rest: str, gold: list[tuple[str, str]], knowledge: Knowledge, finder: GoldFinder
) -> Iterator[Task]:
    """A part with what the search finds for it; nothing where that does not hold its answer."""
    text = drop_opening(knowledge.lexicon.speller.correct(typed)[0])
    told = knowledge.lexicon.speller.correct(rest)[0]
    vector = knowledge.embedder.encode([text])[0]
    joined = f"{told.rstrip('?!. ')}? {text}" if rest else ""
    candidates = find_candidates(text, vector, knowledge, joined=joined)
    spans = [span for one in gold for span in finder.find(Gold(article=one[0], contains=one[1]))]
    labels = label_spans(spans, candidates)
    if 1 in labels or not gold:
        asked = write_talk(text, [(told, "")]) if rest else text
        yield as_labelled(asked, candidates, labels)


def _cut(message: dict[str, object]) -> list[tuple[str, str]]:
    """Each part as typed, with the rest of the message; none where it is not cut."""
    typed, begins = str(message["question"]), message["begins"]
    if not isinstance(begins, int):
        return []
    parts = [find_focus(side).parts[-1] for side in (typed[:begins], typed[begins:])]
    return [(part.strip(" ,;"), " ".join(typed.replace(part, " ").split())) for part in parts]


if __name__ == "__main__":
    main()
