"""What is said of ranked candidates, on a small article; the weights are the package's."""

import numpy as np
import pytest

from assistant.answerability import AnswerType
from assistant.composition import compose
from assistant.evidence import Candidate, context_stems
from assistant.ranking import Ranking
from assistant.ranking.model import rank_passages, read_in_turn
from assistant.selection import select
from index.entry import make_entry
from index.readers import read

MARKDOWN = b"""# Oats

Oats are a grain of cool, wet countries. Horses like them too.

## What they do

Eaten each day, oats are said to help with:

- steady energy
- regular bowels
- a lower cholesterol

## How to cook them

One part of oats takes two parts of water. Stir oats now and then. Oats are soft after 10 minutes.
"""
ITEMS = ("steady energy", "regular bowels", "a lower cholesterol")


@pytest.fixture(scope="module")
def entry():
    article = read(MARKDOWN, source="oats.md").articles[0]
    return make_entry(article, lambda text: len(text.split()), 200, "model")


def candidate(entry, words):
    sentence = next(s for s in entry.sentences if words in entry.quote(s))
    passage = next(p for p in entry.passages if p.start <= sentence.start < p.end)
    return Candidate(entry, sentence, 0.5, context_stems(entry, sentence), 0, passage)


def ranking(entry, odds, wants_list, expected=AnswerType.OTHER):
    """Candidates in the order of the reader's odds of them, which are their scores, too."""
    ordered = sorted(odds.items(), key=lambda pair: -pair[1])
    candidates = tuple(candidate(entry, words) for words, _ in ordered)
    scores = np.array([score for _, score in ordered], dtype=np.float64)
    return Ranking(candidates, scores, scores, 0.9, expected, wants_list)


def said(entry, odds, wants_list):
    found = ranking(entry, odds, wants_list)
    return [sentence.text for sentence in compose(select(found, "What do oats do?")).sentences]


@pytest.mark.parametrize(
    ("likely", "odds", "wants_list", "expected"),
    [
        ("the list of an item", (3.0, 2.0, 1.0), 2.0, ["Eaten each day", *ITEMS]),
        ("one item", (4.0, -6.0, -7.0), -4.0, ["Eaten each day", "steady energy"]),
    ],
    ids=["all-is-asked-for", "one-thing-is-asked-for"],
)
def test_a_list_is_given_whole_where_all_of_it_is_asked_for(
    entry, likely, odds, wants_list, expected
):
    texts = said(entry, dict(zip(ITEMS, odds, strict=True)), wants_list)
    assert len(texts) == len(expected), likely
    assert all(text.startswith(words) for text, words in zip(texts, expected, strict=True))


def test_the_likeliest_sentence_stands_before_a_list_that_is_doubtful(entry):
    odds = {"a grain": 3.0, **dict.fromkeys(ITEMS, 1.0)}
    texts = said(entry, odds, wants_list=-1.0)
    assert texts[0].startswith("Oats are a grain")
    assert tuple(texts[-3:]) == ITEMS
    assert said(entry, odds | {"a grain": 0.0}, wants_list=4.0)[0].startswith("Eaten each day")
    assert said(entry, odds | {"a grain": 2.0}, wants_list=4.0)[0].startswith("Oats are a grain")


def test_only_the_last_sentence_of_a_paragraph_introduces_what_stands_below_it():
    text = (
        b"# Oats\n\nHalf of them ate oats for ten weeks. The results differed:\n\n- weight\n- mood"
    )
    article = read(text, source="oats.md").articles[0]
    entry = make_entry(article, lambda said: len(said.split()), 200, "model")

    assert candidate(entry, "The results differed").introduces_list
    assert not candidate(entry, "Half of them").introduces_list
    odds = {"Half of them": 3.0, "The results differed": -1.0, "weight": -2.0, "mood": -3.0}
    found = ranking(entry, odds, wants_list=-3.0)
    assert [s.text for s in compose(select(found, "How long did they eat oats?")).sentences] == [
        "Half of them ate oats for ten weeks."
    ]


