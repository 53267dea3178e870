"""Makes the table of words that are right as they stand, with how common they are.

English, Danish and Swedish words and frequencies come from wordfreq 3.1.1 (Speer 2022; data
CC BY-SA 4.0), medical words also from MedQuAD (CC BY 4.0) and BioASQ (CC BY 2.5). Frequencies are
in wordfreq's centibels below one: 300 is a word in a thousand, 600 a word in a million.

    pip download --no-deps wordfreq==3.1.1 && unzip wordfreq-*.whl -d FOLDER
    python -m assistant.understanding.train_known_words FOLDER/wordfreq/data
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import ormsgpack

from assistant.understanding.known_words import TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = Path("../shared/data")
HEALTH = ("medquad/corpus.jsonl", "bioasq_train/corpus.jsonl")
WORD = re.compile(r"[^\W\d_]+")
RAREST_ENGLISH = 690
RAREST_NORDIC = 560
MIN_TEXTS = 3


def main(folder: Path) -> None:
    """Reads the sources and writes one table a language."""
    english = read_wordfreq(folder / "large_en.msgpack.gz", RAREST_ENGLISH)
    for word, frequency in read_health_words().items():
        english[word] = min(frequency, english.get(word, frequency))
    tables = {
        "en": english,
        "da": read_wordfreq(folder / "small_da.msgpack.gz", RAREST_NORDIC),
        "sv": read_wordfreq(folder / "small_sv.msgpack.gz", RAREST_NORDIC),
    }
    np.savez_compressed(TABLE, allow_pickle=False, **pack(tables))
    sizes = ", ".join(f"{len(table):,} {language}" for language, table in tables.items())
    print(f"{sizes} → {TABLE.name}, {TABLE.stat().st_size / 1e3:.0f} kB")


def read_wordfreq(path: Path, rarest: int) -> dict[str, int]:
    """Words of letters with their centibels, down to the rarest wanted."""
    buckets = ormsgpack.unpackb(gzip.decompress(path.read_bytes()))[1:]
    return {
        word: centibels
        for centibels, words in enumerate(buckets[: rarest + 1])
        for word in words
        if WORD.fullmatch(word)
    }


def read_health_words() -> dict[str, int]:
    """Words that stand in several public health texts, with their centibels there."""
    texts: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name in HEALTH:
        for line in (DATA / name).read_text(encoding="utf-8").splitlines():
            words = WORD.findall(json.loads(line)["text"].casefold())
            total.update(words)
            texts.update(set(words))
    size = total.total()
    return {
        word: round(-100 * math.log10(total[word] / size))
        for word, count in texts.items()
        if count >= MIN_TEXTS and len(word) > 1
    }


def pack(tables: Mapping[str, Mapping[str, int]]) -> dict[str, np.ndarray]:
    """Each table as sorted words in one string of bytes and an array of centibels."""
    packed: dict[str, np.ndarray] = {}
    for language, table in tables.items():
        words = sorted(table)
        packed[f"{language}_words"] = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
        packed[language] = np.array([min(table[word], 999) for word in words], dtype=np.uint16)
    return packed


if __name__ == "__main__":
    main(Path(sys.argv[1]))
