"""Which articles and which authors a question names.

An article is named by words of its title, of its author and what its byline says of him, of its
publisher or of its address. A word that many articles share tells none apart: how much each one
counts is measured in the library.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from rapidfuzz.distance import OSA

from assistant.function_words import content_stems
from index.keyword import WORD, stem_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.entry import Entry

SHARED = 0.5
"""Share of a library's articles above which a word that they all hold names none of them."""

LEAST_MEANT = 0.3
"""Share of the weight of a question's own words that an article's names must hold."""

ASKING = 0.1
"""What a word counts that mostly asks: "hospital" in "which hospital wrote the leaflet on IBS?"."""

_LONGEST_NAME, _SHORTEST_SITE, _SHORTEST_PART = 4, 5, 3
_HOST = re.compile(
    r"^(?:[\w-]+\.)*(?P<name>(?!(?:co|com|org|ac|gov|net|edu)\.)[\w-]+)"
    r"(?:\.(?:co|com|org|ac|gov|net|edu))?\.[a-z]{2,}$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:at|hos|på|vid)\s+(?:the\s+)?(\w{4,})", re.IGNORECASE)
_TITLES = frozenset(
    {"dr", "prof", "professor", "mr", "mrs", "ms", "mag", "med", "lic", "leg", "cand", "docent"}
    | {"doctor", "doktor", "surgeon", "nurse", "læge", "overlæge", "speciallæge", "kirurg"}
    | {"läkare", "överläkare", "sygeplejerske", "sjuksköterska"}
)
"""What stands before a name and is no part of it."""


@dataclass(frozen=True, slots=True)
class Person:
    """An author, as the library's articles name him.

    Attributes:
        parts: of the name, in lower case, titles left out.
        entries: what he wrote, the articles that say what he is first.
    """

    parts: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """By which words each article of a library may be named.

    Attributes:
        entries: the articles.
        names: of each article, the stems and the names run together ("biohackbalance").
        frequency: how many articles each of them names.
        people: the authors.
        sites: names of publishers and sites, run together.
    """

    entries: tuple[Entry, ...]
    names: tuple[frozenset[str], ...]
    frequency: Counter[str]
    people: tuple[Person, ...]
    sites: frozenset[str]

    @classmethod
    def of(cls, listed: Iterable[Entry]) -> Register:
        """The register of a library's entries."""
        entries = tuple(listed)
        names = tuple(map(_names_of, entries))
        counted = Counter(word for own in names for word in own)
        sites = frozenset[str]().union(*map(sites_of, entries))
        return cls(entries, names, counted, _people_of(entries), sites)

    def find(self, question: str, passed_over: frozenset[str]) -> list[Entry]:
        """The articles that a question names, all that it names equally well; none if none.

        Args:
            question: as understood.
            passed_over: stems of a question that ask rather than name ("wrote", "studies").
        """
        words = {
            word: self._weight(word) * (ASKING if word in passed_over else 1.0)
            for word in _words_of(question)
        }
        weights = [sum(words[w] for w in words.keys() & own) for own in self.names]
        best = max(weights, default=0.0)
        if best <= 0:
            return []
        named = [number for number, weight in enumerate(weights) if weight >= best - 1e-9]
        held = set[str]().union(*(self.names[number] for number in named))
        missing = set(content_stems(question)) - passed_over - held - _spelt_out(question, held)
        unmet = sum(map(self._weight, missing))
        enough = best >= LEAST_MEANT * (best + unmet)
        return [self.entries[number] for number in named] if enough else []

    def find_person(self, question: str) -> tuple[Person, str] | None:
        """The author whom a question names, and the question that says "the author" for the name.

        By the whole name, one part of it misspelt at most, or by the surname behind a title.
        """
        words = list(WORD.finditer(question))
        for person in self.people:
            span = _find_name(person.parts, [word.group().casefold() for word in words])
            if span is not None:
                first, last = words[span[0]], words[span[1] - 1]
                asked = f"{question[: first.start()]}the author{question[last.end() :]}"
                return person, re.sub(r"[^\w]*\bthe author", " the author", asked, count=1).strip()
        return None

    def find_sites(self, question: str) -> frozenset[str]:
        """The publishers and sites that a question names, run together."""
        runs = {"".join(run) for run in _runs(question)} & self.sites
        behind = {word.casefold() for word in _PLACE.findall(question)}
        return frozenset(runs | {s for s in self.sites if any(word in s for word in behind)})

    def find_site_words(self, question: str) -> frozenset[str]:
        """The words of a question that name a publisher or a site, in lower case."""
        runs = [run for run in _runs(question) if "".join(run) in self.sites]
        behind = {word.casefold() for word in _PLACE.findall(question)}
        held = {word for word in behind if any(word in site for site in self.sites)}
        return frozenset(word for run in runs for word in run) | held

    def read_sites(self, question: str) -> str | None:
        """The question that says "your clinic" for each publisher; None where it names none."""
        named = self.find_site_words(question)
        words = [w for w in WORD.finditer(question) if w.group().casefold() in named]
        if not words:
            return None
        said, end = question[: words[0].start()] + "your clinic", words[0].end()
        for word in words[1:]:
            between = question[end : word.start()]
            said += f"{between}your clinic" if between.strip(" -") else ""
            end = word.end()
        return re.sub(r"\bthe your clinic\b", "your clinic", said + question[end:])

    def _weight(self, word: str) -> float:
        """High for a word that names one article, zero for one that names most of them."""
        frequency = self.frequency[word]
        if frequency > max(1.0, SHARED * len(self.entries)):
            return 0.0
        return math.log((len(self.entries) + 1) / max(frequency, 1))


