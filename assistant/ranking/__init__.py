"""How well each candidate answers, and how probable it is that any does: two small trained models.

Knows questions and candidates as plain records; nothing of retrieval, of chat or of screens.
"""

from assistant.ranking.model import rank
from assistant.ranking.records import Ranking

__all__ = ["Ranking", "rank"]
