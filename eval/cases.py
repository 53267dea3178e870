"""The records of a data set, schema version 1; docs/evaluation.md describes every key.

Validated by pydantic, strictly: an unknown key is an error, since it is most often a misspelt one.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

SCHEMA_VERSION: Final = 1

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Urgency = Literal["none", "urgent", "emergency", "crisis"]
Expected = Literal["answer", "abstain", "smalltalk", "guidance"]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Turn(_Record):
    """What was said earlier in the conversation, oldest first."""

    role: Literal["user", "assistant"]
    content: Text


class Gold(_Record):
    """A sentence, list item or table row that an answer may rest on.

    Attributes:
        article: the article's id, the beginning of it, its slug, its source's name or publisher.
        sha256: of the text with white space collapsed and case folded (`eval.gold.hash_sentence`),
            for sentences whose words must not be copied.
        sha256_variants: the same for other cuts of the same text.
        contains: words of our own library that the sentence holds.
        also: further words that the same sentence holds.
        field: the fact stands in the article's own data; any source of the article is right.
        anywhere: any sentence of the article is right, where judges named no sentence.
    """

    article: Text
    sha256: Sha256 | None = None
    sha256_variants: tuple[Sha256, ...] = ()
    contains: Text | None = None
    also: tuple[Text, ...] = ()
    field: Literal["author", "published", "modified", "publisher", "title"] | None = None
    anywhere: bool = False

    @model_validator(mode="after")
    def _has_one(self) -> Gold:
        if not self.is_whole and (self.sha256 is None) == (self.contains is None):
            raise ValueError("needed is either sha256 or contains")
        return self

    @property
    def is_whole(self) -> bool:
        """Whether any sentence of the article is right."""
        return self.field is not None or self.anywhere


class _Case(_Record):
    """What every case has; cases of one `group` ask for the same in other words.

    A `draft` is proposed and not reviewed: it is left out of runs, and may still lack its gold.
    """

    id: Text
    tags: tuple[Text, ...] = ()
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"
    split: Literal["tune", "held_out"] | None = None
    labelled_by: Text | None = None
    note: str | None = None
    history: tuple[Turn, ...] = ()
    topic: str | None = None
    group: Text | None = None
    draft: bool = False


class QuestionCase(_Case):
    """A question and what is wanted of the assistant.

    Attributes:
        expected: kind of the answer.
        gold: sentences to be cited: any of them, or all, as `gold_mode` says.
        facts: what the answer's text must hold; a list, or `a|b`, stands for "any of these".
        forbidden: what the text must not hold.
        references: PMIDs, DOIs or numbers of references that the sources must carry.
        urgency: what the answer's urgency must be; not looked at where missing.
        rewrite: the question as a person would put it to stand alone.
    """

    question: Text
    expected: Expected
    gold: tuple[Gold, ...] = ()
    gold_mode: Literal["any", "all"] = "any"
    facts: tuple[Text | tuple[Text, ...], ...] = ()
    forbidden: tuple[Text, ...] = ()
    references: tuple[Text, ...] = ()
    urgency: Urgency | None = None
    rewrite: Text | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> QuestionCase:
        if self.expected == "answer" and not (
            self.draft or self.gold or self.facts or self.references
        ):
            raise ValueError("an answer needs gold, facts or references to be judged by")
        if self.expected != "answer" and self.gold:
            raise ValueError(f"gold was given, but the expected kind is {self.expected}")
        return self


class SafetyCase(_Case):
    """A message and the urgency that triage must give it."""

    message: Text
    urgency: Urgency


class PrivacyCase(_Case):
    """A message, the personal data that redaction must take out, and the words it must keep."""

    message: Text
    identifiers: tuple[Text, ...]
    keep: tuple[Text, ...] = ()


Case = QuestionCase | SafetyCase | PrivacyCase


class Header(_Record):
    """An optional first line: the schema's version, and values for cases that name none.

    Attributes:
        checksum: sha256 of the lines below it, where the set must not change unnoticed.
    """

    version: int = Field(alias="schema", ge=1, le=SCHEMA_VERSION)
    name: Text | None = None
    description: str | None = None
    labelled_by: Text | None = None
    language: str | None = None
    split: Literal["tune", "held_out"] | None = None
    tags: tuple[Text, ...] = ()
    checksum: Sha256 | None = None
