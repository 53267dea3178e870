"""The seal of a generation: checksums of its graphs, which only its writer changes.

Chroma reads the files of its graphs with native code that trusts them, and a damaged one can end
the whole process. So they are compared with their checksums before they are opened.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from index.checksums import hash_file
from index.errors import CorruptHome
from index.store import GRAPH_FILE

if TYPE_CHECKING:
    from pathlib import Path

SEAL_FILE = "seal.json"


def write_seal(folder: Path) -> None:
    """Notes the checksums of the graphs in a folder; readers write to the database beside them."""
    text = json.dumps(_hash_files(folder), indent=1, sort_keys=True)
    (folder / SEAL_FILE).write_text(text, encoding="utf-8")


def check_seal(folder: Path) -> None:
    """Compares the graphs in a folder with the checksums noted, where any are.

    Raises:
        CorruptHome: if a file is damaged or missing.
    """
    try:
        noted = json.loads((folder / SEAL_FILE).read_text(encoding="utf-8"))
        found = _hash_files(folder)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise CorruptHome(_describe(folder, SEAL_FILE)) from error
    if not isinstance(noted, dict):
        raise CorruptHome(_describe(folder, SEAL_FILE))
    damaged = [name for name in {**noted, **found} if noted.get(name) != found.get(name)]
    if damaged:
        raise CorruptHome(_describe(folder, min(damaged)))


def _hash_files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hash_file(path)
        for graph in folder.rglob(GRAPH_FILE)
        for path in graph.parent.iterdir()
    }


def _describe(folder: Path, name: str) -> str:
    return (
        f"The file {name} of the index in {folder} is damaged or missing: restore a backup, or "
        "delete the home's folder index and build the index anew."
    )
