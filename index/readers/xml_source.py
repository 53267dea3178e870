"""XML → elements, without the entities and outside files that XML can be made to open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from index.errors import UnreadableSource

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_DEPTH = 200
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that XML forbids; exports hold them, pasted into a post long ago."""


def parse_xml(data: bytes, *, source: str) -> Element:
    """The root element.

    Raises:
        UnreadableSource: it is broken, nested too deeply, or declares entities.
    """
    parser = DefusedXMLParser(forbid_entities=True, forbid_external=True)
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    try:
        parser.feed(data if wide else _NOT_XML.sub(b"", data.lstrip()))
        root: Element = parser.close()
    except DefusedXmlException as error:
        message = f"{source}: declares XML entities, which are not read; remove them"
        raise UnreadableSource(message) from error
    except (ParseError, LookupError, ValueError) as error:
        message = f"{source}: is broken XML ({error}); export or fetch it again"
        raise UnreadableSource(message) from error
    if _depth(root) > MAX_DEPTH:
        raise UnreadableSource(f"{source}: is nested too deeply to be read; simplify its markup")
    return root


def local_name(node: Element) -> str:
    """An element's name without its namespace; empty for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def children_named(node: Element, *names: str) -> list[Element]:
    """The element's children with one of these names, whatever their namespace."""
    return [child for child in node if local_name(child) in names]


def first_named(node: Element, *path: str) -> Element | None:
    """The first element down a path of names."""
    found: Element | None = node
    for name in path:
        found = next(iter(children_named(found, name)), None) if found is not None else None
    return found


def text_of(node: Element | None) -> str:
    """All text in an element with single spaces; empty for none."""
    return " ".join("".join(node.itertext()).split()) if node is not None else ""


def _depth(root: Element) -> int:
    level, depth = [root], 0
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [child for node in level for child in node]
    return depth
