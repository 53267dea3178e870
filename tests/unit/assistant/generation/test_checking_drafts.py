"""What becomes of a chat model's sentence, held against its sources by the trained checker."""

from dataclasses import dataclass

import pytest

from assistant.generation.checking import check_draft
from assistant.generation.drafting import Draft
from assistant.generation.rehearsing import rehearse
from assistant.support.lexicon import load_lexicon
from assistant.support.network import open_network


@dataclass(frozen=True)
class Source:
    number: int
    text: str
    heading: str = "Magnesium"


SOURCES = (
    Source(1, "Magnesium helps muscles to relax after they tighten."),
    Source(2, "Do not stop a prescribed medicine without asking your doctor."),
    Source(3, "Magnesium supplements can cause diarrhoea."),
)


@pytest.mark.parametrize(
    ("text", "cited", "fate", "shown"),
    [
        (
            "Muscles that have tightened can relax again with the help of magnesium.",
            (1,),
            "kept",
            (1,),
        ),
        (
            "Muscles that have tightened can relax again with the help of magnesium.",
            (3,),
            "mended",
            (1,),
        ),
        ("Magnesium helps muscles relax after they tighten.", (1,), "replaced", (1,)),
        ("Magnesium does not help muscles to relax.", (1,), "replaced", (1,)),
        ("You can stop a prescribed medicine without asking.", (2,), "replaced", (2,)),
        ("Take 400 mg of magnesium supplements a day.", (3,), "replaced", (3,)),
        ("The moon is made of cheese.", (1,), "left_out", ()),
    ],
    ids=[
        "borne out",
        "wrong marker",
        "nearly a copy",
        "denied",
        "stop a medicine",
        "a dose",
        "nowhere",
    ],
)
def test_only_what_a_source_bears_is_shown(text, cited, fate, shown):
    checked = check_draft(Draft(text, cited), SOURCES)
    assert (checked.fate, checked.cited) == (fate, shown)
    assert checked.text in {text, *(source.text for source in SOURCES), ""}


def test_a_rehearsal_opens_what_the_first_check_would_wait_for():
    opened = (load_lexicon, open_network)
    for load in opened:
        load.cache_clear()
    rehearse()
    assert [load.cache_info().currsize for load in opened] == [1, 1]
