"""Near misses made by code, from questions and sentences that belong together.

Two kinds. *Changed questions*: a condition is added, a name, number or adjective swapped, or
another thing asked for, so that the sentence no longer answers. *Cloze questions* (after Lewis,
Denoyer and Riedel 2019, arXiv 1906.04980): a sentence with a number, date, person … is turned
into a
question for it; the sentence answers, the same sentence without it does not, nor do its neighbours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.answerability.train_sources import Example, Task

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|a few)"
RANGE = rf"{NUMBER}(?:\s*(?:to|-|–|or|and)\s*{NUMBER})?"
ASKED = {  # what is asked for → (how a sentence states it, how people ask, what blanks it)
    "dose": (
        rf"{RANGE}\s?(?:mg|milligrams?|mcg|micrograms?|µg|grams?|IU|international units|ml|"
        r"cups?|liters?|ounces?|tablets?|capsules?|servings?|CFU)\b",
        ("how much", "how many mg", "what dose", "which amount", "how much per day"),
        ("some", "a certain amount", "enough"),
    ),
    "percentage": (
        r"\d[\d.]*\s?(?:%|percent)|\bone in \w+|\b1 in [\d,]+",
        ("what percentage", "how many", "what share", "how common"),
        ("some", "part"),
    ),
    "duration": (
        rf"(?:(?:about|up to|at least|within|after|for)\s)?{RANGE}\s(?:minutes|hours|days|weeks|"
        r"months|years)\b(?! old| of age)",
        ("how long", "how many weeks", "for how long", "after how long", "how soon"),
        ("for a time", "some time", "later"),
    ),
    "age": (
        rf"(?:between |before |after |by |around )?(?:the )?ages? (?:of )?{RANGE}|"
        rf"{RANGE} years (?:old|of age)",
        ("at what age", "how old", "what age"),
        ("at some age", ""),
    ),
    "date": (
        r"\b(?:in|since|by|until|from) (?:the )?(?:\w+ )?(?:1[0-9]\d\d|20\d\d)s?\b",
        ("when", "in what year", "what year", "since when"),
        ("at some point", ""),
    ),
    "person": (
        r"\b(?:Dr\.?|Professor|King|Queen|Emperor|General|President|Sir|by) "
        r"[A-Z][a-z]+(?: [A-Z][a-z]+)*",
        ("who", "which person", "by whom"),
        ("somebody", "others"),
    ),
    "price": (
        r"(?:\$|£|€)\s?\d[\d,.]*(?: (?:million|billion))?|\d[\d,.]* (?:dollars|euros|pounds)",
        ("how much does it cost", "what is the price", "how much money"),
        ("money", "a sum"),
    ),
    "place": (
        r"\b(?:in|near|at|from) (?:the )?(?:United States|Africa|Europe|Asia|Japan|China|India|"
        r"France|Germany|England|Finland|Canada|Israel|Italy|Mexico|Brazil|Australia|"
        r"[A-Z][a-z]+ (?:City|University|River|Street|County|Island))",
        ("where", "in which country", "in what place"),
        ("somewhere", ""),
    ),
}
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
ANTONYMS = (
    "increase decrease",
    "increases decreases",
    "increased decreased",
    "higher lower",
    "high low",
    "more less",
    "most least",
    "first last",
    "before after",
    "largest smallest",
    "large small",
    "early late",
    "with without",
    "activate inhibit",
    "activates inhibits",
    "north south",
    "east west",
    "northern southern",
    "eastern western",
    "good bad",
    "benefits harms",
    "win lose",
    "won lost",
    "oldest youngest",
    "old new",
    "best worst",
    "always never",
    "cause prevent",
    "causes prevents",
    "improve worsen",
    "positive negative",
    "male female",
    "men women",
    "acute chronic",
    "type 1 type 2",
    "internal external",
    "majority minority",
    "maximum minimum",
    "start end",
    "started ended",
    "gain loss",
    "stronger weaker",
    "common rare",
    "can cannot",
    "adults children",
    "upregulated downregulated",
    "hot cold",
    "inside outside",
    "long short",
)
SWAPS = {
    w: o
    for pair in ANTONYMS
    if len(pair.split()) == 2
    for w, o in (pair.split(), pair.split()[::-1])
}
NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z0-9-]+(?: [A-Z][A-Za-z0-9-]+)*|\b\d{2,}\b")


def add_condition(question: str, examples: Sequence[Example], rng: random.Random) -> Task | None:
    """The question under a condition; only sentences that speak of it still answer."""
    text = " ".join([question, *(e.sentence for e in examples), *(e.context for e in examples)])
    shown, phrases = rng.choice(list(CONDITIONS.items()))
    if re.search(shown, text, re.IGNORECASE):
        return None
    changed = f"{question.rstrip(' ?.')} {rng.choice(phrases)}{rng.choice(['?', '', '?'])}"
    return _none_answers(changed, examples)


def keep_condition(question: str, examples: Sequence[Example], rng: random.Random) -> Task | None:
    """The question under a condition that an answering sentence does speak of: it answers."""
    for example in examples:
        for shown, phrases in list(CONDITIONS.items())[:3]:
            if not example.answers or re.search(shown, question, re.IGNORECASE):
                continue
            if re.search(shown, example.sentence, re.IGNORECASE):
                changed = f"{question.rstrip(' ?.')} {rng.choice(phrases)}?"
                return Task("kept condition", "", changed, (example,))
    return None


def swap_word(
    question: str, examples: Sequence[Example], names: Sequence[str], rng: random.Random
) -> Task | None:
    """The question with a name, number or word of direction swapped: nothing answers it."""
    words = [word for word in re.findall(r"\w+", question) if word.lower() in SWAPS]
    found = NAME.findall(question)
    if words and (rng.random() < 0.5 or not found):
        word = rng.choice(words)
        changed = re.sub(rf"\b{word}\b", SWAPS[word.lower()], question, count=1)
        return _none_answers(changed, examples)
    if not found:
        return None
    old = rng.choice(found)
    kind = old[0].isdigit()
    pool = [n for n in names if n not in question and n[0].isdigit() == kind and old not in n]
    if not pool:
        return None
    new = rng.choice(pool)
    stays = [e for e in examples if not (new.lower() in e.sentence.lower() and e.answers)]
    return _none_answers(question.replace(old, new), stays) if stays else None


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


def ask_cloze(
    focus: str, example: Example, neighbours: Sequence[Example], rng: random.Random
) -> Iterator[Task]:
    """A question for a number, date, person … that the sentence states."""
    for shown, asked, blanks in ASKED.values():
        match = re.search(shown, example.sentence)
        if not match:
            continue
        question = _cloze_question(focus, example.sentence, match.span(), rng.choice(asked), rng)
        blanked = example.sentence[: match.start()] + rng.choice(blanks)
        blanked += example.sentence[match.end() :]
        misses = [
            Example(n.context, n.sentence, 0)
            for n in neighbours
            if n.sentence != example.sentence and not re.search(shown, n.sentence)
        ]
        rng.shuffle(misses)
        gold = Example(example.context, example.sentence, 1, match.span())
        examples = (gold, Example(example.context, blanked, 0), *misses[:2])
        yield Task("cloze", "", question, examples)
        return


def _cloze_question(
    focus: str, sentence: str, span: tuple[int, int], asked: str, rng: random.Random
) -> str:
    """The words around the blank after a question word; some dropped, as people do."""
    start = max((sentence.rfind(mark, 0, span[0]) for mark in ",;:("), default=-1) + 1
    before = sentence[start : span[0]].split()[-7:]
    after = re.split(r"[,;:)]", sentence[span[1] :])[0].strip(" .").split()[:7]
    kept = [word for word in (*before, *after) if rng.random() < 0.85]
    rest = " ".join(kept)
    if len(rest) < 15 or rng.random() < 0.25:
        rest = f"{rest} {focus}".strip()
    return f"{asked} {rest}".strip() + rng.choice(["?", "?", ""])


def _none_answers(question: str, examples: Sequence[Example]) -> Task:
    misses = [Example(e.context, e.sentence, 0) for e in examples if e.answers]
    return Task("changed", "", question, tuple(misses))
