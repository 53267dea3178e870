"""What an answer must not say beyond its quotes: diagnosis, dose, stopping, certainty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.boundaries import find_oversteps


@pytest.mark.parametrize(
    ("sentence", "quote", "kind"),
    [
        ("You probably have IBS.", "IBS gives pain and bloating.", "diagnosis"),
        ("What you have is IBS.", "IBS gives pain and bloating.", "diagnosis"),
        ("Your symptoms suggest coeliac disease.", "Coeliac disease gives bloating.", "diagnosis"),
        ("Dine symptomer tyder på IBS.", "IBS giver ondt i maven.", "diagnosis"),
        ("Du har troligen IBS.", "IBS ger ont i magen.", "diagnosis"),
        ("Take 500 mg of magnesium.", "Magnesium helps some people.", "dose"),
        ("Take it twice a day.", "Take it once a day.", "dose"),
        ("Take two capsules daily.", "Take one capsule daily.", "dose"),
        ("Tag 10 g loppefrøskaller om dagen.", "Loppefrøskaller kan hjælpe.", "dose"),
        ("Two capsules a day is a good start.", "She gives 2 capsules a day.", "dose"),
        ("It works within 8 weeks.", "It works within 4 weeks.", "dose"),
        ("Take 10 g a day.", "A dose of 10 grams per day was used.", "dose"),
        ("You need 25 g of fibre a day.", "Adults need about 25 g of fibre a day.", "dose"),
        ("Children should get 2 capsules a day.", "The dose was 2 capsules daily.", "dose"),
        ("Til dig passer 300 mg om dagen.", "Mænd fik 300 mg om dagen.", "dose"),
        ("You can stop taking your tablets.", "Probiotics were tested.", "stop_medicine"),
        ("It is not bad to stop your omeprazole.", "Omeprazole is a medicine.", "stop_medicine"),
        ("Halve the dose.", "Each was given a dose of its own.", "stop_medicine"),
        ("Antidepressants can be stopped.", "They can be stopped slowly.", "stop_medicine"),
        ("It works instead of tablets.", "It was tried beside tablets.", "stop_medicine"),
        ("You can stop the tablets.", "You can stop the tablets, if she agrees.", "stop_medicine"),
        ("Nobody needs metformin that long.", "Metformin troubles the gut.", "stop_medicine"),
        ("Lad pantoprazolen ligge.", "Pantoprazol dæmper syren.", "stop_medicine"),
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
        ("Adults took 10 g a day.", "A dose of 10 grams per day was used in adults."),
        ("Take two capsules every day.", "Take 2 capsules daily."),
        ("Ask first if you stop taking tablets.", "Ask before you stop."),
        ("It can reduce the effect of some tablets.", "It makes some tablets weaker."),
        ("Do not stop taking your medicine.", "Never stop a medicine on your own."),
        ("Kefir is fermented milk.", "Kefir is fermented milk and may help digestion."),
        ("Probiotics may reduce anxiety.", "Probiotics may reduce anxiety in some people."),
        ("In mice the strain lowered anxiety.", "The strain lowered anxiety in mice."),
        ("You have about 40 trillion bacteria.", "You have about 40 trillion bacteria."),
    ],
)
def test_a_sentence_that_stays_within_its_quote(sentence: str, quote: str) -> None:
    assert find_oversteps([(sentence, [quote])]) == []


SOURCE = "Psychobiotics may ease low mood a little in some people, as an addition to treatment"


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SOURCE}, so you can stop your tablets.",
        f"{SOURCE}, and mesalazine can be ended.",
        f"{SOURCE}; there is no need for the pills any more.",
        f"Since {SOURCE}, this is what you have.",
        f"{SOURCE}, which means that you have IBS.",
        f"{SOURCE}, så du kan sluta med din medicin.",
        "Low mood may ease a little with psychobiotics, so you can skip your pills.",
    ],
)
def test_what_is_tacked_on_to_a_sources_words_is_looked_at_alone(sentence: str) -> None:
    assert find_oversteps([(sentence, [f"{SOURCE}."])])


def test_clauses_that_a_source_bears_may_be_put_together() -> None:
    quote = (
        "Butyrate is a short-chain fatty acid. Bacteria make it from fibre, and it feeds the gut."
    )
    sentence = "Butyrate, a short-chain fatty acid, feeds the gut, and bacteria make it from fibre."
    assert find_oversteps([(sentence, [quote])]) == []


def test_the_position_says_which_sentence() -> None:
    fine = ("Oats hold fibre.", ["Oats hold fibre."])
    found = find_oversteps([fine, ("You clearly have IBS.", [])])
    assert [(one.position, one.kind) for one in found] == [(1, "diagnosis")]


@given(st.text(min_size=1, max_size=80))
def test_what_a_quote_says_word_for_word_passes(text: str) -> None:
    if any(character.isalnum() for character in text):
        assert find_oversteps([(text, ["Before.", text])]) == []
