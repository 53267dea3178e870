"""Ranked candidates → the few sentences that answer, in an order that reads well."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from assistant.answerability import AnswerType, states
from assistant.boundaries import states_dose
from assistant.composition import Piece
from assistant.function_words import content_stems
from assistant.lists import (
    SINGLE_FACTS,
    UNREAD,
    find_list,
    group_of,
    heading_share,
    items_of,
    likelihoods,
)
from assistant.promises import brings_whole_list, keep_promises
from assistant.ranking.model import MAY_ANSWER, load_models
from assistant.ranking.quantities import lacks_quantity
from assistant.referents import as_sentence, lead_in_of, with_referent, with_reply
from assistant.stages import stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from assistant.evidence import Candidate
    from assistant.lists import LikelyList
    from assistant.ranking import Ranking
    from index.entry import Entry
    from index.records import Sentence

MAX_SENTENCES = 3

MOST_TO_READ = 4
"""Sentences, with what they are not understood without, that a short answer has; of more the least
likely are left out."""

ENOUGH = 0.9
"""Sentences are added until it is this likely that the one that answers best is among them."""

LEAST_PROSE = 0.05
LEAST_ITEM = 0.1
"""Likelihood below which a further sentence is left out. Of 1,857 questions for a fact, read by a
reader that has not seen them, .919 get their gold with .03 as with .05 for prose, and 1.13 needless
sentences in place of 1.19."""

LEAST_DUE = -1.0
"""The reader's log odds from which on a sentence is said that is due: "Folic acid is recommended"
comes first for "how much folic acid?", "400 micrograms a day" far behind. What would bring a list
along is never due."""

WHOLE = 0.2
"""Probability from which a list is given whole. Of 553 questions for one .85 get it (.81 from .3
on); of 1,118 for one thing as many are answered, with a tenth of a sentence more to read. A list
too many costs reading; one too few costs half the answer."""

SURELY_WHOLE = 0.7
"""Probability below which the likeliest sentence is said before a list that does not hold it. From
there on only where the reader holds it for likelier than each sentence of the list."""

OUTREAD = 0.5
"""By how much the reader's log odds of a sentence are above those of a list's best item, where that
item is the likeliest of all, for the sentence to be said before the list."""

_ADVERTISES = re.compile(
    r"\W*(?:advertisement|sponsored|annonce|annons|reklame?|anzeige)\s*[:–-]", re.IGNORECASE
)

_ENDS = (".", "!", "?", "…")
_CLOSES = "\"”’»')]*†"

_COUNTED = r"\b(two|three|four|five|six|seven) (?:\w+[ -]){0,3}\w+s\b"
_ANNOUNCES = re.compile(rf"{_COUNTED}(?=[^\d]*:$)", re.IGNORECASE)
_ENDS_COUNTING = re.compile(rf"{_COUNTED}\W*$", re.IGNORECASE)
LONGEST_ANNOUNCEMENT = 9
"""Words of a sentence that only announces, where it ends in no colon. Of 20,000 sentences of 52
libraries any number and noun ("three times a day") with as many sentences or headings behind it
made 294 announcements, about ten of them true; as it is there are seven, four of them true."""

_BEHIND_SUBJECT = re.compile(r"[:–—]| - ")

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


@stage("selection")
def select(ranking: Ranking, question: str, parts: int = 1) -> list[Piece]:
    """The pieces of an answer: a whole list or table, or a few sentences.

    Args:
        ranking: at least one candidate.
        question: as understood.
        parts: how many questions it holds.
    """
    ranking = _without_advertisements(ranking)
    best = ranking.candidates[0]
    announced = _announced(best.entry, best.sentence)
    if announced and ranking.expected not in SINGLE_FACTS:
        return [make_piece(best.entry, best.sentence), *announced]
    named = _list_named(best.entry, question) if ranking.expected not in SINGLE_FACTS else None
    if named is not None:
        return list_pieces(best.entry, named)
    found = find_list(ranking, question)
    whole = 0.0 if found is None else _probability_whole(found)
    if found is not None and whole >= WHOLE:
        first = _said_before(found, ranking, whole)
        before = _with_context(first.entry, first.sentence) if first else []
        return _once([*before, *list_pieces(found.entry, found.group)])
    below = _list_under_heading(best, ranking, question) or _list_introduced(best)
    if below is not None:
        return list_pieces(*below)
    return keep_promises(_prose_pieces(ranking, likelihoods(ranking.scores), question, parts))


def _said_before(found: LikelyList, ranking: Ranking, whole: float) -> Candidate | None:
    """The sentence that is said before a list: the likeliest, where it stands elsewhere.

    Where the likeliest is an item, what the reader holds for likelier than all of the list.
    """
    best = ranking.candidates[0]
    if group_of(best) is None:
        return None if whole >= SURELY_WHOLE and not found.is_outread else best
    odds = np.nan_to_num(ranking.odds, nan=UNREAD)
    own = [_is_of(candidate, found) for candidate in ranking.candidates]
    read_best = int(odds.argmax())
    outread = odds[read_best] >= max(MAY_ANSWER, float(odds[own].max(initial=UNREAD)) + OUTREAD)
    return ranking.candidates[read_best] if outread and not own[read_best] else None


def _is_of(candidate: Candidate, found: LikelyList) -> bool:
    """Whether a sentence is of a list or introduces it."""
    return candidate.entry is found.entry and group_of(candidate) == found.group


def list_pieces(entry: Entry, group: int) -> list[Piece]:
    """A list or table with its lead-in, and with what the lead-in leans on."""
    items = items_of(entry, group)
    lead_in = entry.article.blocks[items[0].block].lead_in
    before = [s for s in entry.sentences if s.block == lead_in]
    if before:
        before = with_referent(entry, before[-1])
    return [Piece(entry, s) for s in before] + [Piece(entry, s, "item") for s in items]


def make_piece(entry: Entry, sentence: Sentence) -> Piece:
    """A sentence as it is set: list items and table rows as items, all else as prose."""
    kind = entry.article.blocks[sentence.block].kind
    return Piece(entry, sentence, "item" if kind in {"list_item", "table_row"} else "prose")


def _without_advertisements(ranking: Ranking) -> Ranking:
    """The ranking without lines that advertise, where an article's own words answer as well."""
    if not any(_ADVERTISES.match(candidate.quote) for candidate in ranking.candidates):
        return ranking
    own = [i for i, c in enumerate(ranking.candidates) if not _ADVERTISES.match(c.quote)]
    if not own or not ranking.odds[own[0]] >= MAY_ANSWER:  # NaN where it was not read
        return ranking
    candidates = tuple(ranking.candidates[i] for i in own)
    return replace(
        ranking, candidates=candidates, scores=ranking.scores[own], odds=ranking.odds[own]
    )


