"""The index's only store: Chroma, in a folder or on a server. The one file that imports chromadb.

Passages and sentences carry their article's version, and the article's own row, written last,
says which version counts: an article's new version becomes visible in one step.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from index.errors import CorruptHome, NewerSchema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from chromadb.api import ClientAPI
    from numpy.typing import NDArray
    from pydantic import HttpUrl

SCHEMA_VERSION = 1
"""Raised when an older program could no longer read what this one writes."""

COLLECTIONS = ("articles", "passages", "sentences")

# Searched exhaustively enough that a few thousand rows come back as an exact search would give
# them, and built by one thread so that the same rows give the same graph.
HNSW = {
    "space": "ip",
    "ef_construction": 200,
    "ef_search": 200,
    "max_neighbors": 32,
    "num_threads": 1,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a collection: its id, what it says, and its vector."""

    id: str
    document: str
    metadata: dict[str, str | int | float | bool]
    vector: NDArray[np.float32]


class Store:
    """The rows of one generation of the index."""

    def __init__(self, client: ClientAPI) -> None:
        self._client = client
        try:
            self._collections = {
                name: client.get_or_create_collection(
                    f"gutbrain-{name}",
                    configuration={"hnsw": HNSW},  # type: ignore[arg-type]
                    embedding_function=None,
                )
                for name in COLLECTIONS
            }
        except ChromaError as error:
            raise CorruptHome(f"The index cannot be opened: {error}.") from error

    def manifest(self) -> dict[str, Any]:
        """What the index remembers of how it was made; empty for a new one."""
        metadata = self._collections["articles"].metadata or {}
        manifest = json.loads(str(metadata.get("manifest", "{}")))
        if manifest.get("schema", SCHEMA_VERSION) > SCHEMA_VERSION:
            raise NewerSchema(
                f"The index has schema {manifest['schema']}, this program reads up to "
                f"{SCHEMA_VERSION}: update the program, or build the index anew in another home."
            )
        return dict(manifest)

    def set_manifest(self, manifest: dict[str, Any]) -> None:
        """Replaces what the index remembers of how it was made."""
        text = json.dumps({"schema": SCHEMA_VERSION, **manifest}, sort_keys=True)
        self._collections["articles"].modify(metadata={"manifest": text})

    def put(self, collection: str, rows: Sequence[Row]) -> None:
        """Adds rows, or replaces those with the same ids."""
        target = self._collections[collection]
        for batch in _batches(rows, self._client.get_max_batch_size()):
            target.upsert(
                ids=[row.id for row in batch],
                documents=[row.document for row in batch],
                metadatas=[row.metadata for row in batch],  # type: ignore[arg-type]
                embeddings=np.stack([row.vector for row in batch]),
            )

    def articles(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """Article id → the article as JSON and its metadata."""
        rows = self._collections["articles"].get(include=["documents", "metadatas"])
        documents, metadatas = rows["documents"] or [], rows["metadatas"] or []
        return {
            key: (document, dict(metadata))
            for key, document, metadata in zip(rows["ids"], documents, metadatas, strict=True)
        }

    def vectors(self, collection: str, ids: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of rows, `(n, d) float32`, in the order of `ids`."""
        found: dict[str, Any] = {}
        for batch in _batches(ids, self._client.get_max_batch_size()):
            rows = self._collections[collection].get(ids=list(batch), include=["embeddings"])
            found |= dict(zip(rows["ids"], rows["embeddings"], strict=True))  # type: ignore[arg-type]
        if len(found) != len(set(ids)):
            raise CorruptHome(
                f"The index lacks {len(set(ids)) - len(found)} of {len(ids)} {collection}: "
                "build it anew with `python -m index build`."
            )
        return np.array([found[key] for key in ids], dtype=np.float32)

    def nearest(
        self, collection: str, vector: NDArray[np.float32], limit: int
    ) -> list[tuple[str, float]]:
        """Ids of the nearest rows with their cosine similarity, best first."""
        target = self._collections[collection]
        found = target.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [
            (key, 1.0 - distance) for key, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def delete_article(self, article_id: str) -> None:
        """Removes an article's row, which hides it at once, then what belongs to it."""
        self._collections["articles"].delete(ids=[article_id])
        self.delete_stale_rows({article_id: ""})

    def delete_stale_rows(self, versions: dict[str, str]) -> None:
        """Removes rows of the named articles that are not of the version given."""
        for article_id, version in versions.items():
            stale = {"$and": [{"article_id": article_id}, {"version": {"$ne": version}}]}
            for name in ("passages", "sentences"):
                self._collections[name].delete(where=stale)  # type: ignore[arg-type]

    def close(self) -> None:
        """Releases the files or the connection."""
        self._client.close()  # type: ignore[attr-defined]


def open_folder(folder: Path) -> Store:
    """Opens the store in a folder, making it where it is new.

    Raises:
        CorruptHome: if the folder's files cannot be read.
    """
    settings = ChromaSettings(
        is_persistent=True, persist_directory=str(folder), anonymized_telemetry=False
    )
    try:
        return Store(chromadb.PersistentClient(path=folder, settings=settings))
    except (ChromaError, ValueError, OSError) as error:
        raise CorruptHome(
            f"The index in {folder} cannot be opened ({error}): restore a backup, or delete the "
            "folder and build the index anew."
        ) from error


def open_server(url: HttpUrl, token: str | None) -> Store:
    """Opens the store on a Chroma server.

    Raises:
        CorruptHome: if the server does not answer.
    """
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        client = chromadb.HttpClient(
            host=url.host or "localhost",
            port=url.port or 8000,
            ssl=url.scheme == "https",
            headers=headers,
            settings=ChromaSettings(anonymized_telemetry=False),
        )
    except (ChromaError, ValueError) as error:
        raise CorruptHome(
            f"The Chroma server at {url.host} does not answer: check GUTBRAIN_CHROMA_URL."
        ) from error
    return Store(client)


def _batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
