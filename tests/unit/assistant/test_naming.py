"""Which article and which author a question names, and what is said of articles by name."""

import pytest

from assistant.naming import Register
from assistant.provenance import answer_about_article, find_articles
from assistant.ranking import Ranking
from index.entry import make_entry
from index.readers import read
from index.records import Article, Block
from prompts.replies import load_replies

HEAD = "---\ntitle: {title}\npublisher: {publisher}\nurl: {url}\n{author}---\n# {title}\n\n"
BODY = "Rest helps the gut, as many people say who have tried it at home.\n"
LISTED = (
    "\n## References\n\n1. Holm A. Rest and the gut. Gut. 2020.\n2. Berg B. Sleep. Sleep. 2021.\n"
)
PAGES = (
    ("Rest and mood", "Nordvik.example", "https://nordvik.example/articles/rest",
     "author: Dr. Ada Holmgren, Consultant Surgeon, PhD\n", LISTED),
    ("Rest for all", "calmshop.example", "https://www.calmshop.example/articles/rest-for-all",
     "", ""),
    ("Sleep in winter", "Sleep Trust (sample)", "https://trust.example/articles/winter",
     "author: Bo Bright and Cai Lund\n", ""),
    ("Sleep in summer", "Sleep Trust (sample)", "https://trust.example/articles/summer",
     "author: Cai Lund\n", ""),
)  # fmt: skip


@pytest.fixture(scope="module")
def entries():
    return [
        make_entry(
            read(
                (HEAD.format(title=t, publisher=p, url=u, author=a) + BODY + tail).encode(),
                source=f"{t}.md",
            ).articles[0],
            lambda words: len(words.split()),
            200,
            "model",
        )
        for t, p, u, a, tail in PAGES
    ]


@pytest.fixture(scope="module")
def register(entries):
    return Register.of(entries)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Who wrote the text on winter?", ["Sleep in winter"]),
        ("Who is the author of the Calm Shop text?", ["Rest for all"]),
        ("Who wrote the page on calmshop.example?", ["Rest for all"]),
        ("List the surgeon's sources", ["Rest and mood"]),
        ("When did Holmgren write it?", ["Rest and mood"]),
        ("What did the Sleep Trust publish?", ["Sleep in winter", "Sleep in summer"]),
        ("Who wrote the article?", []),
        ("Who wrote the article on Parkinson's disease and winter tyres abroad?", []),
    ],
)
def test_an_article_is_named_by_title_author_site_or_profession(register, question, titles):
    found = register.find(
        question, frozenset({"wrote", "write", "text", "page", "articl", "author"})
    )
    assert [entry.article.title for entry in found] == titles


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who is Dr. Ada Holmgren?", "Who is the author?"),
        ("who is dr ada holmgrem", "who is the author"),
        ("What does Dr Holmgren say about rest?", "What does the author say about rest?"),
        ("Is Ada Holmgren's text new?", "Is the author's text new?"),
        ("Do you have any bright ideas?", None),
        ("Who is Dr. Ada Berg?", None),
        ("Who is Dr. Peter Bolt?", None),
    ],
)
def test_an_authors_name_is_read_as_the_author(register, question, asked):
    found = register.find_person(question)
    assert (found and found[1]) == asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Can I have a test at the Calm Shop?", "Can I have a test at your clinic?"),
        ("Which tests does Sleep Trust do?", "Which tests does your clinic do?"),
        ("Can I have a test at Nordvik?", "Can I have a test at your clinic?"),
        ("Does rest make me calm?", None),
    ],
)
def test_a_publishers_name_is_read_as_your_clinic(register, question, asked):
    assert register.read_sites(question) == asked
    assert bool(register.find_sites(question)) == (asked is not None)


def test_all_that_a_person_wrote_is_known(register):
    person, _ = register.find_person("Who is Cai Lund?")
    assert [e.article.title for e in person.entries] == ["Sleep in winter", "Sleep in summer"]


def test_what_the_byline_says_of_an_author_is_told(entries):
    text = answer_about_article(
        "article_author", entries[:1], load_replies("en"), "en"
    ).composition.text
    assert "By Dr. Ada Holmgren, Consultant Surgeon, PhD" in text


