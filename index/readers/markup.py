"""An HTML element → drafts: walks the tree and keeps what a reader of the page would see."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.readers.controls import OPENED, TITLE, is_card, is_control
from index.readers.hidden import is_hidden, is_written_for_machines
from index.readers.inline import BREAK, Piece, mark, plain_text, raise_digits, split_pieces
from index.readers.tables import walk_table
from index.readers.teasers import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from index.readers.drafts import Draft, Draftbook

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS_WORDS = """
address article aside blockquote body center dd details dialog div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre
section summary table tbody td tfoot th thead tr ul
"""
BLOCKS = frozenset(BLOCKS_WORDS.split())
NOT_IN_NOTES = frozenset({*HEADINGS, "ul", "ol", "table", "section", "article"})
SKIPPED_WORDS = """
script style noscript template iframe object embed svg math canvas audio video picture img input
select textarea option head title meta link area map progress meter -comment
"""
SKIPPED = frozenset(SKIPPED_WORDS.split())
_QUESTION_NAME = re.compile(r"title|header|heading|question|faq-q\b", re.IGNORECASE)
_FRAGMENT_NUMBER = re.compile(r"^#[\w:.-]*?(\d{1,3})\D*$")
_ID_NUMBER = re.compile(r"(?:ref|note|cite|fn|bib|kilde|källa)\w*?[-_.:]?(\d{1,3})$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[•◦▪‣·●○■–—*-]|\d{1,2}[.)]|\[\d{1,3}\])\s+")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SEPARATOR = re.compile(r"separator|divider", re.IGNORECASE)
_TITLE_NAME = re.compile(
    r"(?<!sub)(?:^|[_-])(?:heading|title)(?:[_-](?:inner|text|wrap|wrapper))?$", re.IGNORECASE
)
_MAX_DEPTH = 200
_SHORT_LINE_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class _Place:
    """Where items stand: their list, the outermost list, the item around and the depth."""

    group: int
    cluster: int
    parent: Draft | None
    depth: int


@dataclass(slots=True)
class Walker:
    """Walks through elements; inline text waits in `pending` until its block ends."""

    book: Draftbook
    pending: list[Piece] = field(default_factory=list)
    level: int = 1
    told_above: int | None = None
    """Identity of the caption below the last table that was told above it."""

    def walk(self, element: LexborNode, depth: int = 0) -> None:
        """Adds everything that is to be seen below `element`."""
        for node in children(element):
            tag = node.tag or ""
            if tag == "-text":
                self.pending.append(Piece(node.text_content or ""))
            elif self.is_skipped(node):
                continue
            elif depth >= _MAX_DEPTH:
                self.pending.append(Piece(node.text(deep=True)))
            elif (
                tag in BLOCKS
                or TITLE in node.attributes
                or (tag == "cite" and element.tag == "blockquote")
                or has_block(node)
            ):
                self._block(node, tag, depth)
            else:
                self.pending += self.inline(node)
        if depth == 0 or (element.tag or "") in BLOCKS:
            self.flush()

    def _block(self, node: LexborNode, tag: str, depth: int) -> None:
        self.flush()
        if title := node.attributes.get(TITLE):
            self.book.heading(min(6, self.level + 1), [Piece(title)])
        if tag in HEADINGS:
            self.level = HEADINGS[tag]
            self.book.heading(self.level, self.inline(node))
        elif tag in {"ul", "ol", "menu"} or node.attributes.get("role") == "list":
            self.walk_list(node, depth)
        elif tag == "dl":
            self.walk_definitions(node, depth)
        elif tag == "hr":
            self.book.ruled = True
        elif tag == "table" or node.attributes.get("role") in {"table", "grid"}:
            walk_table(self, node, depth)
        elif self._is_question(node, tag):
            self.book.heading(min(6, max(2, self.level + 1)), self.inline(node))
        elif self._is_note(node):
            self._note(node)
        else:
            self.walk(node, depth + 1)
        self.flush()

    def is_skipped(self, node: LexborNode) -> bool:
        """Whether an element is not to be read: hidden, a control, or told already."""
        if node.tag in SKIPPED or not node.is_element_node:
            if node.tag == "-comment" and is_written_for_machines(node.comment_content or ""):
                self.book.flags.add("hidden-text")
            return True
        if is_hidden(node):
            if len(node.text(deep=True, separator=" ").split()) >= 2:
                self.book.flags.add("hidden-text")
            return True
        if SHOWN in node.attributes or (node.tag == "a" and is_card(node)):
            self.book.show_other_pages()
            return True
        return is_control(node) or node.mem_id == self.told_above

    def _is_note(self, node: LexborNode) -> bool:
        """Whether a mark leads to where an element begins, and to nowhere else in it."""
        if not self.book.cited:
            return False
        ids = {_id(found) for found in node.css("[id], [name]")} & self.book.cited
        if len(ids) != 1 or has_block(node, NOT_IN_NOTES):
            return False
        first = next((child for child in children(node) if child.tag != "-text"), None)
        return _id(node) in ids or (first is not None and _id(first) in ids)

    def _note(self, node: LexborNode) -> None:
        """Adds a note below the text, under the number that it has there."""
        number = re.match(r"\W*(\d{1,3})\b", node.text(deep=True))
        _drop_links_back(node)
        self.book.paragraph(self.inline(node), int(number[1]) if number else None, cited=True)

    @staticmethod
    def _is_question(node: LexborNode, tag: str) -> bool:
        """Whether an element that is no heading by its tag stands above an answer."""
        text = node.text(deep=True).strip()
        if not text or len(text) > 200 or tag in {"li", "body", "main", "article"}:
            return False
        names = node.attributes.get("class") or ""
        asks = bool(_QUESTION_NAME.search(names)) and text.endswith("?")
        named = any(map(_TITLE_NAME.search, names.split())) and not text.endswith((".", ":"))
        return tag == "summary" or ((asks or named) and not has_block(node))

    def flush(self) -> None:
        """Ends the paragraph that is being collected; line breaks in it may make several."""
        pieces, self.pending = self.pending, []
        if not any(piece.text.strip() for piece in pieces):
            return
        for part in split_pieces(pieces, 2):
            lines = [line for line in split_pieces(part, 1) if plain_text(line)]
            if is_list_of_lines([plain_text(line) for line in lines]):
                self._add_lines(lines)
            else:
                self.book.paragraph(part)

    def _add_lines(self, lines: list[list[Piece]]) -> None:
        """Lines that bullets or brevity show to be a list; a first one ending in `:` leads in."""
        if plain_text(lines[0]).endswith(":"):
            self.book.paragraph(lines.pop(0))
        group = self.book.new_group()
        for line in lines:
            first = next(i for i, piece in enumerate(line) if piece.text.strip())
            line[first] = Piece(
                re.sub(r"^\s*[•◦▪‣·●○■–—*-]\s+", "", line[first].text),
                line[first].href, line[first].rel, line[first].bold,
            )  # fmt: skip
            self.book.list_item(line, group)

    def walk_list(
        self, node: LexborNode, depth: int, cluster: int | None = None, parent: Draft | None = None
    ) -> None:
        """Adds the items of a list and of the lists inside them."""
        group = self.book.new_group()
        place = _Place(group, group if cluster is None else cluster, parent, depth)
        number = _integer(node.attributes.get("start")) or 1
        for item in children(node):
            if not item.is_element_node or self.is_skipped(item):
                continue
            is_item = item.tag == "li" or item.attributes.get("role") == "listitem"
            if not is_item or OPENED in item.attributes or _is_layout(item):
                self._block(item, "div", depth + 1)
                continue
            own = _integer(item.attributes.get("value")) or _id_number(item)
            number = own or number
            self._item(item, place, own or (number if node.tag == "ol" else None))
            number += 1

    def _item(self, item: LexborNode, place: _Place, number: int | None) -> None:
        """Adds one item, then what is nested in it."""
        cited = any(node.attributes.get("id") in self.book.cited for node in item.css("[id]"))
        if cited:
            _drop_links_back(item)
        nested: list[LexborNode] = []
        draft = self.book.list_item(
            self.inline(item, nested),
            place.group,
            cluster=place.cluster,
            number=number,
            parent=place.parent,
        )
        draft.cited = cited
        for inner in nested:
            if inner.tag in {"ul", "ol", "menu"} and place.depth < _MAX_DEPTH:
                self.walk_list(inner, place.depth + 1, place.cluster, draft)
            else:
                self._block(inner, inner.tag or "", place.depth + 1)

    def walk_definitions(self, node: LexborNode, depth: int) -> None:
        """A definition list: a term that asks is a heading, any other stands before its text."""
        group = self.book.new_group()
        term: list[Piece] = []
        for part in node.css("dt, dd"):
            if self.is_skipped(part):
                continue
            pieces = self.inline(part)
            words = plain_text(pieces)
            if part.tag == "dt" and words.endswith("?"):
                self.book.heading(min(6, self.level + 1), pieces)
                term = []
            elif part.tag == "dt":
                term = [*pieces, Piece(" " if words.endswith(":") else ": ")]
            elif term and OPENED in part.attributes:
                self.book.heading(min(6, self.level + 1), term[:-1])
                self.walk(part, depth + 1)
                term = []
            elif term:
                self.book.list_item(term + pieces, group)
                term = []
            else:
                self.walk(part, depth + 1)

    def inline(
        self, node: LexborNode, nested: list[LexborNode] | None = None, piece: Piece | None = None,
        depth: int = 0,
    ) -> list[Piece]:  # fmt: skip
        """Pieces of an element's text; lists and tables in it go to `nested`, where it is given."""
        style = _style(node, piece or Piece(""))
        if node.tag == "br":
            return [Piece(BREAK)]
        if (number := _marker_number(node, style)) is not None:
            self.book.cited.add((style.href or "").rpartition("#")[2])
            return [Piece(mark(number))]
        pieces: list[Piece] = []
        for child in children(node):
            tag = child.tag or ""
            if tag == "-text":
                pieces.append(Piece(child.text_content or "", style.href, style.rel, style.bold))
            elif self.is_skipped(child):
                continue
            elif child.child is None and _SEPARATOR.search(child.attributes.get("class") or ""):
                pieces.append(Piece(" "))
            elif nested is not None and tag in {"ul", "ol", "menu", "table", "dl"}:
                nested.append(child)
            elif depth >= _MAX_DEPTH:
                pieces.append(Piece(child.text(deep=True), style.href, style.rel, style.bold))
            else:
                inner = self.inline(child, nested, style, depth + 1)
                pieces += [Piece(" "), *inner, Piece(" ")] if tag in BLOCKS else inner
        return _raised(pieces) if node.tag == "sup" else pieces


