"""How a medicine is taken, told of sentences that nothing was trained on."""

import tomllib

import pytest

from assistant.intake import tells_how_taken
from assistant.intake.train_intake import FOLDER

# Patterns of words found 21 of 61 and 9 of 201 falsely.
LEAST_FOUND, MOST_FALSE = 0.55, 0.02


def test_sentences_of_the_starter_library_are_told_apart():
    held_out = tomllib.loads((FOLDER / "held_out.toml").read_text(encoding="utf-8"))
    found, false = ([tells_how_taken(s) for s in held_out[name]] for name in ("intake", "other"))
    assert sum(found) >= LEAST_FOUND * len(found) > 30
    assert sum(false) <= MOST_FALSE * len(false)


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
