"""Two things in each other's place, and the same said in another order or voice."""

import pytest

from assistant.support.aligning import align
from assistant.support.exchanging import exchanges
from assistant.support.reading import read

BILE = "Bile is made in the liver and stored in the gallbladder."
TABLETS = "Tablets can cause bloating in the first months; patches do less often."


@pytest.mark.parametrize(
    ("evidence", "claim", "exchanged"),
    [
        (BILE, "Bile is produced by the gallbladder and kept in the liver.", True),
        ("Stress causes colitis.", "Colitis causes stress.", True),
        ("Stress causes colitis.", "Stress is caused by colitis.", True),
        ("It turns fructose into glucose.", "It turns glucose into fructose.", True),
        ("It holds DHA and often EPA.", "It holds EPA and often DHA.", True),
        (TABLETS, "Patches can cause bloating in the first months; tablets do less often.", True),
        (BILE, "Bile is produced by the liver and kept in the gallbladder.", False),
        (BILE, "The liver makes bile and the gallbladder stores it.", False),
        ("Stress causes colitis.", "Colitis is caused by stress.", False),
        ("A normal test does not rule out cancer.", "Cancer is not ruled out by the test.", False),
        ("If it hurts, ring the ward.", "Ring the ward if it hurts.", False),
        ("It holds fibre and starch.", "It holds starch and fibre.", False),
        (
            "Mint, which many like, calms the gut of adults and children with cramps.",
            "The gut is calmed by mint.",
            False,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)  # fmt: skip
def test_an_exchange_is_told_from_another_order(evidence, claim, exchanged):
    said, there = read(claim), read(evidence)
    assert exchanges(said, there, align(said, there)) is exchanged
