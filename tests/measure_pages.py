"""How well saved pages are read: `python tests/measure_pages.py [FOLDER] [--show NAME]`.

A page `NAME.html` has its article beside it in `NAME.txt`, a line a block: `#` the title, `##`
a heading, `-` a list item, `^` a table's header, `|` a row, `[1]` an entry of the reference list,
anything else a paragraph; `[1]` at words is a reference mark. Words count with the kind of their
block and in their order; lines that name author or date are left out on both sides.
"""

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher, unified_diff
from pathlib import Path

from index.errors import NotAnArticle
from index.readers import read

PAGES = Path(__file__).parent / "unit" / "index" / "readers" / "pages"
SIGNS = {"# ": "title", "## ": "heading", "- ": "list item", "^ ": "header", "| ": "row"}
_KINDS = {"list_item": "- ", "table_row": "| ", "paragraph": ""}


@dataclass
class Figures:
    """Words of the pages, of the articles that were read, and of both, by kind of block."""

    expected: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    right: Counter = field(default_factory=Counter)

    def add(self, expected, found):
        self.expected.update(kind for kind, _ in expected)
        self.found.update(kind for kind, _ in found)
        matcher = SequenceMatcher(None, expected, found, autojunk=False)
        for start, _, length in matcher.get_matching_blocks():
            self.right.update(kind for kind, _ in expected[start : start + length])

    def precision(self, kind=None):
        return self._share(self.found, kind)

    def recall(self, kind=None):
        return self._share(self.expected, kind)

    def _share(self, of, kind):
        right, all_of = (c[kind] if kind else c.total() for c in (self.right, of))
        return right / all_of if all_of else 1.0


def words_of(lines):
    """(kind of block, word) in reading order."""
    words = []
    for line in lines:
        sign = next((sign for sign in SIGNS if line.startswith(sign)), "")
        is_entry = re.match(r"\[\d+\] ", line)
        kind = SIGNS.get(sign) or ("reference" if is_entry else "paragraph")
        found = re.findall(r"\[[\d,]+\]|\w+", line.removeprefix(sign).casefold())
        words += [(kind, word) for word in found]
    return words


def lines_of(article):
    """An article in the lines that the expected ones are written in."""
    references = iter(article.references)
    lines, group = [], None
    for number, block in enumerate(article.blocks):
        text = _with_marks(article, block)
        if block.kind == "byline":
            continue
        if block.kind == "reference":
            entry = next(references)
            lines.append(f"[{entry.number}] {article.block_text(number)}")
        elif block.kind == "heading":
            lines.append(f"{'##' if number else '#'} {text}")
        else:
            if block.header and block.group != group:
                lines.append(f"^ {' | '.join(block.header)}")
            lines.append(_KINDS[block.kind] + text)
        group = block.group
    return lines


def _with_marks(article, block):
    parts, position = [], block.start
    for mark in article.marks:
        if block.start <= mark.offset <= block.end:
            numbers = ",".join(map(str, mark.numbers))
            parts += [article.text[position : mark.offset], f"[{numbers}] "]
            position = mark.offset
    return "".join([*parts, article.text[position : block.end]])


def read_page(path):
    """Expected lines and those that were read; none where no article was found."""
    expected = path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    try:
        return expected, lines_of(read(path.read_bytes(), source=path.name).articles[0])
    except NotAnArticle:
        return expected, []


def measure(paths):
    """The figures of each page by its name, and of all."""
    total, pages = Figures(), {}
    for path in sorted(paths):
        expected, found = (words_of(lines) for lines in read_page(path))
        pages[path.stem] = Figures()
        for figures in (pages[path.stem], total):
            figures.add(expected, found)
    return pages, total


def describe(pages, total):
    """A line a page that is not read all right, a line a kind, and a line on all."""
    rows = [(name, page.precision(), page.recall()) for name, page in pages.items()]
    rows = [row for row in rows if min(row[1:]) < 1]
    rows += [(kind, total.precision(kind), total.recall(kind)) for kind in sorted(total.expected)]
    rows.append((f"{len(pages)} pages", total.precision(), total.recall()))
    return "\n".join(f"{name:34} precision {p:.4f}  recall {r:.4f}" for name, p, r in rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="tuned")
    parser.add_argument("--show", help="print what differs on one page")
    arguments = parser.parse_args()
    folder = PAGES / arguments.folder
    if arguments.show:
        expected, found = read_page(folder / f"{arguments.show}.html")
        lines = unified_diff(expected, found, "expected", "found", lineterm="")
        sys.stdout.write("\n".join(lines) + "\n")
        return
    sys.stdout.write(describe(*measure(folder.glob("*.html"))) + "\n")


if __name__ == "__main__":
    main()
