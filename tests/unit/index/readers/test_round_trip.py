"""Articles written as every format and read again: quotes are slices, no word lost, none made up.

The articles are those that the program brings along, with their lists, tables and references.
"""

import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from index.readers import read
from index.sentences import find_sentences
from index.sources import load

spec = importlib.util.spec_from_file_location("documents", Path(__file__).with_name("documents.py"))
documents = importlib.util.module_from_spec(spec)
spec.loader.exec_module(documents)

STARTER = Path(__file__).parents[4] / "index" / "starter"
WORD = re.compile(r"\w+")


def parts_of(article):
    """An article's blocks as the parts that documents are made of."""
    parts, table = [], None
    for number, block in enumerate(article.blocks[1:], 1):
        text = article.block_text(number)
        if block.kind in {"heading", "paragraph"}:
            if text != "References":
                parts.append((block.kind, text))
        elif block.kind in {"list_item", "reference"}:
            kind = "list" if block.kind == "list_item" else "references"
            if not (parts and parts[-1][0] == kind and table == (kind, block.group)):
                parts.append((kind, []))
            parts[-1][1].append(text)
            table = (kind, block.group)
        elif block.kind == "table_row":
            if table != ("table", block.group):
                parts.append(("table", [block.header]))
            parts[-1][1].append(tuple(text.split(" | ")))
            table = ("table", block.group)
    return article.title, tuple(parts)


def without_wide_tables(article):
    """An article as a simple PDF can hold it, each cell on one line."""
    title, parts = article
    return title, tuple(part for part in parts if part[0] != "table" or is_narrow(part[1]))


def is_narrow(rows):
    return sum(max(map(len, column)) for column in zip(*rows, strict=True)) < 75


@pytest.fixture(scope="module")
def articles():
    files = sorted(path for path in STARTER.iterdir() if path.suffix in {".html", ".md"})
    found = [
        parts_of(one)
        for path in files[::3]
        for one in read(path.read_bytes(), source=path.name).articles
    ]
    kinds = {kind for _, parts in found for kind, _ in parts}
    assert kinds == {"heading", "paragraph", "list", "table", "references"}
    return found


def read_again(data, folder):
    """The one article of a file, by the way that sources take."""
    path = folder / "article"
    path.write_bytes(data)
    (loaded,) = load(str(path))
    return read(loaded.data, source="article").articles[0]


def test_every_format_gives_back_every_word_and_quotes_are_slices(articles, tmp_path, capsys):
    lines = []
    for name, make in documents.FORMATS.items():
        source, found, lost, invented = Counter(), Counter(), Counter(), Counter()
        for article in map(without_wide_tables, articles) if name == "pdf" else articles:
            expected = documents.words_of(article)
            again = read_again(make(article), tmp_path)
            check_quotes(again, expected)
            words = Counter(WORD.findall(without_byline(again)))
            lost += Counter(expected) - words
            invented += words - Counter(expected)
            source += Counter(expected)
            found += words
        recall = 1 - lost.total() / source.total()
        precision = 1 - invented.total() / found.total()
        lines.append(f"{name:10} recall {recall:.4f}, {precision:.4f} right")
        assert recall >= 0.995, (name, lost)
        assert precision >= 0.995, (name, invented)
    with capsys.disabled():
        sys.stdout.write(f"\n{source.total()} words\n" + "\n".join(lines) + "\n")


def without_byline(article):
    """The text without what the file's metadata say, which stands behind the title."""
    block = article.blocks[1]
    return article.title + article.text[block.end :] if block.kind == "byline" else article.text


def check_quotes(article, expected):
    """Every sentence is a slice without loose ends, and the source says its words in a row."""
    said = f" {' '.join(expected)} "
    for sentence in find_sentences(article):
        if article.blocks[sentence.block].kind == "byline":
            continue
        quote = article.text[sentence.start : sentence.end]
        assert quote
        assert quote == quote.strip()
        assert f" {' '.join(WORD.findall(quote))} " in said
