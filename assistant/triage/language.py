"""Which of the three languages a message is written in, from its commonest small words."""

import re
from collections.abc import Mapping

from assistant.triage.gloss import Glossary
from assistant.triage.records import Language

_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        "i my me the is are was were have has had do does did can can't cant and of to it its it's "
        "this that what how why when which with not no don't dont for from on in at be been you your "
        "she he her his they i'm im i've ive am but or if about after since would should will a an "
        "please help want feel think get took take there we our so just all now up out as by".split()
    ),
    "da": frozenset(
        "jeg mig min mit mine er var har havde ikke og at det den der som til af på med en et om for "
        "kan skal vil hvad hvordan hvorfor hvornår hvilken hvilke hvor må man hun han vi jer også efter "
        "siden fra når eller meget lidt nu blev bliver være så ved uden ud op ned ondt tak hej fået "
        "går gør tager taget mere hos os jeres hjælper hele ind dig".split()
    ),
    "sv": frozenset(
        "jag mig min mitt mina är var har hade inte och att det den som till av på med en ett om för "
        "kan ska vill vad hur varför när vilken vilka var får man hon han vi er också efter sedan från "
        "eller mycket lite nu blev blir vara så vid utan ut upp ner ont tack hej fått går gör tar tagit "
        "mer hos oss hjälper hela dig ni ens mår barn".split()
    ),
}
_LETTERS: tuple[tuple[str, Language], ...] = (("æ", "da"), ("ø", "da"), ("ä", "sv"), ("ö", "sv"))
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def detect_language(text: str, glossaries: Mapping[Language, Glossary]) -> Language:
    """Gives the likeliest language; English where nothing tells (Norwegian reads as Danish).

    Words that only one glossary knows count half as much as the commonest small words.
    """
    lowered = text.lower()
    tokens = _TOKEN.findall(lowered)
    scores: dict[Language, float] = {
        language: float(sum(token in words for token in tokens))
        for language, words in _WORDS.items()
    }
    for letter, language in _LETTERS:
        scores[language] += 1.5 * lowered.count(letter)
    for language in ("da", "sv"):
        scores[language] += 0.7 * lowered.count("å")
    for language, glossary in glossaries.items():
        scores[language] += 0.5 * sum(
            token not in _WORDS["en"] and len(token) > 2 and glossary.knows(token) for token in tokens
        )
    return max(("en", "da", "sv"), key=lambda language: scores[language])
