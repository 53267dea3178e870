"""What PubMed, Crossref and web servers say of the works and pages that articles point to.

`records` is what was found out, `verdicts` what it means for a reference, `notebook` where it is
kept in the home; `online` alone asks anybody. Knows nothing of checks, questions or screens.
"""

from index.lookups.notebook import NOTEBOOK_FILE, read_notebook, stamp_notebook, write_notebook
from index.lookups.records import Lookups, Suggestion, Work
from index.lookups.verdicts import apply_lookups, judge

__all__ = [
    "NOTEBOOK_FILE",
    "Lookups",
    "Suggestion",
    "Work",
    "apply_lookups",
    "judge",
    "read_notebook",
    "stamp_notebook",
    "write_notebook",
]
