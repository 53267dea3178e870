"""Learns which English words are no nouns, from the words that stand before them.

A word after "to", "can" or "they" is a verb, one after "the", "of" or "your" is a noun: shares of
these contexts over public health questions and answers (MedQuAD, CC BY 4.0), abstracts (BioASQ,
CC BY 2.5) and encyclopaedia paragraphs (SQuAD 2.0, CC BY-SA 4.0) decide. Distributional classes as
in Finch and Chater (1992), with two classes only.

    python -m assistant.understanding.train_words
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.understanding.words import closed

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path("../shared/data")
SOURCES = (
    ("medquad/corpus.jsonl", "text"),
    ("bioasq_train/corpus.jsonl", "text"),
    ("squad2_half/questions.jsonl", "context"),
)
WEIGHTS = Path(__file__).parent / "non_nouns.json"
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
BEFORE_VERBS = closed(
    "to can may might will would should could must cannot not did does don't doesn't didn't "
    "they we "
    "you i he she who"
)
BEFORE_NOUNS = closed(
    "the a an of your his her its their my this these those in with for by from some any no"
)
MIN_SEEN = 8
MIN_SHARE = 0.5


def main() -> None:
    """Counts, decides and writes the words."""
    verbs, nouns = count_contexts(read_texts())
    words = sorted(
        word
        for word, count in verbs.items()
        if count + nouns[word] >= MIN_SEEN and count / (count + nouns[word]) > MIN_SHARE
    )
    WEIGHTS.write_text(json.dumps({"words": " ".join(words)}, indent=0) + "\n", encoding="utf-8")
    print(f"{len(words)} words that are more often no nouns → {WEIGHTS.name}")


def count_contexts(texts: Iterator[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word follows a word that goes before verbs, and before nouns."""
    verbs: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    for text in texts:
        words = WORD.findall(text.casefold())
        for before, word in zip(words, words[1:], strict=False):
            if before in BEFORE_VERBS:
                verbs[word] += 1
            elif before in BEFORE_NOUNS:
                nouns[word] += 1
    return verbs, nouns


def read_texts() -> Iterator[str]:
    """The texts of the sources, each once."""
    for name, field in SOURCES:
        seen: set[str] = set()
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            text = json.loads(line)[field]
            if text not in seen:
                seen.add(text)
                yield text


if __name__ == "__main__":
    main()
