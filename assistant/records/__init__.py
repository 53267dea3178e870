"""What a clinic chose to keep, and the accounts of its staff.

By default nothing of what patients write is kept. Each kind (feedback, unanswered questions,
conversations) is switched on by itself, is redacted before it is stored, and is erased after its
days. SQLite in the home, or Postgres by `GUTBRAIN_DATABASE_URL`. It knows nothing of pages and
HTTP, and not how an answer is made.
"""

from assistant.records.entries import Account, Citation, Feedback, Session, Unanswered
from assistant.records.errors import BadRecord, RecordsError
from assistant.records.records import Records

__all__ = [
    "Account",
    "BadRecord",
    "Citation",
    "Feedback",
    "Records",
    "RecordsError",
    "Session",
    "Unanswered",
]
