"""A plug-in of tiktoken: the encoding `gutbrain`, from the vocabulary in the folder above.

tiktoken finds it in the namespace package `tiktoken_ext`; nothing is downloaded.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

VOCABULARY = Path(__file__).parents[1] / "gutbrain.tiktoken"
SPLIT = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}{1,3}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


def load_gutbrain() -> dict[str, Any]:
    """What tiktoken builds the encoding from."""
    # Not tiktoken's own loader: it would keep a copy in the temporary folder under the file's
    # path, and go on using it when the vocabulary has changed.
    lines = VOCABULARY.read_text(encoding="ascii").splitlines()
    ranks = {base64.b64decode(token): int(rank) for token, rank in map(str.split, lines)}
    return {
        "name": "gutbrain",
        "pat_str": SPLIT,
        "mergeable_ranks": ranks,
        "special_tokens": {},
    }


ENCODING_CONSTRUCTORS = {"gutbrain": load_gutbrain}