def _spelt_out(question: str, held: set[str]) -> set[str]:
    """Stems of the words that make up a name that is held run together."""
    runs = [run for run in _runs(question) if "".join(run) in held]
    return {stem for run in runs for word in run for stem in stem_words(word)}


def _names_of(entry: Entry) -> frozenset[str]:
    """The stems that name an article, and its site's names run together."""
    article = entry.article
    address = urlsplit(article.url or "")
    slug = unquote(address.path.rstrip("/").rpartition("/")[2]).rpartition(".")
    publisher = _without_ending(article.publisher or "")
    said = [article.title, article.author, article.credentials, publisher, slug[0] or slug[2]]
    stems = content_stems(re.sub(r"[^\w\s]|_", " ", " ".join(filter(None, said))))
    return frozenset(stems) | sites_of(entry)


def sites_of(entry: Entry) -> frozenset[str]:
    """The names of an article's publisher and site, run together: `biohackbalance`."""
    publisher = re.sub(r"\(.*?\)", "", _without_ending(entry.article.publisher or ""))
    host = _without_ending(urlsplit(entry.article.url or "").hostname or "")
    joined = (re.sub(r"[\W_]", "", site).casefold() for site in (publisher, host))
    return frozenset(name for name in joined if len(name) >= _SHORTEST_SITE)


def _without_ending(name: str) -> str:
    """`www.biohackbalance.se` → `biohackbalance`; what is no host stays as it is."""
    host = _HOST.match(name.strip())
    return host["name"] if host else name


def _words_of(question: str) -> set[str]:
    """A question's stems, and its words run together, by which a site may be named."""
    joined = {"".join(run) for run in _runs(question)}
    return set(content_stems(question)) | {name for name in joined if len(name) >= _SHORTEST_SITE}


def _runs(question: str) -> list[list[str]]:
    """Every few neighbouring words of a question, in lower case."""
    words = [word.casefold() for word in WORD.findall(question)]
    lengths = range(1, _LONGEST_NAME + 1)
    return [words[i : i + n] for n in lengths for i in range(len(words) - n + 1)]


def _people_of(entries: Iterable[Entry]) -> tuple[Person, ...]:
    written: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        for name in re.split(r",?\s+(?:and|og|och|&)\s+|,\s+", entry.article.author or ""):
            parts = tuple(w for w in map(str.casefold, WORD.findall(name)) if w not in _TITLES)
            if len(parts) > 1:
                written.setdefault(parts, []).append(entry)
    return tuple(
        Person(parts, tuple(sorted(own, key=lambda entry: entry.article.credentials is None)))
        for parts, own in written.items()
    )


def _find_name(parts: Sequence[str], words: Sequence[str]) -> tuple[int, int] | None:
    """Where a name stands among words, titles before it included: its first word, its end."""
    length = len(parts)
    if not set(parts) & {word.removesuffix("s") for word in words} | set(parts) & set(words):
        return None
    for start in range(len(words) - length + 1):
        pairs = list(zip(parts, words[start : start + length], strict=True))
        if all(_same(*pair) for pair in pairs) and any(part == word for part, word in pairs):
            return _with_titles(start, words), start + length
    for number, (before, word) in enumerate(pairwise(words)):
        if before in _TITLES and word in {parts[-1], f"{parts[-1]}s"}:
            return _with_titles(number + 1, words), number + 2
    return None


def _with_titles(start: int, words: Sequence[str]) -> int:
    while start and words[start - 1] in _TITLES:
        start -= 1
    return start


def _same(part: str, word: str) -> bool:
    """Whether a word is a part of a name, one letter apart at most."""
    return part == word or (len(part) >= _SHORTEST_PART and OSA.distance(part, word) <= 1)
