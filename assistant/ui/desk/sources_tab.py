"""The tab Library, its sources: what `library.toml` says, and syncing now."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assistant.ui.desk.events import Action, View
from assistant.ui.desk.following import Following
from assistant.ui.rendering import render
from index.errors import GutbrainError, SettingsError
from index.sources import READABLE_SUFFIXES
from index.sync import (
    LIBRARY_FILE,
    follow_sync,
    parse_plan,
    read_plan,
    read_sync_status,
    write_plan,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.ui.desk.events import Desk, Event
    from assistant.ui.desk.following import Step

CHANGED_SHOWN: Final = 30


def show(desk: Desk, event: Event) -> View:
    """What the sources are, and how the last sync went."""
    return View(_render(desk, event))


def save(desk: Desk, event: Event) -> View:
    """Takes over the plan of the form, once it is checked."""
    text = event.values.get("plan", "").replace("\r\n", "\n").strip() + "\n"
    try:
        if event.value("seen") != _checksum(_read_text(desk)):
            raise SettingsError(event.texts["sources.changed_meanwhile"])
        _check_addresses(desk, event, text)
        write_plan(desk.settings.home, text)
    except GutbrainError as error:
        return View(_render(desk, event, problem=str(error), text=text), str(error), "#plan")
    desk.records.note_action(event.viewer.name, "sources_save")
    told = event.texts["sources.saved"]
    return View(_render(desk, event, told=told), told)


def sync(desk: Desk, event: Event) -> Iterator[View]:
    """Syncs now, or with `try` only tells what a sync would change."""
    home, dry_run = desk.settings.home, event.value("try") == "yes"
    losses = event.value("losses") == "yes"
    following = Following(
        lambda tell: follow_sync(home, tell, dry_run=dry_run, accept_losses=losses)
    )
    try:
        for step in following:
            yield View(_render(desk, event, step=step), done=False)
    except GutbrainError as error:
        yield View(_render(desk, event, problem=str(error)), str(error))
        return
    if not dry_run:
        desk.records.note_action(event.viewer.name, "library_sync")
    told = event.texts["sources.tried" if dry_run else "sources.synced"]
    yield View(_render(desk, event, told=told, report=following.result), told)


def _check_addresses(desk: Desk, event: Event, text: str) -> None:
    """A new path must be one for articles: from the desk nobody reads the computer's other files.

    Raises:
        SettingsError: if the plan is none, or names another path that it did not name before.
    """
    home = desk.settings.home
    try:
        known = {source.address for source in read_plan(home).source}
    except SettingsError:
        known = set()
    for source in parse_plan(text, home).source:
        allowed = source.is_url or source.address in known
        if not allowed and not _is_for_articles(Path(source.address), home.resolve()):
            raise SettingsError(event.texts.fill("sources.outside", name=source.title))


def _is_for_articles(path: Path, home: Path) -> bool:
    """Whether it is a folder below the home, or a file there as articles have them; none hidden."""
    if path == home or not path.is_relative_to(home):
        return False
    hidden = any(part.startswith(".") for part in path.relative_to(home).parts)
    return not hidden and (path.is_dir() or path.suffix.lower() in READABLE_SUFFIXES)


def _render(
    desk: Desk,
    event: Event,
    *,
    told: str = "",
    problem: str = "",
    text: str | None = None,
    step: Step | None = None,
    report: dict[str, Any] | None = None,
) -> str:
    home = desk.settings.home
    stored = _read_text(desk)
    return render(
        "desk/sources",
        texts=event.texts,
        told=told,
        problem=problem,
        step=step,
        plan=text if text is not None else stored or event.texts["sources.example"].strip(),
        seen=_checksum(stored),
        file=LIBRARY_FILE,
        status=read_sync_status(home),
        report=report,
        titles=_titles(desk),
        shown=CHANGED_SHOWN,
        may_edit=event.viewer.may("editor"),
    )


def _titles(desk: Desk) -> dict[str, str]:
    entries = desk.knowledge.library.entries
    return {key: entry.article.title for key, entry in entries.items()}


def _read_text(desk: Desk) -> str:
    """The plan as it is stored; nothing where there is none."""
    try:
        return (desk.settings.home / LIBRARY_FILE).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


ACTIONS: Final = {
    "sources.show": Action("staff", show),
    "sources.save": Action("editor", save),
    "sources.sync": Action("editor", sync),
}
