"""How a medicine is taken, told of sentences that nothing was trained on."""

import tomllib

import pytest

from assistant.intake import restrains, tells_how_taken
from assistant.intake.train_intake import FOLDER

# Patterns of words found 21 of 61 and 9 of 201 falsely.
LEAST_FOUND, MOST_FALSE = 0.55, 0.02


def test_sentences_of_the_starter_library_are_told_apart():
    held_out = tomllib.loads((FOLDER / "held_out.toml").read_text(encoding="utf-8"))
    told = {name: [tells_how_taken(s) for s in held_out[name]] for name in held_out}
    assert sum(told["intake"] + told["restraint"]) >= LEAST_FOUND * 61
    assert sum(told["other"]) <= MOST_FALSE * len(told["other"])
    restrained = {name: [restrains(s) for s in held_out[name]] for name in held_out}
    assert sum(restrained["restraint"]) >= LEAST_FOUND * len(restrained["restraint"])
    assert sum(restrained["intake"] + restrained["other"]) <= MOST_FALSE * 213


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("Do not stop an antidepressant on your own.", True),
        ("Stop ikke med at tage din blodtryksmedicin uden at spørge lægen.", True),
        ("Ta inte järntabletter tillsammans med mjölk.", True),
        ("Levothyroxine | Calcium | Keep 4 hours apart", True),
        ("The women took 200 mg a day for six weeks.", False),
        ("Kefir is a food and not a medicine.", False),
        ("Do not eat for six hours before the test.", False),
        ("", False),
    ],
)
def test_how_something_is_taken_is_not_what_a_trial_gave(sentence, tells):
    assert tells_how_taken(sentence) is tells


@pytest.mark.parametrize(
    ("sentence", "restraint"),
    [
        ("Never stop a blood thinner on your own.", True),
        ("Leave at least four hours between your thyroid tablet and iron.", True),
        ("Du må ikke stoppe med medicinen uden at spørge lægen.", True),
        ("You can stop your antidepressant when you feel well.", False),
        ("Stop iron tablets seven days before the test.", False),
        ("Take 300 mg a day with food.", False),
        ("Saffron was as good as an antidepressant in one trial.", False),
        ("Replace your tablets with kefir.", False),
    ],
)
def test_what_restrains_is_not_what_allows(sentence, restraint):
    assert restrains(sentence) is restraint