@pytest.mark.parametrize(
    ("question", "parts", "expected"),
    [
        ("How many minutes are oats stirred?", 1, ["Stir", "Oats"]),
        ("Are oats stirred?", 1, ["Stir"]),
        ("Are oats stirred, and are they for horses?", 2, ["Stir", "Horses"]),
    ],
    ids=["a quantity that the best lacks", "nothing is due", "a sentence for each part"],
)
def test_what_is_due_is_said_however_far_behind_the_likeliest(entry, question, parts, expected):
    found = ranking(entry, {"Stir": 7.0, "Horses": 1.0, "10 minutes": 0.5, "a grain": -3.0}, -4.0)
    texts = [sentence.text for sentence in compose(select(found, question, parts)).sentences]
    assert [text.split()[0] for text in texts] == expected


def test_a_question_for_a_list_has_the_passage_of_the_list_read_first(entry):
    chosen = [candidate(entry, words) for words in ("a grain", *ITEMS)]
    first = np.array([1.0, 0.0, -1.0, -1.0])
    assert rank_passages(chosen, first, -3.0)[0] == [0]
    assert rank_passages(chosen, first, 2.0)[0] == [1, 2, 3]

    def is_sure(members):
        return np.full(len(members), 9.0)

    assert np.isnan(read_in_turn(chosen, first, -3.0, is_sure)[1:]).all()
    assert np.isnan(read_in_turn(chosen, first, 2.0, is_sure)[0])


WAYS = "# Oats\n\n## How\n\n{}\n\n" + "".join(
    f"### Way {number}\n\nThis is way {number}.\n\n" for number in range(2)
)
BESIDE = "# Oats\n\n## How\n\n{}\n\n## In short\n\nEat oats.\n\n## Sources\n\nA book.\n"
PROSE = "# Oats\n\n{} They hold water. They feed bacteria.\n"


@pytest.mark.parametrize(
    ("text", "sentence", "announced"),
    [
        (WAYS, "It works in two ways.", 2),
        (WAYS, "Wait for two weeks.", 0),
        (WAYS, "Two ways of cooking oats are told below.", 0),
        (WAYS, "Of all that people ask of oats in this clinic, we tell here of two things.", 0),
        (BESIDE, "It works in two ways.", 0),
        (PROSE, "Oats work in two ways.", 2),
        (PROSE, "Eat no more than two portions a week.", 0),
    ],
    ids=["headings", "time", "number-ahead", "long", "headings-beside", "prose", "portions"],
)
def test_what_a_short_sentence_announces_by_number_follows_it(text, sentence, announced):
    article = read(text.format(sentence).encode(), source="ways.md").articles[0]
    ways = make_entry(article, lambda text: len(text.split()), 200, "model")
    texts = said(ways, {sentence: 3.0}, wants_list=-4.0)
    assert len(texts) == 1 + announced


PRICES = b"""<article><h1>Oats</h1><p>Oats are sold here, fresh from the mill, each day.</p><figure>
<table><tr><th>Day</th><th>Price</th></tr><tr><td>Monday</td><td>3 euros</td></tr>
<tr><td>Friday</td><td>2 euros</td></tr></table>
<figcaption>Prices of oats</figcaption></figure></article>"""


@pytest.mark.parametrize(
    ("odds", "expected"),
    [
        ((3.0, 1.0, 0.5), ["Prices of oats", "Monday", "Friday"]),
        ((2.8, -6.0, 3.0), ["Oats are sold"]),
    ],
    ids=["likeliest", "behind-prose"],
)
def test_a_caption_brings_its_table_and_never_stands_alone(odds, expected):
    article = read(PRICES, source="prices.html").articles[0]
    entry = make_entry(article, lambda words: len(words.split()), 200, "model")
    named = dict(zip(("Prices of oats", "Monday", "Oats are sold"), odds, strict=True))
    texts = said(entry, named, wants_list=-6.0)
    assert len(texts) == len(expected)
    assert all(words in text for text, words in zip(texts, expected, strict=True))


