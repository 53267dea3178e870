"""What can go wrong in an evaluation, as one tree.

* index.errors.GutbrainError: every error that is told to a person in one line
  * EvalError
    * BenchmarkError: a folder that is not a usable retrieval benchmark
    * DatasetError: a data set that cannot be read, or does not belong to the library
    * RunError: a run's folder that cannot be used, continued or compared
    * GateError: a gate's configuration that cannot be used
    * SweepError: a grid of settings that cannot be run
    * JudgeError: a judge that cannot be opened as it was named
"""

from __future__ import annotations

from index.errors import GutbrainError


class EvalError(GutbrainError):
    """An error of an evaluation that a person can act on; its text is one line."""


class BenchmarkError(EvalError):
    """A folder that is not a usable retrieval benchmark."""


class DatasetError(EvalError):
    """A data set that cannot be read, or that belongs to another library."""


class RunError(EvalError):
    """A run's folder that cannot be used, continued or compared."""


class GateError(EvalError):
    """A gate's configuration that cannot be used."""


class SweepError(EvalError):
    """A grid of settings that cannot be run."""


class JudgeError(EvalError):
    """A judge that cannot be opened as it was named."""
