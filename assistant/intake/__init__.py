"""Whether a sentence of an article is one on which a reader might take, leave or change a medicine.

A trained classifier over the sentence's words. It knows nothing of questions: what is asked about
medicines is for `assistant.concerns`, what a chat model may advise for `assistant.advice`.
"""

from assistant.intake.classifier import restrains, tells_how_taken

__all__ = ["restrains", "tells_how_taken"]
