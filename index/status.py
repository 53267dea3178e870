"""What the library holds, as plain records for the terminal and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.home import Home

if TYPE_CHECKING:
    from index.library import Library
    from index.settings import Settings


def describe_library(settings: Settings, library: Library) -> dict[str, Any]:
    """Counts, embedding model with its checksum, last change (UTC) and size on disk in bytes."""
    entries = library.entries.values()
    return {
        "home": str(settings.home),
        "articles": len(library.entries),
        "passages": sum(len(entry.passages) for entry in entries),
        "sentences": sum(len(entry.sentences) for entry in entries),
        "languages": sorted({entry.article.language for entry in entries}),
        "model": library.manifest["model"],
        "checksum": library.manifest["checksum"],
        "last_sync": library.manifest["changed"],
        "size_bytes": None if settings.chroma_url else Home(settings.home).size_bytes,
    }


def describe_articles(library: Library) -> list[dict[str, Any]]:
    """A row an article, sorted by id."""
    return [
        {
            "id": entry.article.id,
            "title": entry.article.title,
            "publisher": entry.article.publisher,
            "author": entry.article.author,
            "published": entry.article.published,
            "modified": entry.article.modified,
            "url": entry.article.url,
            "language": entry.article.language,
            "format": entry.article.format,
            "passages": len(entry.passages),
            "sentences": len(entry.sentences),
            "references": len(entry.article.references),
            "flags": list(entry.article.flags),
            "translations": [key for key in entry.article.translations if key in library.entries],
        }
        for entry in library.entries.values()
    ]