def _list_named(entry: Entry, question: str) -> int | None:
    """The list of the section that a question names, and nothing but it: title and heading.

    "How do I prepare for a gastroscopy?" wants what stands below "How to prepare" in the article
    "Gastroscopy: …", though a row there ("6 hours before | Stop eating") has none of its words.
    Of 5,710 everyday questions to 51 libraries 78 are so, and 76 of these lists hold what answers.
    """
    article = entry.article
    subject = set(content_stems(_BEHIND_SUBJECT.split(article.title)[0]))
    named = set(content_stems(article.title)) | _words_of_definition(entry)
    asked = set(content_stems(question))
    rest = asked - subject
    if not rest or rest == asked:
        return None
    for block in article.blocks:
        if block.group is None or not block.section:
            continue
        heading = set(content_stems(block.section[-1]))
        if rest <= heading <= asked | named:
            return block.group
    return None


def _words_of_definition(entry: Entry) -> set[str]:
    """The words of an article's first sentence: "A gastroscopy is a test …"."""
    blocks = entry.article.blocks
    prose = (s for s in entry.sentences if blocks[s.block].kind == "paragraph")
    first = next(prose, None)
    return set(content_stems(entry.quote(first))) if first is not None else set()


def _list_under_heading(
    best: Candidate, ranking: Ranking, question: str
) -> tuple[Entry, int] | None:
    """The list of the section whose heading the question repeats, where it asks for more than one.

    "What happens during a gastroscopy?" wants the steps below that heading, whichever single
    sentence on gastroscopy is likest.
    """
    if ranking.expected in SINGLE_FACTS - {AnswerType.DEFINITION} or group_of(best) is not None:
        return None
    article = best.entry.article
    section = article.blocks[best.sentence.block].section
    if not section or heading_share(section[-1], question) < 0.6:
        return None
    groups = [b.group for b in article.blocks if b.section == section and b.group is not None]
    return (best.entry, groups[0]) if groups else None


def _list_introduced(best: Candidate) -> tuple[Entry, int] | None:
    """The list that the likeliest sentence only introduces: "Do not take it if you:"."""
    group = group_of(best) if _only_introduces(best) else None
    return None if group is None else (best.entry, group)


def _probability_whole(found: LikelyList) -> float:
    """That a list or table is to be given whole."""
    return float(1 / (1 + np.exp(-load_models().whole_list.log_odds(found.features))))


def _announced(entry: Entry, sentence: Sentence) -> list[Piece]:
    """What a sentence announces by number: "in three ways" and the three that follow.

    These are all the sentences behind it in its paragraph, or all the headings below its own.
    """
    words = entry.quote(sentence)
    is_short = len(words.split()) <= LONGEST_ANNOUNCEMENT
    found = _ANNOUNCES.search(words) or (_ENDS_COUNTING.search(words) if is_short else None)
    if found is None or _is_measure(found.group()):
        return []
    count, blocks = _NUMBERS[found[1].casefold()], entry.article.blocks
    behind = [s for s in entry.sentences[sentence.number + 1 :] if s.block == sentence.block]
    if behind:
        return [make_piece(entry, s) for s in behind] if len(behind) == count else []
    section = blocks[sentence.block].section
    below = [
        position
        for position in range(sentence.block + 1, len(blocks))
        if blocks[position].kind == "heading" and blocks[position].section == section
    ]
    if len(below) != count or below[0] != sentence.block + 1:
        return []
    return [Piece(entry, as_sentence(entry, position), "item") for position in below]


