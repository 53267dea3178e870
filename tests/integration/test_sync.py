"""`sync` against a server that plays a WordPress site, and against folders."""

import importlib.util
import json
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.errors import HomeBusy, SettingsError
from index.library import Library
from index.settings import Settings
from index.sync import read_plan, read_sync_status, sync_library
from index.sync.state import syncing

pytestmark = pytest.mark.integration


def load_beside(name):
    path = (Path(__file__).parent / f"{name}.py").resolve()
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


wordpress = load_beside("wordpress_server")
StandIn = load_beside("index_writer").StandIn


class CountingStandIn(StandIn):
    def __init__(self):
        self.texts = []

    def encode(self, texts, on_progress=None):
        self.texts += texts
        return super().encode(texts, on_progress)


@pytest.fixture
def site():
    site = wordpress.Site()
    yield site
    site.close()


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr("index.sources.time", SimpleNamespace(sleep=lambda _: None))


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def write_plan(home, text):
    home.mkdir(exist_ok=True)
    (home / "library.toml").write_text(text)


def follow(home, embedder=None, **options):
    settings = Settings(home=home, allow_private_addresses=True, _env_file=None)
    return sync_library(settings, embedder=embedder or StandIn(), **options)


def titles(home):
    settings = Settings(home=home, _env_file=None)
    with closing(Library.open(settings)) as library:
        return {entry.article.title: entry.article for entry in library.entries.values()}


def counts(report):
    changes = report.changes
    return tuple(
        len(found) for found in (changes.added, changes.updated, changes.removed, changes.unchanged)
    )


@pytest.fixture
def followed(site, home):
    """A site of 30 posts and 2 pages, synced once."""
    site.add(*(wordpress.make_post(number) for number in range(1, 31)))
    site.add(*(wordpress.make_post(number) for number in (900, 901)), kind="pages")
    write_plan(home, f'[[source]]\naddress = "{site.url}/"\nname = "Site"\n')
    report = follow(home)
    assert counts(report) == (32, 0, 0, 0)
    return site.measure()


@pytest.mark.parametrize("whole", [False, True], ids=["a server of today", "an old server"])
def test_an_unchanged_site_costs_a_few_requests_and_embeds_nothing(site, home, followed, whole):
    site.sends_whole = whole
    embedder = CountingStandIn()
    report = follow(home, embedder)
    sent, asked = site.measure()
    assert (counts(report), embedder.texts) == ((0, 0, 0, 32), [])
    assert sent < 0.4 * followed[0]  # of 32 very short posts
    assert asked <= 9


def test_an_unchanged_site_costs_a_twentieth_of_its_first_fetch_at_most():
    measure_sync = load_beside("../measure_sync")
    found = measure_sync.measure_network(100, list(measure_sync.sample_sentences()))
    assert found["unchanged / first"] < 0.05
    sent = [found[visit]["posts sent whole"] for visit in ("first", "unchanged", "20 changes")]
    assert sent == [100, 0, 20]


def test_changes_alone_are_fetched_and_embedded(site, home, followed):
    site.change(5, "<p>A new text on zinc and sleep, quite unlike the old one.</p>")
    site.remove(7)
    site.add(wordpress.make_post(500))
    embedder = CountingStandIn()
    report = follow(home, embedder)
    assert counts(report) == (1, 1, 1, 30)
    assert report.sources[0].fetched == 2
    new = ("500", "new text", "Study 5 on inulin", " · Updated ")
    assert all(any(words in text for words in new) for text in embedder.texts)
    assert "A new text" in titles(home)["Study 5 on inulin"].text


def test_an_edited_post_keeps_its_id(site, home, followed):
    before = titles(home)["Study 5 on inulin"].id
    site.change(5, "<p>A new text on zinc and sleep, quite unlike the old one.</p>")
    follow(home)
    assert titles(home)["Study 5 on inulin"].id == before


