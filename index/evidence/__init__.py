"""What kind of study stands behind a reference or a claim.

From their words alone, or from PubMed's publication types where these are known. Knows nothing of
articles, answers or screens.
"""

from index.evidence.classifying import classify_claim, classify_reference
from index.evidence.kinds import EVIDENCE, from_publication_types, strongest

__all__ = [
    "EVIDENCE",
    "classify_claim",
    "classify_reference",
    "from_publication_types",
    "strongest",
]
