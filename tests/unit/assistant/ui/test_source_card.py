from dataclasses import replace

import pytest

from assistant.answer import CitedReference
from assistant.ui.source_card import (
    PassageLine,
    group_by_article,
    make_source_card,
    reference_links,
    split_passage,
    web_address,
)
from index.citations import quote_checksum
from prompts.texts import load_texts

ENGLISH = load_texts("en")


def test_the_quote_is_marked_in_its_place(source):
    lines = split_passage(source)
    assert lines[1] == PassageLine("", "calms the stress axis", "")
    assert [line.before for line in lines if not line.quote] == [
        "Magnesium is a mineral. It helps because it:",
        "supports sleep",
        "Most people get enough from food.",
    ]


def test_a_quote_that_is_no_slice_of_the_passage_stands_alone(source):
    moved = replace(source, start=source.start + 3)
    assert split_passage(moved) == (PassageLine(quote=source.quote),)


def test_the_card_says_everything_in_plain_words(source):
    card = make_source_card(source, "1", ENGLISH)
    assert card.byline == "Sample Clinic · June 2026"
    assert card.evidence == "Many studies taken together (meta-analysis)"
    assert card.commercial
    assert card.language is None


def test_an_article_in_another_language_is_named(source):
    card = make_source_card(replace(source, language="sv"), "1", load_texts("da"))
    assert card.language == "svensk"


def test_an_evidence_type_that_has_no_words_is_shown_as_it_is(source):
    assert make_source_card(replace(source, evidence="survey"), "1", ENGLISH).evidence == "survey"


def test_references_lead_to_pubmed_and_doi():
    reference = CitedReference(1, "A trial.", "12345678", "10.1000/a<b>", "https://x.dk")
    assert reference_links(reference, ENGLISH) == (
        ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/12345678/"),
        ("DOI", "https://doi.org/10.1000/a%3Cb%3E"),
    )


def test_a_reference_with_neither_leads_to_its_own_address():
    reference = CitedReference(1, "A page.", None, None, "https://x.dk/a")
    assert reference_links(reference, ENGLISH) == (("Web page", "https://x.dk/a"),)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "JaVaScRiPt:alert(1)",
        "//evil.example",
        "https:",
        "http://[broken",
        "file:///etc/passwd",
        "https://library.example/articles/magnesium",
    ],
)
def test_a_reader_is_sent_to_web_addresses_only(url):
    assert web_address(url) is None


def test_sources_of_one_article_stand_together(source):
    other = replace(source, n=2, article_id="other")
    third = replace(source, n=3)
    cards = [make_source_card(s, str(s.n), ENGLISH) for s in (source, other, third)]
    assert [[c.number for c in group] for group in group_by_article(cards)] == [[1, 3], [2]]


def test_a_retracted_work_is_a_warning(source):
    reference = replace(source.references[0], check="retracted")
    [card] = make_source_card(replace(source, references=(reference,)), "1", ENGLISH).references
    assert card.check == "this work has been retracted"
    assert card.warning


def test_an_article_with_an_address_of_its_own_is_opened_there(source):
    own = replace(source, link="https://clinic.dk/magnesium#:~:text=calms")
    assert make_source_card(own, "1", ENGLISH).link == own.link


def test_an_article_without_one_is_opened_in_the_library(source):
    card = make_source_card(replace(source, link=None, url=None, article_id="a/b c"), "1", ENGLISH)
    place = f"start={source.start}&end={source.end}&quote={quote_checksum(source.quote)}"
    assert card.link == f"/articles/a%2Fb%20c?{place}#quote"
    assert card.web_link is None
