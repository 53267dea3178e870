"""JATS XML, as PubMed Central serves journal articles → Article (NISO Z39.96)."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from index.errors import NotAnArticle
from index.readers.builder import build_article
from index.readers.html import read_fragment
from index.readers.language import normalise_code
from index.readers.metadata import Metadata
from index.readers.results import ReadResult
from index.readers.xml_source import children_named, first_named, local_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

_RENAMED = {
    "p": "p", "bold": "b", "italic": "i", "sub": "sub", "sup": "sup", "list-item": "li",
    "disp-quote": "blockquote", "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr",
    "td": "td", "th": "th", "def-list": "dl", "term": "dt", "def": "dd", "boxed-text": "section",
    "caption": "p", "break": "br", "statement": "section", "fig": "section",
}  # fmt: skip
_SKIPPED = frozenset(
    {"graphic", "inline-graphic", "media", "label", "object-id", "fn-group", "table-wrap-foot",
     "tex-math", "inline-formula", "disp-formula", "supplementary-material", "alternatives"}
)  # fmt: skip
_MAX_LEVEL = 6


def is_jats(root: Element) -> bool:
    """Whether XML is a journal article, alone or in the envelope of a service."""
    return _article(root) is not None


def read_jats(root: Element, *, source: str, name: str, url: str | None) -> ReadResult:
    """The article.

    Raises:
        NotAnArticle: there is no text in it.
    """
    article = _article(root)
    meta = first_named(article, "front", "article-meta") if article is not None else None
    if article is None or meta is None:
        raise NotAnArticle(f"{source}: is XML without an article; give JATS or a WordPress export")
    markup = [_section("Abstract", node) for node in children_named(meta, "abstract")[:1]]
    body = first_named(article, "body")
    markup += [_inner(body, 2)] if body is not None else []
    markup.append(_references(article))
    book = read_fragment("".join(markup))
    ids = {node.get("pub-id-type"): text_of(node) for node in children_named(meta, "article-id")}
    language = article.get("{http://www.w3.org/XML/1998/namespace}lang")
    metadata = Metadata(
        source=source,
        name=name,
        format="jats",
        title=text_of(first_named(meta, "title-group", "article-title")) or None,
        url=_address(ids) or url,
        publisher=text_of(first_named(article, "front", "journal-meta", "journal-title-group")),
        author=_authors(meta),
        published=_published(meta),
        language=normalise_code(language),
        flags=tuple(book.flags),
    )
    return ReadResult((build_article(book.drafts, metadata),))


def _article(root: Element) -> Element | None:
    """The first `article` with front matter."""
    nodes = (node for node in root.iter() if local_name(node) == "article")
    return next((node for node in nodes if first_named(node, "front") is not None), None)


def _section(title: str, node: Element) -> str:
    return f"<h2>{title}</h2>{_inner(node, 3)}"


def _inner(node: Element, level: int) -> str:
    """HTML of what an element holds, sections at `level`."""
    parts = [html.escape(node.text or "", quote=False)]
    for child in node:
        parts.append(_render(child, level))
        parts.append(html.escape(child.tail or "", quote=False))
    return "".join(parts)


def _render(node: Element, level: int) -> str:
    """HTML of an element."""
    name = local_name(node)
    if not name or name in _SKIPPED:
        return _render_table(node, level) if name == "alternatives" else ""
    inner = _inner(node, min(_MAX_LEVEL, level + 1) if name == "sec" else level)
    tag, attributes = _tag_of(node, name, level)
    given = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items() if value)
    return f"<{tag}{given}>{inner}</{tag}>" if tag else inner


def _tag_of(node: Element, name: str, level: int) -> tuple[str | None, dict[str, str]]:
    """The HTML element for an element, with its attributes; None where its text stands alone."""
    if name == "title":
        return f"h{max(2, level - 1)}", {}
    if name == "list":
        return "ol" if node.get("list-type") in {"order", "ordered"} else "ul", {}
    if name == "xref" and node.get("ref-type") == "bibr":
        number = re.fullmatch(r"\d{1,3}", text_of(node).strip("[]() "))
        return ("a", {"href": f"#ref-{number[0]}"}) if number else (None, {})
    if name in {"ext-link", "uri"}:
        return "a", {"href": node.get("{http://www.w3.org/1999/xlink}href") or text_of(node)}
    return _RENAMED.get(name), {key: node.get(key, "") for key in ("rowspan", "colspan")}


def _render_table(node: Element, level: int) -> str:
    """A table among its alternatives, which are pictures."""
    return "".join(_render(table, level) for table in children_named(node, "table"))


def _references(article: Element) -> str:
    """The reference list as HTML; its numbers are the labels, or else the order."""
    entries = [node for node in article.iter() if local_name(node) == "ref"]
    rows = [_entry(node, number) for number, node in enumerate(entries, 1)]
    return f"<h2>References</h2><ol>{''.join(rows)}</ol>" if rows else ""


def _entry(node: Element, position: int) -> str:
    label = re.sub(r"\D", "", text_of(first_named(node, "label")))
    citations = [n for n in node if local_name(n) in {"mixed-citation", "element-citation"}]
    text = _citation_text(citations[0]) if citations else text_of(node)
    ids = (n for n in node.iter() if local_name(n) == "pub-id")
    named = {"pmid": "PMID: ", "doi": "doi:"}
    for found in ids:
        value, lead = text_of(found), named.get(found.get("pub-id-type") or "")
        if lead and value:
            text = text.replace(value, "").rstrip(" .;:") + f". {lead}{value}"
    return f'<li value="{label or position}">{html.escape(text, quote=False)}</li>'


def _citation_text(node: Element) -> str:
    """What a citation says; one that is a record of fields is put into words."""
    if local_name(node) == "mixed-citation":
        return text_of(node)
    names = [
        f"{text_of(first_named(n, 'surname'))} {text_of(first_named(n, 'given-names'))}".strip()
        for n in node.iter()
        if local_name(n) == "name"
    ]
    rest = [text_of(n) for n in node if local_name(n) not in {"person-group", "name", "pub-id"}]
    return ". ".join(filter(None, (", ".join(names), *rest)))


def _authors(meta: Element) -> str | None:
    """Names of the authors, the first three in full."""
    names = [
        " ".join(filter(None, (text_of(first_named(n, "given-names")),
                               text_of(first_named(n, "surname")))))
        for n in _author_names(meta)
    ]  # fmt: skip
    kept = [name for name in names if name]
    return (", ".join(kept[:3]) + (" and others" if kept[3:] else "")) or None


def _author_names(meta: Element) -> Iterable[Element]:
    for group in children_named(meta, "contrib-group"):
        for person in children_named(group, "contrib"):
            if person.get("contrib-type", "author") == "author":
                yield from children_named(person, "name")


def _published(meta: Element) -> str | None:
    """The earliest date of publishing, in the precision that is given."""
    dates = []
    for node in children_named(meta, "pub-date"):
        parts = [text_of(first_named(node, name)) for name in ("year", "month", "day")]
        known = [part.zfill(2) for part in parts if part.isdigit()]
        if known and parts[0].isdigit():
            dates.append("-".join(known))
    return min(dates, default=None)


def _address(ids: dict[str | None, str]) -> str | None:
    if ids.get("doi"):
        return f"https://doi.org/{ids['doi']}"
    pmc = ids.get("pmcid") or ids.get("pmc")
    return f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{pmc.removeprefix('PMC')}/" if pmc else None
