"""What an import gives, and how it is written: cases as a data set, articles as pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from eval.dataset import first_problem, hash_body, parse_case
from eval.errors import DatasetError
from eval.writing import write_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(slots=True)
class Imported:
    """Cases as they will stand in the file, and the articles that they ask about.

    Attributes:
        cases: by the schema's keys.
        articles: name → title and paragraphs.
        skipped: why something was left out → how often.
    """

    cases: list[dict[str, Any]] = field(default_factory=list)
    articles: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)


def write_cases(
    path: Path, cases: Sequence[dict[str, Any]], header: dict[str, Any] | None = None
) -> None:
    """Writes a data set with a header that holds its checksum.

    Args:
        path: the file.
        cases: by the schema's keys.
        header: further keys of the first line.

    Raises:
        DatasetError: there is no case, one is malformed, or two share an id.
        RunError: the file cannot be written; an old one stays.
    """
    _check(path, cases)
    body = "\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    first = {"schema": 1, **(header or {}), "checksum": hash_body(body)}
    write_text(path, f"{json.dumps(first, ensure_ascii=False)}\n{body}\n")


def _check(path: Path, cases: Sequence[dict[str, Any]]) -> None:
    if not cases:
        raise DatasetError(f"There is no case to be written to {path}: the source holds none.")
    repeated = [
        key for key, count in Counter(case.get("id") for case in cases).items() if count > 1
    ]
    if repeated:
        raise DatasetError(
            f"Two cases have the id {repeated[0]}: ids must be unique in a data set."
        )
    for number, case in enumerate(cases, start=1):
        try:
            parse_case(case, {})
        except ValidationError as error:
            raise DatasetError(f"Case {number} of the source: {first_problem(error)}.") from error
        except ValueError as error:
            raise DatasetError(f"Case {number} of the source: {error}.") from error


def write_articles(folder: Path, imported: Imported) -> None:
    """Writes the articles as HTML pages, which `python -m index build FOLDER` reads.

    Raises:
        RunError: the folder cannot be written.
    """
    for name, (title, paragraphs) in imported.articles.items():
        body = "\n".join(f"<p>{escape(text)}</p>" for text in paragraphs)
        head = f"<title>{escape(title)}</title>"
        page = f"<h1>{escape(title)}</h1>\n{body}"
        write_text(
            folder / f"{name}.html",
            f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">{head}</head>\n'
            f"<body><article>\n{page}\n</article></body></html>\n",
        )


def name_article(title: str) -> str:
    """A title as the name of a file, which the data set then uses for the article."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-")[:80] or "untitled"
