"""The tab Settings: what is kept of patients' words, the chat model, who may do and did what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.records.choices import CHAT_MODEL, KINDS, MAX_DAYS, THRESHOLD, THRESHOLDS
from assistant.records.entries import ROLES
from assistant.records.errors import BadRecord
from assistant.records.keeping import EVERYTHING, erase, summarise
from assistant.ui.desk.events import Action, View
from assistant.ui.rendering import render

if TYPE_CHECKING:
    from assistant.ui.desk.events import Desk, Event

ACTIONS_SHOWN: Final = 50


def show(desk: Desk, event: Event) -> View:
    """What is kept, for everybody who works here; accounts and actions for administrators."""
    return View(render_settings(desk, event))


def choose(desk: Desk, event: Event) -> View:
    """Takes over what the form says is to be kept, at once."""
    choices, before = desk.records.choices, desk.records.keeping
    days = event.number("days")
    changes: dict[str, bool | int] = {
        kind: kind in event.values for kind in KINDS if (kind in event.values) != before.keeps(kind)
    }
    if days != before.days:
        changes["days"] = days
    try:
        for name, value in changes.items():
            choices.choose(name, value)
            desk.records.note_action(event.viewer.name, "setting", f"{name}: {value}")
    except BadRecord as error:
        return View(render_settings(desk, event, problem=str(error)), str(error))
    told = event.texts["settings.saved"]
    return View(render_settings(desk, event, told=told), told)


def switch_chat_model(desk: Desk, event: Event) -> View:
    """Lets the chat model word answers, or leaves them in the articles' own words, at once."""
    uses = event.value("use") == "yes"
    desk.records.choices.choose(CHAT_MODEL, uses)
    desk.records.note_action(event.viewer.name, "setting", f"{CHAT_MODEL}: {uses}")
    told = event.texts["settings.saved"]
    return View(render_settings(desk, event, told=told), told)


def choose_threshold(desk: Desk, event: Event) -> View:
    """Takes over from which confidence on an answer is given, from the next question on."""
    percent = event.number("threshold")
    try:
        desk.records.choices.choose_threshold(percent / 100)
    except BadRecord as error:
        return View(render_settings(desk, event, problem=str(error)), str(error))
    desk.records.note_action(event.viewer.name, "setting", f"{THRESHOLD}: {percent / 100:.2f}")
    told = event.texts["settings.saved"]
    return View(render_settings(desk, event, told=told), told)


def erase_kept(desk: Desk, event: Event) -> View:
    """Erases what is kept of one kind or of all, once that is confirmed."""
    target = event.value("target")
    if event.value("confirm") != "yes" or target not in {EVERYTHING, *KINDS}:
        problem = event.texts["settings.confirm_first"]
        return View(render_settings(desk, event, problem=problem), problem)
    count = erase(desk.records, target)
    desk.records.note_action(event.viewer.name, "erase", f"{target}: {count} rows")
    told = event.texts.fill("settings.erased", count=count)
    return View(render_settings(desk, event, told=told), told)


def render_settings(desk: Desk, event: Event, *, told: str = "", problem: str = "") -> str:
    """The tab, with what was done or what is wrong at its head."""
    is_admin = event.viewer.may("admin")
    own_threshold = desk.settings.answer_threshold
    threshold = desk.records.choices.answer_threshold()
    return render(
        "desk/settings",
        texts=event.texts,
        page_texts=event.page_texts,
        told=told,
        problem=problem,
        kinds=summarise(desk.records),
        keeping=desk.records.keeping,
        max_days=MAX_DAYS,
        threshold=own_threshold if threshold is None else threshold,
        own_threshold=own_threshold,
        thresholds=THRESHOLDS,
        is_admin=is_admin,
        chat=desk.provider.chat_state,
        uses_chat=desk.records.choices.uses_chat_model(),
        roles=ROLES,
        own_name=event.viewer.name,
        accounts=desk.records.accounts.all() if is_admin else (),
        actions=desk.records.actions.all(ACTIONS_SHOWN) if is_admin else (),
    )


ACTIONS: Final = {
    "settings.show": Action("staff", show),
    "settings.choose": Action("admin", choose),
    "settings.threshold": Action("admin", choose_threshold),
    "settings.chat": Action("admin", switch_chat_model),
    "settings.erase": Action("admin", erase_kept),
}
