"""The index's only store: Chroma, in a folder or on a server. The one file that imports chromadb.

Passages and sentences carry their article's version, and the article's own row, written last,
says which version counts: an article's new version becomes visible in one step.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import chromadb
import httpx
import numpy as np
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, InternalError, NotFoundError

from index.errors import (
    CorruptHome,
    EmptyLibrary,
    HomeUnwritable,
    NewerSchema,
    ServerUnreachable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray
    from pydantic import HttpUrl

SCHEMA_VERSION = 1
"""Raised when an older program could no longer read what this one writes."""

COLLECTIONS = ("articles", "passages", "sentences")

DELETED_AT_ONCE = 100
"""Articles named in one query; SQLite takes 32,766 values."""

READ_AGAIN = (0.01, 0.05, 0.2, 0.5, 1.0)
"""Seconds until a read that failed is tried again. What another read has just let go may not be
back among Chroma's connections, and a new one cannot be opened to a generation that was deleted."""

DATABASE_FILE = "chroma.sqlite3"
GRAPH_FILE = "index_metadata.pickle"
"""Stands in the folder of every graph that was written; Chroma makes other folders anew."""

# One thread, so that the same rows give the same graph. `ef_search` costs a query 10 ms and finds
# 99 % of the 100 nearest of 35,000 rows. Rows that are not synchronised are put into the graph
# again whenever it is opened, and again, at 28 ms a row, when one is deleted (Chroma 1.5.9): with
# this threshold there are none.
HNSW = {
    "space": "ip",
    "ef_construction": 128,
    "ef_search": 1000,
    "max_neighbors": 16,
    "num_threads": 1,
    "sync_threshold": 1,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a collection: its id, what it says, and its vector."""

    id: str
    document: str
    metadata: dict[str, str | int | float | bool]
    vector: NDArray[np.float32]


class Store:
    """The rows of one generation of the index.

    Every method raises CorruptHome where the rows cannot be read, HomeUnwritable where they cannot
    be written, and ServerUnreachable where a server does not answer.
    """

    def __init__(self, client: ClientAPI, *, create: bool = False) -> None:
        self._client = client
        self._collections = {name: self._open_collection(name, create) for name in COLLECTIONS}

    def _open_collection(self, name: str, create: bool) -> Collection:
        if not create:
            return self._client.get_collection(f"gutbrain-{name}", embedding_function=None)
        return self._client.get_or_create_collection(
            f"gutbrain-{name}",
            configuration={"hnsw": HNSW},  # type: ignore[arg-type]
            embedding_function=None,
        )

    def manifest(self) -> dict[str, Any]:
        """What the index remembers of how it was made; empty for a new one.

        Raises:
            NewerSchema: if a newer version of the program made it.
        """
        metadata = self._collections["articles"].metadata or {}
        try:
            manifest = json.loads(str(metadata.get("manifest", "{}")))
            schema = int(manifest.get("schema", SCHEMA_VERSION))
        except (ValueError, TypeError, AttributeError) as error:
            raise CorruptHome(
                "The index does not say how it was made: restore a backup, or build it anew in "
                "another home."
            ) from error
        if schema > SCHEMA_VERSION:
            raise NewerSchema(
                f"The index has schema {schema}, this program reads up to {SCHEMA_VERSION}: update "
                "the program, or build the index anew in another home."
            )
        return dict(manifest)

    def set_manifest(self, manifest: dict[str, Any]) -> None:
        """Replaces what the index remembers of how it was made."""
        text = json.dumps({"schema": SCHEMA_VERSION, **manifest}, sort_keys=True)
        with _writing():
            self._collections["articles"].modify(metadata={"manifest": text})

    def put(self, collection: str, rows: Sequence[Row]) -> None:
        """Adds rows, or replaces those with the same ids."""
        target = self._collections[collection]
        for batch in _batches(rows, self._client.get_max_batch_size()):
            with _writing():
                target.upsert(
                    ids=[row.id for row in batch],
                    documents=[row.document for row in batch],
                    metadatas=[row.metadata for row in batch],
                    embeddings=np.stack([row.vector for row in batch]),
                )

    def articles(self) -> dict[str, str]:
        """Article id → the article as JSON."""
        rows = _read(lambda: self._collections["articles"].get(include=["documents"]))
        return dict(zip(rows["ids"], rows["documents"] or [], strict=True))

    def vectors(self, collection: str, ids: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of rows, `(n, d) float32`, in the order of `ids`."""
        found: dict[str, Any] = {}
        target = self._collections[collection]
        for batch in _batches(ids, self._client.get_max_batch_size()):
            rows = _read(partial(target.get, ids=list(batch), include=["embeddings"]))
            found |= dict(zip(rows["ids"], rows["embeddings"], strict=True))
        if len(found) != len(set(ids)):
            raise CorruptHome(
                f"The index lacks {len(set(ids)) - len(found)} of {len(ids)} {collection}: "
                "restore a backup, or build it anew in another home."
            )
        return np.array([found[key] for key in ids], dtype=np.float32)

    def nearest(
        self, collection: str, vector: NDArray[np.float32], limit: int
    ) -> list[tuple[str, float]]:
        """Ids of the nearest rows with their cosine similarity, best first."""
        if limit < 1:
            return []
        target = self._collections[collection]
        found = _read(
            lambda: target.query(
                query_embeddings=vector[None], n_results=limit, include=["distances"]
            )
        )
        distances = (found["distances"] or [[]])[0]
        return [
            (key, 1.0 - distance) for key, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def delete_articles(self, article_ids: Sequence[str]) -> None:
        """Removes articles' rows, which hides them at once, then what belongs to them."""
        for batch in _batches(article_ids, DELETED_AT_ONCE):
            with _writing():
                self._collections["articles"].delete(ids=list(batch))
            self._delete_spans({"article_id": {"$in": list(batch)}})

    def delete_stale_rows(self, versions: dict[str, str]) -> None:
        """Removes rows of the named articles that are not of the version given."""
        for batch in _batches(list(versions), DELETED_AT_ONCE):
            current = [versions[article_id] for article_id in batch]
            named = {"article_id": {"$in": list(batch)}}
            self._delete_spans({"$and": [named, {"version": {"$nin": current}}]})

    def clear(self) -> None:
        """Removes everything, so that another model's vectors fit."""
        with _writing():
            for name, collection in self._collections.items():
                self._client.delete_collection(collection.name)
                self._collections[name] = self._open_collection(name, create=True)

    def settle(self) -> None:
        """Opens every graph once: what Chroma still has to write, it writes before readers come."""
        for name, collection in self._collections.items():
            with _reading():
                rows = collection.get(limit=1, include=["embeddings"])
            for vector in rows["embeddings"] if rows["embeddings"] is not None else []:
                self.nearest(name, np.asarray(vector, dtype=np.float32), 1)

    def close(self) -> None:
        """Releases the files or the connection."""
        self._client.close()  # type: ignore[attr-defined]

    def _delete_spans(self, where: dict[str, Any]) -> None:
        with _writing():
            for name in ("passages", "sentences"):
                self._collections[name].delete(where=where)


def open_folder(folder: Path, *, create: bool = False) -> Store:
    """Opens the store in a folder.

    Args:
        folder: where its files are.
        create: whether it is made where it is missing.

    Raises:
        CorruptHome: if the folder's files cannot be read.
        HomeUnwritable: if this user may not write to them.
    """
    if not create and not (folder / DATABASE_FILE).is_file():
        raise CorruptHome(
            f"The index in {folder} has no {DATABASE_FILE}: restore a backup, or delete the home's "
            "folder index and build the index anew."
        )
    if not os.access(folder, os.W_OK) or not (create or os.access(folder / DATABASE_FILE, os.W_OK)):
        raise HomeUnwritable(
            f"The index in {folder} is read-only, and Chroma writes to it even to read: give this "
            "user the right to write there, or copy the home to a folder where it has it."
        )
    settings = ChromaSettings(
        _env_file=None,
        is_persistent=True,
        persist_directory=str(folder),
        anonymized_telemetry=False,
    )
    client = None
    try:
        client = chromadb.PersistentClient(path=folder, settings=settings)
        return Store(client, create=create)
    except (ChromaError, ValueError, OSError) as error:
        _forget(client, folder)
        raise CorruptHome(
            f"The index in {folder} cannot be opened ({_reason(error)}): restore a backup, or "
            "delete the home's folder index and build the index anew."
        ) from error


def copy_folder(source: Path, target: Path) -> None:
    """Copies a store's files, whole, though readers may open it at the same time.

    Raises:
        OSError: if the copy cannot be written.
    """
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{DATABASE_FILE}*"))
    # Chroma notes in its database that somebody opens it: a plain copy could catch half of that.
    try:
        with (
            closing(sqlite3.connect(source / DATABASE_FILE)) as original,
            closing(sqlite3.connect(target / DATABASE_FILE)) as copy,
        ):
            original.backup(copy)
    except sqlite3.Error as error:
        raise OSError(f"{source / DATABASE_FILE} cannot be copied: {error}") from error


def open_server(url: HttpUrl, token: str | None, *, create: bool = False) -> Store:
    """Opens the store on a Chroma server.

    Raises:
        EmptyLibrary: if there is no index on it, and none is to be made.
        ServerUnreachable: if the server does not answer.
    """
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        client = chromadb.HttpClient(
            host=url.host or "localhost",
            port=url.port or 8000,
            ssl=url.scheme == "https",
            headers=headers,
            settings=ChromaSettings(_env_file=None, anonymized_telemetry=False),
        )
        return Store(client, create=create)
    except NotFoundError as error:
        raise EmptyLibrary(
            f"The library on {url.host} is empty: fill it with `python -m index build SOURCE…`."
        ) from error
    except (ChromaError, ValueError, httpx.HTTPError) as error:
        raise ServerUnreachable(
            f"The Chroma server at {url.host} does not answer ({_reason(error)}): check "
            "GUTBRAIN_CHROMA_URL and GUTBRAIN_CHROMA_TOKEN."
        ) from error


def _read(action: Callable[[], Any]) -> Any:
    """Reads, again where that fails: a reader may hold a generation that was deleted meanwhile."""
    with _reading():
        for seconds in READ_AGAIN:
            try:
                return action()
            except InternalError:
                time.sleep(seconds)
        return action()


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except ChromaError as error:
        raise CorruptHome(
            f"The index cannot be read ({_reason(error)}): restore a backup, or build it anew in "
            "another home."
        ) from error
    except httpx.HTTPError as error:
        raise _unreachable(error) from error


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except ChromaError as error:
        raise HomeUnwritable(
            f"The index cannot be written ({_reason(error)}); what it held before still stands. "
            "Check the disk's free space and the folder's rights."
        ) from error
    except httpx.HTTPError as error:
        raise _unreachable(error) from error


def _unreachable(error: httpx.HTTPError) -> ServerUnreachable:
    return ServerUnreachable(
        f"The Chroma server does not answer ({_reason(error)}): check GUTBRAIN_CHROMA_URL."
    )


def _reason(error: Exception) -> str:
    """An error of a library in one line."""
    return " ".join(str(error).split()) or type(error).__name__


def _forget(client: ClientAPI | None, folder: Path) -> None:
    """Closes a client that could not be used, or what is left of one that could not be made."""
    if client is not None:
        client.close()  # type: ignore[attr-defined]
        return
    # Chroma keeps a client that failed to start, and would hand it out again.
    SharedSystemClient._identifier_to_system.pop(str(folder), None)  # noqa: SLF001


def _batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
