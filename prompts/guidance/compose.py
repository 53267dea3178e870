"""Puts the lines of a guidance together from the texts and the country's numbers."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

COUNTRIES = ("DK", "SE", "NO", "UK", "US", "EU")
LANGUAGES = ("en", "da", "sv")
_SERVICES = ("emergency", "urgent", "crisis", "violence", "poison")
# The topic's line stands second, right after what to do now.
_ORDER = {
    "emergency": ("lead", "stay", "over"),
    "crisis": ("lead", "line", "danger", "over"),
    "urgent": ("lead", "line", "worse"),
}
# Topics that are told what another is told.
_SAME_LINE = {"selfharm": "suicide", "interaction": "serotonin", "immunosuppressed": "infection"}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_CALL = re.compile(r"\+?[0-9]{2,15}")

Service: TypeAlias = Mapping[str, str]
Numbers: TypeAlias = Mapping[str, Mapping[str, Service]]


class GuidanceError(ValueError):
    """A level, country, language or numbers file that guidance cannot work with."""


@dataclass(frozen=True, slots=True)
class Link:
    """A service to call: its name as shown, and a `tel:` address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is shown: the whole text, its lines, and the services named in them, in order."""

    text: str
    lines: tuple[str, ...]
    links: tuple[Link, ...]


def load_numbers(override: Path | None = None) -> Numbers:
    """Reads the packaged numbers, with a clinic's own on top, service by service.

    Args:
        override: A TOML file with the same keys; may hold only what differs.

    Raises:
        GuidanceError: The file cannot be read, or holds another country, service or number.
    """
    packaged = tomllib.loads(_read("numbers.toml"))
    if override is None:
        return packaged
    try:
        own = tomllib.loads(override.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GuidanceError(f"cannot read the numbers file {override}: {error}") from error
    for country, services in own.items():
        _check(country, services, override)
    return {country: {**packaged[country], **own.get(country, {})} for country in COUNTRIES}


def _check(country: str, services: object, path: Path) -> None:
    if country not in COUNTRIES:
        raise GuidanceError(f"{path}: country {country!r}; allowed: {', '.join(COUNTRIES)}")
    if not isinstance(services, dict):
        raise GuidanceError(f"{path}: {country} must be a table of services, such as [{country}]")
    for name, service in services.items():
        if name not in _SERVICES:
            raise GuidanceError(
                f"{path}: service {country}.{name}; allowed: {', '.join(_SERVICES)}"
            )
        parts = service if isinstance(service, dict) else {}
        call = str(parts.get("call", ""))
        if not parts.get("name") or not _CALL.fullmatch(call):
            raise GuidanceError(
                f"{path}: {country}.{name} needs a name and call = digits, + before a country code"
            )


def guidance(
    urgency: str, topic: str, country: str, language: str, numbers: Numbers | None = None
) -> Guidance:
    """Gives what to tell a person.

    Args:
        urgency: `emergency`, `crisis` or `urgent`.
        topic: Adds a line where there is one for it; any other topic adds none.
        country: One of COUNTRIES; decides the numbers.
        language: One of LANGUAGES.
        numbers: From `load_numbers`; the packaged ones without it.

    Raises:
        GuidanceError: An urgency, country or language that does not exist.
    """
    if urgency not in _ORDER:
        raise GuidanceError(f"guidance for {urgency!r}; allowed: {', '.join(_ORDER)}")
    texts = _texts()
    wanted = [texts[urgency][part] for part in _ORDER[urgency]]
    line = texts["topic"].get(_SAME_LINE.get(topic, topic))
    if line:
        wanted.insert(1, line)
    return _fill(wanted, _services(country, numbers), language)


def information_notice(country: str, language: str, numbers: Numbers | None = None) -> Guidance:
    """Gives the quiet notice that stands beside general information on an emergency."""
    return _fill([_texts()["information"]["lead"]], _services(country, numbers), language)


def _services(country: str, numbers: Numbers | None) -> Mapping[str, Service]:
    if country not in COUNTRIES:
        raise GuidanceError(f"country {country!r}; allowed: {', '.join(COUNTRIES)}")
    return (load_numbers() if numbers is None else numbers)[country]


def _fill(
    texts: list[Mapping[str, str]], services: Mapping[str, Service], language: str
) -> Guidance:
    if language not in LANGUAGES:
        raise GuidanceError(f"language {language!r}; allowed: {', '.join(LANGUAGES)}")
    lines: list[str] = []
    named: dict[str, Link] = {}
    for text in texts:
        sentences = [
            sentence
            for sentence in re.split(r"(?<=[.!?]) ", text[language])
            if set(_PLACEHOLDER.findall(sentence)) <= services.keys()
        ]
        if not sentences:
            continue
        line = " ".join(sentences)
        for name in _PLACEHOLDER.findall(line):
            service = services[name]
            named.setdefault(service["call"], Link(service["name"], f"tel:{service['call']}"))
        lines.append(_PLACEHOLDER.sub(lambda found: services[found.group(1)]["name"], line))
    return Guidance("\n".join(lines), tuple(lines), tuple(named.values()))


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    loaded: Mapping[str, Mapping[str, Mapping[str, str]]] = tomllib.loads(_read("texts.toml"))
    return loaded


def _read(name: str) -> str:
    return files("prompts.guidance").joinpath(name).read_text(encoding="utf-8")