def _id(node: LexborNode) -> str | None:
    """What a link to an element names; `name` is how older pages say it."""
    return node.attributes.get("id") or node.attributes.get("name")


def _drop_links_back(note: LexborNode) -> None:
    """Takes out the links by which a note leads back to the text."""
    for link in note.css("a[href^='#']"):
        link.decompose()


def children(node: LexborNode) -> Iterator[LexborNode]:
    """An element's children, text included."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def has_block(node: LexborNode, tags: frozenset[str] | dict[str, int] = BLOCKS) -> bool:
    """Whether an element that is inline by its name holds blocks."""
    if node.child is None:
        return False
    return any(found.tag in tags for found in node.traverse() if found.mem_id != node.mem_id)


def is_list_of_lines(lines: list[str]) -> bool:
    """Whether lines set apart by line breaks are a list: bulleted, or three or more short ones."""
    items = lines[1:] if len(lines) > 1 and lines[0].endswith(":") else lines
    if len(items) >= 2 and all(_BULLET.match(item) for item in items):
        return True
    short = all(len(item) <= _SHORT_LINE_CHARACTERS for item in items)
    return len(items) >= 3 and short and not any(item.endswith(",") for item in items)


def _style(node: LexborNode, outer: Piece) -> Piece:
    """Link and weight that an element gives the text in it."""
    href, rel = outer.href, outer.rel
    if node.tag == "a" and node.attributes.get("href"):
        href, rel = node.attributes["href"], node.attributes.get("rel") or ""
    weight = _BOLD.search(node.attributes.get("style") or "")
    bold = outer.bold or node.tag in {"b", "strong"} or weight is not None
    return Piece("", href, rel, bold)


def _marker_number(node: LexborNode, style: Piece) -> str | None:
    """The number of `<a href="#ref-3">3</a>`: a link within the page that says only a number."""
    if node.tag != "a" or not (style.href or "").startswith("#"):
        # WordPress themes may write the page's own address before the fragment.
        fragment = re.search(r"#(?:ref|cite|fn|footnote|bib|note)[\w:.-]*\d+$", style.href or "")
        if node.tag != "a" or not fragment:
            return None
    words = node.text(deep=True).strip().strip("[]() ")
    if re.fullmatch(r"\d{1,3}", words):
        return words
    back = words in {"↩", "↑", "^", "↩︎", "⏎"}
    return "" if back else None


def _raised(pieces: list[Piece]) -> list[Piece]:
    """Superscript: numbers are kept apart from what they stand on, words are not."""
    text = "".join(piece.text for piece in pieces)
    if re.fullmatch(r"[\s\d,;+–—−-]+", text):
        return [Piece(raise_digits(p.text.strip()), p.href, p.rel, p.bold) for p in pieces]
    return pieces


def _is_layout(item: LexborNode) -> bool:
    """Whether a list item is a column or card of a page builder, with headings of its own."""
    inner = f"h1, h2, h3, h4, h5, h6, section, article, details, [{TITLE}]"
    return item.css_first(inner) is not None


def _integer(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"[1-9]\d{0,3}", value.strip()) else None


def _id_number(item: LexborNode) -> int | None:
    """The number in an id such as `ref-3`."""
    match = _ID_NUMBER.search(item.attributes.get("id") or "")
    return int(match[1]) or None if match else None
