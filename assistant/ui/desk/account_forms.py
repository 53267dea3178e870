"""The accounts on the tab Settings: made, changed and removed by administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.records.errors import BadRecord
from assistant.ui.desk.events import Action, View
from assistant.ui.desk.settings_tab import render_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.ui.desk.events import Desk, Event


def add(desk: Desk, event: Event) -> View:
    """Makes an account with the password of the form, which its owner is told by other means."""
    name, role = event.value("name"), event.value("role")
    password = event.values.get("password", "")
    return _do(
        desk, event, "account_add", lambda: desk.records.accounts.add(name, role, password), role
    )


def change_role(desk: Desk, event: Event) -> View:
    """Gives an account another role, which ends its logins."""
    name, role = event.value("name"), event.value("role")
    return _do(
        desk, event, "account_role", lambda: desk.records.accounts.change(name, role=role), role
    )


def change_password(desk: Desk, event: Event) -> View:
    """Gives an account another password, which ends its logins and its lock."""
    name, password = event.value("name"), event.values.get("password", "")
    change = desk.records.accounts.change
    return _do(desk, event, "account_password", lambda: change(name, password=password))


def remove(desk: Desk, event: Event) -> View:
    """Removes an account."""
    name = event.value("name")
    return _do(desk, event, "account_remove", lambda: desk.records.accounts.remove(name))


def _do(
    desk: Desk, event: Event, action: str, change: Callable[[], None], detail: str = ""
) -> View:
    try:
        change()
    except BadRecord as error:
        return View(render_settings(desk, event, problem=str(error)), str(error))
    subject = f"{event.value('name').casefold()}{f': {detail}' if detail else ''}"
    desk.records.note_action(event.viewer.name, action, subject)
    told = event.texts["settings.accounts_saved"]
    return View(render_settings(desk, event, told=told), told)


ACTIONS: Final = {
    "account.add": Action("admin", add),
    "account.role": Action("admin", change_role),
    "account.password": Action("admin", change_password),
    "account.remove": Action("admin", remove),
}
