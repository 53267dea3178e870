"""A home → one file with all that it holds, as it stood at one moment.

The file is a compressed tar archive: `manifest.json` first, with size and SHA-256 of every file,
then the files below `home/`. Nothing changes the index meanwhile; databases that other processes
write to are copied by SQLite itself.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.checksums import hash_file
from index.errors import EmptyLibrary, HomeUnwritable
from index.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.settings import Settings

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
INSIDE: Final = "home"
_SQLITE = b"SQLite format 3\0"
_PASSING = ("-wal", "-shm", "-journal", ".lock", ".new", ".tmp")


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds."""

    file: str
    files: int
    size_bytes: int
    made: str


def back_up(settings: Settings, file: Path) -> BackupReport:
    """Writes a backup of the settings' home; one that is there is replaced when this one is whole.

    An index on a Chroma server is not part of the home, nor of the backup.

    Raises:
        EmptyLibrary: if there is no home, or one without anything.
        HomeBusy: if another process is changing the library.
        HomeUnwritable: if the file cannot be written.
    """
    home = Home(settings.home)
    if not home.path.is_dir() or not any(home.path.iterdir()):
        raise EmptyLibrary(f"The home {home.path} holds nothing to back up: name another one.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            copy, draft = Path(folder) / INSIDE, Path(folder) / "archive"
            with home.writing():
                _copy(home, copy, file)
            report = _pack(copy, draft, file)
            draft.replace(file)
    except OSError as error:
        raise HomeUnwritable(
            f"The backup {file} cannot be written ({error.strerror or error}): give a file on a "
            "disk with free space that this user may write to."
        ) from error
    return report


def _copy(home: Home, target: Path, backup: Path) -> None:
    """Copies what counts; earlier generations, work in progress and the backup itself do not."""
    for path in _list_files(home):
        if path.resolve() == backup.resolve():
            continue
        copied = target / path.relative_to(home.path)
        copied.parent.mkdir(parents=True, exist_ok=True)
        _copy_file(path, copied)


def _list_files(home: Home) -> Iterator[Path]:
    index = home.path / "index"
    current = index / "generations" / str(home.generation)
    for folder, names, files in os.walk(home.path):
        here = Path(folder)
        names[:] = [
            n for n in names if not (here / n).is_symlink() and not n.startswith(".backup-")
        ]
        if here == index:
            names[:] = [name for name in names if name != "staging"]
        if here == current.parent:
            names[:] = [name for name in names if name == current.name]
        for name in files:
            path = here / name
            if path.is_file() and not path.is_symlink() and not _is_passing(path, index):
                yield path


def _is_passing(path: Path, index: Path) -> bool:
    return path == index / "lock" or path.name.endswith(_PASSING)


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        is_database = file.read(len(_SQLITE)) == _SQLITE
    if not is_database:
        shutil.copy2(source, target)
        return
    try:
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
            original.backup(copy)
    except sqlite3.Error as error:
        raise OSError(f"{source} cannot be copied: {error}") from error


def _pack(copy: Path, draft: Path, file: Path) -> BackupReport:
    paths = sorted(path for path in copy.rglob("*") if path.is_file())
    made = datetime.now(UTC).isoformat(timespec="seconds")
    files = {
        path.relative_to(copy).as_posix(): {
            "size": path.stat().st_size,
            "sha256": hash_file(path),
        }
        for path in paths
    }
    manifest = copy.parent / MANIFEST
    record = {"format": FORMAT, "made": made, "files": files}
    manifest.write_text(json.dumps(record, indent=1, sort_keys=True), encoding="utf-8")
    # Conversations and accounts may be in it: nobody else reads it.
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as out:  # noqa: PTH123
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
            archive.add(manifest, MANIFEST, recursive=False)
            for path in paths:
                archive.add(path, f"{INSIDE}/{path.relative_to(copy).as_posix()}", recursive=False)
        out.flush()
        os.fsync(out.fileno())
    return BackupReport(str(file), len(files), draft.stat().st_size, made)
