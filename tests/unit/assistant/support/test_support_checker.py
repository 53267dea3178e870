import pytest

from assistant.generation.checking import THRESHOLD
from assistant.support import SupportChecker
from assistant.support.network import CLAIM_PIECES, MOST_PIECES, lay_out

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
        (
            "Bile is made in the liver and stored in the gallbladder.",
            "Bile is produced by the gallbladder and kept in the liver.",
        ),
    ],
    ids=[
        "direction", "number", "unit", "negation lost", "negation added", "cause", "population",
        "strain", "certainty", "roles", "exchange",
    ],
)  # fmt: skip
def test_what_the_evidence_denies_is_never_shown(evidence, claim):
    assert SupportChecker.from_package().check(claim, [evidence]).probability < THRESHOLD


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The visit takes about 30 minutes.", "The visit takes about 30 minutes"),
        ("It is not known whether it helps.", "Nobody knows whether it is of any help."),
        (
            "Magnesium supplements can cause diarrhoea.",
            "Taking magnesium as a supplement may give you diarrhoea.",
        ),
        (
            "The liver makes bile, and the gallbladder stores it.",
            "Bile is produced by the liver and kept in the gallbladder.",
        ),
    ],
    ids=["copy", "denial", "words", "order"],
)
def test_what_says_the_same_is_likely_borne(evidence, claim):
    assert SupportChecker.from_package().check(claim, [evidence]).probability > 0.5


def test_one_denial_in_a_long_copy_is_never_shown():
    row = (
        "Complaint: Nausea and vomiting; Why it happens: Hormones, mostly in the first 12 to 16 "
        "weeks; First steps: Small meals, rest, ginger may help some women; Call if: Pain is strong"
    )
    turned = SupportChecker.from_package().check(row.replace("may help", "may not help"), [row])
    assert (turned.probability, turned.reasons) == (0, ("claim_negated_alone",))


def test_what_is_too_long_to_be_read_to_its_end_is_borne_by_its_copy_alone():
    row = "Complaint: nausea; " + "First steps: small meals, rest; " * 10 + "Ginger may help some."
    checker = SupportChecker.from_package()
    assert checker.check(row, [row]).probability == 1
    changed = checker.check(row.replace("Ginger may", "Fennel may"), [row])
    assert (changed.probability, changed.reasons) == (0, ("too_long",))


def test_nothing_bears_nothing():
    assert SupportChecker.from_package().check("Fibre helps.", []).probability == 0


def test_a_claim_and_its_evidence_are_laid_out_side_by_side_and_cut_to_length():
    short, long = "Fibre helps.", "fibre " * 200
    pieces = lay_out([(short, ["It does."], "Food"), (long, [long], "")])
    assert pieces.ids.shape == (2, MOST_PIECES)
    assert pieces.claimed.sum(axis=1).tolist() == [len(short.split()) + 1, CLAIM_PIECES]
    assert (pieces.present.sum(axis=1) > pieces.side.sum(axis=1) + pieces.claimed.sum(axis=1)).all()
