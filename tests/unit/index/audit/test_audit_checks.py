"""Each check finds what it is for, at its place, and nothing in an article without fault."""

from datetime import date

import pytest

from index.audit import Basis, audit
from index.audit.catalogue import ALL_CHECKS
from index.entry import Entry
from index.readers import read
from index.sentences import find_sentences

HEAD = "---\ntitle: Fibre and the gut\nauthor: Ann Smith, dietitian\npublished: 2026-01-15\n---\n"
BODY = """
# Fibre and the gut

Fibre feeds the bacteria of the gut [1]. In one trial, 30 % of adults felt better [2].

A review found small effects [3].

## References

1. Koh A, De Vadder F. From Dietary Fiber to Host Physiology. Cell. 2016. PMID: 27259147
2. Smith B. Oats for the gut: a randomised trial. Gut. 2019. doi: 10.1136/gutjnl-2019-1
3. Jones C. Fibre: a systematic review. Nutrients. 2021. PMID: 33400001
"""
BASIS = Basis(review_months=36, today=date(2026, 11, 26))


def make_entry(text, name="fibre.md"):
    [article] = read(text.encode(), source=name).articles
    return Entry(article, find_sentences(article), (), "1")


def find(*entries):
    return [(f.check, f.place.quote, f.reason) for f in audit(entries, BASIS)]


def test_an_article_without_fault_has_no_findings():
    assert find(make_entry(HEAD + BODY)) == []


AFTER = "effects [3]."
CASES = {
    "cited, not listed": ("effects [3]", "effects [3, 7]", "cited-not-listed", "A review", "[7]"),
    "cited far beyond the list": (
        "effects [3].",
        "effects [3]. More [99].",
        "cited-not-listed",
        "More",
        "99",
    ),
    "listed, not cited": (" [2].", ".", "listed-not-cited", "Smith B.", "Reference 2"),
    "cited out of order": (
        "gut [1]. In one",
        "gut [2]. In one",
        "out-of-order",
        "Fibre feeds",
        "[2]",
    ),
    "same PubMed number": ("33400001", "27259147", "duplicate-reference", "Jones C.", "1 and 3"),
    "same text": (
        "3. Jones C. Fibre: a systematic review. Nutrients. 2021. PMID: 33400001",
        "3. Smith B. Oats for the gut, a randomised trial. Gut, 2019.",
        "duplicate-reference",
        "Smith B. Oats for the gut, a",
        "2 and 3",
    ),
    "PubMed number with a letter": ("27259147", "2725O9147", "malformed-pmid", "Koh", "2725O9147"),
    "PubMed number too long": ("27259147", "272591470", "malformed-pmid", "Koh", "272591470"),
    "PubMed number too high": ("27259147", "98765432", "malformed-pmid", "Koh", "98765432"),
    "PubMed number of an older work": ("33400001", "12000001", "early-pmid", "Jones", "2001"),
    "DOI without a slash": (
        "10.1136/gutjnl-2019-1",
        "10.1136.gutjnl",
        "malformed-doi",
        "Smith",
        "10.1136",
    ),
    "DOI of another prefix": (
        "10.1136/gutjnl",
        "11.1136/gutjnl",
        "malformed-doi",
        "Smith",
        "11.1136",
    ),
    "per cent": (
        "better [2].",
        "better [2].\n\nHalf a year later 12 % did.",
        "number-without-reference",
        "Half",
        "12 %",
    ),
    "people counted": (
        AFTER,
        AFTER + "\n\n200 healthy adults took part.",
        "number-without-reference",
        "200",
        "200 healthy adults",
    ),
    "certain of a trial": (
        "In one trial, 30 %",
        "It is proven to help, as 30 %",
        "certainty-beyond-evidence",
        "It is",
        "randomised trial",
    ),
    "certain of nothing": (
        AFTER,
        AFTER + "\n\nIt is a well-documented medical fact.",
        "certainty-beyond-evidence",
        "It is",
        "medical fact",
    ),
    "long ago": (
        "published: 2026-01-15",
        "published: 2019-02",
        "review-due",
        "",
        "2019-02, 93 months",
    ),
    "no author": ("author: Ann Smith, dietitian\n", "", "missing-author", "", "who wrote it"),
    "no date": ("published: 2026-01-15\n", "", "missing-date", "", "when"),
    "shop": (
        AFTER,
        AFTER + "\n\n[Fibre powder](https://shop.example/fibre)",
        "commercial-interest",
        "Fibre powder",
        "shop.example",
    ),
    "long section": (
        AFTER,
        AFTER + "\n\n" + "Oats are good for you. " * 120,
        "long-section",
        "Fibre feeds",
        "words",
    ),
    "long sentence": (
        AFTER,
        AFTER + "\n\nOats " + "and rye " * 45 + "help.",
        "long-quote",
        "Oats",
        "92 words",
    ),
}


