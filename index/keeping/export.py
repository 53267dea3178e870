"""The library's articles for other programs: JSON lines, or a folder in BEIR's format."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from index.errors import HomeUnwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from index.entry import Entry


def export_jsonl(entries: Iterable[Entry], file: Path) -> int:
    """Writes an article a line, with its text, blocks, references and marks; gives their number.

    Raises:
        HomeUnwritable: if the file cannot be written.
    """
    return _write_lines(file, (asdict(entry.article) for entry in entries))


def export_beir(entries: Iterable[Entry], folder: Path) -> int:
    """Writes the passages as `corpus.jsonl`, and `queries.jsonl` and `qrels/test.tsv` to be filled.

    What lies in the two files already is kept: questions and judgements are work of people.

    Raises:
        HomeUnwritable: if the folder cannot be written.
    """
    try:
        (folder / "qrels").mkdir(parents=True, exist_ok=True)
        count = _write_lines(folder / "corpus.jsonl", _passages(entries))
        if not (folder / "queries.jsonl").exists():
            (folder / "queries.jsonl").write_text("", encoding="utf-8")
        if not (folder / "qrels" / "test.tsv").exists():
            head = "query-id\tcorpus-id\tscore\n"
            (folder / "qrels" / "test.tsv").write_text(head, encoding="utf-8")
    except OSError as error:
        raise _unwritable(folder, error) from error
    return count


def _passages(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        article = entry.article
        for passage in entry.passages:
            yield {
                "_id": f"{article.id}#{passage.number}",
                "title": " › ".join([article.title, *passage.section]),
                "text": article.text[passage.start : passage.end],
                "metadata": {
                    "article_id": article.id,
                    "start": passage.start,
                    "end": passage.end,
                    "url": article.url,
                },
            }


def _write_lines(file: Path, records: Iterable[dict[str, Any]]) -> int:
    count = 0
    try:
        with file.open("w", encoding="utf-8") as out:
            for record in records:
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
                count += 1
    except OSError as error:
        raise _unwritable(file, error) from error
    return count


def _unwritable(path: Path, error: OSError) -> HomeUnwritable:
    return HomeUnwritable(
        f"{path} cannot be written ({error.strerror or error}): give a place that this user may "
        "write to."
    )
