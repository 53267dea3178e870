"""How much prose an element holds: its text, but for what leads elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_INLINE_WORDS = """
a abbr b bdi big cite code em font i ins kbd label mark q s small span strong sub sup u
"""
_INLINE = frozenset(_INLINE_WORDS.split())


def prose_length(node: LexborNode) -> int:
    """Characters of an element's blocks of text, less twice those that are links."""
    spoken: dict[int, int] = {}
    for text in node.traverse(include_text=True):
        if text.tag != "-text" or not (words := (text.text_content or "").strip()):
            continue
        block, is_link = _block_of(text)
        spoken[block] = spoken.get(block, 0) + (-len(words) if is_link else len(words))
    return sum(max(0, length) for length in spoken.values())


def _block_of(text: LexborNode) -> tuple[int, bool]:
    """Identity of the block that a text stands in, and whether it is a link's."""
    is_link = False
    node = text.parent
    while node is not None and node.tag in _INLINE:
        is_link = is_link or node.tag == "a"
        node = node.parent
    return (node.mem_id if node is not None else 0), is_link
