"""Dates, names, languages, links, identity and reference entries."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.bylines import Byline, read_byline, read_name
from index.readers.commercial import is_commercial, is_promotion
from index.readers.dates import parse_date
from index.readers.identity import canonical_url, make_article_id, make_slug
from index.readers.inline import Piece, expand_numbers, make_run, mark
from index.readers.language import detect_language, language_of_path, normalise_code
from index.readers.references import is_reference_heading, parse_reference, split_number

DATES = {
    "June 2026": "2026-06",
    "3. juni 2026": "2026-06-03",
    "2026-06-03": "2026-06-03",
    "2026-06": "2026-06",
    "2025-12-17T09:33:15+01:00": "2025-12-17",
    "3 June 2026": "2026-06-03",
    "June 3rd, 2026": "2026-06-03",
    "den 3 juni 2026": "2026-06-03",
    "Publiceret den 14. december 2025": "2025-12-14",
    "5 mars 2025": "2025-03-05",
    "marts 2025": "2025-03",
    "1. desember 2024": "2024-12-01",
    "Sept. 2024": "2024-09",
    "03/04/2026": "2026",
    "25/04/2026": "2026-04-25",
    "04/25/2026": "2026-04-25",
    "03.04.2026": "2026-04-03",
    "2026": "2026",
    "31 February 2026": None,
    "in 2019 trials": None,
    "maybe 12 of 2026": None,
    "": None,
}


@pytest.mark.parametrize(("written", "expected"), DATES.items(), ids=DATES.keys())
def test_dates_keep_the_precision_given(written, expected):
    assert parse_date(written) == expected


BYLINES = {
    "By Dr. Bahir Hadi — Consultant Surgeon, PhD": Byline(
        "Dr. Bahir Hadi", credentials="Consultant Surgeon, PhD"
    ),
    "Author: Dr. A. Hadi, Surgeon, PhD · Date: June 2026": Byline(
        "Dr. A. Hadi", "2026-06", credentials="Surgeon, PhD"
    ),
    "Af Mette Holm, overlæge, ph.d. · 3. juni 2026": Byline(
        "Mette Holm", "2026-06-03", credentials="overlæge, ph.d."
    ),
    "Written by Leah Osei, nurse. First published 20 May 2025.": Byline(
        "Leah Osei", credentials="nurse"
    ),
    "By Ines Halvorsen, psychologist · Published 18 March 2026": Byline(
        "Ines Halvorsen", "2026-03-18", credentials="psychologist"
    ),
    "Skrevet af Mette Østergaard | Opdateret: 3. juni 2026": Byline(
        "Mette Østergaard", None, "2026-06-03"
    ),
    "Av Åsa Öberg": Byline("Åsa Öberg"),
    "Last updated: 2026-05-01": Byline(None, None, "2026-05-01"),
    "Published 18 March 2026": Byline(None, "2026-03-18"),
    "By Anna Keller, paediatrician, and Ruth Adeyemi, midwife": Byline(
        "Anna Keller and Ruth Adeyemi"
    ),
    "By the way, this is text.": None,
    "By Monday you should feel better.": None,
    "By eating more fibre you help your gut": None,
    "Published studies show that this is so.": None,
    "Authors of that trial found little.": None,
    "Af og til gør det ondt": None,
    "A plain sentence.": None,
}


@pytest.mark.parametrize(("line", "expected"), BYLINES.items(), ids=BYLINES.keys())
def test_bylines(line, expected):
    assert read_byline(line) == expected


@pytest.mark.parametrize("value", ["admin", "2", "x@example.org", "https://example.org", ""])
def test_an_account_is_no_name(value):
    assert read_name(value) is None


def test_the_stop_of_an_initial_stays():
    assert read_name("Furness J.") == "Furness J."


SAME_PAGE = (
    "https://example.org/en/gut-brain/",
    "http://example.org/en/gut-brain",
    "https://www.example.org/en/gut-brain?utm_source=mail&fbclid=1#part",
    "HTTPS://Example.org:443/en/gut-brain/index.html",
)


def test_one_page_has_one_id():
    ids = {make_article_id(url=url, name="x") for url in SAME_PAGE}
    assert len(ids) == 1
    assert re.fullmatch(r"gut-brain-[0-9a-f]{8}", ids.pop())


def test_other_pages_have_other_ids():
    urls = ["https://a.org/x", "https://b.org/x", "https://a.org/y/x", "https://a.org/x?p=2"]
    assert len({make_article_id(url=url, name="x") for url in urls}) == 4
    assert make_article_id(url=None, name="a/x.md") != make_article_id(url=None, name="b/x.md")


def test_a_query_that_names_the_page_counts():
    assert canonical_url("https://a.org/?p=7&utm_medium=x") == "https://a.org?p=7"


def test_slugs_are_readable():
    assert make_slug("Tarm–hjerne-aksen: Ångst & Ørne") == "tarm-hjerne-aksen-angst-orne"


@given(st.text(max_size=60), st.text(max_size=60))
def test_ids_are_made_of_plain_letters(url, name):
    for made in (make_article_id(url=url, name=name), make_article_id(url=None, name=name)):
        assert re.fullmatch(r"[a-z0-9]+(?:-+[a-z0-9]+)*", made)


LINKS = {
    ("https://x.se/en/butik/magnesium", "Magnesium"): True,
    ("https://x.dk/produkt/probiotika", "her"): True,
    ("https://shop.example.org/a", "a"): True,
    ("https://www.amazon.de/dp/B00", "Ashwagandha"): True,
    ("https://x.org/a?add-to-cart=3", "a"): True,
    ("https://x.org/a", "Buy now"): True,
    ("https://x.org/a", "Køb nu for 299 kr"): True,
    ("https://x.org/articles/how-to-buy-probiotics", "how to choose"): False,
    ("https://x.org/workshop/sleep", "workshop"): False,
    ("https://pubmed.ncbi.nlm.nih.gov/123/", "PMID"): False,
    ("/en/blog/sibo", "SIBO"): False,
}


@pytest.mark.parametrize(("link", "expected"), LINKS.items(), ids=map(str, LINKS))
def test_links_that_sell(link, expected):
    assert is_commercial(*link) is expected


def test_sponsored_links_and_prices():
    assert is_commercial("https://x.org/a", "a", rel="nofollow sponsored")
    assert is_promotion("Buy it for €29 today")
    assert not is_promotion("The visit costs 300 kr.")


TEXTS = {
    "en": "The gut talks to the brain and the brain talks to the gut.",
    "da": "Tarmen taler med hjernen, og det kan også mærkes på din mave af og til.",
    "sv": "Tarmen talar med hjärnan och det är inte konstigt att du känner av det.",
    "no": "Tarmen snakker med hjernen og det er ikke rart at du kjenner noen av tegnene etterpå.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items(), ids=TEXTS.keys())
def test_languages_are_told_apart(code, text):
    assert detect_language(text) == code


def test_a_declared_language_yields_only_to_plain_evidence():
    assert detect_language("Magnesium", "da") == "da"
    assert detect_language(TEXTS["sv"] * 10, "en") == "sv"
    assert detect_language(TEXTS["en"], "da") == "da"
    assert detect_language("") == "en"


def test_language_codes():
    assert [normalise_code(c) for c in ("en-GB", "sv_SE", "nb", "x", None)] == [
        "en",
        "sv",
        "no",
        None,
        None,
    ]
    assert language_of_path("https://a.org/da/artikler") == "da"
    assert language_of_path("https://a.org/go/artikler") is None


HEADINGS = [
    "References",
    "Reference list (PubMed-based)",
    "Kilder",
    "Källor:",
    "Referencer",
    "7. Sources",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_reference_headings(heading):
    assert is_reference_heading(heading)


@pytest.mark.parametrize(
    "heading", ["Sources of magnesium", "References to doctors", "Introduction"]
)
def test_other_headings(heading):
    assert not is_reference_heading(heading)


def reference(text, number=1):
    return parse_reference(make_run([Piece(text)], detach_marks=False), number)


def test_identifiers_of_a_reference():
    entry = reference(
        "Furness JB. The ENS. 2012;9:286. PMID: 22392290. doi:10.1038/nrgastro.2012.32."
    )
    assert (entry.pmid, entry.doi, entry.url) == ("22392290", "10.1038/nrgastro.2012.32", None)
    entry = reference("See https://pubmed.ncbi.nlm.nih.gov/29593576/).")
    assert (entry.pmid, entry.url) == ("29593576", "https://pubmed.ncbi.nlm.nih.gov/29593576/")
    entry = reference("Black CJ. Lancet. doi: 10.1016/S0140-6736(20)32115-2.")
    assert entry.doi == "10.1016/S0140-6736(20)32115-2"
    entry = reference("PubMed ID: 29958137: Frontiers. The Vagus.")
    assert (entry.pmid, entry.text) == ("29958137", "Frontiers. The Vagus.")


@pytest.mark.parametrize("text", ["Nature 2019;12345678", "PMID: 123456789", "Phone 29958137"])
def test_a_number_without_a_cue_or_too_long_is_no_pmid(text):
    assert reference(text).pmid is None


@pytest.mark.parametrize("text", ["[3] Smith", "(3) Smith", "3. Smith", "3) Smith", "[3]: Smith"])
def test_numbers_of_entries(text):
    assert split_number(text) == (3, "Smith")


def test_a_year_or_decimal_is_no_number():
    assert split_number("2019. Smith")[0] is None
    assert split_number("3.5 mg")[0] is None


MARKERS = {
    "list": ("the gut [3, 4].", "the gut.", [(7, (3, 4))]),
    "range": ("the gut [3–5] is", "the gut is", [(7, (3, 4, 5))]),
    "behind the stop": ("the gut. [1] It", "the gut. It", [(8, (1,))]),
    "neighbours": ("the gut [1][2], so", "the gut, so", [(7, (1, 2))]),
    "raised": ("the gut²,³ is", "the gut is", [(7, (2, 3))]),
    "wrapped": (f"the gut {mark('3')},{mark('4')} is", "the gut is", [(7, (3, 4))]),
    "leading": ("[1] The gut", "The gut", [(0, (1,))]),
    "square metre": ("30 kg/m² and 5 m²", "30 kg/m² and 5 m²", []),
    "power": ("10⁹ cells", "10⁹ cells", []),
    "ion": ("Ca²⁺ in cells", "Ca²⁺ in cells", []),
    "interval": ("(95% CI [2, 5])", "(95% CI [2, 5])", []),
    "beyond the list": ("aged [18–65]", "aged [18–65]", []),
    "words": ("he [the boy] ran", "he [the boy] ran", []),
}


@pytest.mark.parametrize(("raw", "text", "marks"), MARKERS.values(), ids=MARKERS.keys())
def test_markers_are_detached_and_values_are_not(raw, text, marks):
    run = make_run([Piece(raw)], highest=6)
    assert (run.text, list(run.marks)) == (text, marks)


def test_links_move_with_the_text():
    pieces = [Piece("Read [1] "), Piece("this  page", href="/a"), Piece(" [2] now")]
    run = make_run(pieces, highest=2)
    assert run.text == "Read this page now"
    assert [run.text[link.start : link.end] for link in run.links] == ["this page"]


def test_ranges_that_make_no_sense_give_no_numbers():
    assert expand_numbers("[5-3]") == ()
    assert expand_numbers("[1-99]") == ()


def test_invisible_characters_go_and_spaces_become_plain():
    run = make_run([Piece("mag\u00adne\u200bsium\u00a02.5\u202fmg\u202e \U000e0041 end")])
    assert run.text == "magnesium 2.5 mg end"
