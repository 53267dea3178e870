"""What shows another page is left out, and what only links to one stays."""

import pytest

from index.readers import read

TEXT = "<p>Fibre feeds the bacteria of the bowel, and most people eat too little of it.</p>" * 4
OTHER = "<div class='x1'><h3><a href='/{0}'>{0} at night</a></h3><p>Why {0} wakes you.</p></div>"
CARDS = f"<div class='x0'>{OTHER.format('Reflux')}{OTHER.format('Gout')}</div>"


def read_page(markup):
    page = f"<title>Fibre</title><body><main><h1>Fibre</h1>{markup}</main></body>"
    return read(page.encode(), source="page.html").articles[0]


@pytest.mark.parametrize(
    ("markup", "gone"),
    [
        (f"{TEXT}<h2>Keep exploring</h2>{CARDS}", "Reflux|Keep exploring"),
        (
            f"{TEXT}<article><h3><a href='/g'>Gout</a></h3><p>A crystal.</p></article>",
            "Gout|crystal",
        ),
        (f"{TEXT}<blockquote><p><a href='/g'>Gout at night</a></p></blockquote>", "Gout"),
        (
            f"{TEXT}<div class='a'><div><a href='/g'>Gout</a></div><div>A crystal.</div></div>"
            "<div class='a'><div><a href='/r'>Reflux</a></div><div>An acid.</div></div>",
            "Gout|crystal|acid",
        ),
    ],
    ids=["cards", "article", "quoted link", "repeated boxes"],
)
def test_boxes_that_show_other_pages_are_left_out(markup, gone):
    text = read_page(markup).text
    assert "bacteria of the bowel" in text
    assert [word for word in gone.split("|") if word in text] == []


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        (f"<h2>Bread</h2>{CARDS}{TEXT}", "Bread"),
        (
            f"<h2><a href='/oats'>Oats</a></h2>{TEXT}<h2><a href='/rye'>Rye</a></h2>{TEXT}",
            "Oats|Rye",
        ),
        (
            f"{TEXT}<div><h3><a href='https://journal.example/1'>A trial of oats</a></h3>"
            "<p>Berg A. Bowel Notes. 2019.</p></div>",
            "A trial of oats|Bowel Notes",
        ),
        (
            f"<article>{TEXT}<aside><p>Drink a glass of water with it.</p></aside></article>",
            "glass",
        ),
        (
            f"{TEXT}<div><h3><a href='#oats'>Oats</a></h3><p>They are folded.</p></div>",
            "Oats|folded",
        ),
    ],
    ids=["heading with text", "linked headings", "source", "aside in the article", "folded"],
)
def test_text_that_links_elsewhere_stays(markup, kept):
    page = read_page(markup).text.replace("https://journal.example/1", "")
    assert [word for word in kept.split("|") if word not in page] == []


def test_the_title_is_not_that_of_another_post():
    page = (
        "<title>Gallstones - Clinic</title><body><main><div><h1>Gallstones</h1></div>"
        f"{TEXT}<div><h2 itemprop='headline'><a href='/k'>Keyhole or open?</a></h2></div></main>"
    )
    assert read(page.encode(), source="page.html").articles[0].title == "Gallstones"


def test_notes_without_a_heading_are_references_where_the_text_cites_them():
    article = read_page(
        f"{TEXT}<p>Oats help.<sup>1</sup></p><hr><p>1. Berg A. Oats. Bowel Notes. 2019;4:1.</p>"
    )
    assert [(one.number, one.text[:7]) for one in article.references] == [(1, "Berg A.")]
    assert article.marks
