"""Markup becomes a tree without the attributes by which a page would take hours."""

import pytest

from index.readers.page_tree import MAX_ATTRIBUTES, parse_html


@pytest.mark.parametrize("form", ["a{}", "a{}=1", 'a{}="x > y"', "a{} = '1'", "/a{}=1/"])
def test_a_tag_keeps_so_many_attributes_and_its_text(form):
    many = " ".join(form.format(number) for number in range(3 * MAX_ATTRIBUTES))
    paragraph = parse_html(f"<p>One.</p><p {many}>Two.</p>").css("p")[1]
    assert len(paragraph.attributes) == MAX_ATTRIBUTES
    assert paragraph.text() == "Two."


def test_a_long_value_stays_whole():
    value = "a b=c > " * 3000
    assert parse_html(f'<p data-x="{value}" id=y>One.</p>').css_first("#y").attributes == {
        "data-x": value,
        "id": "y",
    }
