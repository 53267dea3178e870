"""All records of one installation: what is kept of patients' words, and who works here.

Nothing a patient wrote is kept unless the clinic switched that kind on, and then only redacted:
the redaction happens here, so that no caller can forget it.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import astuple
from typing import TYPE_CHECKING, Final

from assistant.records.accounts import Accounts
from assistant.records.choices import Choices
from assistant.records.database import Database
from assistant.records.errors import BadRecord
from assistant.records.kept_rows import (
    KeptRows,
    make_action,
    make_conversation,
    make_feedback,
    make_unanswered,
)
from assistant.records.moments import moment_now
from assistant.records.sessions import Sessions
from assistant.records.tables import ACTIONS, CONVERSATIONS, FEEDBACK, UNANSWERED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.records.choices import Keeping
    from assistant.records.entries import Citation, Thumb
    from assistant.settings import Settings

REASON: Final = re.compile(r"[a-z_]{1,40}")
MAX_COMMENT_CHARACTERS: Final = 2000


class Records:
    """The records of one home or database. Safe to use from several threads and processes.

    Attributes:
        feedback, unanswered, conversations: what is kept of patients' words.
        actions: what members of staff did.
        accounts, sessions: who may log in, and who is.
        choices: what staff chose to keep.
    """

    def __init__(self, settings: Settings) -> None:
        """Nothing is opened or made before it is needed.

        Raises:
            RecordsError: if GUTBRAIN_DATABASE_URL cannot be used.
        """
        self._settings = settings
        self._database = Database.of(settings)
        self.feedback = KeptRows(self._database, FEEDBACK, make_feedback)
        self.unanswered = KeptRows(self._database, UNANSWERED, make_unanswered)
        self.conversations = KeptRows(self._database, CONVERSATIONS, make_conversation)
        self.actions = KeptRows(self._database, ACTIONS, make_action)
        self.accounts = Accounts(self._database)
        self.sessions = Sessions(self._database, settings)
        self.choices = Choices(self._database, settings)

    @property
    def keeping(self) -> Keeping:
        """What is kept now, and for how long; may change while the process runs."""
        return self.choices.keeping()

    def add_feedback(
        self,
        *,
        thumb: Thumb,
        question: str,
        answer_kind: str,
        citations: Iterable[Citation] = (),
        reason: str | None = None,
        comment: str | None = None,
        language: str = "en",
        consent: bool = False,
    ) -> int | None:
        """Keeps what a patient said about an answer, if the clinic keeps feedback.

        Args:
            thumb: `up` or `down`.
            question: as asked. Kept, redacted, only with consent; without it no words are kept.
            answer_kind: the answer's `kind`.
            citations: what the answer cited.
            reason: a short code such as `not_answered`: small letters and underscores, 40 at most.
            comment: in the patient's words; treated as the question is, cut at 2,000 characters.
            language: of the page.
            consent: whether the patient agreed that question and comment are kept.

        Returns:
            The row's id, or None where the clinic does not keep feedback.

        Raises:
            BadRecord: if thumb or reason is not one that is allowed.
            RecordsError: if the database cannot be written.
        """
        if thumb not in {"up", "down"} or (reason is not None and not REASON.fullmatch(reason)):
            raise BadRecord(
                "Feedback needs the thumb up or down, and as reason small letters and "
                "underscores, 40 at most."
            )
        if not self.keeping.feedback:
            return None
        comment = (comment or "").strip()[:MAX_COMMENT_CHARACTERS]
        return self.feedback.add(
            created=moment_now(),
            language=language,
            thumb=thumb,
            reason=reason,
            comment=redact_words(comment) if consent and comment else None,
            question=redact_words(question) if consent else None,
            answer_kind=answer_kind,
            citations=[list(astuple(each)) for each in citations],
            state="new",
        )

    def add_unanswered(self, question: str, *, language: str, channel: str) -> int | None:
        """Keeps a question that was not answered, redacted, if the clinic keeps those."""
        if not self.keeping.unanswered:
            return None
        return self.unanswered.add(
            created=moment_now(),
            language=language,
            channel=channel,
            question=redact_words(question),
            state="new",
        )

    def add_exchange(
        self,
        history: Sequence[tuple[str, str]],
        exchange: Sequence[tuple[str, str]],
        *,
        language: str,
        channel: str,
    ) -> int | None:
        """Keeps a question and its answer behind what was said before, if the clinic keeps those.

        The browser alone knows which messages belong together: it sends them with each question.
        So a conversation that is known goes on where its words are the beginning of this one.

        Args:
            history: role and words of what was said before, oldest first.
            exchange: the same of what is new.
            language: of the question.
            channel: where it was asked.
        """
        if not self.keeping.conversations:
            return None
        before = [[role, redact_words(words)] for role, words in history]
        turns = [*before, *([role, redact_words(words)] for role, words in exchange)]
        known = self.conversations.find(digest=_digest(before)) if before else None
        if known is not None:
            self.conversations.replace(known, turns=turns, digest=_digest(turns))
            return known
        return self.conversations.add(
            created=moment_now(),
            language=language,
            channel=channel,
            turns=turns,
            digest=_digest(turns),
        )

    def note_action(self, account: str, action: str, subject: str = "") -> None:
        """Writes down what a member of staff did; `subject` never holds a patient's words."""
        self.actions.add(
            created=moment_now(), account=account, action=action, subject=subject[:400]
        )

    def erase_expired(self) -> int:
        """Erases what has been kept long enough; gives how many rows went."""
        words, log = self.keeping.days, self._settings.staff_log_days
        patients = (self.feedback, self.unanswered, self.conversations)
        erased = sum(rows.erase(before=moment_now(days=-words)) for rows in patients)
        return erased + self.actions.erase(before=moment_now(days=-log)) + self.sessions.expire()

    def compact(self) -> None:
        """Gives the space of what was erased back to the disk."""
        self._database.compact()

    def close(self) -> None:
        """Releases the database."""
        self._database.close()


def redact_words(words: str) -> str:
    """`words` without what identifies a person."""
    from assistant.privacy import redact

    return redact(words).text


def _digest(turns: list[list[str]]) -> str:
    return hashlib.sha256(json.dumps(turns).encode()).hexdigest()
