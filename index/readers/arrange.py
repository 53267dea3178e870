"""Drafts → drafts: what only shows once the whole article is there.

The title said twice, tables of contents, lists of other pages, bold lines that are headings,
bylines and the reference list are found here, the same way for every format.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from index.readers.bylines import Byline, read_byline
from index.readers.references import is_reference_entry, is_reference_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.readers.drafts import Draft

_CONTENTS = re.compile(
    r"^(?:table of contents|contents|on this page|in this article|jump to|indhold|"
    r"indholdsfortegnelse|innehåll|innehållsförteckning|på denne side|på den här sidan|"
    r"i denne artikel|i den här artikeln|innhold|innholdsfortegnelse|inhalt|"
    r"inhaltsverzeichnis)\s*:?$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"^(?:related(?: (?:posts?|articles?|reading|content|pages?))?|more on (?:this|the) topic|"
    r"more (?:articles|posts|from)|you (?:may|might) also like|read (?:more|also|next)|see also|"
    r"recommended(?: reading)?|latest (?:posts|articles)|læs (?:også|mere)|relaterede|"
    r"mere om|læs mer|läs (?:även|också|mer|vidare)|relaterade?|andra artiklar|andre artikler|"
    r"les (?:også|mer)|relatert|share this|del (?:denne|artiklen)|dela|"
    r"leave a (?:reply|comment)|comments?|kommentarer)\b",
    re.IGNORECASE,
)
_METADATA_LINE = re.compile(
    r"^(?:categor(?:y|ies)|tags?|filed under|posted in|kategorier?|etiketter|nøgleord|"
    r"taggar)\s*:\s",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?[\"”’)\s]*$")
_LOOK_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Drafts in their final order and kinds, and what the bylines among them say."""

    drafts: list[Draft]
    byline: Byline


def arrange(drafts: list[Draft], title: str) -> Arrangement:
    """Puts an article's drafts right; the title itself is not among those given back."""
    kept = _drop_title(drafts, title)
    kept = _drop_contents(kept)
    kept = _drop_elsewhere(kept)
    kept = [draft for draft in kept if not _METADATA_LINE.match(draft.words)]
    _raise_bold_headings(kept)
    _mark_labels(kept)
    _mark_references(kept)
    return Arrangement(kept, _mark_bylines(kept))


def is_question(text: str) -> bool:
    """Whether a heading asks something."""
    return bool(_QUESTION.search(text))


def leads_elsewhere(text: str) -> bool:
    """Whether a short line announces other pages (`Related articles`)."""
    return len(text) <= 80 and bool(_ELSEWHERE.match(text))