def _is_measure(words: str) -> bool:
    """Whether words count time or doses: "wait for two weeks" announces nothing."""
    return states(AnswerType.DURATION, words) or states_dose(words)


def _prose_pieces(
    ranking: Ranking, shares: NDArray[np.float64], question: str, parts: int
) -> list[Piece]:
    """The likeliest sentences, those under one heading in their own order.

    What stands under the heading of the likeliest one comes first.
    """
    chosen: list[Candidate] = []
    covered = 0.0
    for candidate, share in zip(ranking.candidates, shares, strict=True):
        if len(chosen) == MAX_SENTENCES or covered >= ENOUGH:
            break
        covered += float(share)
        if chosen and (share < _least(candidate, chosen) or _brings_another(candidate, chosen)):
            continue
        if not _only_introduces(candidate) and not _repeats(candidate, chosen):
            chosen.append(candidate)
    while True:
        pieces = _arrange([*chosen, *_find_due(ranking, question, chosen, parts)])
        if len(pieces) <= MOST_TO_READ or len(chosen) <= 1:
            return pieces
        chosen.pop()


def _arrange(chosen: Sequence[Candidate]) -> list[Piece]:
    """Sentences, the likeliest first → what is said, in its order, with its context."""
    articles = list(dict.fromkeys(c.entry.article.id for c in chosen))
    places = list(dict.fromkeys(_place(c) for c in chosen))
    ordered = sorted(
        chosen,
        key=lambda c: (
            articles.index(c.entry.article.id),
            places.index(_place(c)),
            c.sentence.number,
        ),
    )
    return _once([piece for c in ordered for piece in _with_context(c.entry, c.sentence)])


def _find_due(
    ranking: Ranking, question: str, chosen: Sequence[Candidate], parts: int
) -> list[Candidate]:
    """What is due beside the likeliest sentences: the quantity asked for, a sentence for each part.

    Args:
        ranking: what the sentences were chosen from.
        question: as understood.
        chosen: the sentences.
        parts: how many questions it holds.
    """
    read = zip(ranking.candidates, ranking.scores, ranking.odds, strict=True)
    likely = [
        (candidate, score)
        for candidate, score, odds in read
        if odds >= LEAST_DUE and not _brings_list(candidate) and candidate not in chosen
    ]
    if chosen and lacks_quantity(question, [c.quote for c in chosen]):
        stating = (
            c for c, s in likely if s >= LEAST_DUE and not lacks_quantity(question, [c.quote])
        )
        return list(islice(stating, 1))
    return [candidate for candidate, _ in likely[: max(parts - len(chosen), 0)]]


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces in their order, none twice."""
    kept: dict[tuple[str, int], Piece] = {}
    for piece in pieces:
        kept.setdefault((piece.entry.article.id, piece.sentence.number), piece)
    return list(kept.values())


def _brings_list(candidate: Candidate) -> bool:
    """Whether a sentence is an item of a list or introduces one."""
    kind = candidate.entry.article.blocks[candidate.sentence.block].kind
    return kind == "list_item" or candidate.introduces_list


def _brings_another(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether a further sentence would bring a whole list that the others do not bring.

    It is said as one sentence more, and a list is up to ten.
    """
    brought = brings_whole_list(make_piece(candidate.entry, candidate.sentence))
    known = [brings_whole_list(make_piece(c.entry, c.sentence)) for c in chosen]
    return brought is not None and brought not in known


def _least(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    """How likely a further sentence must be; a row beside a row is as good as prose."""
    tables = {make_piece(c.entry, c.sentence).table for c in chosen} - {None}
    if make_piece(candidate.entry, candidate.sentence).table in tables:
        return LEAST_PROSE
    kind = candidate.entry.article.blocks[candidate.sentence.block].kind
    return LEAST_PROSE if kind == "paragraph" else LEAST_ITEM


def _place(candidate: Candidate) -> tuple[str, tuple[str, ...]]:
    article = candidate.entry.article
    return article.id, article.blocks[candidate.sentence.block].section


def _with_context(entry: Entry, sentence: Sentence) -> list[Piece]:
    """A sentence with what it is not understood without."""
    lead_in = lead_in_of(entry, sentence)
    before = with_referent(entry, lead_in) if lead_in else []
    leads = [Piece(entry, s, "prose" if i else "lead") for i, s in enumerate(before)]
    own = [*with_referent(entry, sentence)[:-1], *with_reply(entry, sentence)]
    return leads + [make_piece(entry, s) for s in own]


def _only_introduces(candidate: Candidate) -> bool:
    """Whether a sentence says nothing without what stands below it: "You may:", a table's name."""
    if not candidate.introduces_list:
        return False
    below = candidate.entry.article.blocks[candidate.sentence.block + 1]
    is_name = below.kind == "table_row" and not candidate.quote.rstrip(_CLOSES).endswith(_ENDS)
    return is_name or candidate.quote.endswith(":")


def _repeats(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    stems = set(content_stems(candidate.quote))
    return any(len(stems & set(content_stems(other.quote))) >= 0.7 * len(stems) for other in chosen)
