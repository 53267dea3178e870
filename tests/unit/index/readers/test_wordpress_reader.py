from __future__ import annotations

import json

import pytest

from index.errors import NotAnArticle, UnreadableSource
from index.readers import read


def post(**changes):
    made = {
        "id": 7,
        "date": "2026-03-01T09:00:00",
        "modified": "2026-04-02T09:00:00",
        "slug": "axis",
        "status": "publish",
        "type": "post",
        "link": "https://clinic.example/da/axis/",
        "title": {"rendered": "Gut &#8211; <em>brain</em> &amp; you"},
        "content": {"rendered": "<p>The gut talks to the brain.</p>", "protected": False},
        "author": 2,
    }
    return made | changes


def read_posts(*posts):
    data = list(posts) if len(posts) > 1 else posts[0]
    return read(json.dumps(data).encode(), source="posts.json")


def test_a_post():
    article = read_posts(post()).articles[0]
    assert article.title == "Gut – brain & you"
    byline = "1. marts 2026 · Opdateret 2. april 2026 · Udgivet af clinic.example"
    assert article.text == f"Gut – brain & you\n\n{byline}\n\nThe gut talks to the brain."
    assert (article.published, article.modified) == ("2026-03-01", "2026-04-02")
    assert (article.publisher, article.language) == ("clinic.example", "da")
    assert article.format == "wordpress"


def test_an_account_number_is_no_author():
    assert read_posts(post()).articles[0].author is None


AUTHORS = {
    "embedded": ({"_embedded": {"author": [{"name": "Anna Berg"}]}}, "Anna Berg"),
    "yoast": ({"yoast_head_json": {"author": "Anna Berg, PhD"}}, "Anna Berg"),
    "written by": ({"yoast_head_json": {"twitter_misc": {"Skrevet af": "Anna Berg"}}}, "Anna Berg"),
    "admin": ({"_embedded": {"author": [{"name": "admin"}]}}, None),
    "closed": ({"_embedded": {"author": [{"code": "rest_user_invalid_id"}]}}, None),
    "the site": ({"yoast_head_json": {"author": "My Site", "og_site_name": "My Site"}}, None),
}


@pytest.mark.parametrize(("extra", "author"), AUTHORS.values(), ids=AUTHORS.keys())
def test_authors(extra, author):
    assert read_posts(post(**extra)).articles[0].author == author


def test_the_site_names_itself():
    article = read_posts(post(yoast_head_json={"og_site_name": "Sample Clinic"})).articles[0]
    assert article.publisher == "Sample Clinic"


def test_posts_that_are_not_for_everybody_are_left_out_with_a_reason():
    result = read_posts(
        post(link="https://a.org/1"),
        post(link="https://a.org/2", status="draft"),
        post(link="https://a.org/3", status="private"),
        post(
            link="https://a.org/4",
            content={"rendered": "<p>Secret text here.</p>", "protected": True},
        ),
        post(link="https://a.org/5", content={"rendered": "", "protected": False}),
    )
    assert [article.source for article in result.articles] == ["posts.json (https://a.org/1)"]
    reasons = {problem.source[-2]: (problem.reason, problem.failed) for problem in result.problems}
    assert reasons["2"] == ("left out, its status is 'draft'; publish it to include it", False)
    assert "private" in reasons["3"][0]
    assert "password" in reasons["4"][0]
    assert reasons["5"][0].startswith("holds no article text")
    assert reasons["5"][1] is True


def test_edits_keep_the_id():
    edited = post(title={"rendered": "New"}, content={"rendered": "<p>All of it is new.</p>"})
    assert read_posts(post()).articles[0].id == read_posts(edited).articles[0].id


def test_a_post_without_a_link_is_known_by_its_slug():
    ids = {read_posts(post(link=None, slug=slug)).articles[0].id for slug in ("a", "b")}
    assert len(ids) == 2


def test_a_heading_that_repeats_the_title_goes_and_empty_ones_too():
    content = "<h2>Gut - brain &amp; you</h2><h2></h2><h3>Why?</h3><p>The gut talks.</p>"
    article = read_posts(post(content={"rendered": content})).articles[0]
    headings = [article.block_text(i) for i, b in enumerate(article.blocks) if b.kind == "heading"]
    assert headings == ["Gut – brain & you", "Why?"]


def test_a_thematic_break_ends_an_answer():
    content = "<h2>FAQ</h2><h3>Why?</h3><p>Because it does.</p><hr><p>About our clinic.</p>"
    article = read_posts(post(content={"rendered": content})).articles[0]
    answer, about = article.blocks[-2], article.blocks[-1]
    assert article.block_text(answer.lead_in) == "Why?"
    assert (about.lead_in, about.section) == (None, ("FAQ",))


def test_plugins_tables_of_contents_stay_out():
    content = (
        '<div id="ez-toc-container"><p>Contents</p><ul><li><a href="#a">One</a></li></ul></div>'
        "<p>The gut talks to the brain.</p>"
    )
    article = read_posts(post(content={"rendered": content})).articles[0]
    assert "One" not in article.text


@pytest.mark.parametrize("cut", [1, 40, -2])
def test_truncated_json(cut):
    data = json.dumps(post()).encode()[:cut]
    with pytest.raises(UnreadableSource, match=r"^posts\.json: is broken or truncated JSON"):
        read(data, source="posts.json")


@pytest.mark.parametrize(
    "data", ["{}", "[]", "3", '"x"', '{"a": [1]}', '[{"content": "x"}]', "[1]"]
)
def test_other_json_is_no_article(data):
    with pytest.raises(NotAnArticle, match="not a WordPress post"):
        read(data.encode(), source="a.json")


def test_an_error_of_the_site_is_named():
    data = json.dumps({"code": "rest_no_route", "message": "x", "data": {"status": 404}})
    with pytest.raises(NotAnArticle, match="the site answered 'rest_no_route'"):
        read(data.encode(), source="a.json")


def test_what_plugins_put_into_a_post_stays_out():
    content = (
        "<div class='rt-reading-time'>Reading time: 5 minutes</div>"
        "<p>Fibre feeds the bacteria of the bowel, and most people eat too little of it.</p>"
        * 3
        + "<div class='addtoany_share_save_container'>Spread the word</div>"
        "<h3>More from us</h3><div class='x'><h4><a href='/g'>Gout</a></h4><p>A crystal.</p></div>"
        "<form class='mc4wp-form'><h4>Letters</h4><p>Leave your address.</p></form>"
        "<header><h2>At home</h2><p>Start with oats.</p></header><aside><p>Drink.</p></aside>"
    )
    made = post(content={"rendered": content, "protected": False})
    text = read_posts(made).articles[0].text
    assert [word for word in ("Fibre feeds", "At home", "oats", "Drink") if word not in text] == []
    assert [word for word in ("Spread", "Gout", "crystal", "More", "Letters") if word in text] == []
