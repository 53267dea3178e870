"""Looking references up at a real server that answers as PubMed and Crossref do."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from index.audit import Basis, audit
from index.entry import Entry
from index.lookups import Lookups, apply_lookups, judge, read_notebook, write_notebook
from index.lookups.online import look_up_library
from index.lookups.pubmed import guess_titles
from index.readers import read
from index.sentences import find_sentences
from index.settings import Settings, read_settings

ERRATUM = {"refsource": "Sleep. 2020;3:9", "reftype": "Erratum in", "pmid": 401}
WORKS = {
    "100": ("Fibre and the gut: a randomised trial.", "Randomized Controlled Trial"),
    "200": ("Surgery of the knee in horses.",),
    "300": ("Oats calm the vagus nerve in healthy adults.", "Review", "Retracted Publication"),
    "400": ("Rye bread and sleep quality in nurses.",),
    "500": ("Butyrate and the blood-brain barrier.", "Review"),
}
DOIS = {
    "10.1000/good": {"title": ["Barley for breakfast"], "subtitle": ["a cohort study"]},
    "10.1000/gone": {
        "title": ["Spelt and mood"],
        "updated-by": [{"type": "retraction", "DOI": "10.1000/r"}],
    },
    "10.1000/a,b": {"title": ["Millet in the morning"]},
}

ARTICLE = """# Grains

Grains feed the gut [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].

See [our page]({url}/alive) and [another]({url}/dead).

## References

