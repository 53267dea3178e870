"""Reads one message: language, English gloss, concepts and how they stand, rules that hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.triage.concepts import Mention, find_mentions, load_concepts
from assistant.triage.context import Status, is_general, judge, mask_figures, split_sentences
from assistant.triage.gloss import gloss, load_glossaries
from assistant.triage.language import detect_language
from assistant.triage.normalise import expand_chat_spelling, mask_identifiers, normalise
from assistant.triage.records import Language
from assistant.triage.rules import Rule, load_rules, match_rules
from assistant.triage.spelling import load_spelling

# Concepts that are said by their absence: a "no" before them belongs to them.
_NEGATIVE_BY_NATURE = frozenset(
    [
        "unintended",
        "resolved",
        "information",
        "food_topic",
        "booking",
        "mild",
        "fiction",
        "years_ago",
        "joke",
        "pregnant",
        "child",
        "infant",
        "relative",
        "elderly",
        "over_fifty",
        "immuno",
        "chemo",
        "took",
        "sudden",
        "duration_weeks",
    ]
)
_CUES = _NEGATIVE_BY_NATURE | {"allergen", "urgent_plea", "natural", "medicine_word", "rx_medicine"}
_OWN_NEGATION = re.compile(
    r"^(?:no|not|never|cannot|will not|do not|nothing|nobody|neither|without|have|has)\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules and the classifier see of one message.

    Attributes:
        english: The message, normalised, in English or glossed.
        plain: The same without figures of speech and without what is denied or past, for the
            classifier and the embedding.
        asserted: Concepts said of a person now.
        withheld: `status:concept` for what is negated, past, general or fiction.
        rules: The rules that hold.
        general: True when every sentence is about a matter and none about a person.
    """

    language: Language
    english: str
    plain: str
    asserted: frozenset[str]
    withheld: frozenset[str]
    rules: tuple[Rule, ...]
    general: bool


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What one sentence adds to a reading."""

    asserted: frozenset[str]
    withheld: frozenset[str]
    plain: str
    general: bool


class Reader:
    """Holds the packaged word lists, compiled once, and reads messages with them."""

    def __init__(self) -> None:
        """Loads glossaries, concepts and rules."""
        self._glossaries = load_glossaries()
        self._concepts = load_concepts()
        self._rules = load_rules()
        self._spelling = load_spelling()

    @property
    def rules(self) -> list[Rule]:
        """All rules, in file order."""
        return self._rules

    @property
    def concept_names(self) -> list[str]:
        """All concept names, in file order."""
        return list(self._concepts)

    @property
    def rule_part_names(self) -> tuple[str, ...]:
        """Names of the entries of the classifier's rule part, in order."""
        asserted = [f"asserted:{name}" for name in self._concepts]
        withheld = [f"withheld:{name}" for name in self._concepts]
        rules = [f"rule:{rule.id}" for rule in self._rules]
        summary = ["urgent", "crisis", "emergency", "general", "no_rule", "some_withheld"]
        return (*asserted, *withheld, *rules, *summary)

    def to_english(self, text: str) -> tuple[Language, str]:
        """Gives the language found and the normalised text: slips put right, or glossed."""
        plain = mask_identifiers(normalise(text))
        language = detect_language(plain)
        if language != "en":
            return language, gloss(plain, self._glossaries[language])
        return language, self._spelling.correct(expand_chat_spelling(plain))

    def read(self, text: str) -> Reading:
        """Reads one message."""
        return self.read_all([text])[0]

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        """Reads several texts; sentences that they share are read once."""
        known: dict[str, _Sentence] = {}
        return [self._read(text, known) for text in texts]

    def _read(self, text: str, known: dict[str, _Sentence]) -> Reading:
        language, english = self.to_english(text)
        sentences = split_sentences(mask_figures(english))
        for sentence in sentences:
            if sentence not in known:
                known[sentence] = self._read_sentence(sentence)
        parts = [known[sentence] for sentence in sentences]
        asserted = frozenset[str]().union(*(part.asserted for part in parts))
        return Reading(
            language=language,
            english=english,
            plain=" ".join(part.plain for part in parts),
            asserted=asserted,
            withheld=frozenset[str]().union(*(part.withheld for part in parts)),
            rules=tuple(match_rules(asserted, self._rules)),
            general=bool(parts) and all(part.general for part in parts),
        )

    def _read_sentence(self, sentence: str) -> _Sentence:
        mentions = find_mentions(sentence, self._concepts)
        judged = [(mention, self._judge(sentence, mention)) for mention in mentions]
        return _Sentence(
            asserted=frozenset(one.concept for one, status in judged if status == "asserted"),
            withheld=frozenset(
                f"{status}:{one.concept}" for one, status in judged if status != "asserted"
            ),
            plain=_blank_denied(sentence, judged),
            general=is_general(sentence),
        )

    @staticmethod
    def _judge(sentence: str, mention: Mention) -> Status:
        status = judge(sentence, mention)
        said = sentence[mention.start : mention.end]
        own = mention.concept in _NEGATIVE_BY_NATURE or _OWN_NEGATION.match(said)
        return "asserted" if status == "negated" and own else status


def _blank_denied(sentence: str, judged: list[tuple[Mention, Status]]) -> str:
    """Gives the sentence without what it denies or puts in the past, unless also said otherwise."""
    letters = list(sentence)
    for mention, status in judged:
        if status in ("negated", "past") and mention.concept not in _CUES:
            letters[mention.start : mention.end] = "·" * (mention.end - mention.start)
    for mention, status in judged:
        if status == "asserted" and mention.concept not in _CUES:
            letters[mention.start : mention.end] = sentence[mention.start : mention.end]
    return re.sub(r"·+", "·", "".join(letters))
