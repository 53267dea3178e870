"""Numbers on which articles differ."""

import pytest

from assistant.differing import differ, find_differing
from assistant.evidence import Candidate
from index.entry import make_entry
from index.readers import read

QUESTION = "How long should I try a probiotic?"


def candidates_of(name, text, rank):
    article = read(f"# {name}\n\n{text}\n".encode(), source=f"{name}.md").articles[0]
    entry = make_entry(article, lambda words: len(words.split()), 200, "model")
    passage = entry.passages[-1]
    return [
        Candidate(entry, sentence, 0.5, frozenset(), rank, passage)
        for sentence in entry.sentences[slice(*passage.sentences)]
    ]


FOUR_WEEKS = candidates_of(
    "Choosing a probiotic", "Try a probiotic for four weeks before you judge it.", 0
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A probiotic should be tried for 12 weeks. Milk is an everyday food.", True),
        ("A probiotic should be tried for four weeks. Milk is an everyday food.", False),
        ("After the operation the wound heals within 12 weeks.", False),
        ("A probiotic should be tried for a long time.", False),
    ],
    ids=["differs", "agrees", "counts something else", "counts nothing"],
)
def test_another_article_is_named_where_its_number_differs(text, found):
    others = candidates_of("Probiotics and irritable bowel", text, 1)
    other = find_differing(QUESTION, FOUR_WEEKS[0], [*FOUR_WEEKS, *others])
    assert (other is not None) == found
    assert other in {None, others[0]}


def test_only_questions_for_a_number_are_compared():
    others = candidates_of(
        "Probiotics and irritable bowel", "A probiotic should be tried for 12 weeks.", 1
    )
    assert find_differing("What is a probiotic?", FOUR_WEEKS[0], others) is None


def test_numbers_differ_in_the_same_unit_alone():
    assert differ("Take 200 mg.", "Take 400 mg.")
    assert not differ("Take 200 mg.", "Take it for 4 weeks.")
    assert not differ("Take 200 mg or 400 mg.", "Take 400 mg.")
