"""The trained reader tells a sentence that answers from one that is only near."""

import pytest

from assistant.reader import open_reader

PASSAGE = (
    "Stop eating six hours before the examination. You may drink clear water until two hours "
    "before. The tube is as thick as a little finger. Most people go home after half an hour."
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("when is the latest I may have breakfast before the test", "Stop eating"),
        ("Can I drink water on the morning of the examination?", "You may drink"),
        ("how big is the tube", "The tube"),
        ("How soon can I go home afterwards?", "Most people"),
    ],
    ids=["eating", "drinking", "tube", "home"],
)
def test_the_sentence_that_answers_is_read_as_such(embedder, question, answer):
    sentences = [sentence.strip(". ") for sentence in PASSAGE.split(". ")]
    passage, asked = embedder.encode_with_tokens([PASSAGE, question])[1]
    starts = [PASSAGE.index(sentence) for sentence in sentences]
    parts = [
        passage.within(start, start + len(sentence))
        for start, sentence in zip(starts, sentences, strict=True)
    ]
    odds = open_reader().read(asked, parts)
    assert sentences[int(odds.argmax())].startswith(answer)


def test_nothing_to_read_gives_nothing(embedder):
    question = embedder.encode_with_tokens(["How much?"])[1][0]
    assert open_reader().read(question, []).shape == (0,)
