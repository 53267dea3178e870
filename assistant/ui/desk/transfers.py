"""Files that go to the desk and come from it: uploaded articles, exports."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse
from starlette.concurrency import run_in_threadpool

from assistant.api.errors import ROUTE_MESSAGES, ApiError
from assistant.records.keeping import export_lines
from assistant.ui.desk.inbox_tab import inbox_questions
from assistant.ui.desk.viewers import find_viewer
from index.errors import GutbrainError
from index.sources import READABLE_SUFFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.records.entries import Role
    from assistant.ui.desk.events import Desk
    from assistant.ui.desk.viewers import Viewer

# What these files begin with, and no other file that is read.
BEGINNINGS: Final = {".pdf": b"%PDF", ".docx": b"PK", ".epub": b"PK", ".zip": b"PK"}
FILE_NAME: Final = re.compile(r"[\w][\w .()+-]{0,150}")


def create_transfer_router(desk: Desk) -> APIRouter:
    """The routes below `/staff` that move files; the gate lets nobody here without a login."""
    router = APIRouter(prefix="/staff")

    @router.post("/upload")
    async def upload(request: Request, name: str = "") -> JSONResponse:
        """Takes an article's file into the library."""
        viewer = await run_in_threadpool(_require, desk, request, "editor")
        content = await request.body()
        try:
            added = await run_in_threadpool(take_file, desk, viewer, name, content)
        except GutbrainError as error:
            raise ApiError(422, "unusable_file", f"{name}: {error}") from error
        return JSONResponse({"articles": added})

    @router.get("/download/inbox.jsonl")
    def download_inbox(request: Request) -> PlainTextResponse:
        """The inbox's questions as JSON lines."""
        viewer = _require(desk, request, "staff")
        desk.records.note_action(viewer.name, "inbox_export")
        return _lines(
            [json.dumps(asdict(one), ensure_ascii=False) for one in inbox_questions(desk)]
        )

    @router.get("/download/kept.jsonl")
    def download_kept(request: Request) -> PlainTextResponse:
        """All that is kept of patients' words."""
        viewer = _require(desk, request, "admin")
        desk.records.note_action(viewer.name, "kept_export")
        return _lines(list(export_lines(desk.records)))

    @router.get("/download/run-{name}.html")
    def download_run(request: Request, name: str) -> FileResponse:
        """The report of a run of the clinic's own cases."""
        _require(desk, request, "staff")
        try:
            file = desk.evaluation.report(name) if desk.evaluation else None
        except GutbrainError as error:
            raise ApiError(404, "not_found", str(error)) from error
        if file is None:
            raise ApiError(404, "not_found", ROUTE_MESSAGES[404])
        # Saved and not shown: the page has scripts of its own.
        return FileResponse(file, filename=f"gutbrain-{name}.html", media_type="text/html")

    return router


def take_file(desk: Desk, viewer: Viewer, name: str, content: bytes) -> list[str]:
    """Adds a file to the library, or leaves the library as it was; gives the articles' ids.

    Raises:
        ApiError: if the name or the content is not that of an article.
        GutbrainError: if it cannot be read or the library cannot be changed.
    """
    from index.build import add_to_index

    _check_kind(name, content)
    path = desk.settings.home / "uploads" / name
    before = _replace(path, content)
    try:
        report = add_to_index(desk.settings, [str(path)], embedder=desk.knowledge.embedder)
    except GutbrainError:
        _restore(path, before)
        raise
    if report.problems:
        _restore(path, before)
        raise ApiError(422, "unusable_file", f"{name}: {report.problems[0].reason}")
    desk.records.note_action(viewer.name, "article_upload", name)
    return [*report.added, *report.updated, *report.unchanged]


def _check_kind(name: str, content: bytes) -> None:
    suffix = name[name.rfind(".") :].lower()
    if not FILE_NAME.fullmatch(name) or suffix not in READABLE_SUFFIXES:
        allowed = ", ".join(sorted(READABLE_SUFFIXES))
        raise ApiError(422, "unusable_file", f"{name[:80]}: this cannot be an article ({allowed}).")
    begins = content[:1024].lstrip().startswith
    held = next((beginning for beginning in BEGINNINGS.values() if begins(beginning)), None)
    if held != BEGINNINGS.get(suffix):
        message = f"{name}: is no {suffix} file by what it holds; give it the suffix of its kind."
        raise ApiError(422, "unusable_file", message)


def _require(desk: Desk, request: Request, role: Role) -> Viewer:
    viewer = find_viewer(desk.records, request.headers)
    if viewer is None or not viewer.may(role):
        raise ApiError(403, "forbidden", f"Your account needs the role {role} for this.")
    return viewer


def _replace(path: Path, content: bytes) -> bytes | None:
    """Writes a file; gives what was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(content)
    return before


def _restore(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(before)


def _lines(lines: list[Any]) -> PlainTextResponse:
    content = "".join(f"{line}\n" for line in lines)
    headers = {"Cache-Control": "no-store"}
    return PlainTextResponse(content, headers=headers, media_type="application/jsonl")
