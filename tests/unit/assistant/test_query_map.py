"""The vector that a question is searched by."""

import numpy as np

from assistant.query_map import map_query


def test_a_question_stays_near_and_everyday_words_come_nearer_to_what_they_ask_for(embedder):
    asked, answer = embedder.encode(
        ["what makes me so windy after beans", "Bacteria in the large bowel make gas from fibre."]
    )
    mapped = map_query(asked)
    assert mapped.dtype == np.float32
    assert np.isclose(np.linalg.norm(mapped), 1.0, atol=1e-5)
    assert asked @ mapped > 0.6
    assert mapped @ answer > asked @ answer
