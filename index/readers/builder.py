"""Drafts and metadata → `Article`: the canonical text and what is known of its spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from index.errors import NotAnArticle
from index.readers.arrange import arrange, is_question
from index.readers.bylines import Byline
from index.readers.commercial import is_commercial, is_promotion
from index.readers.drafts import Draft
from index.readers.identity import make_article_id
from index.readers.inline import Piece, Run, clean, make_run, tidy
from index.readers.language import detect_language
from index.readers.references import parse_reference, split_number
from index.readers.unsaid import write_byline
from index.records import Article, Block, Link, Reference, ReferenceMark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.readers.metadata import Metadata

_BODY_KINDS = frozenset({"paragraph", "list_item", "table_row"})
_MINIMUM_WORDS = 3
_MINIMUM_LETTERS = 0.5
"""Share of letters among a text's characters other than spaces, below which it is data, not
prose; tables of numbers have less, articles about 0.95."""
_LONG_LEAD_IN_CHARACTERS = 200
_MARK = re.compile(r"\s*\[\d+\]")


def build_article(drafts: Sequence[Draft], metadata: Metadata) -> Article:
    """Makes the article.

    Raises:
        NotAnArticle: there is no article text among the drafts.
    """
    title = choose_title(drafts, metadata)
    arrangement = arrange(list(drafts), title)
    _check_prose(arrangement.drafts, metadata.source)
    facts = _facts(metadata, arrangement.byline)
    said = "\n".join([title, *(draft.words for draft in arrangement.drafts)])
    language = detect_language(said, metadata.language)
    assembly = _Assembly(title, _highest_number(arrangement.drafts), metadata.url)
    for draft in (*_unsaid(facts, arrangement.drafts, language), *arrangement.drafts):
        assembly.add(draft)
    links = tuple(assembly.links)
    return Article(
        id=make_article_id(url=metadata.url, name=metadata.declared_path or metadata.name),
        title=title,
        text=assembly.text,
        blocks=tuple(_with_lead_ins(assembly)),
        references=tuple(assembly.references),
        marks=tuple(assembly.marks),
        links=links,
        url=metadata.url,
        publisher=facts.publisher,
        author=facts.author,
        credentials=facts.credentials,
        published=facts.published,
        modified=facts.modified,
        language=language,
        source=metadata.source,
        format=metadata.format,
        flags=_flags(arrangement.drafts, links, metadata.flags),
        translations=_translations(metadata),
    )


def _facts(metadata: Metadata, byline: Byline) -> Byline:
    """Who wrote the article, when, and who publishes it: by the source's word, else the text's."""
    return Byline(
        author=_without_marks(metadata.author) or byline.author,
        credentials=_credentials(metadata, byline),
        published=metadata.published or byline.published,
        modified=metadata.modified or byline.modified,
        publisher=_without_marks(metadata.publisher),
    )


def _without_marks(name: str | None) -> str | None:
    """A name without what looks like a reference's number: "Anna Berg [2]"."""
    return _MARK.sub("", name).strip() or None if name else None


def _unsaid(facts: Byline, drafts: Sequence[Draft], language: str) -> list[Draft]:
    """A byline of what the text's own leave unsaid, so that it can be cited; none where nothing."""
    own = [draft.words for draft in drafts if draft.kind == "byline"]
    words = write_byline(facts, own, language)
    return [Draft("byline", [Piece(words)])] if words else []


def _credentials(metadata: Metadata, byline: Byline) -> str | None:
    """What the source says of its author; the byline's words where it names the same person."""
    same = metadata.author is None or metadata.author == byline.author
    return metadata.credentials or (byline.credentials if same else None)


def _translations(metadata: Metadata) -> tuple[str, ...]:
    """Ids of the article's translations, its own address left out."""
    own = make_article_id(url=metadata.url, name=metadata.name)
    ids = (make_article_id(url=url, name=url) for url in metadata.translations)
    return tuple(sorted({found for found in ids if found != own}))


def choose_title(drafts: Sequence[Draft], metadata: Metadata) -> str:
    """The declared title, else the first heading, else the source's name."""
    headings = [draft.words for draft in drafts if draft.kind == "heading"]
    name = metadata.name.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("-", " ").replace("_", " ")
    return tidy(metadata.title or "") or next(iter(headings), "") or tidy(name) or "Untitled"


def _check_prose(drafts: Sequence[Draft], source: str) -> None:
    """Refuses what holds no words, or hardly any among its signs."""
    body = " ".join(draft.words for draft in drafts if draft.kind in _BODY_KINDS)
    signs = [character for character in body if not character.isspace()]
    letters = sum(character.isalpha() for character in signs)
    if len(body.split()) < _MINIMUM_WORDS or letters < _MINIMUM_LETTERS * len(signs):
        message = f"{source}: holds no article text; give a page or file with paragraphs of text"
        raise NotAnArticle(message)


def _highest_number(drafts: Sequence[Draft]) -> int:
    """The highest number of the reference list, 0 where there is none."""
    entries = [draft for draft in drafts if draft.kind == "reference"]
    numbers = [draft.number or split_number(draft.words)[0] or 0 for draft in entries]
    return max([len(entries), *numbers]) if entries else 0


def _flags(drafts: Sequence[Draft], links: Sequence[Link], given: Sequence[str]) -> tuple[str, ...]:
    """The reader's flags, and whether the article sells."""
    promotes = any(is_promotion(draft.words) for draft in drafts)
    sells = promotes or any(link.commercial for link in links)
    return tuple(sorted({*given, *(["commercial"] if sells else [])}))


