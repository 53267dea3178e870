"""What an answer must not say beyond its quotes: diagnosis, dose, stopping, certainty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.boundaries import find_oversteps


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("You probably have IBS.", "IBS gives pain and bloating.", "diagnosis"),
        ("Your symptoms suggest coeliac disease.", "Coeliac disease gives bloating.", "diagnosis"),
        ("Dine symptomer tyder på IBS.", "IBS giver ondt i maven.", "diagnosis"),
        ("Du har troligen IBS.", "IBS ger ont i magen.", "diagnosis"),
        ("Take 500 mg of magnesium.", "Magnesium helps some people.", "dose"),
        ("Take it twice a day.", "Take it once a day.", "dose"),
        ("Take two capsules daily.", "Take one capsule daily.", "dose"),
        ("Tag 10 g loppefrøskaller om dagen.", "Loppefrøskaller kan hjælpe.", "dose"),
        ("It works within 8 weeks.", "It works within 4 weeks.", "dose"),
        ("You can stop taking your tablets.", "Probiotics were tested.", "stop_medicine"),
        ("Sluta med din medicin.", "Medicinen prövades.", "stop_medicine"),
        ("Probiotics cure anxiety.", "Probiotics may reduce anxiety.", "strength"),
        ("Probiotics reduce anxiety.", "Probiotics may reduce anxiety.", "strength"),
        ("Kefir forebygger angst.", "Kefir kan forebygge angst.", "strength"),
        ("The strain lowered anxiety.", "The strain lowered anxiety in mice.", "strength"),
    ],
)
def test_a_sentence_that_says_more_than_its_quote(sentence: str, quote: str, kind: str) -> None:
    assert [one.kind for one in find_oversteps([(sentence, [quote])])] == [kind]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("If you have IBS, oats may help.", "Oats may help people with IBS."),
        ("Take 10 g a day.", "A dose of 10 grams per day was used."),
        ("Take two capsules every day.", "The dose was 2 capsules daily."),
        ("Do not stop taking your medicine.", "Never stop a medicine on your own."),
        ("Kefir is fermented milk.", "Kefir is fermented milk and may help digestion."),
        ("Probiotics may reduce anxiety.", "Probiotics may reduce anxiety in some people."),
        ("In mice the strain lowered anxiety.", "The strain lowered anxiety in mice."),
        ("You have about 40 trillion bacteria.", "You have about 40 trillion bacteria."),
    ],
)
def test_a_sentence_that_stays_within_its_quote(sentence: str, quote: str) -> None:
    assert find_oversteps([(sentence, [quote])]) == []


def test_the_position_says_which_sentence() -> None:
    fine = ("Oats hold fibre.", ["Oats hold fibre."])
    found = find_oversteps([fine, ("You clearly have IBS.", [])])
    assert [(one.position, one.kind) for one in found] == [(1, "diagnosis")]


@given(st.text(min_size=1, max_size=80))
def test_what_a_quote_says_word_for_word_passes(text: str) -> None:
    if any(character.isalnum() for character in text):
        assert find_oversteps([(text, [f"Before. {text} After."])]) == []
