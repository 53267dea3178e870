"""Which messages were read before and told of no danger, so that none is read again and again.

Kept are keyed digests and no words, with a key that ends with the process: whoever sees them can
neither read nor look up what was written.
"""

import hashlib
import secrets
from collections import OrderedDict
from threading import Lock

MAX_DIGESTS = 10_000


class HarmlessMessages:
    """Remembers the messages met last, by what cannot be turned back into them."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._digests: OrderedDict[bytes, None] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, message: str) -> bool:
        return self._digest(message) in self._digests

    def add(self, message: str) -> None:
        """Remembers a message; the one that was added first makes room for it."""
        with self._lock:
            self._digests[self._digest(message)] = None
            while len(self._digests) > MAX_DIGESTS:
                self._digests.popitem(last=False)

    def _digest(self, message: str) -> bytes:
        return hashlib.blake2b(message.encode(), key=self._key, digest_size=16).digest()
