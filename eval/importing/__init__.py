"""Cases from elsewhere: tables, BEIR, SQuAD, and what a clinic kept of its patients' questions.

Gives cases in the schema of `eval.cases`, and the articles that they ask about where the source
holds them. What only proposes what is right comes as a draft, and is left out of runs until a
person has reviewed it (`python -m eval review`).
"""

from eval.importing.imported import Imported, write_articles, write_cases

__all__ = ["Imported", "write_articles", "write_cases"]
