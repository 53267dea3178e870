"""The desk's frame in gradio's document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.ui.desk.events import STAFF_TEXTS
from assistant.ui.document import Frame
from assistant.ui.rendering import render
from prompts.texts import load_texts

if TYPE_CHECKING:
    from assistant.records.entries import Role
    from assistant.ui.brand import Brand
    from assistant.ui.desk.events import Desk
    from assistant.ui.desk.viewers import Viewer

TABS: tuple[tuple[str, Role], ...] = (
    ("answer", "staff"),
    ("inbox", "staff"),
    ("library", "staff"),
    ("quality", "staff"),
    ("settings", "staff"),
)
"""The tabs from left to right, and the role that sees each."""


def frame_desk(language: str, viewer: Viewer, desk: Desk, brand: Brand) -> Frame:
    """The frame of the desk for this viewer in this language."""
    texts = load_texts(language, STAFF_TEXTS)
    head = render(
        "head",
        title=texts["frame.title"],
        brand=brand,
        sheets=("page", "desk"),
        metadata={"robots": "noindex", "referrer": "same-origin"},
        script="desk",
    )
    body = render(
        "desk/frame",
        texts=texts,
        page_texts=load_texts(language),
        brand=brand,
        viewer=viewer,
        tabs=[name for name, role in TABS if viewer.may(role)],
        languages=desk.settings.languages,
        names={code: load_texts(code)["page.language_name"] for code in desk.settings.languages},
    )
    return Frame(language, "/staff", head, body)
