"""Near misses made by code: a condition is added to a question, or another thing asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.answerability.train_squad import Example, Task

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

CONDITIONS = {  # words that show the condition → ways to ask under it
    r"pregnan|gestation|matern|mother|fetus|fetal|breast-?feed|birth": (
        "in pregnancy",
        "while pregnant",
        "when I am pregnant",
        "during breastfeeding",
    ),
    r"child|infan|newborn|bab(?:y|ies)|boy|girl|pediatric|adolescen|teen|kids|school": (
        "in children",
        "for kids",
        "in babies",
        "for my 5 year old",
        "in teenagers",
    ),
    r"elder|old|age[ds]?\b|senior|adult": ("in older people", "over 65", "for elderly people"),
    r"\bdogs?|\bcats?|animal|veterinar|mice|mouse|\brats?\b": ("in dogs", "in cats", "in mice"),
    r"surg|operat|transplant": ("after an operation", "after surgery"),
    r"diabet|insulin|glucose": ("if I have diabetes", "in diabetics"),
    r"kidney|renal": ("with kidney disease",),
    r"\b(?:men|male|man|boys?|prostate)\b": ("in men",),
    r"\b(?:women|female|woman|girls?)\b": ("in women",),
    r"night|sleep|evening": ("at night",),
    r"alcohol|drink": ("if I drink alcohol",),
    r"exercis|sport|athlet|physical activ": ("for athletes", "before sport"),
    r"vegan|vegetarian|plant": ("for vegans",),
    r"winter|summer|season": ("in winter",),
    r"home|yourself|self": ("at home, by myself",),
}
OTHER_ASKS = {  # words one of which any answer would need → questions on {}
    r"\$|cost|price|insur|pay|expens|afford|free of charge": (
        "how much does {} cost?",
        "what is the price of {}?",
        "does insurance pay for {}?",
    ),
    r"\d\s?(?:mg|g|mcg|µg|ml|IU)\b|dose|dosage|milligram|microgram": (
        "what dose for {}?",
        "how many mg should I take for {}?",
        "how much {} a day?",
    ),
    r"pregnan|breast-?feed|gestation": ("is {} safe in pregnancy?", "{} while breastfeeding?"),
    r"child|infan|bab(?:y|ies)|kid|pediatric|newborn|age": (
        "is {} ok for kids?",
        "{} in children?",
        "can babies have {}?",
    ),
    r"discover|first (?:described|identified|reported)|named (?:after|for)|founded|invent": (
        "who discovered {}?",
        "who first described {}?",
        "when was {} discovered?",
    ),
    r"compar|than|versus|unlike|differ|distinguish|whereas": (
        "is {} worse than the flu?",
        "{} compared with asthma",
        "difference between {} and anemia",
    ),
    r"interact|together with|combin|with other medic": (
        "can I take ibuprofen with {}?",
        "does {} interact with warfarin?",
    ),
    r"side effect|adverse|harm|risk|problem|nausea|safe": ("what are the side effects of {}?",),
    r"phone|call|contact|address|appointment|hospital|center|clinic|doctor": (
        "where can I make an appointment for {}?",
        "what is the phone number for {}?",
    ),
    r"brand|sold (?:as|under)|manufactur|market|product": (
        "which brand of {} is best?",
        "where can I buy {}?",
        "who makes {}?",
    ),
    r"day|week|month|year|hour|long|short|chronic|lifelong|acute|permanent": (
        "how long does {} last?",
        "how many days does {} take?",
    ),
    r"diet|food|eat|nutri|drink|vitamin|meal": (
        "what should I eat with {}?",
        "does coffee affect {}?",
    ),
    r"travel|fly|flight|plane": ("can I fly with {}?",),
    r"work|job|school|employ": ("can I work with {}?",),
    r"exercis|sport|physical activ": ("can I do sport with {}?",),
}
STATED = dict(  # for six of them, what a sentence must hold to count as an answer
    zip(
        OTHER_ASKS,
        (
            r"[$£€]\s?\d|\bcosts?\b|insurance",
            r"\d\s?(?:mg|mcg|µg|IU|milligrams|micrograms)\b",
            r"pregnan|breast-?feed",
            r"\b(?:children|infants|babies|newborns|kids)\b",
            r"\bdiscovered|first (?:described|identified|reported)|named (?:after|for)",
            r"differs? from|compared (?:with|to)|distinguish",
            r"interact(?:s|ion)? with",
            r"side effects? ",
        ),
        strict=False,
    )
)


def add_condition(question: str, examples: Sequence[Example], rng: random.Random) -> Task | None:
    """The question under a condition; only sentences that speak of it still answer."""
    text = " ".join([question, *(e.sentence for e in examples), *(e.context for e in examples)])
    shown, phrases = rng.choice(list(CONDITIONS.items()))
    if re.search(shown, text, re.IGNORECASE):
        return None
    changed = f"{question.rstrip(' ?.')} {rng.choice(phrases)}{rng.choice(['?', '', '?'])}"
    return _none_answers(changed, examples)


def ask_otherwise(focus: str, sentences: Sequence[Example], rng: random.Random) -> Task | None:
    """Another thing asked on a topic; the sentences with a trace of it are left out."""
    needed, phrases = rng.choice(list(OTHER_ASKS.items()))
    misses = [
        Example(e.context, e.sentence, 0)
        for e in sentences
        if not re.search(needed, f"{e.context} {e.sentence}", re.IGNORECASE)
    ]
    name = focus if rng.random() < 0.5 else focus.lower()
    return (
        Task("otherwise", "", rng.choice(phrases).format(name), tuple(misses)) if misses else None
    )


def ask_for_stated(focus: str, examples: Sequence[Example], rng: random.Random) -> Task | None:
    """The other asks where a sentence does speak of it: counterweight to `ask_otherwise`."""
    found = [
        (phrases, example)
        for needed, phrases in OTHER_ASKS.items()
        for example in examples
        if needed in STATED and re.search(STATED[needed], example.sentence, re.IGNORECASE)
    ]
    if not found:
        return None
    phrases, example = rng.choice(found)
    return Task("stated", "", rng.choice(phrases).format(focus), (example,))


def _none_answers(question: str, examples: Sequence[Example]) -> Task:
    misses = [Example(e.context, e.sentence, 0) for e in examples if e.answers]
    return Task("changed", "", question, tuple(misses))
