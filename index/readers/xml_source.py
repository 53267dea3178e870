"""XML → elements, without the entities and outside files that XML can be made to open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from index.errors import SourceTooLarge, UnreadableSource

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_DEPTH = 200
MAX_ELEMENTS = 1_000_000
"""Each takes about 100 bytes of memory, however few the file has for it."""
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that XML forbids; exports hold them, pasted into a post long ago."""


def parse_xml(data: bytes, *, source: str) -> Element:
    """The root element.

    Raises:
        UnreadableSource: it is broken, nested too deeply, or declares entities.
        SourceTooLarge: it has too many elements.
    """
    tree = _LimitedTree(source)
    parser = DefusedXMLParser(target=tree, forbid_entities=True, forbid_external=True)
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
    return root


class _LimitedTree(TreeBuilder):
    """Builds the elements and stops where they become too many, not when all are there."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source
        self._depth = self._count = 0

    def start(self, tag: str, attributes: dict[str, str], /) -> Element:
        """Begins an element."""
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH:
            message = f"{self._source}: is nested too deeply to be read; simplify its markup"
            raise UnreadableSource(message)
        if self._count > MAX_ELEMENTS:
            message = f"{self._source}: has more than {MAX_ELEMENTS:,} XML elements"
            raise SourceTooLarge(f"{message}; split it")
        return super().start(tag, attributes)

    def end(self, tag: str, /) -> Element:
        """Ends an element."""
        self._depth -= 1
        return super().end(tag)


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
