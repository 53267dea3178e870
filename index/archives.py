"""A ZIP → the files in it, within limits that keep a small file from becoming a flood."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.errors import SourceTooLarge, UnreadableSource

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MEMBERS = 10_000
MAX_RATIO = 200
"""Unpacked to packed size; text packs to a fifth, and a bomb to a thousandth."""
MAX_UNPACKED_BYTES = 2_000_000_000
_FREE_BYTES = 1_000_000
"""Below this no ratio is looked at: a file of spaces is no attack."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
"""What zipfile raises for archives that are cut off, changed, or packed as it does not know."""


def kind_of_zip(data: bytes) -> str | None:
    """`docx`, `epub` or `zip` by the names in it; None where it is no ZIP at all."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except _BROKEN:
        return "zip"
    if "word/document.xml" in names:
        return "docx"
    if "META-INF/container.xml" in names:
        return "epub"
    # Other documents that are ZIPs inside, such as spreadsheets and OpenDocument texts.
    return None if names & {"[Content_Types].xml", "mimetype"} else "zip"


def open_archive(data: bytes, source: str) -> zipfile.ZipFile:
    """The archive in `data`, its table of contents checked.

    Raises:
        UnreadableSource: it is broken or encrypted.
        SourceTooLarge: it has too many files or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise UnreadableSource(f"{source}: is a broken ZIP file; pack it again") from error
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        message = f"{source}: holds {len(members):,} files, the limit is {MAX_MEMBERS:,}; split it"
        raise SourceTooLarge(message)
    bomb = unpacked > max(_FREE_BYTES, MAX_RATIO * len(data))
    if bomb or unpacked > MAX_UNPACKED_BYTES:
        message = f"{source}: unpacks to {unpacked:,} bytes, which is too much for its size"
        raise SourceTooLarge(f"{message}; give the files themselves")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableSource(f"{source}: is protected by a password; pack it without one")
    return archive


def list_members(archive: zipfile.ZipFile) -> list[str]:
    """Names of the files in an archive, sorted; hidden ones and folders are passed over."""
    return sorted(
        name
        for name in archive.namelist()
        if not name.endswith("/")
        and not any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)
    )


def read_member(archive: zipfile.ZipFile, name: str, source: str, limit_bytes: int) -> bytes:
    """One file's bytes.

    Raises:
        UnreadableSource: there is none of this name, or it is damaged.
        SourceTooLarge: it is longer than the limit, whatever the table of contents says.
    """
    try:
        with archive.open(name) as file:
            data = file.read(limit_bytes + 1)
    except KeyError as error:
        raise UnreadableSource(f"{source}: lacks its part {name}; save it again") from error
    except _BROKEN as error:
        raise UnreadableSource(f"{source}: is damaged at {name}; pack it again") from error
    if len(data) > limit_bytes:
        message = f"{source}: its part {name} is longer than the limit of {limit_bytes:,} bytes"
        raise SourceTooLarge(f"{message}; split it")
    return data


def read_members(
    data: bytes, source: str, limit_bytes: int
) -> Iterator[tuple[str, bytes | UnreadableSource | SourceTooLarge]]:
    """Each file of a ZIP with its bytes, or the reason why it cannot be had; raises as above."""
    with open_archive(data, source) as archive:
        for name in list_members(archive):
            try:
                yield name, read_member(archive, name, f"{source} ({name})", limit_bytes)
            except (UnreadableSource, SourceTooLarge) as error:
                yield name, error
