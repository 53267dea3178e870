"""Whether a sentence advises on what only a doctor can: an amount, a medicine, an illness.

A trained classifier over the sentence's words. It knows nothing of sources: what an article may say
and what may be said after it is for `assistant.boundaries`.
"""

from assistant.advice.classifier import Advice, find_advice

__all__ = ["Advice", "find_advice"]
