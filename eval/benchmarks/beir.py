"""A folder in the format of BEIR (Thakur et al. 2021, arXiv 2104.08663), read and checked.

`corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels.tsv` or
`qrels/test.tsv` (query, document, label; a header or TREC's four columns are understood).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eval.errors import BenchmarkError
from index.records import Article, Block

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADAPTER_VERSION: Final = 1
"""Raised whenever the same document would become another article."""

_PARAGRAPH_BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark's questions and judgements; its documents are read when they are needed.

    Attributes:
        queries: query id → text, judged ones only, in the file's order.
        qrels: query id → document id → label.
        corpus_checksum: sha256 of the corpus file.
    """

    corpus_path: Path
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    corpus_checksum: str


def read_benchmark(
    folder: Path, queries_file: Path | None = None, limit: int | None = None
) -> Benchmark:
    """Reads a folder's judgements and the queries that they judge.

    Args:
        folder: the benchmark's folder.
        queries_file: other wordings of the queries, with the ids that the judgements use.
        limit: how many of the judged queries to take, from the first on.

    Raises:
        BenchmarkError: a file is missing or malformed, or no query is judged.
    """
    corpus = _require(folder / "corpus.jsonl")
    qrels = read_qrels(_find_qrels(folder))
    path = _require(queries_file or folder / "queries.jsonl")
    queries = {row["_id"]: row["text"] for row in _read_rows(path, ("_id", "text"))}
    judged = dict([(query, text) for query, text in queries.items() if query in qrels][:limit])
    if not judged:
        raise BenchmarkError(
            f"None of the {len(queries)} queries in {path} is judged in {_find_qrels(folder)}: "
            "give a queries file whose _id values stand in the judgements."
        )
    return Benchmark(corpus, judged, {query: qrels[query] for query in judged}, _checksum(corpus))


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Query id → document id → label.

    Raises:
        BenchmarkError: a line that is no judgement, by its number.
    """
    qrels: dict[str, dict[str, int]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        columns = line.split("\t") if "\t" in line else line.split()
        if not columns or (number == 1 and not _is_number(columns[-1])):
            continue
        if len(columns) not in {3, 4} or not _is_number(columns[-1]):
            raise BenchmarkError(
                f"{path}, line {number}: needed are query, document and a whole-number label, "
                "separated by tabs."
            )
        qrels.setdefault(columns[0], {})[columns[-2]] = int(columns[-1])
    return qrels


def read_articles(corpus: Path) -> Iterator[Article]:
    """The corpus's documents as articles that the product's pipeline takes.

    Raises:
        BenchmarkError: a line that is no document, by its number.
    """
    for row in _read_rows(corpus, ("_id",)):
        yield make_article(row["_id"], row.get("title") or "", row.get("text") or "")


def make_article(document_id: str, title: str, text: str) -> Article:
    """A document as an article: its title as heading, its lines as paragraphs."""
    title = " ".join(title.split())
    paragraphs = [" ".join(part.split()) for part in _PARAGRAPH_BREAK.split(text)]
    pieces = [piece for piece in (title, *paragraphs) if piece]
    blocks: list[Block] = []
    start = 0
    for number, piece in enumerate(pieces):
        is_title = bool(title) and number == 0
        kind, level = ("heading", 1) if is_title else ("paragraph", 0)
        blocks.append(Block(kind, start, start + len(piece), level=level))  # type: ignore[arg-type]
        start += len(piece) + 2
    return Article(
        id=document_id,
        title=title,
        text="\n\n".join(pieces),
        blocks=tuple(blocks),
        source=document_id,
        format="beir",
    )


def _find_qrels(folder: Path) -> Path:
    choices = (folder / "qrels.tsv", folder / "qrels" / "test.tsv")
    for path in choices:
        if path.is_file():
            return path
    raise BenchmarkError(f"{folder} has no judgements: needed is qrels.tsv or qrels/test.tsv.")


def _require(path: Path) -> Path:
    if not path.is_file():
        raise BenchmarkError(
            f"{path} is missing: needed is a BEIR folder with corpus.jsonl, queries.jsonl and "
            "qrels.tsv or qrels/test.tsv."
        )
    return path


def _read_rows(path: Path, keys: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if not isinstance(row, dict) or not all(isinstance(row.get(k), str) for k in keys):
                raise BenchmarkError(
                    f"{path}, line {number}: needed is a JSON object with {' and '.join(keys)}."
                )
            yield row


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+", text) is not None


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
