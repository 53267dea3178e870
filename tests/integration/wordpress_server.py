"""A real HTTP server that plays a WordPress site: posts and pages that can change, and failures.

Serves `posts` and `pages` with paging, `_fields`, `include`, `modified_after`, `lang` and
`categories`; counts the bytes of every body that it sends.
"""

import gzip
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SUBJECTS = ("magnesium", "fibre", "sleep", "serotonin", "butyrate", "inulin", "stress", "zinc")


def make_post(number, words=60, **changes):
    """A post of its own words, such as no two posts share five in a row."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    lines = [
        f"<p>Note {number}-{line} on {subject}: trial {number * 7 + line} gave {line} answers to "
        f"question {number}.{line}, and {subject} was measured in group {number + line}.</p>"
        for line in range(max(1, words // 20))
    ]
    text = f"<h2>What study {number} found</h2>" + "".join(lines)
    return {
        "id": number,
        "status": "publish",
        "type": "post",
        "slug": f"post-{number}",
        "date": "2026-01-02T09:00:00",
        "modified": f"2026-02-{1 + number % 28:02d}T{number % 24:02d}:00:00",
        "title": {"rendered": f"Study {number} on {subject}"},
        "content": {"rendered": text, "protected": False},
        "excerpt": {"rendered": lines[0], "protected": False},
        "author": 1,
        "categories": [1 + number % 3],
        "_links": {"self": [{"href": f"/wp-json/wp/v2/posts/{number}"}], "collection": []},
    } | changes


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        url = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        site = self.server.site
        site.asked.append(self.path)
        failure = site.failures.get(url.path)
        if failure:
            failure(self)
        elif url.path in {"/", ""}:
            links = "".join(
                f'<link rel="alternate" hreflang="{code}" href="/{code}/">'
                for code in site.languages
            )
            self.reply(
                200,
                f"<html><head>{links}</head><body><h1>Clinic</h1>".encode(),
                {
                    "Link": f'<{site.url}/wp-json/>; rel="https://api.w.org/"',
                    "Content-Type": "text/html",
                },
            )
        elif url.path.startswith("/wp-json/wp/v2/"):
            self.list_posts(site.lists.get(url.path.rsplit("/", 1)[1]), query)
        elif url.path in site.files:
            self.send_file(*site.files[url.path])
        else:
            self.reply(404, b"not here")

    def list_posts(self, posts, query):
        site = self.server.site
        if posts is None:
            self.reply(404, b'{"code": "rest_no_route"}')
            return
        lang = query.get("lang", site.default_language)
        posts = [p for p in posts if not site.default_language or p.get("lang", lang) == lang]
        if "include" in query:
            wanted = set(query["include"].split(","))
            posts = [post for post in posts if str(post["id"]) in wanted]
        if "modified_after" in query:
            posts = [post for post in posts if post["modified"] > query["modified_after"]]
        if "categories" in query:
            wanted = set(query["categories"].split(","))
            posts = [p for p in posts if wanted & {str(c) for c in p["categories"]}]
        if "slug" in query:
            posts = [post for post in posts if post["slug"] in query["slug"].split(",")]
        size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
        total = -(-len(posts) // size)
        if page > max(1, total):
            self.reply(400, b'{"code": "rest_post_invalid_page_number"}')
            return
        shown = posts[(page - 1) * size : page * size]
        if "_fields" in query and not site.sends_whole:
            fields = query["_fields"].split(",")
            shown = [{key: post[key] for key in fields if key in post} for post in shown]
        self.reply(
            200,
            json.dumps(shown).encode(),
            {
                "X-WP-Total": str(len(posts)),
                "X-WP-TotalPages": str(total),
                "Content-Type": "application/json; charset=UTF-8",
            },
        )

    def send_file(self, body, headers):
        tag = headers.get("ETag")
        if tag and self.headers.get("If-None-Match") == tag:
            self.reply(304, b"", {"ETag": tag})
            return
        self.reply(200, body, headers)

    def reply(self, status, body, headers=None):
        if len(body) > 500 and "gzip" in self.headers.get("Accept-Encoding", ""):
            body, headers = gzip.compress(body, 1), {**(headers or {}), "Content-Encoding": "gzip"}
        self.server.site.sent_bytes += len(body)
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Site:
    """The site's contents; change them between syncs."""

    def __init__(self):
        self.lists, self.files, self.failures = {"posts": [], "pages": []}, {}, {}
        self.languages, self.default_language = (), None
        self.asked, self.sent_bytes, self.sends_whole = [], 0, False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.site = self
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self._thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()

    def add(self, *posts, kind="posts"):
        for post in posts:
            self.lists[kind].append({"link": f"{self.url}/{kind}/{post['slug']}/", **post})

    def change(self, number, text, modified="2026-03-01T12:00:00"):
        post = next(post for post in self.lists["posts"] if post["id"] == number)
        post["content"] = {"rendered": text, "protected": False}
        post["modified"] = modified

    def remove(self, *numbers):
        self.lists["posts"] = [p for p in self.lists["posts"] if p["id"] not in numbers]

    def measure(self):
        """Bytes and requests since the last call."""
        sent, asked = self.sent_bytes, len(self.asked)
        self.sent_bytes, self.asked = 0, []
        return sent, asked

    def close(self):
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


def broken(status=500):
    """A failure: the server answers with an error."""
    return lambda handler: handler.reply(status, b"<h1>Error</h1>")


def cut_off(handler):
    """A failure: the connection ends in the middle of an answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'[{"id": 1, "cont')
    handler.close_connection = True


def half(handler):
    """A failure: a proxy lets only half of an answer through, and calls it whole."""
    handler.reply(200, b'[{"id": 1, "cont')


def not_packed(handler):
    """A failure: what is called gzip is none."""
    handler.reply(200, b"no gzip", {"Content-Encoding": "gzip"})


def once(failures, path, failure):
    """Lets the next request to a path fail, and none after it."""

    def fail(handler):
        del failures[path]
        failure(handler)

    failures[path] = fail
