"""What is told of a sentence's place before it is weighed."""

import pytest

from assistant.answerability import AnswerType
from assistant.evidence import Candidate, context_stems
from assistant.ranking.features import CANDIDATE_FEATURES, QuestionWords, describe_candidates
from index.entry import make_entry
from index.readers import read

QUESTION = QuestionWords("What are oats?", (), {}, AnswerType.OTHER)
BODY = "Oats are a grain of cool, wet countries. Horses like them too.\n\nCows like them less.\n"


@pytest.mark.parametrize("author", ["", "author: Ada Holm\n"])
def test_the_first_sentence_is_the_first_below_a_byline_too(author):
    text = f"---\ntitle: Oats\n{author}---\n{BODY}"
    article = read(text.encode(), source="oats.md").articles[0]
    assert ("byline" in {block.kind for block in article.blocks}) == bool(author)
    entry = make_entry(article, lambda words: len(words.split()), 200, "model")
    candidates = [
        Candidate(entry, sentence, 0.5, context_stems(entry, sentence), 0, entry.passages[0])
        for sentence in entry.sentences
        if article.blocks[sentence.block].kind == "paragraph"
    ]
    rows = describe_candidates(QUESTION, candidates)
    assert rows[:, CANDIDATE_FEATURES.index("opens_section")].tolist() == [1, 0, 0]
