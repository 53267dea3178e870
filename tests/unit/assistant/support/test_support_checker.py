import pytest

from assistant.support import SupportChecker

FIBRE = "Adding 12 g of fibre a day may lower blood pressure in mice, but not in people."


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        (FIBRE, "Adding 12 g of fibre a day raises blood pressure in mice."),
        (FIBRE, "Adding 21 g of fibre a day may lower blood pressure in mice."),
        (FIBRE, "Adding 12 mg of fibre a day may lower blood pressure in mice."),
        ("The test does not rule out cancer.", "The test rules out cancer."),
        ("You can drive after the test.", "You cannot drive after the test."),
        ("Coffee is linked with fewer gallstones.", "Coffee prevents gallstones."),
        ("In mice, the strain calmed the gut.", "In patients, the strain calmed the gut."),
        ("L. rhamnosus GG eased diarrhoea.", "L. reuteri DSM eased diarrhoea."),
        ("Mint oil may ease cramps in some people.", "Mint oil always eases cramps."),
        ("Men had higher values than women.", "Women had higher values than men."),
    ],
    ids=[
        "direction", "number", "unit", "negation lost", "negation added", "cause", "population",
        "strain", "certainty", "roles",
    ],
)  # fmt: skip
def test_what_the_evidence_denies_is_vetoed(evidence, claim):
    support = SupportChecker.from_package().check(claim, [evidence])
    assert support.vetoed or support.probability < 0.5


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The visit takes about 30 minutes.", "The visit takes about 30 minutes"),
        ("Two of ten people felt sick.", "2 of 10 people felt sick."),
        ("It is not known whether it helps.", "It is unknown whether it helps."),
        ("You do not need to fast.", "You don't need to fast."),
    ],
    ids=["copy", "number words", "prefix", "contraction"],
)
def test_what_says_the_same_is_not_vetoed(evidence, claim):
    support = SupportChecker.from_package().check(claim, [evidence])
    assert not support.vetoed
    assert support.probability > 0.5


def test_nothing_bears_nothing():
    assert SupportChecker.from_package().check("Fibre helps.", []).probability == 0
