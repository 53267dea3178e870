"""What following a site costs: `python tests/measure_sync.py [--posts 1000] [--synced 60]`.

A server on this machine plays a WordPress site whose posts are as long as clinics' articles are:
400 to 1,400 words, made of the sample articles' sentences, each with a number of its own. It sends
gzip, as sites do, and counts the bytes of its answers. All posts are fetched as a sync fetches
them: new, unchanged, and with 20 of them changed. Some are synced, with a stand-in for the
embedding model, since writing a thousand long articles takes minutes.
"""

import argparse
import importlib.util
import json
import random
import sys
import tempfile
from pathlib import Path

from index.loaded import Loaded, Request
from index.readers import read
from index.settings import Settings
from index.sources import load
from index.sync import sync_library

ROOT = Path(__file__).parents[1]
CHANGED = 20


def load_beside(name):
    path = ROOT / "tests" / "integration" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


wordpress = load_beside("wordpress_server")
StandIn = load_beside("index_writer").StandIn


def sample_sentences():
    """Sentences of the articles that the program brings along."""
    for path in sorted((ROOT / "index" / "starter").iterdir()):
        if path.is_file() and path.suffix in {".html", ".md", ".txt"}:
            for article in read(path.read_bytes(), source=path.name).articles:
                yield from (line for line in article.text.split(". ") if 40 < len(line) < 300)


def make_post(number, sentences):
    chance = random.Random(number)
    words, parts = chance.randrange(400, 1400), []
    while words > 0:
        line = chance.choice(sentences)
        parts.append(f"<p>{line}, as {chance.randrange(10**6)} of our notes say.</p>")
        words -= len(line.split()) + 6
        if chance.random() < 0.15:
            parts.append(f"<h2>Part {len(parts)} of {number}</h2>")
    content = {"rendered": "\n".join(parts), "protected": False}
    return wordpress.make_post(number, content=content)


def fetch(site, seen):
    """Bytes, requests and posts of one visit, and the stamps to come back with."""
    request = Request(seen=seen, thorough=True)
    found = list(load(f"{site.url}/", request, allow_private=True, pause=lambda _: None))
    sent, asked = site.measure()
    whole = sum(isinstance(one, Loaded) for one in found)
    counts = {"bytes": sent, "requests": asked, "posts sent whole": whole, "posts": len(found)}
    return counts, {one.source: one.stamp for one in found}


def sync(settings):
    changes = sync_library(settings, embedder=StandIn()).changes
    return {
        "added": len(changes.added),
        "updated": len(changes.updated),
        "unchanged": len(changes.unchanged),
        "embedded_passages": changes.embedded_passages,
    }


def change_some(site, count, sentences):
    for number in random.Random(0).sample(range(1, count + 1), CHANGED):
        site.change(number, make_post(10**4 + number, sentences)["content"]["rendered"])


def measure_network(count, sentences):
    site = open_site(count, sentences)
    found, seen = {}, {}
    found["first"], seen = fetch(site, seen)
    found["unchanged"], seen = fetch(site, seen)
    change_some(site, count, sentences)
    found["20 changes"], _ = fetch(site, seen)
    site.close()
    found["unchanged / first"] = round(found["unchanged"]["bytes"] / found["first"]["bytes"], 4)
    return found


def measure_embedding(count, sentences):
    site = open_site(count, sentences)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), allow_private_addresses=True, _env_file=None)
        (Path(folder) / "library.toml").write_text(f'[[source]]\naddress = "{site.url}/"\n')
        found = {"first": sync(settings), "unchanged": sync(settings)}
        change_some(site, count, sentences)
        found["20 changes"] = sync(settings)
    site.close()
    return found


def open_site(count, sentences):
    site = wordpress.Site()
    site.add(*(make_post(number, sentences) for number in range(1, count + 1)))
    return site


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--synced", type=int, default=60)
    arguments = parser.parse_args()
    sentences = list(sample_sentences())
    found = {
        "fetched": measure_network(arguments.posts, sentences),
        "synced": measure_embedding(arguments.synced, sentences),
    }
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
