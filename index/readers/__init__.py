"""Readers: the bytes of a source in, `Article` records out.

Each format has its own module; what they find goes through one builder, so that every article has
its text, blocks, marks and references made in the same way. Readers do no input or output and know
nothing of passages, embeddings or the store.
"""

from index.readers.reading import MAX_SOURCE_BYTES, read
from index.readers.results import Problem, ReadResult

__all__ = ["MAX_SOURCE_BYTES", "Problem", "ReadResult", "read"]
