"""Counts word weights: `python -m assistant.answerability.train_word_weights ../shared/data`.

Writes `weights/word_weights.npz`: inverse document frequency by hashed stem, over the answers of
MedQuAD and the texts of BioASQ, SelQA and SQuAD; a document is one answer, abstract or sentence.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from assistant.answerability.features import BUCKETS, bucket_of, stems_of

OUT = Path(__file__).parent / "weights" / "word_weights.npz"


def read_documents(folder: Path) -> list[str]:
    """The texts to count in; SQuAD's paragraphs once each."""
    texts = []
    for name in ("medquad", "bioasq_train"):
        with (folder / name / "corpus.jsonl").open(encoding="utf-8") as file:
            texts += [row["text"][:1000] for row in map(json.loads, file)]
    with (folder / "squad2_half" / "questions.jsonl").open(encoding="utf-8") as file:
        texts += sorted({row["context"] for row in map(json.loads, file)})
    with (folder / "selqa_dev" / "selqa-ass-dev.tsv").open(encoding="utf-8") as file:
        texts += sorted({line.split("\t")[1] for line in file})
    return texts


def main() -> None:
    """Counts and writes the table."""
    texts = read_documents(Path(sys.argv[1]))
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update({bucket_of(stem) for stem in stems_of(text)})
    table = np.full(BUCKETS, np.log(len(texts) + 1), dtype=np.float32)
    for bucket, count in counts.items():
        table[bucket] = np.log((len(texts) + 1) / (count + 1))
    table /= np.log(len(texts) + 1)  # 1 for a word never seen, 0 for one in every text
    np.savez_compressed(OUT, word_weights=table.astype(np.float16))
    print(len(texts), "texts,", len(counts), "buckets used,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
