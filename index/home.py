"""The home: one folder with all state of an installation, and how its index is replaced.

Each published state of the index is a folder of its own, a *generation*, and the file
`index/CURRENT` names the one that readers open. A writer works on a copy and publishes it by
replacing that one file: a reader sees the old state or the new one, whole, whatever dies when.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import EmptyLibrary, HomeBusy, HomeUnwritable
from index.store import open_folder, open_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.settings import Settings
    from index.store import Store


class Home:
    """Where things are in a home's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._index = path / "index"
        self._current = self._index / "CURRENT"
        self._staging = self._index / "staging"

    @property
    def generation(self) -> int:
        """Number of the generation that readers open; 0 before the first one."""
        try:
            return int(self._current.read_text(encoding="ascii"))
        except (FileNotFoundError, NotADirectoryError):
            return 0

    @property
    def current(self) -> Path:
        """The folder that readers open.

        Raises:
            EmptyLibrary: if nothing has been indexed yet.
        """
        if not self.generation:
            raise EmptyLibrary(
                f"The library in {self.path} is empty: fill it with "
                f"`python -m index build SOURCE… --home {self.path}`."
            )
        return self._folder(self.generation)

    @property
    def size_bytes(self) -> int:
        """Size on disk of the generation that readers open."""
        return sum(file.stat().st_size for file in self.current.rglob("*") if file.is_file())

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the right to change this home.

        Raises:
            HomeBusy: if another process holds it.
            HomeUnwritable: if the folder cannot be made or written.
        """
        lock = FileLock(self._index / "lock", timeout=0)
        try:
            self._index.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            raise HomeBusy(
                f"Another process is changing the library in {self.path}: wait until it is done."
            ) from error
        except OSError as error:
            raise HomeUnwritable(
                f"The home {self.path} cannot be written ({error.strerror}): give a folder that "
                "this user may write, with --home or GUTBRAIN_HOME."
            ) from error
        try:
            yield
        finally:
            lock.release()

    def stage(self) -> Path:
        """A copy of the current generation to work on; what an earlier writer left is dropped."""
        shutil.rmtree(self._staging, ignore_errors=True)
        if self.generation:
            shutil.copytree(self.current, self._staging)
        else:
            self._staging.mkdir()
        return self._staging

    def publish(self) -> None:
        """Makes the staged copy the generation that readers open; keeps the one before it."""
        generation = self.generation + 1
        target = self._folder(generation)
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(exist_ok=True)
        self._staging.rename(target)
        pointer = self._current.with_suffix(".new")
        with pointer.open("w", encoding="ascii") as file:
            file.write(str(generation))
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self._current)
        for folder in self._folder(generation).parent.iterdir():
            if folder.name not in {str(generation), str(generation - 1)}:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, generation: int) -> Path:
        return self._index / "generations" / str(generation)


def open_index(settings: Settings) -> Store:
    """The index as readers see it now.

    Raises:
        EmptyLibrary: if nothing has been indexed yet.
        CorruptHome: if the files or the server cannot be read.
        NewerSchema: if a newer version of the program made it.
    """
    home = Home(settings.home)
    store = (
        open_server(settings.chroma_url, settings.chroma_token)
        if settings.chroma_url
        else open_folder(home.current)
    )
    if not store.manifest():
        store.close()
        raise EmptyLibrary("The library is empty: fill it with `python -m index build SOURCE…`.")
    return store


@contextmanager
def change_index(settings: Settings) -> Iterator[Store]:
    """A store to change; what was changed is published when the block ends without an error.

    The caller holds `Home.writing`.
    """
    if settings.chroma_url:
        store = open_server(settings.chroma_url, settings.chroma_token)
    else:
        store = open_folder(Home(settings.home).stage())
    try:
        yield store
    finally:
        store.close()
    if not settings.chroma_url:
        Home(settings.home).publish()