1. Smith A. Fibre and the gut: a randomised trial. Gut. PMID: 100
2. Jones B. Butyrate and the blood-brain barrier: new insights. Brain. PMID: 200
3. Olsen C. Oats calm the vagus nerve in healthy adults. Nerve. PMID: 300
4. Berg D. Rye bread and sleep quality in nurses. Sleep. PMID: 400
5. Dahl E. A work that nobody knows at all. Gut. PMID: 999
6. Falk F. Barley for breakfast. Food. doi: 10.1000/good
7. Gran G. Spelt and mood. Food. doi: 10.1000/gone
8. Holm H. Millet in the morning. Food. doi: 10.1000/a,b
9. Iden I. Corn at noon. Food. doi: 10.1000/none
10. Juhl J. A book without a number. Press.
"""


@dataclass
class Library:
    """A server that plays PubMed, Crossref and a web site, and notes what it was asked."""

    url: str = ""
    asked: list = field(default_factory=list)
    busy: int = 0
    broken: bool = False

    def answer(self, path, query):
        """Status and body."""
        if self.busy:
            self.busy -= 1
            return 429, b""
        if self.broken:
            return 200, b"<html>sorry</html>"
        if path.endswith("/esummary.fcgi"):
            ids = query["id"][0].split(",")
            return answer_json({"result": {"uids": ids, **{one: summarise(one) for one in ids}}})
        if path.endswith("/esearch.fcgi"):
            words = query["term"][0].lower().split()
            found = [i for i, w in WORKS.items() if all(word in w[0].lower() for word in words)]
            return answer_json({"esearchresult": {"idlist": found}})
        if path.startswith("/works"):
            return answer_works(path, query)
        return (404, b"") if path == "/dead" else (200, b"<p>hello</p>")


def answer_json(record):
    return 200, json.dumps(record).encode()


def summarise(pmid):
    if pmid not in WORKS:
        return {"uid": pmid, "error": "cannot get document summary"}
    title, *types = WORKS[pmid]
    references = [ERRATUM] if pmid == "400" else []
    return {"uid": pmid, "title": title, "pubtype": types, "references": references}


def answer_works(path, query):
    if path == "/works":
        dois = [one.removeprefix("doi:") for one in query["filter"][0].split(",")]
        items = [{"DOI": doi.upper(), **DOIS[doi]} for doi in dois if doi in DOIS]
        return answer_json({"message": {"items": items}})
    doi = unquote(path.removeprefix("/works/"))
    return answer_json({"message": {"DOI": doi, **DOIS[doi]}}) if doi in DOIS else (404, b"")


@contextmanager
def serve():
    library = Library()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            library.asked.append(self.path)
            status, body = library.answer(parts.path, parse_qs(parts.query))
            self.send_response(status)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    library.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield library
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def library():
    with serve() as served:
        yield served


@pytest.fixture
def settings(library, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return read_settings(
        Settings,
        home=tmp_path,
        pubmed_url=f"{library.url}/eutils/",
        pubmed_key="secret-key",
        crossref_url=library.url,
        contact_email="clinic@example.org",
        allow_private_addresses=True,
    )


@pytest.fixture
def entry(library):
    [article] = read(ARTICLE.format(url=library.url).encode(), source="grains.md").articles
    return Entry(article, find_sentences(article), (), "1")


def test_references_are_looked_up_once_and_judged(library, settings, entry):
    lookups, problems = look_up_library(settings, [entry])
    assert problems == ()
    checked = apply_lookups(entry, lookups)
    assert [reference.check for reference in checked.article.references] == [
        "verified", "mismatch", "retracted", "verified", "not_found",
        "verified", "retracted", "verified", "not_found", "unchecked",
    ]  # fmt: skip
    assert checked.article.references[0].evidence == "randomised trial"
    assert checked.version == entry.version
    assert sum("esummary" in path and "id=100" in path for path in library.asked) == 1
    assert all("email=clinic" in path for path in library.asked if "eutils" in path)

    asked = len(library.asked)
    again, _ = look_up_library(settings, [entry])
    assert (again, len(library.asked)) == (lookups, asked)
    assert read_notebook(settings.home) == lookups

    found = {}
    for finding in audit([entry], Basis(lookups=lookups)):
        found.setdefault(finding.check, []).append(finding)
    [wrong] = found["wrong-work"]
    assert "Surgery of the knee in horses" in wrong.reason
    assert "PubMed 500" in wrong.remedy
    assert [f.place.quote[:5] for f in found["retracted"]] == ["Olsen", "Gran "]
    assert [f.place.quote[:4] for f in found["identifier-not-found"]] == ["Dahl", "Iden"]
    assert "Sleep. 2020;3:9" in found["erratum"][0].reason
    assert [f.place.quote for f in found["dead-link"]] == ["another"]


@pytest.mark.parametrize(
    "text",
    [
        "Cell (landmark study). Oats at dawn calm the gut. A trial that went on for many weeks.",
        "Smith AB, Jones C. Oats at dawn calm the gut. Gut. 2020;3:9.",
        "Journal of Grains: Reviews – Oats at dawn calm the gut",
    ],
    ids=["journal first", "authors first", "dash"],
)
def test_the_title_is_among_the_guesses(text):
    assert "Oats at dawn calm the gut" in guess_titles(text)


def test_a_busy_service_is_asked_again_and_a_broken_one_is_told(library, settings, entry):
    library.busy = 2
    _, problems = look_up_library(settings, [entry])
    assert problems == ()
    (settings.home / "lookups.json").unlink()
    library.broken = True
    lookups, problems = look_up_library(settings, [entry])
    assert [problem.split(" ")[0] for problem in problems] == ["PubMed", "Crossref"]
    assert "secret-key" not in "".join(problems)
    assert lookups.works == {}
    assert {judge(reference, lookups) for reference in entry.article.references} == {"unchecked"}


def test_offline_nothing_is_checked(entry):
    found = {finding.check for finding in audit([entry], Basis())}
    assert not found & {"wrong-work", "retracted", "identifier-not-found", "dead-link", "erratum"}


def test_a_damaged_notebook_is_told(tmp_path):
    write_notebook(tmp_path, Lookups())
    assert read_notebook(tmp_path) == Lookups()
    (tmp_path / "lookups.json").write_text('{"works": 3}')
    from index.errors import CorruptHome

    with pytest.raises(CorruptHome, match=r"lookups\.json cannot be read: delete it"):
        read_notebook(tmp_path)
