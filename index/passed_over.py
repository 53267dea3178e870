"""What a folder holds beside articles, said once: how many files of each kind, and a few names."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DOCUMENT_SUFFIXES = frozenset({".doc", ".odt", ".rtf", ".pages", ".ppt", ".pptx"})
"""Kinds that people take for articles."""

_NAMES_SHOWN = 3
_KINDS_SHOWN = 8


def describe_passed_over(names: Sequence[str]) -> str:
    """`holds files of kinds that are not read: 2 .png (a.png, b.png), 1 .csv (prices.csv)`.

    Args:
        names: the files' paths in their folder, in order.
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for name in names:
        kinds[PurePosixPath(name).suffix.lower()].append(name)
    # What may be an article comes first, then what there is most of.
    ranked = sorted(
        kinds.items(), key=lambda kind: (kind[0] not in DOCUMENT_SUFFIXES, -len(kind[1]), kind[0])
    )
    said = [_describe_kind(suffix, found) for suffix, found in ranked[:_KINDS_SHOWN]]
    rest = sum(len(found) for _, found in ranked[_KINDS_SHOWN:])
    said += [f"{rest} of other kinds"] if rest else []
    advice = "; save documents as PDF or .docx" if DOCUMENT_SUFFIXES & kinds.keys() else ""
    return f"holds files of kinds that are not read: {', '.join(said)}{advice}"


def _describe_kind(suffix: str, names: Sequence[str]) -> str:
    shown = [*names[:_NAMES_SHOWN], *(["…"] if names[_NAMES_SHOWN:] else [])]
    return f"{len(names)} {suffix or 'without a suffix'} ({', '.join(shown)})"