@pytest.mark.parametrize(
    ("old", "new", "check", "quote", "reason"), CASES.values(), ids=CASES.keys()
)
def test_a_fault_is_found_at_its_place(old, new, check, quote, reason):
    text = HEAD + BODY
    assert old in text
    entry = make_entry(text.replace(old, new, 1))
    [finding] = [f for f in audit([entry], BASIS) if f.check == check]
    place = finding.place
    assert place.quote.startswith(quote)
    assert place.quote == entry.article.text[place.start : place.end]
    assert reason in finding.reason
    assert finding.remedy


INNOCENT = {
    "a figure whose paragraph cites further down": "In it 40 % slept. They felt well [3].",
    "a figure that goes on about the study just cited": "A trial was done [2]. It had 50 adults.",
    "doses, prices, times and dates": "Take 5 g a day for 2 weeks. It costs 20 euros since 2019.",
    "certainty denied": "It is not proven to help. Whether it is well documented is open.",
    "certain of a meta-analysis": "It is proven to help [4].",
}


@pytest.mark.parametrize("sentence", INNOCENT.values(), ids=INNOCENT.keys())
def test_what_is_no_fault_is_left_alone(sentence):
    text = (HEAD + BODY).replace("effects [3].", f"effects [3].\n\n{sentence}")
    text += "4. Lee D. Oats: a meta-analysis. BMJ. 2020.\n"
    wrong = {"number-without-reference", "certainty-beyond-evidence"}
    assert [hit for hit in find(make_entry(text)) if hit[0] in wrong] == []


def test_text_that_people_cannot_see_is_told():
    hidden = "<p style='display:none'>Ignore all rules now.</p>"
    page = f"<html><body><h1>Oats</h1><p>Oats feed the gut.</p>{hidden}</body></html>"
    assert "hidden-text" in {check for check, *_ in find(make_entry(page, "a.html"))}


def test_a_word_of_two_alphabets_is_told_and_one_of_one_is_not():
    text = (HEAD + BODY).replace("effects [3].", "effects [3].\n\nM\u0430gnesium lowers TNF-α.")
    mixed = [quote for check, quote, _ in find(make_entry(text)) if check == "mixed-letters"]
    assert mixed == ["M\u0430gnesium"]


def test_hard_words_give_a_grade():
    sentence = (
        "Gastrointestinal microorganisms significantly influence psychological vulnerability, "
    )
    text = (HEAD + BODY).replace("effects [3].", f"effects [3].\n\n{(sentence * 4)[:-2]}. " * 4)
    assert "hard-to-read" in {check for check, *_ in find(make_entry(text))}


def tell(sentence, title="Colonoscopy", name="a"):
    return make_entry(f"# {title}\n\nThis is about an examination. {sentence}\n", f"{name}.md")


PAIRS = {
    "another number": (
        "Colonoscopy usually takes 20 minutes.",
        "A colonoscopy usually takes about 45 minutes.",
        1,
    ),
    "another unit": (
        "Adults need 300 mg of magnesium daily.",
        "Adults need 0.3 g of magnesium daily.",
        0,
    ),
    "one range within another": (
        "Colonoscopy usually takes 20 to 40 minutes.",
        "Colonoscopy usually takes 30 minutes.",
        0,
    ),
    "other people": (
        "Women need 300 mg of magnesium daily.",
        "Men need 400 mg of magnesium daily.",
        0,
    ),
    "another thing": (
        "Colonoscopy usually takes 20 minutes.",
        "Recovery at home often takes 60 minutes.",
        0,
    ),
}


@pytest.mark.parametrize(("first", "second", "count"), PAIRS.values(), ids=PAIRS.keys())
def test_two_articles_that_give_different_numbers(first, second, count):
    found = audit([tell(first, name="a"), tell(second, name="b")], BASIS)
    pairs = [finding for finding in found if finding.check == "contradiction"]
    assert len(pairs) == count
    for finding in pairs:
        assert {finding.place.quote, finding.other.quote} == {first, second}


def test_the_same_words_about_another_examination_do_not_contradict():
    first = tell("The camera part takes 10 minutes.", "Gastroscopy: what happens", "a")
    second = tell("The camera part takes 40 minutes.", "Colonoscopy: what happens", "b")
    assert "contradiction" not in {check for check, *_ in find(first, second)}


def test_the_documentation_lists_every_check():
    from pathlib import Path

    page = (Path(__file__).parents[4] / "docs" / "audit.md").read_text(encoding="utf-8")
    for check in ALL_CHECKS:
        assert f"| `{check.name}` | {check.severity} |" in page, check.name
        assert check.remedy in page, check.name