FAILURES = {
    "an error": wordpress.broken(500),
    "a truncated answer": wordpress.cut_off,
    "a login page": lambda handler: handler.reply(200, b"<html>Please log in</html>"),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
def test_a_source_that_fails_keeps_its_articles_and_is_reported(site, home, followed, failure):
    site.failures["/wp-json/wp/v2/posts"] = failure
    report = follow(home)
    assert counts(report) == (0, 0, 0, 32)
    assert report.sources[0].failed
    assert len(report.problems) == 1
    status = read_sync_status(home)
    assert status.problems[0][0] == f"{site.url}/"
    site.failures.clear()
    assert not follow(home).problems


MOMENTS = {
    "busy": wordpress.broken(503),
    "cut off": wordpress.cut_off,
    "half an answer": wordpress.half,
    "broken packing": wordpress.not_packed,
}


@pytest.mark.parametrize("failure", MOMENTS.values(), ids=MOMENTS.keys())
def test_what_fails_for_a_moment_is_asked_again(site, home, followed, failure):
    site.change(5, "<p>A new text on zinc and sleep, quite unlike the old one.</p>")
    wordpress.once(site.failures, "/wp-json/wp/v2/posts", failure)
    report = follow(home)
    assert (counts(report), report.problems) == ((0, 1, 0, 31), ())
    assert not site.failures


@pytest.mark.parametrize(
    ("charset", "declared"),
    [("latin-1", "iso-8859-1"), ("latin-1", "UTF-8"), ("cp1252", "windows-1252")],
)
def test_lists_in_another_charset_than_they_should_have_are_read(site, home, charset, declared):
    body = json.dumps(
        [
            wordpress.make_post(1, link=f"{site.url}/1/")
            | {"content": {"rendered": "<p>Blåbær og grød mætter længe.</p>", "protected": False}}
        ],
        ensure_ascii=False,
    )
    kind = {"Content-Type": f"application/json; charset={declared}", "X-WP-TotalPages": "1"}
    address = "/wp-json/wp/v2/posts"
    site.failures[address] = lambda handler: handler.reply(200, body.encode(charset), kind)
    write_plan(home, f'[[source]]\naddress = "{site.url}{address}"\n')
    assert counts(follow(home)) == (1, 0, 0, 0)
    assert "Blåbær og grød mætter længe." in next(iter(titles(home).values())).text


def test_a_source_that_does_not_answer_is_asked_again_within_minutes(site, home, followed):
    def minutes_until_next():
        status = read_sync_status(home)
        return (
            datetime.fromisoformat(status.next) - datetime.fromisoformat(status.last)
        ) / timedelta(minutes=1)

    assert minutes_until_next() == 24 * 60
    site.failures["/"] = wordpress.broken(500)
    waits = []
    for _ in range(3):
        assert follow(home).sources[0].passing
        waits.append(minutes_until_next())
    assert waits == [5, 10, 20]
    site.failures.clear()
    site.remove(*range(1, 20))
    assert follow(home).sources[0].failed  # it lost too much: asking again would not help
    assert minutes_until_next() == 24 * 60


def test_great_losses_are_asked_about(site, home, followed):
    site.remove(*range(1, 20))
    report = follow(home)
    assert counts(report) == (0, 0, 0, 32)
    assert "has lost 19 of its 32 articles" in report.problems[0].reason
    assert counts(follow(home, accept_losses=True)) == (0, 0, 19, 13)


def test_a_dry_run_changes_nothing(site, home, followed):
    site.remove(7)
    assert counts(follow(home, dry_run=True)) == (0, 0, 1, 31)
    assert len(titles(home)) == 32
    assert counts(follow(home)) == (0, 0, 1, 31)


def test_a_moved_post_leaves_nothing_behind(site, home, followed):
    post = site.lists["posts"][0]
    post["link"], post["modified"] = f"{site.url}/elsewhere/", "2026-04-01T00:00:00"
    report = follow(home)
    assert counts(report) == (1, 0, 1, 31)


def test_only_what_is_public_and_wanted_is_taken(site, home):
    site.lists["categories"] = [{"id": 1, "slug": "food", "link": ""}]
    site.add(
        wordpress.make_post(3),
        wordpress.make_post(4),
        wordpress.make_post(6, content={"rendered": "", "protected": True}),
        wordpress.make_post(9, status="draft"),
        wordpress.make_post(12),
    )
    rules = 'categories = ["food"]\nexclude = ["/posts/post-12/"]\npublisher = "Harbour"'
    write_plan(home, f'[[source]]\naddress = "{site.url}/"\n{rules}\n')
    report = follow(home)
    assert {title: article.publisher for title, article in titles(home).items()} == {
        "Study 3 on serotonin": "Harbour"
    }
    assert len(report.sources[0].left_out) == 2
    assert counts(follow(home)) == (0, 0, 0, 1)


def test_languages_that_the_plain_list_leaves_out_are_asked_for_and_linked(site, home):
    site.languages, site.default_language = ("en", "da"), "en"
    danish = "<p>Tarmen og hjernen taler sammen, og det gør de hele dagen og natten med nerver.</p>"
    site.add(
        wordpress.make_post(1, lang="en", translations={"en": 1, "da": 2}),
        wordpress.make_post(2, lang="da", content={"rendered": danish, "protected": False}),
    )
    site.lists["posts"][0]["translations"] = {"da": f"{site.url}/posts/post-2/"}
    write_plan(home, f'[[source]]\naddress = "{site.url}/"\n')
    assert counts(follow(home)) == (2, 0, 0, 0)
    found = titles(home)
    english, dane = found["Study 1 on fibre"], found["Study 2 on sleep"]
    assert (dane.language, english.translations) == ("da", (dane.id,))
    assert counts(follow(home)) == (0, 0, 0, 2)


PAGE = (
    "<html><head><title>{0}</title></head><body><main><h1>{0}</h1><p>{1}</p></main></body></html>"
)


def add_page(site, path, title, text, tag=None):
    headers = {"Content-Type": "text/html; charset=utf-8"} | ({"ETag": tag} if tag else {})
    site.files[path] = (PAGE.format(title, text).encode(), headers)


def test_sitemaps_are_followed_with_conditional_requests(site, home):
    add_page(site, "/a", "Axis", "The gut talks to the brain through the vagus nerve.", '"a1"')
    add_page(site, "/b", "Sleep", "Sleep helps the gut and the brain recover.", '"b1"')
    inner = f"<urlset><url><loc>{site.url}/a</loc></url><url><loc>{site.url}/b</loc></url></urlset>"
    outer = f"<sitemapindex><sitemap><loc>{site.url}/inner.xml.gz</loc></sitemap></sitemapindex>"
    site.files["/sitemap.xml"] = (outer.encode(), {"Content-Type": "text/xml"})
    site.files["/inner.xml.gz"] = (wordpress.gzip.compress(inner.encode()), {})
    write_plan(home, f'[[source]]\naddress = "{site.url}/sitemap.xml"\n')
    assert counts(follow(home)) == (2, 0, 0, 0)
    add_page(site, "/b", "Sleep", "Sleep helps the gut and the brain to recover at night.", '"b2"')
    report = follow(home)
    assert (counts(report), report.sources[0].fetched) == ((0, 1, 0, 1), 1)


def test_what_falls_off_a_feed_stays(site, home):
    add_page(site, "/a", "Axis", "The gut talks to the brain through the vagus nerve.", '"a1"')
    add_page(site, "/b", "Sleep", "Sleep helps the gut and the brain recover.", '"b1"')
    feed = "<rss><channel><item><link>{}</link></item></channel></rss>"
    write_plan(home, f'[[source]]\naddress = "{site.url}/feed"\n')
    site.files["/feed"] = (feed.format(f"{site.url}/a").encode(), {})
    follow(home)
    site.files["/feed"] = (feed.format(f"{site.url}/b").encode(), {})
    assert counts(follow(home)) == (1, 0, 0, 1)
    del site.files["/a"]
    assert counts(follow(home, accept_losses=True)) == (0, 0, 1, 1)


def test_folders_are_followed_and_the_same_article_is_taken_once(home, tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    text = " ".join(f"Sentence {n} of the leaflet speaks of fibre and sleep." for n in range(40))
    (folder / "a.md").write_text(f"# Fibre\n\n{text}")
    (folder / "b.txt").write_text(f"Fibre\n\n{text} See our site.")
    (folder / "c.md").write_text("# Sleep\n\nSleep helps the gut and the brain recover.")
    write_plan(home, '[[source]]\naddress = "../articles"\n')
    report = follow(home)
    assert counts(report) == (2, 0, 0, 0)
    assert "is the same article as" in report.sources[0].left_out[0].reason
    (folder / "a.md").unlink()
    assert counts(follow(home, accept_losses=True))[:3] == (1, 0, 1)
    folder.rename(tmp_path / "gone")
    report = follow(home)
    assert report.sources[0].failed
    assert len(titles(home)) == 2


def test_a_second_sync_says_that_one_is_running(home):
    write_plan(home, '[[source]]\naddress = "x"\n')
    with syncing(home):
        assert read_sync_status(home).running
        with pytest.raises(HomeBusy, match=r"A sync of the library in .* is running"):
            follow(home)
    assert not read_sync_status(home).running


WRONG = {
    "": r"`source`: Field required",
    "[[source]]\nadress = 'x'": r"`source.0.address`: Field required",
    "[[source]]\naddress = 'x'\n[[source]]\naddress = 'x'": "two sources are called 'x'",
    "update_hours = -1\n[[source]]\naddress = 'x'": "`update_hours`: Input should be greater",
    "update_hours =": "cannot be read",
}


@pytest.mark.parametrize(
    ("text", "reason"), WRONG.items(), ids=["empty", "typo", "twice", "time", "toml"]
)
def test_a_wrong_plan_says_what_is_wrong(home, text, reason):
    write_plan(home, text)
    with pytest.raises(SettingsError, match=reason):
        read_plan(home)


def test_no_plan(home):
    assert not read_sync_status(home).planned
    with pytest.raises(SettingsError, match=r"There is no .*library.toml"):
        read_plan(home)
