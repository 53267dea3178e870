"""Questions that the library answers: to start from, and to choose from."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from assistant.function_words import content_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from assistant.ranking import Ranking
    from index.entry import Entry
    from index.library import Library

MAX_SUGGESTIONS = 6
MAX_FOLLOW_UPS = 3
MAX_SHARE = 0.15
"""Share of the articles that may have a word in their headings for it still to name a subject."""

_standing: WeakKeyDictionary[Library, dict[str, tuple[str, ...]]] = WeakKeyDictionary()
"""Questions by article of each state of the library: they cost a reading of all headings."""


def suggest_questions(library: Library, language: str) -> tuple[str, ...]:
    """Up to six questions that stand as headings in the articles, spread over the library."""
    questions = standing_questions(library)
    entries = [entry for entry in library.entries.values() if questions[entry.article.id]]
    own = [entry for entry in entries if entry.article.language == language] or entries
    count = min(MAX_SUGGESTIONS, len(own))
    picked = [own[position * len(own) // count] for position in range(count)]
    return tuple(questions[entry.article.id][0] for entry in picked)


def choose_questions(ranking: Ranking, library: Library) -> tuple[str, ...]:
    """Questions of the nearest articles to choose from."""
    nearest = dict.fromkeys(candidate.entry.article.id for candidate in ranking.candidates)
    return _pick([*nearest, *library.entries], library)


def answered_questions(entry: Entry) -> Iterator[str]:
    """The questions that an article asks in a heading and answers below it."""
    article = entry.article
    answered = {block.lead_in for block in article.blocks if block.kind != "heading"}
    for position in sorted(number for number in answered if number is not None):
        text = article.block_text(position)
        if article.blocks[position].kind == "heading" and text.endswith("?"):
            yield without_number(text)


def standing_questions(library: Library) -> Mapping[str, tuple[str, ...]]:
    """For each article those of its questions that name its subject, and so can stand alone.

    "How good is the test?" does not: a subject is a word of the title that few other articles
    have in their title or their headings.
    """
    if library not in _standing:
        _standing[library] = _find_standing(library)
    return _standing[library]


def _find_standing(library: Library) -> dict[str, tuple[str, ...]]:
    words = {key: _heading_stems(entry) for key, entry in library.entries.items()}
    articles_with = Counter(chain.from_iterable(words.values()))
    most = max(2, MAX_SHARE * len(words))
    found: dict[str, tuple[str, ...]] = {}
    for key, entry in library.entries.items():
        title = content_stems(entry.article.title)
        subject = {stem for stem in title if articles_with[stem] <= most}
        questions = dict.fromkeys(answered_questions(entry))
        found[key] = tuple(q for q in questions if subject & set(content_stems(q)))
    return found


def _heading_stems(entry: Entry) -> set[str]:
    article = entry.article
    headings = [article.block_text(i) for i, b in enumerate(article.blocks) if b.kind == "heading"]
    return set(content_stems(" ".join([article.title, *headings])))


def without_number(heading: str) -> str:
    """A heading without the number that it may begin with."""
    number, _, rest = heading.partition(". ")
    return rest if number.isdigit() and rest else heading


def _pick(article_ids: Iterable[str], library: Library) -> tuple[str, ...]:
    questions = standing_questions(library)
    picked = dict.fromkeys(question for key in article_ids for question in questions[key])
    return tuple(picked)[:MAX_FOLLOW_UPS]
