"""The library's own words: short forms with their long forms, and terms with their definitions.

All of it is found in the articles; nothing is made up or looked up.
"""

from index.glossary.abbreviations import Abbreviations
from index.glossary.terms import Term, explain_terms, make_glossary

__all__ = ["Abbreviations", "Term", "explain_terms", "make_glossary"]