def same_words(one: str, other: str) -> bool:
    """Whether two titles differ in nothing but case, dashes, quotes and spaces."""
    return _folded(one) == _folded(other) != ""


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _drop_title(drafts: list[Draft], title: str) -> list[Draft]:
    """Leaves out the title where it leads the text, and every top heading that repeats it."""
    return [
        draft
        for index, draft in enumerate(drafts)
        if not (
            (draft.kind == "heading" and (draft.level == 1 or index < _LOOK_AHEAD))
            or (draft.kind == "paragraph" and index < _LOOK_AHEAD // 2)
        )
        or not same_words(draft.words, title)
    ]


def _groups(drafts: Sequence[Draft]) -> Iterable[tuple[int, int]]:
    """Start and end of every run of blocks that belong to one outermost list or table."""
    start = 0
    for index in range(1, len(drafts) + 1):
        if index == len(drafts) or drafts[index].cluster != drafts[start].cluster:
            if drafts[start].cluster is not None:
                yield start, index
            start = index


def _drop_contents(drafts: list[Draft]) -> list[Draft]:
    """Leaves out lists whose items are links into this page, with the words above them."""
    dropped: set[int] = set()
    headings = {_folded(draft.words) for draft in drafts if draft.kind == "heading"}
    for start, end in _groups(drafts):
        items = drafts[start:end]
        inner = sum(_is_inner_link(item) for item in items)
        titled = start > 0 and bool(_CONTENTS.match(drafts[start - 1].words))
        named = sum(_folded(item.words) in headings for item in items)
        if (len(items) >= 2 and inner >= 0.8 * len(items)) or (
            titled and inner + named >= len(items) / 2
        ):
            dropped.update(range(start, end))
            if titled:
                dropped.add(start - 1)
    return [draft for index, draft in enumerate(drafts) if index not in dropped]


def _is_inner_link(item: Draft) -> bool:
    """Whether an item is one link to a place in this page."""
    spoken = [piece for piece in item.pieces if piece.text.strip()]
    return bool(spoken) and all((piece.href or "").startswith("#") for piece in spoken)


def _drop_elsewhere(drafts: list[Draft]) -> list[Draft]:
    """Leaves out headings such as `Related articles` with the links below them."""
    dropped: set[int] = set()
    for index, draft in enumerate(drafts):
        if index in dropped or draft.kind != "heading" or not _ELSEWHERE.match(draft.words):
            continue
        end = next(
            (
                position
                for position in range(index + 1, len(drafts))
                if drafts[position].kind == "heading" and drafts[position].level <= draft.level
            ),
            len(drafts),
        )
        if all(_is_pointer(below) for below in drafts[index + 1 : end]):
            dropped.update(range(index, end))
    return [draft for index, draft in enumerate(drafts) if index not in dropped]


def _is_pointer(draft: Draft) -> bool:
    """Whether a block only leads elsewhere: a link, or a line such as `Category: …`."""
    spoken = [piece for piece in draft.pieces if piece.text.strip(" ,;·|\n")]
    return all(piece.href for piece in spoken) or bool(_METADATA_LINE.match(draft.words))


def _raise_bold_headings(drafts: list[Draft]) -> None:
    """Makes bold one-line paragraphs headings: questions always, others where there are no others.

    Articles written in the classic editor often have no other headings. Beside real headings a
    bold line is more often a product's name or a warning.
    """
    has_headings = any(draft.kind == "heading" for draft in drafts)
    for index, draft in enumerate(drafts[:-1]):
        words = draft.words
        if draft.kind != "paragraph" or not draft.bold or draft.hrefs() or len(words) > 120:
            continue
        follows = drafts[index + 1].kind != "heading"
        plain = not has_headings and not words.endswith((".", "!", ":", ",", ";"))
        if follows and (is_question(words) or plain):
            draft.kind = "heading"
            draft.level = _level_above(drafts, index) + 1


def _level_above(drafts: list[Draft], index: int) -> int:
    """Level of the last heading of the source's own before `index`; 1 where there is none."""
    for draft in reversed(drafts[:index]):
        if draft.kind == "heading":
            return draft.level - 1 if draft.bold and draft.level > 2 else draft.level
    return 1


def _mark_labels(drafts: list[Draft]) -> None:
    """Finds headings that only introduce the list below them (`Popular at the clinic:`)."""
    for draft, below in pairwise(drafts):
        if draft.kind == "heading" and draft.words.endswith(":") and below.group is not None:
            draft.label = True


def _mark_references(drafts: list[Draft]) -> None:
    """Turns what stands below a heading such as `References` into reference entries."""
    level = 0
    for draft in drafts:
        if draft.kind == "heading":
            if is_reference_heading(draft.words):
                level = draft.level
            elif level and draft.level <= level:
                level = 0
        elif level and (
            draft.kind == "list_item"
            or (draft.kind == "paragraph" and is_reference_entry(draft.words, draft.hrefs()))
        ):
            draft.kind = "reference"


def _mark_bylines(drafts: list[Draft]) -> Byline:
    """Turns author and date lines at either end of the text into bylines and reads them."""
    byline = Byline()
    body = [draft for draft in drafts if draft.kind != "reference"]
    for draft in body[:_LOOK_AHEAD] + body[_LOOK_AHEAD:][-_LOOK_AHEAD // 2 :]:
        found = read_byline(draft.words) if draft.kind in {"paragraph", "byline"} else None
        if found:
            draft.kind = "byline"
            byline = replace(
                byline,
                author=byline.author or found.author,
                published=byline.published or found.published,
                modified=byline.modified or found.modified,
            )
    return byline
