"""A backup → a home: whole and as it was, or not at all."""

from __future__ import annotations

import gzip
import json
import shutil
import tarfile
import tempfile
import zlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from index.checksums import hash_file
from index.errors import CorruptBackup, HomeExists, HomeUnwritable
from index.home import Home
from index.keeping.backup import FORMAT, INSIDE, MANIFEST

if TYPE_CHECKING:
    from index.settings import Settings

_UNREADABLE = (
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
)
_MANIFEST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored."""

    home: str
    files: int
    made: str


def restore(settings: Settings, file: Path, *, replace: bool = False) -> RestoreReport:
    """Makes the settings' home what a backup holds.

    Args:
        settings: name the home.
        file: a backup that `back_up` wrote.
        replace: whether a home that holds something may be replaced; it is deleted when the
            backup stands in its place, and not before.

    Raises:
        CorruptBackup: if the file is no backup, or is damaged.
        HomeExists: if the home holds something and is not to be replaced.
        HomeBusy: if another process is changing the library that is to be replaced.
        HomeUnwritable: if the home cannot be written.
    """
    home = settings.home
    occupied = home.exists() and (not home.is_dir() or any(home.iterdir()))
    if occupied and not replace:
        raise HomeExists(
            f"The home {home} holds something already: restore into another one with --home, or "
            "say --replace to delete what it holds."
        )
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent, prefix=f".{home.name}-") as folder:
            record = _unpack(file, Path(folder) / INSIDE)
            _put_in_place(home, Path(folder), is_occupied=occupied)
    except OSError as error:
        raise HomeUnwritable(
            f"The home {home} cannot be written ({error.strerror or error}): give a folder on a "
            "disk with free space that this user may write to."
        ) from error
    return RestoreReport(str(home), len(record["files"]), str(record["made"]))


def _put_in_place(home: Path, folder: Path, *, is_occupied: bool) -> None:
    """Moves what was unpacked to its place; what stood there goes with the folder."""
    if is_occupied and home.is_dir():
        with Home(home).writing():
            home.rename(folder / "before")
            try:
                (folder / INSIDE).rename(home)
            except OSError:
                (folder / "before").rename(home)
                raise
        return
    if home.is_dir():
        home.rmdir()
    (folder / INSIDE).rename(home)


def _unpack(file: Path, target: Path) -> dict[str, Any]:
    """Unpacks the files that the manifest names, and compares each with its checksum."""
    try:
        with tarfile.open(file, mode="r:gz") as archive:
            record = _read_manifest(archive, file)
            files: dict[str, dict[str, Any]] = dict(record["files"])
            target.mkdir()
            for member in islice(archive, 1, None):  # the manifest comes first
                _unpack_member(archive, member, files, target, file)
    except FileNotFoundError as error:
        raise CorruptBackup(f"There is no backup {file}: check its name.") from error
    except _UNREADABLE as error:
        raise _damaged(file, "it cannot be read") from error
    if files:
        raise _damaged(file, f"it lacks {min(files)}")
    return record


def _read_manifest(archive: tarfile.TarFile, file: Path) -> dict[str, Any]:
    member = archive.next()
    held = archive.extractfile(member) if member and member.isreg() else None
    if member is None or held is None or member.name != MANIFEST:
        raise CorruptBackup(
            f"{file} is no backup of a home: it does not start with a list of files."
        )
    if member.size > _MANIFEST_BYTES:
        raise _damaged(file, "its list of files is too long")
    record = dict(json.loads(held.read()))
    if record["format"] != FORMAT:
        raise CorruptBackup(
            f"{file} has format {record['format']}, this program reads {FORMAT}: update it."
        )
    return record


def _unpack_member(
    archive: tarfile.TarFile,
    member: tarfile.TarInfo,
    files: dict[str, dict[str, Any]],
    target: Path,
    file: Path,
) -> None:
    """Writes one file; refuses links, devices, what the manifest does not name, and ways out."""
    path = PurePosixPath(member.name)
    inner = path.relative_to(INSIDE) if path.parts[:1] == (INSIDE,) else path
    noted = files.pop(inner.as_posix(), None)
    held = archive.extractfile(member) if member.isreg() else None
    is_outside = path.is_absolute() or ".." in path.parts or path.parts[:1] != (INSIDE,)
    if noted is None or held is None or is_outside or member.size != noted["size"]:
        raise _damaged(file, f"{member.name!r} does not belong in it")
    written = target / inner
    written.parent.mkdir(parents=True, exist_ok=True)
    with written.open("wb") as out:
        shutil.copyfileobj(held, out)
    if hash_file(written) != noted["sha256"]:
        raise _damaged(file, f"{inner} differs from its checksum")
    written.chmod(member.mode & 0o700 | 0o600)


def _damaged(file: Path, reason: str) -> CorruptBackup:
    return CorruptBackup(
        f"The backup {file} is damaged ({reason}): nothing was changed; take another."
    )
