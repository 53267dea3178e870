"""Takes what identifies a person out of a message before it is stored, logged or sent.

Rules with check digits first, then a small trained network that reads, piece by piece, what they
left. No connection is opened. It knows nothing of conversations, of storage, or of what is asked.

    redact("My name is Anna Larsen, tlf. 22 33 44 55").text
    "My name is [name], tlf. [phone]"
"""

from assistant.privacy.records import Found, Kind, Redaction
from assistant.privacy.redaction import redact

__all__ = ["Found", "Kind", "Redaction", "redact"]
