"""Takes what identifies a person out of a message before it is stored, logged or sent.

Rules, check digits and one small trained table of letters; no network and no language model. It
knows nothing of conversations, of storage, or of what a message asks.

    redact("My name is Anna Larsen, tlf. 22 33 44 55").text
    "My name is [name], tlf. [phone]"
"""

from assistant.privacy.records import Found, Kind, Redaction
from assistant.privacy.redaction import redact

__all__ = ["Found", "Kind", "Redaction", "redact"]
