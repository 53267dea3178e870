"""Pages and a WordPress site, over a real local server."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from urllib.parse import parse_qs, urlsplit

import pytest

from index.errors import UnreadableSource
from index.fetching import Fetcher, is_public
from index.loaded import Loaded, Request
from index.readers import Problem, read
from index.sources import load

PAGE = "<html><head>{}</head><body><main><h1>Axis</h1><p>The gut talks to the brain.</p></main>"


def make_post(number):
    return {
        "id": number,
        "status": "publish",
        "link": f"https://clinic.example/en/post-{number}/",
        "title": {"rendered": f"Post {number}"},
        "content": {"rendered": f"<p>This is the text of post {number}.</p>", "protected": False},
        "date": "2026-03-01T09:00:00",
    }


class Site(BaseHTTPRequestHandler):
    """Plays a WordPress site; what it counts and how it fails stands on the server."""

    def log_message(self, *args):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        self.server.asked.append(self.path)
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        if self.server.failures.get(url.path, 0):
            self.server.failures[url.path] -= 1
            self.answer(503, b"busy", headers={"Retry-After": "1"})
            return
        route = getattr(self, "route" + url.path.replace("/", "_").replace("-", "_"), None)
        if route is None:
            self.answer(404, b"no such page")
            return
        route(query)

    def answer(self, status, body, kind="text/html; charset=utf-8", headers=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def route_(self, _query):
        head = f'<link rel="https://api.w.org/" href="{self.server.url}/wp-json/">'
        self.answer(200, PAGE.format(head).encode())

    route_axis = route_

    def route_wp_json_wp_v2_posts(self, query):
        posts = [make_post(number) for number in range(1, 251)]
        self.list_posts(posts, query)

    def route_wp_json_wp_v2_pages(self, query):
        self.list_posts([make_post(900)], query)

    def route_short_wp_json_wp_v2_posts(self, _query):
        self.answer(200, b'[{"id": 1, "content": {"rende', "application/json")

    def list_posts(self, posts, query):
        size, number = int(query["per_page"]), int(query["page"])
        total = -(-len(posts) // size)
        if number > total:
            self.answer(400, b'{"code": "rest_post_invalid_page_number"}', "application/json")
            return
        body = json.dumps(posts[(number - 1) * size : number * size]).encode()
        self.answer(200, body, "application/json; charset=UTF-8", {"X-WP-TotalPages": str(total)})

    def route_plain(self, _query):
        self.answer(200, PAGE.format("").encode())

    def route_moved(self, _query):
        self.answer(302, b"", headers={"Location": "/plain"})

    def route_circle(self, _query):
        self.answer(302, b"", headers={"Location": "/circle"})

    def route_to_file(self, _query):
        self.answer(302, b"", headers={"Location": "file:///etc/passwd"})

    def route_packed(self, _query):
        body = gzip.compress(b"x" * 3_000_000)
        self.answer(200, body, headers={"Content-Encoding": "gzip"})

    def route_packed_unasked(self, _query):
        self.answer(200, b"\x0b", headers={"Content-Encoding": "br"})

    def route_packing_cut(self, _query):
        body = gzip.compress(PAGE.format("").encode())[:-9]
        self.answer(200, body, headers={"Content-Encoding": "gzip"})

    def route_packed_page(self, _query):
        assert self.headers["Accept-Encoding"] == "gzip, deflate"
        body = gzip.compress(PAGE.format("").encode())
        self.answer(200, body, headers={"Content-Encoding": "gzip"})

    def route_broken_packing(self, _query):
        self.answer(200, b"no gzip", headers={"Content-Encoding": "gzip"})

    def route_silent(self, _query):
        self.server.over.wait()

    def route_trickling(self, _query):
        self.send_response(200)
        self.end_headers()
        while not self.server.over.wait(0.05):
            self.wfile.write(b"x")

    def route_dripping_headers(self, _query):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Header: ")
        while not self.server.over.wait(0.05):
            self.wfile.write(b"x")

    def route_continuing(self, _query):
        while not self.server.over.wait(0.001):
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def route_packed_and_more(self, _query):
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(gzip.compress(PAGE.format("").encode()))
        with contextlib.suppress(ConnectionError):
            while not self.server.over.is_set():
                self.wfile.write(b"x" * 100_000)

    def route_cut(self, _query):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"short")


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.url = f"http://127.0.0.1:{server.server_port}"
    server.asked, server.failures, server.over = [], {}, threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def fetch(pauses):
    def run(source, limits=MappingProxyType({}), **settings):
        settings = {"allow_private": True, "pause": pauses.append} | settings
        return list(load(source, Request(**limits), **settings))

    return run


def only_problem(found):
    (problem,) = found
    assert isinstance(problem, Problem)
    return problem


def test_a_wordpress_site_gives_all_posts_and_pages(site, fetch):
    found = fetch(site.url + "/")
    articles = [a for loaded in found for a in read(loaded.data, source=loaded.source).articles]
    assert [article.title for article in articles] == [f"Post {n}" for n in [*range(1, 251), 900]]
    first = "https://clinic.example/en/post-1/"
    assert (found[0].source, found[0].name) == (f"{site.url}/ ({first})", site.url + "/")
    pages = [path for path in site.asked if "per_page=100" in path]
    assert len(pages) == 4


def test_the_api_can_be_named_itself(site, fetch):
    found = fetch(site.url + "/wp-json/wp/v2/posts")
    assert len(found) == 250


def test_a_page_of_such_a_site_is_one_page(site, fetch):
    (loaded,) = fetch(site.url + "/axis")
    assert isinstance(loaded, Loaded)
    assert (loaded.url, loaded.content_type) == (site.url + "/axis", "text/html; charset=utf-8")


def test_a_busy_server_is_asked_again_when_it_wants(site, fetch, pauses):
    site.failures["/plain"] = 2
    (loaded,) = fetch(site.url + "/plain")
    assert b"gut" in loaded.data
    assert pauses == [1.0, 1.0]


def test_a_server_that_stays_busy_is_given_up(site, fetch, pauses):
    site.failures["/plain"] = 99
    problem = only_problem(fetch(site.url + "/plain"))
    assert "answered 503" in problem.reason
    assert len(pauses) == 3


def test_a_site_that_fails_midway_says_so(site):
    found = []
    for loaded in load(site.url, allow_private=True, pause=lambda _: None):
        found.append(loaded)
        site.failures["/wp-json/wp/v2/posts"] = 99
    assert isinstance(found[0], Loaded)
    assert found[-1].source == site.url
    assert "posts are missing" in found[-1].reason


def test_redirects_are_followed(site, fetch):
    (loaded,) = fetch(site.url + "/moved")
    assert (loaded.url, loaded.source) == (site.url + "/plain", site.url + "/moved")


FAILING = {
    "/nothing": "answered 404 Not Found; check the address",
    "/circle": "redirects more than 5 times",
    "/to-file": "is not a web address",
    "/broken-packing": "sends a broken answer",
    "/cut": "sends a broken answer",
    "/short/wp-json/wp/v2/posts": "broken or truncated JSON",
}


@pytest.mark.parametrize(("path", "reason"), FAILING.items(), ids=FAILING.keys())
def test_what_fails_is_a_problem(site, fetch, path, reason):
    assert reason in only_problem(fetch(site.url + path)).reason


@pytest.mark.parametrize(
    ("path", "limit", "reason"),
    [
        ("/silent", "timeout_seconds", r"does not answer \(ReadTimeout\)"),
        ("/silent", "deadline_seconds", "takes longer than 0 s"),
        ("/trickling", "deadline_seconds", "takes longer than 0 s"),
        ("/dripping-headers", "deadline_seconds", "takes longer than 0 s"),
        ("/continuing", "deadline_seconds", "takes longer than 0 s"),
    ],
)
def test_slow_servers_are_given_up(site, path, limit, reason):
    with (
        Fetcher(limit_bytes=1000, allow_private=True, tries=1, **{limit: 0.2}) as fetcher,
        pytest.raises(UnreadableSource, match=reason),
    ):
        fetcher.get(site.url + path)


def test_an_answer_is_measured_unpacked(site, fetch):
    problem = only_problem(fetch(site.url + "/packed", {"limit_bytes": 100_000}))
    assert "is longer than the limit of 100,000 bytes" in problem.reason


def test_what_is_sent_behind_a_packed_answer_counts(site, fetch):
    problem = only_problem(fetch(site.url + "/packed-and-more", {"limit_bytes": 100_000}))
    assert "is longer than the limit of 100,000 bytes" in problem.reason


def test_a_packed_page_is_unpacked(site, fetch):
    (packed,) = fetch(site.url + "/packed-page")
    assert packed.data == PAGE.format("").encode()


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/packed-unasked", "packed as 'br'"), ("/packing-cut", "sends a broken answer")],
)
def test_what_cannot_be_unpacked_is_a_problem(site, fetch, path, reason):
    assert reason in only_problem(fetch(site.url + path)).reason


def test_the_address_that_was_checked_is_the_one_that_is_asked(site, fetch, monkeypatch):
    """A name that means this machine the second time (DNS rebinding) is not looked up again."""
    look_up, asked = socket.getaddrinfo, []

    def answer(host, *arguments, **options):
        asked.append(host)
        first = host == "clinic.example" and asked.count(host) == 1
        return look_up("127.0.0.1" if first else host, *arguments, **options)

    monkeypatch.setattr("socket.getaddrinfo", answer)
    monkeypatch.setattr("index.fetching.is_public", lambda _: True)
    port = site.server_port
    (page,) = fetch(f"http://clinic.example:{port}/plain", allow_private=False)
    assert page.url == f"http://clinic.example:{port}/plain"
    assert asked.count("clinic.example") == 1


def test_nobody_there(fetch):
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        port = server.server_port
    problem = only_problem(fetch(f"http://127.0.0.1:{port}/x"))
    assert "does not answer (ConnectError)" in problem.reason


PRIVATE = ["http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://0.0.0.0:9/"]


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused(fetch, url):
    problem = only_problem(fetch(url, allow_private=False))
    assert "leads into a private network, which is not allowed" in problem.reason


def test_a_redirect_into_a_private_network_is_refused(site, fetch, monkeypatch):
    real = "index.fetching.is_public"
    monkeypatch.setattr(real, lambda _: not site.asked)
    problem = only_problem(fetch(site.url + "/moved", allow_private=False))
    assert "leads into a private network" in problem.reason
    assert site.asked == ["/moved"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.0.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("fe80::1%eth0", False),
        ("224.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("::127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("name", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize("url", ["ftp://a.example/x", "file:///etc/passwd", "http://", "https://["])
def test_other_schemes_are_refused(fetch, url):
    reason = only_problem(fetch(url)).reason
    assert reason.startswith(("is not a web address", "is not a URL"))
