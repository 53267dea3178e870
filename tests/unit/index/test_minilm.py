"""Few texts are embedded by another runtime than many: their vectors are the same."""

import numpy as np
import pytest

from index.embedding import FEW

TEXTS = {
    "a question": "What do short-chain fatty acids do in the gut?",
    "nothing": "",
    "another alphabet": "Что такое микробиом?",
    "longer than the window": "Fibre feeds the bacteria of the large bowel. " * 60,
}


@pytest.mark.integration
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_has_one_vector_alone_and_among_many(embedder, text):
    others = [f"Sentence number {number} of an article." for number in range(FEW)]
    (alone,) = embedder.encode([text])
    among = embedder.encode([*others, text])[-1]
    assert np.abs(alone - among).max() < 2e-6
    assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-5)