def test_a_lead_in_stands_before_the_first_of_its_items(entry):
    texts = said(entry, {"steady energy": 3.0, "a lower cholesterol": 2.5}, wants_list=-6.0)
    assert [text.split()[0] for text in texts][:2] == ["Eaten", "steady"]
    assert texts.count(texts[0]) == 1


@pytest.mark.parametrize(
    ("own_odds", "said"),
    [(2.0, ["You need no special oats."]), (-2.0, ["Advertisement: Oat box in our shop."])],
    ids=["own words answer", "nothing else does"],
)
def test_an_advertisement_goes_behind_own_words_that_answer(own_odds, said):
    text = b"# Oats\n\nAdvertisement: Oat box in our shop. You need no special oats.\n"
    article = read(text, source="oats.md").articles[0]
    entry = make_entry(article, lambda words: len(words.split()), 200, "model")
    found = ranking(entry, {"Advertisement": 6.0, "no special": own_odds}, -4.0)
    pieces = select(found, "Do I need the oat box?")
    assert [sentence.text for sentence in compose(pieces).sentences] == said


LISTS = """# Oats

Oats suit most stomachs well.

## Good with

Oats go with these:

- plums
- milk

## Bad with

Oats do not go with these:

- rust
- damp
"""


def test_a_further_sentence_brings_no_whole_list():
    article = read(LISTS.encode(), source="oats.md").articles[0]
    entry = make_entry(article, lambda text: len(text.split()), 200, "model")
    likely = {"suit most": 3.0, "plums": 2.5, "rust": 2.4}
    assert said(entry, likely, wants_list=-6.0) == ["Oats suit most stomachs well."]
    assert said(entry, likely | {"plums": 9.0}, wants_list=-6.0)[-2:] == ["plums", "milk"]


def test_an_answer_stays_short_with_what_its_sentences_lean_on():
    pairs = "".join(f"## Part {n}\n\nGrain {n} is old. It is sown in {n}.\n\n" for n in range(3))
    article = read(f"# Oats\n\n{pairs}".encode(), source="oats.md").articles[0]
    entry = make_entry(article, lambda text: len(text.split()), 200, "model")
    texts = said(entry, {f"sown in {n}": 3.0 - n / 10 for n in range(3)}, wants_list=-6.0)
    assert texts == ["Grain 0 is old.", "It is sown in 0.", "Grain 1 is old.", "It is sown in 1."]


LEAFLET = b"""# Swallow test: what happens and how to prepare

A swallow test is an examination with white porridge.

## Why it is done

You may have it for:

- food that sticks
- a cough at table

## How to prepare

- Eat nothing from midnight on.
- Leave your rings at home.

## What happens during the examination

- You sip the porridge.
- Pictures are taken.
"""


@pytest.mark.parametrize(
    ("question", "expected", "told"),
    [
        ("How do I prepare for a swallow test?", AnswerType.MECHANISM, "Eat nothing"),
        ("what happens during a swallow test", AnswerType.MECHANISM, "You sip"),
        # The words of another section, of none, and a question for one fact.
        ("Why is a swallow test done?", AnswerType.MECHANISM, "You may have it for"),
        ("What happens in a swallow test with barium?", AnswerType.MECHANISM, "You may have it"),
        ("How long do I prepare for a swallow test?", AnswerType.DURATION, "food that sticks"),
    ],
)
def test_a_question_that_names_a_section_gets_its_list(question, expected, told):
    article = read(LEAFLET, source="swallow.md").articles[0]
    entry = make_entry(article, lambda text: len(text.split()), 200, "model")
    found = ranking(entry, {"food that sticks": 4.0, "Leave your rings": -6.0}, 0.0, expected)
    texts = [sentence.text for sentence in compose(select(found, question)).sentences]
    assert any(text.startswith(told) for text in texts)
