"""Trains the two networks that read messages, from MiniLM's layers on: levels, and topic or kind.

    python -m assistant.triage.train_network

Writes `weights/network_1.onnx` and `network_2.onnx`. Minutes on a GPU, some hours on a core. Needs
`pip install onnx` to write the weights. `python -m assistant.triage.train` is to run after it.
`--most 300 --weights FOLDER` goes through every step in two minutes.
"""

import argparse
import random
from pathlib import Path

import torch

from assistant.triage.network import FOLDER, name_weights
from assistant.triage.train_heads import MiniLM, Plan, TriageNetwork, fit
from assistant.triage.train_texts import load_texts

PLANS = (
    (3, Plan(epochs=3, texts_a_step=32, rates=(1.2e-4, 1e-3), copies=0.3, seed=1)),
    (0, Plan(epochs=3, texts_a_step=192, rates=(2.5e-4, 1.5e-3), copies=0.6, seed=1)),
)
"""How many of the lowest layers stay as they are, and how the others are trained."""


def main() -> None:
    """Trains both on all exemplars and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, help="texts of an epoch; without it all exemplars")
    parser.add_argument("--weights", type=Path, default=FOLDER, help="the folder to write to")
    options = parser.parse_args()
    options.weights.mkdir(parents=True, exist_ok=True)
    data = load_texts()
    for path, (frozen, plan) in zip(name_weights(options.weights), PLANS, strict=True):
        torch.manual_seed(plan.seed)
        network = TriageNetwork(MiniLM(frozen), len(data.label_names))
        some = options.most and random.Random(plan.seed).sample(range(data.own), options.most)
        fit(network, data, plan, some)
        network.export(path)


if __name__ == "__main__":
    main()
