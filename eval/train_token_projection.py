"""Trains the projection of word pieces that `index/token_vectors.py` keeps, on public passages.

    python -m eval.train_token_projection ../shared/data

Principal components of the states of MiniLM's third and last layer. The shipped ones came of a
larger sample (75,000 pieces, some of them of the sample articles). Whoever writes another
projection has to train the reader again, and to build every index anew.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np

from eval.train_public import read_answered, read_near_misses
from index.embedding import Embedder
from index.settings import DEFAULT_MODEL
from index.token_vectors import PROJECTION, WIDTH

PASSAGES = 400
QUESTIONS = 1200


def main() -> None:
    """Writes the mean and the first components of a sample, and prints what they hold of it."""
    chance = random.Random(0)
    asked = [*read_near_misses(Path(sys.argv[1])), *read_answered(Path(sys.argv[1]))]
    passages = sorted({passage for row in asked for passage, *_ in row.sentences})
    texts = chance.sample(passages, PASSAGES)
    texts += [row.question for row in chance.sample(asked, QUESTIONS)]
    states = Embedder(DEFAULT_MODEL).token_states(texts)  # (n, 768)
    mean = states.mean(axis=0)
    components, variances, _ = np.linalg.svd((states - mean).T @ (states - mean))
    print(f"{len(states)} pieces; {variances[:WIDTH].sum() / variances.sum():.3f} of the variance")
    np.savez_compressed(PROJECTION, mean=mean, components=components[:, :WIDTH].astype(np.float16))


if __name__ == "__main__":
    main()
