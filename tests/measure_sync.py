"""What following a site costs its network: `python tests/measure_sync.py [--posts 1000]`.

A server on this machine plays a WordPress site whose posts are as long as clinics' articles are:
400 to 1,400 words, made of the sample articles' sentences, each with a number of its own. It sends
gzip, as sites do, and counts the bytes of its answers. Vectors come from a stand-in.
"""

import argparse
import importlib.util
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from index.readers import read
from index.settings import Settings
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


def follow(site, settings):
    embedder, started = StandIn(), time.monotonic()
    report = sync_library(settings, embedder=embedder)
    sent, asked = site.measure()
    changes = report.changes
    return {
        "bytes": sent,
        "requests": asked,
        "added": len(changes.added),
        "updated": len(changes.updated),
        "unchanged": len(changes.unchanged),
        "embedded_passages": changes.embedded_passages,
        "problems": len(report.problems),
        "seconds": round(time.monotonic() - started, 1),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    count = parser.parse_args().posts
    sentences = list(sample_sentences())
    site = wordpress.Site()
    site.add(*(make_post(number, sentences) for number in range(1, count + 1)))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), allow_private_addresses=True, _env_file=None)
        (Path(folder) / "library.toml").write_text(f'[[source]]\naddress = "{site.url}/"\n')
        found = {"first": follow(site, settings), "unchanged": follow(site, settings)}
        for number in random.Random(0).sample(range(1, count + 1), CHANGED):
            text = make_post(count + number, sentences)["content"]["rendered"]
            site.change(number, text)
        found["20 changes"] = follow(site, settings)
    site.close()
    found["unchanged / first"] = round(found["unchanged"]["bytes"] / found["first"]["bytes"], 4)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
