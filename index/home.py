"""The home: one folder with all state of an installation, and how its index is replaced.

Each published state of the index is a folder of its own, a *generation*, and the file
`index/CURRENT` names the one that readers open. A writer works on a copy and publishes it by
replacing that one file: a reader sees the old state or the new one, whole, whatever dies when.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from index.errors import CorruptHome, EmptyLibrary, HomeBusy, HomeError, HomeUnwritable
from index.seal import SEAL_FILE, check_seal, write_seal
from index.store import copy_folder, open_folder, open_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.settings import Settings
    from index.store import Store


class Home:
    """Where things are in a home's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.index = path / "index"
        self._current = self.index / "CURRENT"
        self._staging = self.index / "staging"

    @property
    def generation(self) -> int:
        """Number of the generation that readers open; 0 before the first one.

        Raises:
            CorruptHome: if the file that names it cannot be read.
        """
        try:
            return int(self._current.read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0
        except NotADirectoryError as error:
            raise CorruptHome(
                f"The home {self.path} is a file, or its index is: give a folder with --home or "
                "GUTBRAIN_HOME."
            ) from error
        except (OSError, ValueError) as error:
            raise CorruptHome(
                f"{self._current} does not name the index to open: restore a backup, or delete "
                f"{self.index} and build the index anew."
            ) from error

    @property
    def current(self) -> Path:
        """The folder that readers open.

        Raises:
            EmptyLibrary: if nothing has been indexed yet.
            CorruptHome: if the folder is not there.
        """
        generation = self.generation
        if not generation:
            raise EmptyLibrary(
                f"The library in {self.path} is empty: fill it with "
                f"`python -m index build SOURCE… --home {self.path}`."
            )
        folder = self._folder(generation)
        if not folder.is_dir():
            raise CorruptHome(
                f"The index in {self.path} lacks its folder {folder}: restore a backup, or delete "
                f"{self.index} and build the index anew."
            )
        return folder

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
        lock = FileLock(self.index / "lock", timeout=0)
        try:
            self.index.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            raise HomeBusy(
                f"Another process is changing the library in {self.path}: wait until it is done."
            ) from error
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            yield
        finally:
            lock.release()

    def check_writable(self) -> None:
        """Finds out early whether this home can be changed now; raises as `writing`."""
        with self.writing():
            pass

    def stage(self) -> Path:
        """A copy of the current generation to work on; what an earlier writer left is dropped."""
        try:
            shutil.rmtree(self._staging, ignore_errors=True)
            if self.generation:
                copy_folder(self.current, self._staging)
            else:
                self._staging.mkdir()
        except OSError as error:
            raise self._unwritable(error) from error
        return self._staging

    def stage_previous(self) -> None:
        """A copy of the generation before the current one, to be published.

        Raises:
            HomeError: if there is none.
        """
        folder = self._folder(self.generation - 1)
        if self.generation < 2 or not folder.is_dir():
            raise HomeError(
                f"The library in {self.path} has no earlier state: only its last change can be "
                "undone, and nothing was changed yet."
            )
        try:
            shutil.rmtree(self._staging, ignore_errors=True)
            copy_folder(folder, self._staging)
        except OSError as error:
            raise self._unwritable(error) from error

    def publish(self) -> None:
        """Makes the staged copy the generation that readers open; keeps the one before it."""
        generation = self.generation + 1
        try:
            self._point_to(generation)
            for folder in self._folder(generation).parent.iterdir():
                if folder.name not in {str(generation), str(generation - 1)}:
                    shutil.rmtree(folder, ignore_errors=True)
        except OSError as error:
            raise self._unwritable(error) from error

    def _point_to(self, generation: int) -> None:
        """Moves the staged copy to its place and names it, each step on disk before the next."""
        target = self._folder(generation)
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(exist_ok=True)
        _flush_folder(self._staging)
        self._staging.rename(target)
        _flush(target.parent)
        pointer = self._current.with_suffix(".new")
        pointer.write_text(str(generation), encoding="ascii")
        _flush(pointer)
        pointer.replace(self._current)
        _flush(self.index)

    def _unwritable(self, error: OSError) -> HomeUnwritable:
        return HomeUnwritable(
            f"The home {self.path} cannot be written ({error.strerror or error}): give a folder "
            "with free space that this user may write, with --home or GUTBRAIN_HOME."
        )

    def _folder(self, generation: int) -> Path:
        return self.index / "generations" / str(generation)


def open_index(settings: Settings) -> Store:
    """The index as readers see it now.

    Raises:
        EmptyLibrary: if nothing has been indexed yet.
        CorruptHome: if the files cannot be read.
        ServerUnreachable: if the server does not answer.
    """
    if settings.chroma_url:
        return open_server(settings.chroma_url, settings.chroma_token)
    folder = Home(settings.home).current
    check_seal(folder)
    return open_folder(folder)


@contextmanager
def change_index(settings: Settings) -> Iterator[Store]:
    """A store to change; what was changed is published when the block ends without an error.

    The caller holds `Home.writing`.
    """
    if settings.chroma_url:
        with closing(open_server(settings.chroma_url, settings.chroma_token, create=True)) as store:
            yield store
        return
    home = Home(settings.home)
    folder = home.stage()
    with closing(open_folder(folder, create=True)) as store:
        yield store
    with closing(open_folder(folder)) as store:
        store.settle()
        is_empty = not store.articles()
    # Chroma writes the graphs of an emptied index anew whenever it is opened: nothing to seal.
    if is_empty:
        (folder / SEAL_FILE).unlink(missing_ok=True)
    else:
        write_seal(folder)
    home.publish()


def undo_change(settings: Settings) -> None:
    """Publishes the library as it was before its last change; doing it again takes that back.

    Raises:
        HomeError: if the index lies on a server, there is no earlier state, or another process
            is changing the library.
    """
    if settings.chroma_url:
        raise HomeError("A Chroma server keeps no earlier state of the library: restore a backup.")
    home = Home(settings.home)
    with home.writing():
        home.stage_previous()
        home.publish()


def _flush_folder(folder: Path) -> None:
    """Waits until all in a folder is on the disk."""
    for path in folder.rglob("*"):
        _flush(path)
    _flush(folder)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
