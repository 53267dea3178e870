from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.readers import read
from index.sentences import find_sentences, split_sentences

LISTED = {
    "marks and brackets": ["It was shown [5].", "It was not [6]."],
    "latin abbreviations": ["See e.g. Smith et al. (2020), i.e. one trial vs. another.", "End."],
    "titles": ["Dr. Hadi met Prof. Berg and Mr. Lund.", "They talked."],
    "units": ["Take 2.5 mg approx. twice a day.", "Fig. 2 shows it."],
    "species": ["It holds B. longum and L. rhamnosus GG.", "H. pylori is another."],
    "danish": ["Ring kl. 10, bl.a. i weekenden.", "Det gælder fx børn, dvs. alle."],
    "swedish": ["Det kan t.ex. vara gaser m.m. och diarré.", "Kontakta din läkare."],
    "decimal comma": ["Han vejer 2,5 kg.", "Hun vejer 60 kg."],
    "ordinals": ["Den 3. juni 2026 kom han.", "Den 1. januar er lukket."],
    "circa first": ["Ca. 10 % har IBS.", "Ca. 1 % har cøliaki."],
    "quotes": ['He said "No."', "Then he left.", '"Why?!" she asked.'],
    "ellipsis": ["Wait...", "What?", "Well… that is it."],
    "addresses": ["Visit https://a.dk/x.html?y=1.", "Now book."],
    "saints and hours": ["St. John's wort works at 5 p.m. today.", "At 5 p.m. it stops."],
    "hours at the end": ["Take it at 8 a.m. and 8 p.m.", "Don't skip it."],
    "initials": ["J. R. R. Tolkien wrote.", "The U.S. is big."],
    "one word answers": ["Is it safe?", "No.", "Not always!"],
    "vitamins": ["You need vitamin D.", "It helps.", "So does vitamin B12.", "Eat well."],
    "times": ["Vi mødes kl. 14.30.", "Ring på tlf. 12 34 56 78.", "Det koster 100 kr. pr. gang."],
    "statistics": ["The value was p < 0.05.", "In 2020, 12 trials were done (n = 300)."],
    "etc": ["It affects GABA, serotonin etc.", "The next one is dopamine."],
    "a part of the body": ["It hurts in the leg.", "See a doctor."],
}


@pytest.mark.parametrize("sentences", LISTED.values(), ids=LISTED.keys())
def test_sentences_survive_abbreviations(sentences):
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_a_lost_space_does_not_join_sentences():
    text = "It contains 100 million cells.The next one follows here."
    assert len(split_sentences(text)) == 2


FRAGMENTS = (
    'The gut talks. Dr. e.g. 2.5 mg [5] kl. 10 B. longum! Why? … " ( ) https://a.dk/x. : ; , '
    "æ 3. juni «Ja.» p.m. etc. A."
)
WORDS = st.sampled_from(FRAGMENTS.split(" "))


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_sentences_are_ordered_disjoint_slices_and_lose_nothing(text):
    spans = split_sentences(text)
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()


ARTICLE = """# The gut

By Anna Berg

First claim [1]. Second claim [2, 3]. Third.

It helps because it:

- calms [2]
- relaxes

| Strain | Effect |
| --- | --- |
| B. longum | Calm. Sleep. |

## References

1. Smith J. A. Nature. 2019.
2. Jones K. B. Gut. 2020.
3. Hall L. C. Cell. 2021.
"""


def test_marks_are_bound_to_the_sentence_that_they_follow():
    article = read(ARTICLE.encode(), source="a.md").articles[0]
    sentences = find_sentences(article)
    bound = {article.text[s.start : s.end]: s.references for s in sentences}
    assert bound["First claim."] == (1,)
    assert bound["Second claim."] == (2, 3)
    assert bound["Third."] == ()
    assert bound["calms"] == (2,)


def test_a_mark_behind_the_full_stop_belongs_to_the_sentence_before_it():
    source = ARTICLE.replace("First claim [1]. Second", "First claim.[1] Second")
    article = read(source.encode(), source="a.md").articles[0]
    bound = [s.references for s in find_sentences(article)][1:4]
    assert bound == [(1,), (2, 3), ()]


def test_rows_items_bylines_and_references_stay_whole_and_headings_are_none():
    article = read(ARTICLE.encode(), source="a.md").articles[0]
    sentences = find_sentences(article)
    kinds = [article.blocks[s.block].kind for s in sentences]
    assert kinds == [
        "byline",
        *["paragraph"] * 4,
        *["list_item"] * 2,
        "table_row",
        *["reference"] * 3,
    ]
    assert [s.number for s in sentences] == list(range(len(sentences)))
    row = next(s for s in sentences if article.blocks[s.block].kind == "table_row")
    assert article.text[row.start : row.end] == "B. longum | Calm. Sleep."


def test_a_long_list_item_is_split():
    long = "- " + "Eat more fibre every day and drink enough water with it. " * 5
    article = read(f"# T\n\n{long}\n- Short one. Two.\n".encode(), source="a.md").articles[0]
    assert len(find_sentences(article)) == 6


LETTERS = st.characters(categories=("L", "P", "Zs"))


@settings(deadline=None)
@given(st.lists(st.text(LETTERS, max_size=80), min_size=1, max_size=8))
def test_every_sentence_lies_in_its_block(paragraphs):
    prose = "The gut talks to the brain [1]. " * 20
    source = f"# Title\n\n{prose}\n\n" + "\n\n".join(paragraphs)
    article = read(source.encode("utf-8", "ignore"), source="a.md").articles[0]
    seen: dict[int, str] = {}
    for sentence in find_sentences(article):
        block = article.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
        seen[sentence.block] = (
            seen.get(sentence.block, "") + article.text[sentence.start : sentence.end]
        )
    for position, block in enumerate(article.blocks):
        if block.kind != "heading":
            assert "".join(seen[position].split()) == "".join(article.block_text(position).split())


def test_a_sentence_that_never_ends_takes_time_as_its_length():
    def seconds(count):
        start = process_time()
        split_sentences("By Dr. A " * count)
        return process_time() - start

    # Eight times as much takes eight times as long; sixty-four times where all before is looked at.
    assert seconds(3200) < 30 * max(seconds(400), 0.003)
