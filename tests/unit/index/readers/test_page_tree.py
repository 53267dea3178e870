"""Markup becomes a tree without what makes a page take hours."""

import pytest

from index.readers.page_tree import MAX_ATTRIBUTES, MAX_DEPTH, parse_html


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


@pytest.mark.parametrize(
    "form",
    [
        "<div>",
        "<ul><li>",
        "<b><div>",
        "<x-y/>",
        "<svg><p><path/>",
        "<!--><b>",
        "<script-x><i>",
        "<DIV a='>'></p>",
    ],
)
def test_what_is_nested_too_deeply_is_refused(form):
    with pytest.raises(RecursionError):
        parse_html(form * (MAX_DEPTH + 1))


@pytest.mark.parametrize(
    "form",
    [
        "<p>x",
        "<li>x<br>",
        "<a name=x>",
        "<div></div>",
        "<!-- <div> -->",
        "<script>if (i<n) {}</script>",
        "</b>",
    ],
)
def test_what_only_looks_nested_is_read(form):
    assert parse_html(form * (MAX_DEPTH + 1)).body is not None


def test_a_drawing_of_many_lines_is_read():
    lines = '<path d="M1 1" />' * (MAX_DEPTH + 1)
    assert parse_html(f"<svg><g>{lines}</g></svg><p>One.</p>").css_first("p").text() == "One."
