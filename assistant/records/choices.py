"""What staff chose on the settings tab: it goes before the environment, and holds at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from sqlalchemy import delete, insert, select

from assistant.records.errors import BadRecord
from assistant.records.tables import ARTICLE_MARKS, CHOICES

if TYPE_CHECKING:
    from assistant.records.database import Database
    from assistant.settings import Settings

Kind = Literal["feedback", "unanswered", "conversations"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
MAX_DAYS: Final = 3650
CHAT_MODEL: Final = "chat_model"
THRESHOLD: Final = "answer_threshold"
THRESHOLDS: Final = (0.3, 0.95)
"""Between these the threshold may be changed live: below, too much of what is said is wrong, and
above, next to nothing is answered."""
SWITCHES: Final = (*KINDS, CHAT_MODEL)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Whether each kind is kept, and for how many days."""

    feedback: bool
    unanswered: bool
    conversations: bool
    days: int

    def keeps(self, kind: Kind) -> bool:
        """Whether rows of a kind are kept now."""
        return bool(getattr(self, kind))


class Choices:
    """Reads and changes what was chosen."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._default = Keeping(
            settings.keep_feedback,
            settings.keep_unanswered,
            settings.keep_conversations,
            settings.retention_days,
        )

    def keeping(self) -> Keeping:
        """What holds now: the settings, and what was chosen since."""
        chosen = self._chosen()
        return replace(
            self._default, **{name: chosen[name] for name in (*KINDS, "days") if name in chosen}
        )

    def uses_chat_model(self) -> bool:
        """Whether a chat model that is set words answers."""
        return bool(self._chosen().get(CHAT_MODEL, True))

    def answer_threshold(self) -> float | None:
        """Confidence from which on an answer is given; None where the settings' own holds."""
        chosen = self._chosen().get(THRESHOLD)
        return None if chosen is None else float(chosen)

    def choose_threshold(self, value: float) -> None:
        """Chooses the confidence from which on an answer is given.

        Raises:
            BadRecord: if it is not within what is safe.
        """
        low, high = THRESHOLDS
        if not low <= value <= high:
            raise BadRecord(
                f"The threshold cannot be set to {value:.2f} here: allowed are {low} to {high}. "
                "Set GUTBRAIN_ANSWER_THRESHOLD for another one."
            )
        self._replace(THRESHOLD, value)

    def choose(self, name: str, value: bool | int) -> None:
        """Chooses whether a kind is kept or the chat model is used, or for how many `days`.

        Raises:
            BadRecord: if there is no such choice, or the value is not allowed.
        """
        is_days = name == "days" and isinstance(value, int) and 1 <= value <= MAX_DAYS
        if not (is_days or (name in SWITCHES and isinstance(value, bool))):
            raise BadRecord(
                f"{name} cannot be set to {value!r}: allowed are true or false for "
                f"{', '.join(SWITCHES)}, and 1 to {MAX_DAYS} for days."
            )
        self._replace(name, value)

    def practical_articles(self) -> frozenset[str]:
        """Ids of the articles that the front desk wants to see first."""
        if not self._database.exists:
            return frozenset()
        with self._database.transaction() as connection:
            query = select(ARTICLE_MARKS.c.article).where(ARTICLE_MARKS.c.practical)
            return frozenset(connection.scalars(query))

    def mark_practical(self, article_id: str, *, practical: bool) -> None:
        """Marks an article as one of the clinic's practical ones, or takes the mark off."""
        marks = ARTICLE_MARKS
        with self._database.transaction() as connection:
            connection.execute(delete(marks).where(marks.c.article == article_id))
            if practical:
                connection.execute(insert(marks).values(article=article_id, practical=True))

    def _chosen(self) -> dict[str, Any]:
        if not self._database.exists:
            return {}
        with self._database.transaction() as connection:
            rows = connection.execute(select(CHOICES.c.name, CHOICES.c.value)).all()
        return {row.name: row.value for row in rows}

    def _replace(self, name: str, value: Any) -> None:
        with self._database.transaction() as connection:
            connection.execute(delete(CHOICES).where(CHOICES.c.name == name))
            connection.execute(insert(CHOICES).values(name=name, value=value))
