"""Vectors as they are made, kept beside the index until the state that needs them is published.

A build or sync that dies loses its staged copy of the index; what it had embedded by then is here,
and the next one takes it from here. Knows texts and vectors, nothing of articles.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.errors import HomeUnwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Vectors = Mapping[str, NDArray[np.float32]]

FILE = "embedded.tmp"
_TABLE = "CREATE TABLE IF NOT EXISTS embedded (key BLOB PRIMARY KEY, vector BLOB)"


@dataclass(frozen=True, slots=True)
class Journal:
    """The file of vectors in a folder; whoever writes holds the home's lock.

    Attributes:
        folder: where the file is.
        model: checksum of the model, whose vectors alone are given back.
    """

    folder: Path
    model: str

    def read(self, texts: Iterable[str]) -> Vectors:
        """Text → vector of those texts that are kept.

        Nothing from a damaged file: what was in it is made again.
        """
        if not self._path.exists():
            return {}
        vectors: dict[str, NDArray[np.float32]] = {}
        try:
            with closing(sqlite3.connect(self._path)) as database:
                for text in texts:
                    query = "SELECT vector FROM embedded WHERE key = ?"
                    row = database.execute(query, (self._key(text),)).fetchone()
                    if row is not None:
                        vectors[text] = np.frombuffer(row[0], np.float32)
        except (sqlite3.DatabaseError, ValueError):
            self.clear()
            return {}
        return vectors

    def add(self, vectors: Vectors) -> None:
        """Keeps vectors; they are on the disk when it returns.

        Raises:
            HomeUnwritable: if they cannot be written.
        """
        rows = [
            (self._key(text), np.asarray(vector, np.float32).tobytes())
            for text, vector in vectors.items()
        ]
        try:
            with closing(sqlite3.connect(self._path)) as database, database:
                database.execute(_TABLE)
                database.executemany("INSERT OR REPLACE INTO embedded VALUES (?, ?)", rows)
        except sqlite3.Error as error:
            raise HomeUnwritable(
                f"{self._path} cannot be written ({error}): give a home with free space that this "
                "user may write."
            ) from error

    def clear(self) -> None:
        """Forgets everything: the index holds it by now."""
        self._path.unlink(missing_ok=True)
        self._path.with_name(f"{FILE}-journal").unlink(missing_ok=True)

    @property
    def _path(self) -> Path:
        return self.folder / FILE

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self.model}\0{text}".encode("utf-8", "surrogatepass")).digest()
