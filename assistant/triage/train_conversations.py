"""Trains the network that reads a message with the turns before it, and chooses its threshold.

    python -m assistant.triage.train_conversations FOLLOW_UPS

From the first network for single messages on: it knows dangers already. It learns from
`exemplars/conversations`, where each message is labelled by what the whole conversation calls for,
from the older conversations among the exemplars, from single exemplars put one behind another, and
from harmless follow-ups in FOLLOW_UPS (`eval/training`, or any folder of evaluation cases with a
history). Writes `weights/conversation.onnx` and `conversation.json`; an hour of two cores.
`--further` trains the written network on, one epoch with half the rates, for conversations that
are new; `--only-measure` chooses and reports without training. What is reported is the network
alone; `assistant.triage.triager` puts a plain yes or no in full before it asks it, and more. Needs
`pip install onnx`.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from assistant.answerability.pieces import load_first_states
from assistant.triage.conversation import LaidOut, lay_out_turns
from assistant.triage.evaluate import HELD_OUT, read_cases
from assistant.triage.exemplars import (
    HELD_OUT_CONVERSATIONS,
    Exemplar,
    TurnExemplar,
    load_conversations,
    load_exemplars,
)
from assistant.triage.measure import show_share
from assistant.triage.network import (
    FOLDER,
    Network,
    name_conversation_weights,
    name_weights,
    open_conversation_network,
)
from assistant.triage.reading import Reader
from assistant.triage.records import URGENCIES, FloatArray
from assistant.triage.train_chains import chain_messages
from assistant.triage.train_heads import UNKNOWN_LABEL, Plan, TriageNetwork, fit
from assistant.triage.train_restore import restore
from assistant.triage.train_texts import TrainingTexts, list_labels

PLAN = Plan(epochs=3, texts_a_step=32, rates=(1e-4, 3e-4), copies=0.0, seed=3)
FURTHER = replace(PLAN, epochs=1, rates=(5e-5, 1.5e-4), seed=11)

FOLLOW_UPS = 3000

LEAST_CAUGHT = 0.95
"""Share of the dangers held out that the threshold must leave caught."""


class Conversations:
    """Conversations as the network is given them, with their labels."""

    def __init__(self, exemplars: Sequence[TurnExemplar], labels: Sequence[int]) -> None:
        """Puts each turn into English and lays all out, once."""
        reader, known = Reader(), dict[str, str]()

        def to_english(text: str) -> str:
            if text not in known:
                known[text] = reader.to_english(text)[1]
            return known[text]

        self.exemplars = exemplars
        self.laid_out = [
            lay_out_turns([(role, to_english(text)) for role, text in one.turns])
            for one in exemplars
        ]
        self.levels = np.array([URGENCIES.index(one.urgency) for one in exemplars])
        self.labels = np.array(labels)

    def as_texts(self, label_names: Sequence[str]) -> TrainingTexts:
        """What `fit` is given; of the texts it asks for their lengths alone."""
        count = len(self.exemplars)
        return TrainingTexts(
            plain=["·" * one.ids.size for one in self.laid_out],
            owners=np.arange(count),
            levels=self.levels,
            labels=self.labels,
            english=np.array([one.language == "en" for one in self.exemplars]),
            folds=np.zeros(count, dtype=np.int64),
            label_names=label_names,
        )

    def read(self, network: TriageNetwork, rows: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """The network's scores of levels and labels for some of them."""
        ids, sides, present = fill_up([self.laid_out[row] for row in rows])
        device = network.level.weight.device
        scores: tuple[Tensor, Tensor] = network(
            torch.from_numpy(load_first_states(ids, sides)).to(device),
            torch.from_numpy(present).to(device),
        )
        return scores

    def judge(self, network: Network) -> FloatArray:
        """Probabilities of levels by a written network, `(n, 4)`."""
        found = [network.judge_pieces(one.ids, one.sides)[0] for one in self.laid_out]
        return np.exp(np.stack(found))


