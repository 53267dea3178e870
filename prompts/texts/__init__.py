"""The words of the pages, a TOML file per language, and the loader that is strict about them.

Every language holds exactly the keys of English with the same placeholders. A missing key, a
surplus key or an unknown placeholder is an error at start, never a gap on a patient's screen.
"""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FALLBACK_LANGUAGE = "en"


class TextsError(ValueError):
    """Texts that are missing, unknown or do not fit together."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The page texts of one language.

    Attributes:
        language: ISO 639-1 code.
        entries: text by dotted key, e.g. `composer.send`.
    """

    language: str
    entries: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """The text of `key`; raises TextsError where there is none."""
        try:
            return self.entries[key]
        except KeyError:
            message = f"The texts of '{self.language}' have no key '{key}'."
            raise TextsError(message) from None

    def get(self, key: str, default: str) -> str:
        """The text of `key`, or `default`: for keys that are made from an article's own values."""
        return self.entries.get(key, default)

    def fill(self, key: str, **values: object) -> str:
        """The text of `key` with its placeholders filled; each one must be given, and no other."""
        text = self[key]
        if placeholders(text) != values.keys():
            message = f"The text '{key}' takes {sorted(placeholders(text))}, not {sorted(values)}."
            raise TextsError(message)
        return text.format(**values)


def placeholders(text: str) -> set[str]:
    """The names in braces in `text`."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def available_languages(package: str = __name__) -> tuple[str, ...]:
    """Codes of the languages that a package of texts has, English first."""
    folder = resources.files(package)
    codes = {
        item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")
    }
    return (FALLBACK_LANGUAGE, *sorted(codes - {FALLBACK_LANGUAGE}))


@cache
def load_texts(language: str, package: str = __name__) -> Texts:
    """The texts of `language` in a package of texts, checked against English."""
    entries = _read(language, package)
    if language != FALLBACK_LANGUAGE:
        check_same_keys(language, entries, _read(FALLBACK_LANGUAGE, package))
    return Texts(language, entries)


def check_same_keys(
    language: str, entries: Mapping[str, str], reference: Mapping[str, str]
) -> None:
    """Raises TextsError unless `entries` has the keys and placeholders of `reference`."""
    missing = sorted(reference.keys() - entries.keys())
    surplus = sorted(entries.keys() - reference.keys())
    if missing or surplus:
        message = f"The texts of '{language}' lack {missing} and have unknown keys {surplus}."
        raise TextsError(message)
    for key, text in entries.items():
        if placeholders(text) != placeholders(reference[key]):
            message = (
                f"The text '{key}' of '{language}' must have the placeholders "
                f"{sorted(placeholders(reference[key]))}."
            )
            raise TextsError(message)


def _read(language: str, package: str) -> dict[str, str]:
    if language not in available_languages(package):
        message = (
            f"There are no texts for the language '{language}'; "
            f"there are: {', '.join(available_languages(package))}."
        )
        raise TextsError(message)
    file = resources.files(package) / f"{language}.toml"
    return _flatten(tomllib.loads(file.read_text(encoding="utf-8")))


def _flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat.update(_flatten(value, f"{prefix}{key}."))
        elif isinstance(value, str) and value.strip():
            flat[prefix + key] = value
        else:
            message = f"The text '{prefix}{key}' must be a string that is not empty."
            raise TextsError(message)
    return flat
