"""Kills syncs at moments of chance: `python tests/kill_syncs.py [--rounds 100]`.

Each round follows a folder of changed articles into a copy of a home (every fifth into an empty
one) and ends the process with SIGKILL. Then the home must open and answer from the old state or
the new one, whole; the next sync must finish; and what the journal of vectors held when the process
died must not be embedded again. Every step runs in a process of its own, forked from one that has
opened nothing. Prints what happened as JSON; exit status 1 if anything of this failed.
"""

import argparse
import hashlib
import importlib.util
import json
import multiprocessing
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from index import writing
from index.errors import EmptyLibrary
from index.journal import FILE, Journal
from index.library import Library
from index.settings import Settings
from index.sync import sync_library

spec = importlib.util.spec_from_file_location(
    "index_writer", Path(__file__).parent / "integration" / "index_writer.py"
)
index_writer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(index_writer)

SENTENCES = 12
WORK = 3000
"""Rounds of hashing for a text: embedding takes about as long as writing to the index does."""

processes = multiprocessing.get_context("fork")


class Worker(index_writer.StandIn):
    """A stand-in that has work to do, and remembers what it was given."""

    def __init__(self):
        self.texts = []

    def encode(self, texts, on_progress=None):
        for text in texts:
            hashlib.pbkdf2_hmac("sha256", text.encode(), b"", WORK)
        self.texts += texts
        return super().encode(texts, on_progress)


def write_articles(folder, word, count):
    """Articles that say a word in each of their sentences, and the plan that follows them."""
    articles = folder.parent / f"articles-{word}"
    articles.mkdir(exist_ok=True)
    folder.mkdir(exist_ok=True)
    (folder / "library.toml").write_text(f'[[source]]\naddress = "{articles}"\nname = "all"\n')
    for number in range(count + (word == "new")):
        lines = (f"Sentence {line} of {number} says {word}." for line in range(SENTENCES))
        (articles / f"{number}.md").write_text(f"# Article {number}\n\n{' '.join(lines)}\n")


def sync(home, answer=None):
    """Follows the home's plan; tells the texts that were embedded."""
    worker = Worker()
    writing.ARTICLES_AT_ONCE, writing.TEXTS_AT_ONCE = 6, 16
    report = sync_library(settings(home), embedder=worker)
    if answer is not None:
        answer.send((worker.texts, [problem.reason for problem in report.problems]))


def look(home, answer):
    """Reads every article and every row as readers do.

    Tells the words that are said, and how many articles there are; None where some row is missing.
    """
    words = set()
    try:
        with closing(Library.open(settings(home))) as library:
            vector = index_writer.StandIn().encode(["any"])[0]
            nearest = (library.nearest_passages, library.nearest_sentences)
            keys = (library.passage_keys, library.sentence_keys)
            whole = all(len(n(vector, 10**6)) == len(k) for n, k in zip(nearest, keys, strict=True))
            for entry in library.entries.values():
                whole = whole and len(entry.sentences) == SENTENCES
                words |= {line.rstrip(".").split()[-1] for line in entry.article.text.split(". ")}
            count = len(library.entries)
    except EmptyLibrary:
        whole, count = True, 0
    answer.send((sorted(words), count if whole else None))


def settings(home):
    return Settings(home=home, _env_file=None)


def ask(step, home):
    """What a step tells, run in a process of its own."""
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=step, args=(home, there))
    process.start()
    there.close()
    try:
        return here.recv()
    finally:
        process.join()


def kill_one(home, seconds):
    """Kills a sync at a moment of chance; False where it had ended by itself before."""
    process = processes.Process(target=sync, args=(home,))
    process.start()
    time.sleep(random.uniform(0, seconds))
    process.kill()
    process.join()
    return process.exitcode != 0


def journaled(home):
    """Keys of the texts whose vectors are safe."""
    path = home / "index" / FILE
    if not path.exists():
        return set()
    with closing(sqlite3.connect(path)) as database:
        if not database.execute("SELECT name FROM sqlite_master").fetchall():
            return set()
        return {key for (key,) in database.execute("SELECT key FROM embedded")}


def run_round(home, seconds, articles, *, from_old):
    """One kill and what comes after it, as counts."""
    killed = kill_one(home, seconds)
    states = [(["old"], articles) if from_old else ([], 0), (["new"], articles + 1)]
    words, count = ask(look, home)
    safe = journaled(home)
    texts, problems = ask(sync, home)
    again = {Journal(home, Worker.checksum)._key(text) for text in texts} & safe
    fails = {
        "half a state": (words, count) not in states,
        "next sync failed": bool(problems) or ask(look, home) != states[1],
        "embedded twice": bool(again),
    }
    return Counter(
        tries=1,
        killed=killed,
        answered_from_new=words == ["new"],
        with_vectors_in_journal=bool(safe),
        vectors_saved=len(safe),
        texts_embedded_afterwards=len(texts),
        **{name: int(failed) for name, failed in fails.items()},
    ), any(fails.values())


def time_one(old, home):
    """How long a sync takes when nobody interferes."""
    shutil.copytree(old, home)
    started = time.monotonic()
    ask(sync, home)
    shutil.rmtree(home)
    return time.monotonic() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="syncs that are to be killed")
    parser.add_argument("--articles", type=int, default=24)
    arguments = parser.parse_args()
    rounds, articles = arguments.rounds, arguments.articles
    total, failures = Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        old, home = Path(folder) / "old", Path(folder) / "home"
        write_articles(old, "old", articles)
        ask(sync, old)
        write_articles(old, "new", articles)
        seconds = min(time_one(old, home) for _ in range(2))
        while total["killed"] < rounds:
            from_old = total["tries"] % 5 != 4
            if from_old:
                shutil.copytree(old, home)
            else:
                write_articles(home, "new", articles)
            counts, failed = run_round(home, seconds, articles, from_old=from_old)
            total += counts
            failures += failed
            shutil.rmtree(home)
    sys.stdout.write(json.dumps({**total, "seconds_of_a_sync": round(seconds, 2)}) + "\n")
    raise SystemExit(1 if failures else 0)


if __name__ == "__main__":
    main()
