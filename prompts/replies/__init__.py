"""What the assistant says in words of its own: abstentions, small talk, provenance, notices."""

from __future__ import annotations

from prompts.texts import Texts, load_texts


def load_replies(language: str) -> Texts:
    """The replies in a language; in English where there are none in it."""
    return load_texts(language if language in {"da", "sv"} else "en", __name__)
