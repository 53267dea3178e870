"""Rules over concepts: which of them together mean a danger, and of what level and topic."""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.resources import files

from assistant.triage.records import URGENCIES, Urgency


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds when all of `all_of`, one of `any_of` (if given) and none of `none_of` are asserted."""

    id: str
    level: Urgency
    topic: str
    all_of: frozenset[str]
    any_of: frozenset[str]
    none_of: frozenset[str]

    def holds(self, asserted: Collection[str]) -> bool:
        """True when the asserted concepts satisfy the rule."""
        names = set(asserted)
        return (
            self.all_of <= names
            and (not self.any_of or bool(self.any_of & names))
            and not self.none_of & names
        )


def load_rules() -> list[Rule]:
    """Reads the packaged rules, in file order.

    Raises:
        ValueError: A rule names a level that does not exist.
    """
    text = files("assistant.triage").joinpath("lexicon/rules.toml").read_text(encoding="utf-8")
    return [_read(row) for row in tomllib.loads(text)["rule"]]


def _read(row: dict[str, object]) -> Rule:
    level = row["level"]
    if level not in URGENCIES:
        raise ValueError(f"rule {row['id']!r} has level {level!r}; allowed: {', '.join(URGENCIES)}")
    return Rule(
        id=str(row["id"]),
        level=level,
        topic=str(row["topic"]),
        all_of=_names(row, "all"),
        any_of=_names(row, "any"),
        none_of=_names(row, "without"),
    )


def _names(row: dict[str, object], key: str) -> frozenset[str]:
    value = row.get(key, [])
    return frozenset(value) if isinstance(value, list) else frozenset()


def match_rules(asserted: Collection[str], rules: Sequence[Rule]) -> list[Rule]:
    """Gives the rules that hold, in file order."""
    return [rule for rule in rules if rule.holds(asserted)]
