"""What the terms of an answer mean, in the articles' own words, for whoever points at them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from index.glossary import explain_terms, make_glossary

if TYPE_CHECKING:
    from assistant.knowledge import Knowledge
    from index.library import Library

_known: WeakKeyDictionary[Library, dict[str, str]] = WeakKeyDictionary()
"""Meanings by state of the library: they cost a reading of all its sentences."""


def explain(knowledge: Knowledge) -> dict[str, str]:
    """Terms with the sentences that define them, and short forms with their long forms."""
    library = knowledge.library
    if library not in _known:
        _known[library] = explain_terms(make_glossary(library.entries.values()))
    return _known[library] | dict(knowledge.lexicon.abbreviations.pairs)
