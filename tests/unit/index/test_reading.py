import pytest

from index.errors import NotAnArticle
from index.readers import Problem, read
from index.reading import Reading, read_sources
from index.records import Article
from index.settings import load_settings

BODY = "Fibre feeds the gut. It is found in oats and in beans."


def make_article(key="a", text="The gut", source="a.md"):
    return Article(id=key, title="T", text=text, blocks=(), source=source)


def test_an_article_is_taken_once():
    reading = Reading()
    for article in (
        make_article(),
        make_article(source="same-id.md", text="Other words"),
        make_article(key="b", source="same-text.md"),
    ):
        reading.take(article)
    assert list(reading.articles) == ["a"]
    assert [problem.source for problem in reading.problems] == ["same-id.md", "same-text.md"]
    assert reading.problems[0].reason == "is the same article as a.md, which was taken"


@pytest.mark.parametrize("head", ["publisher", "author"])
def test_an_article_on_two_sites_is_one_whatever_their_bylines_say(head):
    reading = Reading()
    for site in ("Nordvik", "Calm Shop of Little Harbour, the shop for rest"):
        text = f"---\ntitle: The gut\n{head}: {site}\n---\n# The gut\n\n{BODY}\n"
        (article,) = read(text.encode(), source=f"{site}.md").articles
        assert site in article.text
        reading.take(article)
    assert [problem.source for problem in reading.problems] == [
        "Calm Shop of Little Harbour, the shop for rest.md"
    ]


@pytest.mark.parametrize(
    ("failed", "source", "kept"),
    [
        ("a.md", "a.md", True),
        ("./a.md", "a.md", True),
        ("a.md", "b.md", False),
        ("a", "a.md", False),
        ("articles", "articles/a.md", True),
        ("articles/", "articles/deep/a.md", True),
        ("posts.json", "posts.json (https://example.org/a)", True),
        ("posts.json (https://example.org/a)", "posts.json (https://example.org/a)", True),
        ("posts.json (https://example.org/a)", "posts.json (https://example.org/b)", False),
        ("https://example.org", "https://example.org/ (https://example.org/a)", True),
        ("https://example.org/", "https://example.org (https://example.org/a)", True),
        ("https://example.org/a", "https://example.org/a", True),
        ("https://example.org/a", "https://example.org/ab", False),
    ],
)
def test_articles_of_a_source_that_failed_stay(failed, source, kept):
    reading = Reading(problems=[Problem(failed, "cannot be opened")])
    assert reading.keeps(make_article(source=source)) == kept


def test_paths_are_the_same_from_the_root_and_from_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    reading = Reading(problems=[Problem(str(tmp_path / "articles"), "cannot be opened")])
    assert reading.keeps(make_article(source="articles/a.md"))


def test_an_article_that_its_source_withdraws_goes():
    reading = Reading(problems=[Problem("a.md", "is a draft", failed=False)])
    assert not reading.keeps(make_article(source="a.md"))


def test_a_duplicate_goes_though_it_stood_alone_before():
    reading = Reading()
    reading.take(make_article())
    reading.take(make_article(key="b", source="b.md"))
    assert not reading.keeps(make_article(key="b", source="b.md"))


def test_others_are_read_where_one_fails(tmp_path):
    (tmp_path / "good.md").write_text(f"# The gut\n\n{BODY}\n")
    (tmp_path / "empty.md").write_text("")
    reading = read_sources(load_settings(tmp_path), [str(tmp_path)])
    assert [article.title for article in reading.articles.values()] == ["The gut"]
    [problem] = reading.problems
    assert problem.source == str(tmp_path / "empty.md")
    assert str(tmp_path) not in problem.reason


def test_files_of_one_name_in_two_folders_are_two_articles(tmp_path):
    for folder, words in (("one", "Oats hold fibre."), ("two", "Beans hold fibre.")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.md").write_text(f"# {folder}\n\n{words} {BODY}\n")
    assert len(read_sources(load_settings(tmp_path), [str(tmp_path)]).articles) == 2


def test_no_article_at_all_is_one_line_with_the_first_reasons(tmp_path):
    sources = [str(tmp_path / f"missing-{number}.md") for number in range(9)]
    with pytest.raises(NotAnArticle, match="nothing was changed") as caught:
        read_sources(load_settings(tmp_path), sources)
    assert "missing-2.md" in str(caught.value)
    assert "missing-3.md" not in str(caught.value)
    assert str(caught.value).endswith("and 6 more")
    assert "\n" not in str(caught.value)


def test_a_source_over_the_limit_is_left_out(tmp_path):
    (tmp_path / "good.md").write_text(f"# The gut\n\n{BODY}\n")
    (tmp_path / "huge.md").write_text("# Huge\n\n" + BODY * 100)
    settings = load_settings(tmp_path).model_copy(update={"max_source_bytes": 2000})
    reading = read_sources(settings, [str(tmp_path)])
    assert [problem.source for problem in reading.problems] == [str(tmp_path / "huge.md")]
    assert "the limit is 2,000" in reading.problems[0].reason