def fill_up(
    laid_out: Sequence[LaidOut],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Pieces, sides and where there are any, `(n, longest)` each."""
    shape = (len(laid_out), max(one.ids.size for one in laid_out))
    ids, sides = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    present = np.zeros(shape, dtype=np.float32)
    for row, one in enumerate(laid_out):
        ids[row, : one.ids.size] = one.ids[0]
        sides[row, : one.ids.size] = one.sides[0]
        present[row, : one.ids.size] = 1
    return ids, sides, present


def read_follow_ups(folder: Path) -> Iterator[TurnExemplar]:
    """Harmless follow-ups: the evaluation cases below a folder that have a history."""
    for path in sorted(folder.glob("*/*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if row.get("history") and row.get("question"):
                before = [(turn["role"], turn["content"]) for turn in row["history"]]
                turns = (*before, ("user", row["question"]))
                yield TurnExemplar("en", "follow_up", turns, "none")


def as_turns(exemplars: Sequence[Exemplar]) -> list[TurnExemplar]:
    """The conversations among exemplars."""
    return [
        TurnExemplar(
            one.language,
            "older",
            (*((turn["role"], turn["content"]) for turn in one.history), ("user", one.message)),
            one.urgency,
        )
        for one in exemplars
        if one.history
    ]


def gather(follow_ups: Path, seed: int) -> tuple[Conversations, list[str]]:
    """All that is trained on, and the names of the labels."""
    exemplars, chance = load_exemplars(), random.Random(seed)
    names = list_labels(exemplars)
    written = [*load_conversations(), *as_turns(exemplars)]
    asked = list(read_follow_ups(follow_ups))
    single = [one for one in exemplars if not one.history]
    chains = list(chain_messages(single, written, chance))
    others = [turns for turns, _ in chains]
    others += chance.sample(asked, min(FOLLOW_UPS, len(asked)))
    labels = [UNKNOWN_LABEL] * len(written)
    labels += [UNKNOWN_LABEL if label is None else names.index(label) for _, label in chains]
    labels += [UNKNOWN_LABEL] * (len(others) - len(chains))
    return Conversations([*written, *others], labels), names


def pick_threshold(probabilities: FloatArray, levels: NDArray[np.int64]) -> float:
    """The highest probability of danger at which enough dangers are still caught."""
    dangers = (1 - probabilities[:, 0])[levels > 0]
    return float(np.quantile(dangers, 1 - LEAST_CAUGHT))


def report(known: Conversations, probabilities: FloatArray, threshold: float) -> Iterator[str]:
    """Lines of shares with their bounds: by kind, language and level."""
    found = np.where(
        1 - probabilities[:, 0] < threshold, 0, 1 + probabilities[:, 1:].argmax(axis=1)
    )
    right, dangerous = found == known.levels, known.levels > 0
    kinds, languages = (
        np.array([getattr(one, name) for one in known.exemplars]) for name in ("kind", "language")
    )
    yield f"threshold {threshold:.3f}"
    for named in (kinds, languages):
        for name in sorted(set(named)):
            yield show_share(f"{name}: exact", right[named == name].tolist())
    for place, level in enumerate(URGENCIES):
        yield show_share(f"{level}: exact", right[known.levels == place].tolist())
    yield show_share("dangerous: any level", (found > 0)[dangerous].tolist())
    yield show_share("harmless: alarms", (found > 0)[~dangerous].tolist())


def main() -> None:
    """Trains, chooses the threshold, reports, and writes unless told not to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("follow_ups", type=Path, help="a folder of folders of evaluation cases")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--further", action="store_true", help="on from the written network")
    what.add_argument("--only-measure", action="store_true")
    parser.add_argument("--weights", type=Path, default=FOLDER, help="the folder of the networks")
    options = parser.parse_args()
    written = name_conversation_weights(options.weights)
    if not options.only_measure:
        plan = FURTHER if options.further else PLAN
        data, names = gather(options.follow_ups, plan.seed)
        network = restore(
            written if options.further else name_weights(options.weights)[0], frozen=0
        )
        texts = data.as_texts(names)
        rows = range(len(data.exemplars))
        fit(network, texts, plan, rows, read=lambda batch: data.read(network, batch))
        network.export(written)
    held_out = [*load_conversations(HELD_OUT_CONVERSATIONS), *as_turns(read_cases(HELD_OUT))]
    known = Conversations(held_out, [UNKNOWN_LABEL] * len(held_out))
    probabilities = known.judge(open_conversation_network(options.weights))
    threshold = pick_threshold(probabilities, known.levels)
    print(*report(known, probabilities, threshold), sep="\n")
    if not options.only_measure:
        about = json.dumps({"threshold": round(threshold, 4)}) + "\n"
        (options.weights / "conversation.json").write_text(about, encoding="utf-8")


if __name__ == "__main__":
    main()
