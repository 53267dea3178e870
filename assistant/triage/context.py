"""Whether what is said holds of a person now: negation, time, general questions, fiction, figures.

After NegEx (Chapman et al., 2001, J Biomed Inform 34:301) and ConText (Harkema et al., 2009,
J Biomed Inform 42:839): a trigger changes the mentions in its scope; words such as "but" end the
scope; pseudo-triggers such as "not only" change nothing.
"""

import re
from functools import cache
from typing import Literal, TypeAlias

from assistant.triage.concepts import Mention
from assistant.triage.patterns import pattern
from assistant.triage.rules import load_rules

Status: TypeAlias = Literal["asserted", "negated", "past", "general", "fiction"]


def mask_figures(text: str) -> str:
    """Gives the text with figures of speech blanked out, its length kept."""
    return pattern("figure").sub(lambda match: "·" * len(match.group()), text)


def split_sentences(text: str) -> list[str]:
    """Splits at sentence ends and line breaks; gives no empty part."""
    return [
        part.strip()
        for part in re.split(r"(?<=[.!?])\s+|\n+|(?<=[a-z]{3})\.(?=[a-z])", text)
        if part.strip()
    ]


# A "not" inside what is said denies these; in others ("cannot breathe") it is part of the danger.
_DENIED_WITHIN = frozenset(
    [
        "abuse",
        "psychosis",
        "tarry",
        "blood_stool",
        "weight_loss",
        "night_symptom",
        "jaundice",
        "harm_others",
        "self_harm",
        "swelling",
        "hives",
        "chest_pain",
        "fever",
        "head_injury",
        "cold_sweat",
        "palpitations",
        "danger_named",
        "lump",
    ]
)


_BLACK = frozenset({"tarry"})
# What no doctor's word settles.
_NEVER_HARMLESS = frozenset(
    [
        "blood_vomit",
        "heavy_bleed",
        "lethal_means",
        "overdose",
        "self_harm",
        "suicide_direct",
        "suicide_veiled",
    ]
)


@cache
def _grave() -> frozenset[str]:
    """What the rules know from emergencies and crises alone."""
    rules = load_rules()
    urgent = (rule.all_of | rule.any_of for rule in rules if rule.level == "urgent")
    graver = (rule.all_of for rule in rules if rule.level in ("emergency", "crisis"))
    return frozenset().union(*graver) - frozenset().union(*urgent)


def _denied_within(said: str, concept: str) -> bool:
    if concept == "suicide_direct":
        return bool(pattern("denied_death").search(said)) and "live" not in said
    return concept in _DENIED_WITHIN and bool(re.search(r"\b(?:not|never|no|neither|nor)\b", said))


def _is_negated(sentence: str, mention: Mention) -> bool:
    before = sentence[: mention.start]
    pseudo = [match.span() for match in pattern("pseudo_negation").finditer(sentence)]
    for trigger in pattern("negation").finditer(before):
        if any(start <= trigger.start() < end for start, end in pseudo):
            continue
        between = before[trigger.end() :]
        verbal = trigger.group() in ("not", "never")
        if verbal and re.search(r"\band\b", between):
            continue
        if len(between.split()) <= 7 and _scope_reaches(between):
            return True
    if _denied_within(sentence[mention.start : mention.end], mention.concept):
        return True
    return pattern("denied_after").match(sentence[mention.end :]) is not None


def _scope_reaches(between: str) -> bool:
    """A comma inside a list ("no fever, bleeding or pain") does not end the scope; "but" does."""
    end = pattern("scope_end").search(between)
    if end is None:
        return True
    in_list = end.group() == "," and pattern("list_goes_on").match(between) is not None
    return in_list and not pattern("person").search(between)


def judge(sentence: str, mention: Mention) -> Status:
    """Gives how the mention stands in its sentence."""
    if pattern("fiction").search(sentence):
        return "fiction"
    if _is_negated(sentence, mention):
        return "negated"
    clause = _clause_around(sentence, mention)
    if pattern("past").search(clause) and not pattern("current").search(clause):
        return "past"
    if _is_settled(sentence, mention) and not pattern("current").search(sentence):
        return "past"
    if is_general(sentence):
        return "general"
    return "asserted"


def _is_settled(sentence: str, mention: Mention) -> bool:
    """Whether somebody has looked at it, or will, or iron tablets are why a stool is black.

    Neither iron nor an appointment settles anything grave: "vomiting blood, my scope is booked".
    """
    concept = mention.concept
    if concept not in _NEVER_HARMLESS and pattern("explained").search(sentence):
        return True
    if concept in _BLACK and pattern("iron").search(sentence):
        return True
    return concept not in _grave() and pattern("booked").search(sentence) is not None


def _clause_around(sentence: str, mention: Mention) -> str:
    """Gives the clause that holds the mention: time words of the next clause are not its own."""
    breaks = [match.span() for match in pattern("clause_end").finditer(sentence)]
    starts = [end for _, end in breaks if end <= mention.start]
    ends = [start for start, _ in breaks if start >= mention.end]
    return sentence[starts[-1] if starts else 0 : ends[0] if ends else len(sentence)]


def is_general(sentence: str) -> bool:
    """True where the sentence is about a matter, not about the writer or someone near."""
    if pattern("person").search(
        re.sub(r"\btell me\b|\bmy (?:thesis|school|course|colleague)\b", "", sentence)
    ):
        return bool(
            re.search(
                r"\b(?:thesis|school project|leaflet about|teaches|i read about|article)\b",
                sentence,
            )
        )
    return bool(pattern("question").match(sentence) or pattern("general").search(sentence))