@dataclass(slots=True)
class _Assembly:
    """The canonical text as it grows, the spans known so far and the headings that are open."""

    title: str
    highest: int
    base_url: str | None
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    made_from: list[Draft | None] = field(default_factory=list)
    marks: list[ReferenceMark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    open_headings: list[tuple[int, str]] = field(default_factory=list)
    label_open: bool = False

    def __post_init__(self) -> None:
        self._write(self.title)
        self.words.append(self.title)
        self.blocks = [Block("heading", 0, len(self.title), level=1)]
        self.made_from = [None]

    @property
    def text(self) -> str:
        """The canonical text so far."""
        return "".join(self.parts)

    def _write(self, text: str) -> int:
        """Appends to the text and gives the offset that it starts at."""
        self.parts.append(text)
        self.length += len(text)
        return self.length - len(text)

    def add(self, draft: Draft) -> None:
        """Appends a draft's text and records its block."""
        run = self._run(draft)
        if not run.text:
            return
        level = max(2, draft.level) if draft.kind == "heading" else 0
        self._close_headings(draft, level)
        self._write(self._separator(draft))
        start = self._write(run.text)
        block = Block(
            kind=draft.kind,
            start=start,
            end=self.length,
            section=tuple(words for _, words in self.open_headings),
            level=level,
            header=draft.header,
            group=draft.group,
            page=draft.page,
        )
        self.blocks.append(block)
        self.words.append(run.text)
        self.made_from.append(draft)
        self._locate(run, start)
        if draft.kind == "heading":
            self.open_headings.append((level, run.text))
            self.label_open = draft.label

    def _run(self, draft: Draft) -> Run:
        """Clean text of a draft; a reference entry is parsed on the way."""
        if draft.kind != "reference":
            return make_run(draft.pieces, highest=self.highest)
        run = make_run(draft.pieces, detach_marks=False)
        number, text = split_number(run.text)
        cut = len(run.text) - len(text)
        links = tuple(
            replace(link, start=max(0, link.start - cut), end=link.end - cut)
            for link in run.links
            if link.end > cut
        )
        run = Run(text, (), links)
        if text:
            last = self.references[-1].number if self.references else 0
            number = number or draft.number or last + 1
            self.references.append(parse_reference(run, number))
        return run

    def _close_headings(self, draft: Draft, level: int) -> None:
        """Forgets the headings that end here: as deep ones, and labels behind their list."""
        if level:
            self.open_headings = [h for h in self.open_headings if h[0] < level]
            return
        if draft.after_rule and self.open_headings and is_question(self.open_headings[-1][1]):
            self.open_headings.pop()
            self.label_open = False
        if self.label_open and draft.group is None:
            self.open_headings.pop()
            self.label_open = False

    def _separator(self, draft: Draft) -> str:
        """A blank line; within one list or table a line break. A table's header stands above it."""
        previous = self.made_from[-1]
        cluster = draft.cluster
        if previous is not None and cluster is not None and previous.cluster == cluster:
            return "\n"
        return "\n\n" + (" | ".join(draft.header) + "\n" if any(draft.header) else "")

    def _locate(self, run: Run, start: int) -> None:
        """Moves a block's marks and links to the article's offsets."""
        self.marks += [ReferenceMark(start + offset, numbers) for offset, numbers in run.marks]
        for link in run.links:
            url = _resolve(link.href, self.base_url)
            if url:
                words = run.text[link.start : link.end]
                sells = is_commercial(url, words, link.rel)
                self.links.append(Link(start + link.start, start + link.end, url, sells))


def _resolve(href: str, base_url: str | None) -> str | None:
    """An address that leads out of the article, absolute where its page's own is known."""
    if href.startswith("#") or not href.strip():
        return None
    try:
        url = urljoin(base_url or "", clean(href).strip())
    except ValueError:
        return None
    return url if ":" not in url.split("/", 1)[0] or url.startswith(("http:", "https:")) else None


def _with_lead_ins(assembly: _Assembly) -> list[Block]:
    """Blocks with the position of the block that introduces them or asks what they answer."""
    positions = {id(draft): index for index, draft in enumerate(assembly.made_from) if draft}
    leads: dict[int, int | None] = {}
    finished: list[Block] = []
    question: int | None = None
    for index, block in enumerate(assembly.blocks):
        draft = assembly.made_from[index]
        lead: int | None = None
        if draft is not None and draft.after_rule:
            question = None
        if block.kind == "heading":
            question = index if index and is_question(assembly.words[index]) else None
        elif block.group is not None and draft is not None and block.kind != "reference":
            if block.group not in leads:
                parent = positions.get(id(draft.parent)) if draft.parent else None
                leads[block.group] = parent or _introducer(assembly, index - 1)
            lead = leads[block.group]
            lead = question if lead is None else lead
        elif block.kind == "paragraph":
            lead = question
        finished.append(replace(block, lead_in=lead))
    return finished


def _introducer(assembly: _Assembly, position: int) -> int | None:
    """The block at `position` if it introduces the list or table that follows it."""
    block, text = assembly.blocks[position], assembly.words[position]
    if position == 0:
        return None
    if block.kind == "heading":
        return position
    if block.kind != "paragraph":
        return None
    introduces = text.endswith((":", "…", "...")) or not text.endswith((".", "!", "?"))
    return position if introduces or len(text) <= _LONG_LEAD_IN_CHARACTERS else None
