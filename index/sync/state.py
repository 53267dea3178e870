"""What a home remembers of its sources from one sync to the next.

A file beside the index, written after the index is published: whatever dies in between, the next
sync at worst asks for something again that it has already, and embeds nothing twice.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from index.errors import HomeBusy, HomeUnwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FOLDER = "sync"


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that a source holds: a page, a post, a file.

    Attributes:
        stamp: what its source said by which a change shows; empty where it says nothing.
        checksum: of its bytes.
        articles: ids of the articles that were taken from it.
        same_as: id of the article that it was found to repeat.
        reason: why nothing was taken from it.
    """

    stamp: str = ""
    checksum: str = ""
    articles: tuple[str, ...] = ()
    same_as: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of one source.

    Attributes:
        items: by the path or URL that people know them by.
        rules: checksum of what `library.toml` says of the source.
        compared: when its lists were last compared whole (UTC, ISO 8601).
    """

    items: dict[str, Item] = field(default_factory=dict)
    rules: str = ""
    compared: str = ""

    @property
    def articles(self) -> frozenset[str]:
        """Ids of all articles that come from it."""
        return frozenset(key for item in self.items.values() for key in item.articles)


States = dict[str, SourceState]


def read_states(home: Path) -> States:
    """Name of a source → what is known of it.

    Nothing where the file is missing or damaged, or where articles are read in another way by now:
    everything is then asked for again.
    """
    try:
        record = json.loads((home / _FOLDER / "state.json").read_text(encoding="utf-8"))
        if record["readers"] != readers_checksum():
            return {name: _only_articles(row) for name, row in record["sources"].items()}
        return {name: _state(row) for name, row in record["sources"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_states(home: Path, states: States) -> None:
    """Remembers what is known of all sources."""
    sources = {name: asdict(state) for name, state in states.items()}
    write_record(home, "state.json", {"readers": readers_checksum(), "sources": sources})


def write_record(home: Path, name: str, record: object) -> None:
    """Writes a file of the folder `sync` in one step.

    Raises:
        HomeUnwritable: if it cannot be written.
    """
    path = home / _FOLDER / name
    new = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise HomeUnwritable(
            f"{path} cannot be written ({error.strerror or error}): give a home with free space "
            "that this user may write."
        ) from error


def read_record(home: Path, name: str) -> dict[str, Any]:
    """A file of the folder `sync`; empty where it is missing or damaged."""
    try:
        record = json.loads((home / _FOLDER / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


@contextmanager
def syncing(home: Path) -> Iterator[None]:
    """Holds the right to follow the sources of a home, while network and reading take their time.

    Raises:
        HomeBusy: if another process holds it.
        HomeUnwritable: if the home cannot be written.
    """
    lock = FileLock(home / _FOLDER / "lock", timeout=0)
    try:
        (home / _FOLDER).mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise HomeBusy(
            f"A sync of the library in {home} is running: wait until it is done."
        ) from error
    except OSError as error:
        raise HomeUnwritable(
            f"The home {home} cannot be written ({error.strerror or error}): give a folder that "
            "this user may write."
        ) from error
    try:
        yield
    finally:
        lock.release()


def is_syncing(home: Path) -> bool:
    """Whether a sync of a home is running now, in whatever process."""
    if not (home / _FOLDER / "lock").exists():
        return False
    try:
        with syncing(home):
            return False
    except HomeBusy:
        return True
    except HomeUnwritable:
        return False


def readers_checksum() -> str:
    """Changes whenever the code that reads articles does."""
    digest = hashlib.sha256()
    folder = resources.files("index") / "readers"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _state(row: dict[str, Any]) -> SourceState:
    items = {
        key: Item(**{**item, "articles": tuple(item["articles"])})
        for key, item in row["items"].items()
    }
    return SourceState(items, row["rules"], row["compared"])


def _only_articles(row: dict[str, Any]) -> SourceState:
    """What came from where, without anything that says it is unchanged."""
    items = {key: Item(articles=item.articles) for key, item in _state(row).items.items()}
    return SourceState(items)
