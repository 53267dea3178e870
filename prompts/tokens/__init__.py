"""Counts and cuts text in the tokens that a chat model is sent, without a download.

The encoding is the project's own, a small byte-pair vocabulary registered through tiktoken's
plug-in mechanism (`prompts/tokens/train_vocabulary.py` trains it). It is smaller than those of
today's chat models, so it counts rather too many tokens than too few.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tiktoken import Encoding

ENCODING_NAME = "gutbrain"


@cache
def load_encoding() -> Encoding:
    """The project's encoding."""
    import tiktoken
    import tiktoken_ext

    folder = str(Path(__file__).parent / "tiktoken_ext")
    if folder not in tiktoken_ext.__path__:
        tiktoken_ext.__path__.append(folder)
        # tiktoken looks for plug-ins once and remembers: let it look again.
        tiktoken.registry._available_plugin_modules.cache_clear()  # noqa: SLF001
        tiktoken.registry.ENCODING_CONSTRUCTORS = None
    return tiktoken.get_encoding(ENCODING_NAME)


def count_tokens(text: str) -> int:
    """The length of a text in tokens; what looks like a special token is plain text."""
    return len(load_encoding().encode_ordinary(text))


def keep_newest(texts: Sequence[str], max_tokens: int) -> int:
    """How many of the last texts fit into a budget of tokens together."""
    left = max_tokens
    for kept, text in enumerate(reversed(texts)):
        left -= count_tokens(text)
        if left < 0:
            return kept
    return len(texts)
