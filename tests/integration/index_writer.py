"""A process that changes a home and can be killed: `python index_writer.py HOME ARTICLES WORD`.

Its model is a stand-in that makes vectors from checksums, so that the time goes into writing.
"""

import sys
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.build import index_articles
from index.embedding import NO_TOKENS
from index.reading import Reading
from index.records import Article, Block
from index.settings import load_settings


class StandIn:
    """Another vector for every text, the same one each time."""

    name = "stand-in"
    checksum = "0" * 64
    max_tokens = 254

    def count_tokens(self, text):
        return len(text.split())

    def encode(self, texts, on_progress=None):
        seeds = [zlib.crc32(text.encode()) for text in texts]
        rows = [np.random.default_rng(seed).normal(size=8) for seed in seeds]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, 8)
        if on_progress:
            on_progress(len(texts))
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_with_tokens(self, texts, on_progress=None):
        return self.encode(texts, on_progress), [NO_TOKENS] * len(texts)


def make_articles(count, word):
    """Articles that all hold a word in each of their sentences."""
    for number in range(count):
        title = f"Article {number}"
        body = " ".join(f"Sentence {line} of {number} says {word}." for line in range(12))
        text = f"{title}\n\n{body}"
        blocks = (
            Block("heading", 0, len(title), level=1),
            Block("paragraph", len(title) + 2, len(text)),
        )
        yield Article(id=f"article-{number}", title=title, text=text, blocks=blocks)


def write(home, count, word):
    articles = {article.id: replace(article, source=home) for article in make_articles(count, word)}
    return index_articles(
        load_settings(Path(home)), Reading(articles), remove_others=True, embedder=StandIn()
    )


def tell(word):
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    tell("ready")
    write(sys.argv[1], int(sys.argv[2]), sys.argv[3])
    tell("done")
