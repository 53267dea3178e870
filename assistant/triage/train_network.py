"""Trains the two networks that read messages, from MiniLM's layers on: levels, and topic or kind.

    python -m assistant.triage.train_network

Writes `weights/network_1.onnx` and `network_2.onnx`. Minutes on a GPU, some hours on a core. Needs
`pip install onnx` to write the weights. `python -m assistant.triage.train` is to run after it.
"""

import torch

from assistant.triage.network import WEIGHTS
from assistant.triage.train_heads import MiniLM, Plan, TriageNetwork, fit
from assistant.triage.train_texts import load_texts

PLANS = (
    (3, Plan(epochs=3, texts_a_step=32, rates=(1.2e-4, 1e-3), copies=0.3, seed=1)),
    (0, Plan(epochs=3, texts_a_step=192, rates=(2.5e-4, 1.5e-3), copies=0.6, seed=1)),
)
"""How many of the lowest layers stay as they are, and how the others are trained."""


def main() -> None:
    """Trains both on all exemplars and writes the weights."""
    data = load_texts()
    for path, (frozen, plan) in zip(WEIGHTS, PLANS, strict=True):
        torch.manual_seed(plan.seed)
        network = TriageNetwork(MiniLM(frozen), len(data.label_names))
        fit(network, data, plan)
        network.export(path)


if __name__ == "__main__":
    main()
