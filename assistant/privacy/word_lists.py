"""The lists of words in `data/words.toml`, read once."""

import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _read_lists() -> dict[str, frozenset[str]]:
    content = files("assistant.privacy").joinpath("data", "words.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(content).items()}


def load_words(name: str) -> frozenset[str]:
    """Gives one list of words, as they stand in the file.

    Raises:
        KeyError: the file has no such list.
    """
    return _read_lists()[name]
