"""What an article says of who checked it."""

import pytest

from assistant.reviewing import find_review
from index.entry import make_entry
from index.readers import read

BODY = "\n\n".join(
    f"Oats are a grain. They were number {n} to be reviewed by the panel." for n in range(9)
)


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("*Sample, not reviewed by a clinician.*", "", "Sample, not reviewed by a clinician."),
        ("", "A clinician has not reviewed it.", "A clinician has not reviewed it."),
        ("", "Medically reviewed by Dr. Ada Holm.", "Medically reviewed by Dr. Ada Holm."),
        ("Texten är granskad av en läkare.", "", "Texten är granskad av en läkare."),
        ("This text reviews the evidence.", "Ask your doctor to check it.", None),
    ],
)
def test_review_is_found_where_an_article_speaks_of_itself(first, last, says):
    tail = "\n\n".join(["Eat them warm. Or cold. Or as bread. As you like. With milk."] * 2)
    text = f"# Oats\n\n{first}\n\nGood morning. Oats are here.\n\n{BODY}\n\n{tail}\n\n{last}\n"
    article = read(text.encode(), source="oats.md").articles[0]
    entry = make_entry(article, lambda words: len(words.split()), 200, "model")
    sentence = find_review(entry)
    assert (sentence and entry.quote(sentence)) == says