@pytest.mark.parametrize(
    ("intent", "said", "lacks"),
    [
        ("article_author", "“Rest and mood”: By Dr. Ada", "“Rest for all” names no author."),
        (
            "references_list",
            "“Rest and mood” lists these references (2):",
            "“Rest for all” lists no",
        ),
    ],
)
def test_an_article_that_lacks_the_fact_is_said_to_lack_it(entries, intent, said, lacks):
    found = answer_about_article(intent, entries[:2], load_replies("en"), "en")
    both = found.composition
    assert said in both.text
    assert lacks in found.notice
    cited = [number for sentence in both.sentences for number in sentence.citations]
    assert cited == [source.n for source in both.sources]
    none = answer_about_article(intent, entries[1:2], load_replies("en"), "en")
    assert none.composition is None
    assert [entry.article.title for entry in none.entries] == ["Rest for all"]


def test_references_are_counted_where_their_number_is_asked_for(entries):
    found = answer_about_article(
        "references_list", entries[:1], load_replies("en"), "en", counts=True
    )
    assert found.composition.text == "Entries in the reference list of “Rest and mood”: 2. [1]"


def test_a_word_that_asks_names_less_than_one_that_does_not(register, entries):
    ranking = Ranking((), (), (), 0.0, None, 0.0)
    found = find_articles("Which website has the text on rest and mood?", ranking, register)
    assert found[0] is entries[0]


BYLINE = "By Ada Holmgren, consultant surgeon · 4 May 2026"
CHANGED = "modified: 2026-06-01\n"


def read_entry(text):
    [article] = read(text.encode(), source="rest.md").articles
    return make_entry(article, lambda words: len(words.split()), 200, "model")


@pytest.mark.parametrize("intent", ["article_author", "article_date", "article_publisher"])
@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize(
    ("own", "data", "bylines"),
    [
        (f"{BYLINE} · Nordvik", "", [f"{BYLINE} · Nordvik"]),
        (BYLINE, "", [BYLINE, "Published by Nordvik"]),
        (BYLINE, CHANGED, [BYLINE, "Updated 1 June 2026 · Published by Nordvik"]),
        ("", f"author: Ada Holmgren\ndate: 2026-05-04\n{CHANGED}",
         ["By Ada Holmgren · 4 May 2026 · Updated 1 June 2026 · Published by Nordvik"]),
    ],
    ids=["all in the text", "the site in the data", "a change in the data", "all in the data"],
)  # fmt: skip
def test_bylines_are_told_in_their_own_words_and_cited(intent, language, own, data, bylines):
    head = HEAD.format(title="Rest", publisher="Nordvik", url="https://a.example/b", author=data)
    entry = read_entry(f"{head}{own}\n\n{BODY}")
    found = answer_about_article(intent, [entry], load_replies(language), language).composition
    [sentence] = found.sentences
    assert sentence.text.endswith(f"Rest”: {' · '.join(bylines)}.")
    assert [source.quote for source in found.sources] == ["Rest", *bylines]
    for source in found.sources:
        assert source.quote == entry.article.text[source.start : source.end]


@pytest.mark.parametrize(
    ("intent", "own", "told", "quotes"),
    [
        ("article_publisher", BYLINE, "written by Ada Holmgren, dated 4 May 2026, "
         "last changed 1 June 2026, published by Nordvik. [1]", ["Rest"]),
        ("article_author", BYLINE, f"{BYLINE}. [1][2]", ["Rest", BYLINE]),
        ("article_date", BYLINE, f"{BYLINE}, last changed 1 June 2026. [1][2]", ["Rest", BYLINE]),
    ],
)  # fmt: skip
def test_what_no_byline_of_an_index_of_before_says_is_told_of_the_title(intent, own, told, quotes):
    blocks = (
        Block("heading", 0, 4, level=1),
        Block("byline", 6, 6 + len(own)),
        Block("paragraph", 8 + len(own), 8 + len(own) + len(BODY)),
    )
    article = Article(
        "rest", "Rest", f"Rest\n\n{own}\n\n{BODY}", blocks, publisher="Nordvik",
        author="Ada Holmgren", published="2026-05-04", modified="2026-06-01",
    )  # fmt: skip
    entry = make_entry(article, lambda words: len(words.split()), 200, "model")
    found = answer_about_article(intent, [entry], load_replies("en"), "en").composition
    assert found.text == f"“Rest”: {told}"
    assert [source.quote for source in found.sources] == quotes


def test_a_reviewer_who_stands_for_the_author_is_cited():
    head = HEAD.format(
        title="Rest", publisher="Nordvik", url="https://a.example/b",
        author="author: Medically reviewed by Ada Holmgren\n",
    )  # fmt: skip
    entry = read_entry(head + BODY)
    found = answer_about_article("article_review", [entry], load_replies("en"), "en").composition
    byline = "Medically reviewed by Ada Holmgren · Published by Nordvik"
    assert found.text == f"“Rest”: {byline}. [1][2]"
    assert [source.quote for source in found.sources] == ["Rest", byline]
