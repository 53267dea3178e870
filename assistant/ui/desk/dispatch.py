"""From an event of the page to what it shows: who asks is checked here, each time."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers

from assistant.ui.desk.account_forms import ACTIONS as ACCOUNT_ACTIONS
from assistant.ui.desk.answer_tab import ACTIONS as ANSWER_ACTIONS
from assistant.ui.desk.article_tab import ACTIONS as ARTICLE_ACTIONS
from assistant.ui.desk.audit_tab import ACTIONS as AUDIT_ACTIONS
from assistant.ui.desk.case_form import ACTIONS as CASE_ACTIONS
from assistant.ui.desk.events import STAFF_TEXTS, Action, Event, View
from assistant.ui.desk.inbox_tab import ACTIONS as INBOX_ACTIONS
from assistant.ui.desk.library_tab import ACTIONS as LIBRARY_ACTIONS
from assistant.ui.desk.quality_tab import ACTIONS as QUALITY_ACTIONS
from assistant.ui.desk.settings_tab import ACTIONS as SETTINGS_ACTIONS
from assistant.ui.desk.sources_tab import ACTIONS as SOURCES_ACTIONS
from assistant.ui.desk.viewers import find_viewer
from assistant.ui.rendering import render
from index.errors import GutbrainError
from prompts.texts import load_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.ui.desk.events import Desk

ACTIONS: dict[str, Action] = {
    **ANSWER_ACTIONS,
    **INBOX_ACTIONS,
    **CASE_ACTIONS,
    **LIBRARY_ACTIONS,
    **ARTICLE_ACTIONS,
    **AUDIT_ACTIONS,
    **SOURCES_ACTIONS,
    **QUALITY_ACTIONS,
    **SETTINGS_ACTIONS,
    **ACCOUNT_ACTIONS,
}
MAX_VALUES = 60
Reply = dict[str, Any]
logger = logging.getLogger(__name__)


def handle_event(
    desk: Desk, request: Mapping[str, Any], headers: Mapping[str, str]
) -> Iterator[Reply]:
    """What the page shows for a request, as it comes; `headers` are those of the request."""
    number = str(request.get("number", ""))[:20]
    try:
        viewer = find_viewer(desk.records, Headers(headers))
    except GutbrainError as error:
        yield _reply(number, View(render("desk/message", text=str(error))))
        return
    if viewer is None:
        yield {"number": number, "login": True}
        return
    language = str(request.get("language", ""))
    offered = desk.settings.languages
    language = language if language in offered else offered[0]
    texts = load_texts(language, STAFF_TEXTS)
    event = Event(viewer, texts, load_texts(language), _read_values(request.get("values")))
    action = ACTIONS.get(str(request.get("action", "")))
    if action is None or not viewer.may(action.role):
        yield _reply(number, View(render("desk/message", text=texts["errors.not_allowed"])))
        return
    for view in _carry_out(action, desk, event):
        yield _reply(number, view)


def _carry_out(action: Action, desk: Desk, event: Event) -> Iterator[View]:
    try:
        views = action.handle(desk, event)
        if isinstance(views, View):
            yield views
        else:
            yield from views
    except GutbrainError as error:
        text = str(error)
        yield View(render("desk/message", text=text), text)
    except Exception as error:  # noqa: BLE001 - logged, and told in one line
        # The type alone: an exception's text may hold what was asked.
        logger.error("The staff desk failed with %s.", type(error).__name__)  # noqa: TRY400
        text = event.texts["errors.failed"]
        yield View(render("desk/message", text=text), text)


def _read_values(given: object) -> dict[str, str]:
    if not isinstance(given, dict):
        return {}
    return {str(name): str(value) for name, value in list(given.items())[:MAX_VALUES]}


def _reply(number: str, view: View) -> Reply:
    return {
        "number": number,
        "html": view.html,
        "announcement": view.announcement,
        "focus": view.focus,
        "done": view.done,
    }
