"""Claims that go further than what is cited for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.audit.checks.backing import back_sentences
from index.audit.findings import Basis, Hit
from index.audit.wordings import word
from index.evidence import classify_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.audit.checks.backing import Backed
    from index.audit.wordings import Wording
    from index.entry import Entry

_NUMBER = r"(?:\d[\d.,\u00a0 ]*|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)"
_PEOPLE = (
    "participants?|patients?|people|adults?|children|women|men|volunteers?|subjects?|"
    "studies|trials?|deltagare|patienter|personer|vuxna|barn|kvinnor|studier|"
    "deltagere|mennesker|voksne|børn|kvinder|mænd|forsøg"
)
# Figures that somebody must have counted or measured. Doses, prices, times and dates are not.
_MEASURED = re.compile(
    rf"\b\d[\d.,]*\s?%|\b\d[\d.,]*\s*(?:per ?cent|procent)\b|"
    rf"\b{_NUMBER}\s*(?:million|billion|trillion|miljon|miljard|millioner|milliarder)\w*\b|"
    rf"\b\d[\d.,]*\s+(?:in|of|out of|av|af|ud af|i)(?: every)?\s+\d[\d.,]*|"
    rf"\b{_NUMBER}(?:\s+times|\s*-?fold|\s+gånger|\s+gange)\s+"
    rf"(?:more|less|higher|lower|greater|as|the|så|flere|fler|högre|højere|större|större)\b|"
    rf"\b\d[\d.,]*\s+(?:\w+\s+){{0,3}}(?:{_PEOPLE})\b|"
    rf"\bp\s*[<=]\s*0?[.,]\d|\b(?:OR|RR|HR|CI)\s*[=:]?\s*\d",
    re.IGNORECASE,
)
_CERTAIN = re.compile(
    r"\bwell[- ]documented\b(?: \w+ facts?\b)?|"
    r"\b(?:medical|scientific|established|proven|undisputed) facts?\b|"
    r"\b(?:scientifically|clinically|medically|conclusively|definitively|unequivocally) "
    r"(?:proven|proved|established|documented|shown)\b|\bproven to\b|\bis proven\b|"
    r"\b(?:has|have) been (?:conclusively |definitively |clearly )?(?:proven|proved)\b|"
    r"\b(?:undoubtedly|undeniabl[ey]|indisputabl[ey]|without (?:any |a )?doubt|"
    r"beyond (?:any |a )?doubt|no doubt that|guaranteed?s?|always works|never fails)\b|"
    r"\b(?:it is|is now|is) (?:a fact|certain) that\b|\bcures\b|\b100 ?% (?:safe|effective)\b|"
    r"\bthe most effective\b|\bno longer just a(?:n)? (?:\w+ )?(?:theory|hypothesis)\b|"
    r"\bväldokumentera\w+|\b(?:vetenskapligt|kliniskt) (?:bevisa\w+|fastställ\w+)|\butan tvekan\b|"
    r"\bveldokumentere\w+|\b(?:videnskabeligt|klinisk) (?:bevis\w+|fastslået)|\buden tvivl\b|"
    r"\bmedicinskt? fakt\w+|\b(?:garanterat|garanteret)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|never|nor|hardly|isn['’]t|aren['’]t|hasn['’]t|without|whether|if|inte|ikke|aldrig"
    r"|aldri|ingen|inga|om)\b(?:\W+\w+){0,4}\W*$",
    re.IGNORECASE,
)
_STRONG = frozenset({"meta-analysis", "guideline"})


def find_uncited_numbers(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Sentences that give a measured figure and no source for it."""
    offers = [link for link in entry.article.links if link.commercial]
    for backed in back_sentences(entry):
        at = backed.sentence
        if backed.own or backed.near or any(at.start <= o.start < at.end for o in offers):
            continue
        match = _MEASURED.search(entry.quote(at))
        if match:
            figure = match[0].strip()
            yield Hit.of(at, word("uncited-figure", figure=figure))


def find_overcertain_claims(entry: Entry, _: Basis) -> Iterator[Hit]:
    """Sentences that call something certain behind less than a meta-analysis or a guideline."""
    evidence = {
        r.number: r.evidence or classify_reference(r.text) for r in entry.article.references
    }
    for backed in back_sentences(entry):
        match = _find_certainty(entry.quote(backed.sentence))
        if match is None:
            continue
        reason = _too_little(match, backed, evidence)
        if reason is not None:
            yield Hit.of(backed.sentence, reason)


def _find_certainty(sentence: str) -> str | None:
    """The words that claim certainty, unless the sentence denies it; the longest of several."""
    claimed = [
        match[0]
        for match in _CERTAIN.finditer(sentence)
        if not _DENIED.search(sentence[: match.start()])
    ]
    return max(claimed, key=len, default=None)


def _too_little(words: str, backed: Backed, evidence: dict[int, str | None]) -> Wording | None:
    """What is cited for a claim in certain words, where it is too little; None where enough."""
    if not backed.own:
        return word("certain-uncited", words=words)
    kinds = [evidence.get(number) for number in backed.own]
    if _STRONG & set(kinds):
        return None
    named = ", ".join(sorted({kind or "work of no stated kind" for kind in kinds}))
    if len(kinds) == 1:
        return word("certain-one", words=words, kinds=named)
    return word("certain-several", words=words, count=len(kinds), kinds=named)
