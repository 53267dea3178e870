"""The expressions of `lexicon/phrasing.toml`, compiled when first asked for."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _load() -> dict[str, re.Pattern[str]]:
    text = files("assistant.triage").joinpath("lexicon/phrasing.toml").read_text(encoding="utf-8")
    return {name: re.compile("".join(parts)) for name, parts in tomllib.loads(text).items()}


def pattern(name: str) -> re.Pattern[str]:
    """Gives the expression of that name; its parts stand one a line in the file and are joined."""
    return _load()[name]
