"""Learns from their neighbours which words are no nouns, and which nouns are of something.

A word after "to", "can" or "they" is a verb, one after "the", "of" or "your" is a noun: shares of
these contexts over public health questions and answers (MedQuAD, CC BY 4.0), abstracts (BioASQ,
CC BY 2.5) and encyclopaedia paragraphs (SQuAD 2.0, CC BY-SA 4.0) decide. A noun that "of" or "for"
often follows ("dose of", "treatment for") leaves open what it is of where nothing follows it. A
word that stands alone behind "is" or "very" more often than behind "the" or "in" says what
something is like: "important", "pregnant".
Distributional classes as in Finch and Chater (1992).

    python -m assistant.understanding.train_words
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.understanding.known_words import UNKNOWN, known_words
from assistant.understanding.words import FUNCTION_WORDS, closed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DATA = Path("../shared/data")
SOURCES = (
    ("medquad/corpus.jsonl", "text"),
    ("bioasq_train/corpus.jsonl", "text"),
    ("squad2_half/questions.jsonl", "context"),
)
WEIGHTS = Path(__file__).parent / "word_classes.json"
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_PLURAL = re.compile(r"(?<![su])s$")
BEFORE_VERBS = closed(
    "to can may might will would should could must cannot not did does don't doesn't didn't "
    "they we "
    "you i he she who"
)
BEFORE_NOUNS = closed(
    "the a an of your his her its their my this these those in with for by from some any no"
)
BEFORE_PREDICATES = closed(
    "is are was were be been being very more most too so less quite seem seems feel feels"
)
MIN_SEEN = 8
MIN_SHARE = 0.7
MIN_PREDICATE_SEEN, MIN_PREDICATE_SHARE = 4, 0.6
MIN_RELATED_SEEN = 15
COMMON = 570
"""Words rarer than this, in centibels, name things of their own, such as illnesses."""
MIN_RELATED = 0.19


def main() -> None:
    """Counts, decides and writes the words."""
    texts = [WORD.findall(text.casefold()) for text in read_texts()]
    verbs, nouns = count_contexts(texts)
    non_nouns = {
        word
        for word, count in verbs.items()
        if count + nouns[word] >= MIN_SEEN and count / (count + nouns[word]) > MIN_SHARE
    }
    total, related = count_complements(texts)
    relational = {
        word
        for word, count in related.items()
        if total[word] >= MIN_RELATED_SEEN
        and count / total[word] >= MIN_RELATED
        and word not in non_nouns
        and nouns[word] > verbs[word]
        and known_words("en").get(word, UNKNOWN) <= COMMON
    }
    predicates = find_predicates(texts) - non_nouns
    classes = {
        "non_nouns": non_nouns,
        "relational_nouns": relational,
        "predicates": predicates,
    }
    table = {name: " ".join(sorted(words)) for name, words in classes.items()}
    WEIGHTS.write_text(json.dumps(table, indent=0) + "\n", encoding="utf-8")
    sizes = ", ".join(f"{len(words)} {name}" for name, words in classes.items())
    print(f"{sizes} → {WEIGHTS.name}")


def count_complements(texts: Iterable[Sequence[str]]) -> tuple[Counter[str], Counter[str]]:
    """How often each word occurs, and how often "of" or "for" follows it."""
    total: Counter[str] = Counter()
    related: Counter[str] = Counter()
    for words in texts:
        total.update(words)
        related.update(word for word, after in pairwise(words) if after in {"of", "for"})
    return total, related


def find_predicates(texts: Iterable[Sequence[str]]) -> set[str]:
    """Words that mostly stand without a noun: no plurals, and none of the closed classes."""
    alone: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for words in texts:
        for before, word, after in zip(words, words[1:], words[2:], strict=False):
            if after not in FUNCTION_WORDS or word in FUNCTION_WORDS:
                continue
            if before in BEFORE_PREDICATES:
                alone[word] += 1
            elif before in BEFORE_NOUNS:
                named[word] += 1
    return {
        word
        for word, count in alone.items()
        if count >= MIN_PREDICATE_SEEN
        and count / (count + named[word]) >= MIN_PREDICATE_SHARE
        and not _PLURAL.search(word)
    }


def count_contexts(texts: Iterable[Sequence[str]]) -> tuple[Counter[str], Counter[str]]:
    """How often each word follows a word that goes before verbs, and before nouns."""
    verbs: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    for words in texts:
        for before, word in pairwise(words):
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
