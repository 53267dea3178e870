"""Drafts → those that are text of the article: no title said twice, no lists of other pages.

Titles, tables of contents, lists of links and lines on where an article is filed only show once
the whole article is there; they are found the same way for every format.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from index.readers.bylines import read_byline
from index.readers.commercial import is_advertisement, is_commercial
from index.readers.drafts import clusters_of

if TYPE_CHECKING:
    from index.readers.drafts import Draft

_CONTENTS = re.compile(
    r"^(?:table of contents|contents|quick (?:navigation|links)|"
    r"on this page|in this article|jump to|indhold|"
    r"indholdsfortegnelse|innehåll|innehållsförteckning|på denne side|på den här sidan|"
    r"i denne artikel|i den här artikeln|innhold|innholdsfortegnelse|inhalt|"
    r"inhaltsverzeichnis)\s*:?$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"^(?:related(?: (?:posts?|articles?|reading|content|pages?))?|"
    r"more (?:on|at|about|from|articles|posts)|"
    r"you (?:may|might) also like|read (?:more|also|next)|see also|"
    r"recommended(?: reading)?|latest (?:posts|articles)|læs (?:også|mere)|relaterede|"
    r"mere? (?:om|på|fra|från)|läs (?:även|också|mer|vidare)|relaterade?|"
    r"andra artiklar|andre artikler|"
    r"les (?:også|mer)|relatert|share this|del (?:denne|artiklen)|dela|"
    r"leave a (?:reply|comment)|comments?|kommentarer)\b",
    re.IGNORECASE,
)
_METADATA_LINE = re.compile(
    r"^(?:categor(?:y|ies)|tags?|filed under|posted in|kategorier?|etiketter|nøgleord|"
    r"taggar)\s*:\s",
    re.IGNORECASE,
)
_FEEDBACK = re.compile(
    r"^(?:was|did|is|were|fandt|hade|har|hittade|fant)\b.{0,40}\b(?:helpful|useful|find what|"
    r"answer your question|brug for|det,? du søgte|nytta|hjälp av|hjelp av|"
    r"du letade efter)\b.{0,20}\?$",
    re.IGNORECASE,
)
_SMALL_PRINT = re.compile(
    r"^(?:share|save|print|listen|follow|subscribe|copy link|del|gem|udskriv|lyt|dela|spara|"
    r"skriv ut|lyssna)$|"
    r"\b\d[\d.,]*k?\s*(?:min\b|mins?\b|minutes?\b|minutter|minuter)\s*(?:read|læsetid|lästid|lesetid)|"
    r"\b\d[\d.,]*k?\s*(?:views?|shares?|likes?|claps?|followers|visninger|visningar)$|"
    r"\b(?:\d+|an?) (?:minute|hour|day|week|month|year)s? ago\b",
    re.IGNORECASE,
)
_MAX_SMALL_CHARACTERS = 60
_MAX_POINTER_WORDS = 6
_MAX_KICKER_CHARACTERS = 40
_LOOK_AHEAD = 8


def leave_out(drafts: list[Draft], title: str) -> list[Draft]:
    """The drafts without what is no text of the article, its title among it."""
    kept = _drop_title(_drop_small_words(drafts), title)
    kept = _drop_lines_of_links(kept)
    kept = _drop_contents(kept)
    kept = _drop_elsewhere(_drop_shown(kept))
    kept = [draft for draft in kept if not _is_aside(draft)]
    return _drop_last_pointers(_drop_small_print(kept))


def same_words(one: str, other: str) -> bool:
    """Whether two titles differ in nothing but case, dashes, quotes and spaces."""
    return _folded(one) == _folded(other) != ""


def leads_elsewhere(text: str) -> bool:
    """Whether a short line announces other pages (`Related articles`)."""
    return len(text) <= 80 and bool(_ELSEWHERE.match(text))


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _drop_small_words(drafts: list[Draft]) -> list[Draft]:
    """Leaves out what stands small above the top heading: a kicker, breadcrumbs."""
    tops = [i for i, d in enumerate(drafts[:_LOOK_AHEAD]) if d.kind == "heading" and d.level == 1]
    above = drafts[: tops[0]] if tops else []
    small = all(
        len(draft.words) <= _MAX_KICKER_CHARACTERS and not draft.words.endswith((".", "!", "?"))
        for draft in above
    )
    return drafts[len(above) :] if small else drafts


def _drop_lines_of_links(drafts: list[Draft]) -> list[Draft]:
    """Leaves out paragraphs that are several links and no words, with what announces them."""
    dropped: set[int] = set()
    for index, draft in enumerate(drafts):
        spoken = [piece for piece in draft.pieces if piece.text.strip(" ,;·|\n")]
        links = {piece.href for piece in spoken}
        if draft.kind == "paragraph" and len(links) > 1 and all(links):
            dropped.add(index)
            if index and drafts[index - 1].words.endswith(":"):
                dropped.add(index - 1)
    return [draft for index, draft in enumerate(drafts) if index not in dropped]


def _drop_title(drafts: list[Draft], title: str) -> list[Draft]:
    """Leaves out the title where it leads the text, and every top heading that repeats it."""
    return [
        draft
        for index, draft in enumerate(drafts)
        if not (
            (draft.kind == "heading" and (draft.level == 1 or index < _LOOK_AHEAD))
            or (draft.kind == "paragraph" and index < _LOOK_AHEAD // 2)
        )
        or not (same_words(draft.words, title) or _ends_with_title(draft, title))
    ]


def _ends_with_title(draft: Draft, title: str) -> bool:
    """Whether a top heading says something small above the title (`Medicines`)."""
    return draft.level == 1 and _folded(draft.words).endswith(_folded(title) or " ")


def _drop_contents(drafts: list[Draft]) -> list[Draft]:
    """Leaves out lists whose items are links into this page, with the words above them."""
    dropped: set[int] = set()
    headings = {_folded(draft.words) for draft in drafts if draft.kind == "heading"}
    for start, end in clusters_of(drafts):
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
    for index, draft in enumerate(drafts):
        if draft.kind == "paragraph" and _is_inner_link(draft) and _folded(draft.words) in headings:
            dropped.add(index)
    return [draft for index, draft in enumerate(drafts) if index not in dropped]


def _is_inner_link(item: Draft) -> bool:
    """Whether an item is one link to a place in this page."""
    spoken = [piece for piece in item.pieces if piece.text.strip()]
    return bool(spoken) and all((piece.href or "").startswith("#") for piece in spoken)


def _drop_shown(drafts: list[Draft]) -> list[Draft]:
    """Leaves out headings below which nothing stood but boxes that show other pages."""
    return [
        draft
        for draft, below in pairwise([*drafts, None])
        if draft is not None
        and (not draft.shows or (below is not None and not _begins_anew(below, draft.level)))
    ]


def _drop_elsewhere(drafts: list[Draft]) -> list[Draft]:
    """Leaves out headings such as `Related articles` with the links below them."""
    dropped: set[int] = set()
    for index, draft in enumerate(drafts):
        if index in dropped or draft.kind != "heading" or not _ELSEWHERE.match(draft.words):
            continue
        ends = (
            position
            for position in range(index + 1, len(drafts))
            if _begins_anew(drafts[position], draft.level)
        )
        end = next(ends, len(drafts))
        pointers = len([*takewhile(_is_pointer, drafts[index + 1 : end])])
        if pointers or end == index + 1:
            dropped.update(range(index, index + 1 + pointers))
    return [draft for index, draft in enumerate(drafts) if index not in dropped]


def _begins_anew(draft: Draft, level: int) -> bool:
    """Whether a block belongs no longer to a heading of a level above it."""
    ends = draft.kind == "heading" and draft.level <= level
    return ends or read_byline(draft.words) is not None


def _is_aside(draft: Draft) -> bool:
    """Whether a block says where the article is filed, advertises, or asks how readers like it."""
    if is_advertisement(draft.words):
        return True
    return any(kind.match(draft.words) for kind in (_METADATA_LINE, _FEEDBACK))


def _drop_small_print(drafts: list[Draft]) -> list[Draft]:
    """Leaves out what a page says of itself near its ends: `4 min read`, `2 weeks ago`, `Share`."""
    middle = range(_LOOK_AHEAD, len(drafts) - _LOOK_AHEAD)
    return [
        draft
        for index, draft in enumerate(drafts)
        if index in middle
        or draft.kind not in {"paragraph", "list_item"}
        or len(draft.words) > _MAX_SMALL_CHARACTERS
        or draft.words.endswith(".")
        or not _SMALL_PRINT.search(draft.words)
        or read_byline(draft.words) is not None
    ]


def _drop_last_pointers(drafts: list[Draft]) -> list[Draft]:
    """Leaves out short links to elsewhere that end the article (`Back to the blog`).

    What sells stays, so that the article can be told to sell.
    """
    end = len(drafts)
    while end and _leads_away(drafts[end - 1]):
        end -= 1
    return drafts[:end]


def _leads_away(draft: Draft) -> bool:
    spoken = [piece for piece in draft.pieces if piece.text.strip()]
    return (
        draft.kind == "paragraph"
        and len(draft.words.split()) <= _MAX_POINTER_WORDS
        and _is_pointer(draft)
        and not any(is_commercial(p.href or "", draft.words, p.rel) for p in spoken)
    )


def _is_pointer(draft: Draft) -> bool:
    """Whether a block only leads elsewhere: a link, or a line such as `Category: …`."""
    spoken = [piece for piece in draft.pieces if piece.text.strip(" ,;·|\n")]
    return all(piece.href for piece in spoken) or bool(_METADATA_LINE.match(draft.words))
