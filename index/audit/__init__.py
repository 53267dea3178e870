"""What is wrong with the library's articles: references, claims, dates, text that hides or sells.

Pure: entries of the library in, findings out. `index.audit.online` alone asks other servers. Knows
nothing of questions, answers or screens.
"""

from index.audit.auditing import audit
from index.audit.findings import Basis, Finding, Place

__all__ = ["Basis", "Finding", "Place", "audit"]
