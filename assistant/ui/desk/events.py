"""What the page asks for, what it is shown, and the tools that the tabs share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from assistant.ui.desk.audits import Audits
from assistant.ui.desk.vectors import QuestionVectors
from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from assistant.api.provider import AssistantProvider
    from assistant.api.settings import WebSettings
    from assistant.knowledge import Knowledge
    from assistant.records import Records
    from assistant.records.entries import Role
    from assistant.ui.desk.viewers import Viewer
    from assistant.ui.phones import PhoneBook
    from index.entry import Entry
    from prompts.texts import Texts

STAFF_TEXTS = "prompts.staff"


class Evaluation(Protocol):
    """What the desk needs of the evaluation; the web process brings it in."""

    def add_case(self, row: Mapping[str, Any]) -> Path:
        """Adds a case to the clinic's own data set, once it is checked; gives the file.

        Raises:
            GutbrainError: if the row is no case of the schema, or its id is taken.
        """

    def runs(self) -> list[dict[str, Any]]:
        """What each run of the runs folder measured, newest first."""

    def run(self, on_progress: Callable[[int, int], None]) -> dict[str, Any]:
        """Runs the clinic's own data set; gives what it measured."""

    def compare(self, first: str, second: str) -> dict[str, Any]:
        """What differs between two runs of the runs folder.

        Raises:
            GutbrainError: if one of them is not there, or they share no case.
        """

    def report(self, name: str) -> Path:
        """The page of a run; raises as `compare`."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The tools that all tabs share."""

    provider: AssistantProvider
    phones: PhoneBook
    evaluation: Evaluation | None = None
    vectors: QuestionVectors = field(default_factory=QuestionVectors)
    audits: Audits = field(default_factory=Audits)

    @property
    def records(self) -> Records:
        """What the clinic keeps, and the accounts."""
        return self.provider.records

    @property
    def settings(self) -> WebSettings:
        """The settings of the web process."""
        return self.provider.settings

    @property
    def knowledge(self) -> Knowledge:
        """The library as it is published now, with its search.

        Raises:
            NotReadyError: while it is not loaded.
        """
        return self.provider.wait(0).knowledge


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a member of staff did on the page.

    Attributes:
        texts: of the desk, in the page's language.
        page_texts: of the patients' page, in the same language.
        values: what the form or the button carried.
    """

    viewer: Viewer
    texts: Texts
    page_texts: Texts
    values: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str) -> str:
        """A value without white space around it; nothing where the page sent none."""
        return self.values.get(name, "").strip()

    def number(self, name: str) -> int:
        """A value as a number; 0 where it is none."""
        text = self.value(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows next.

    Attributes:
        html: the whole tab.
        announcement: what a screen reader says.
        focus: selector of what gets the focus.
        done: False while more is to come.
    """

    html: str
    announcement: str = ""
    focus: str = ""
    done: bool = True


@dataclass(frozen=True, slots=True)
class Action:
    """What a tab can do: the role that it needs, and what does it."""

    role: Role
    handle: Callable[[Desk, Event], View | Iterator[View]]


def find_entry(desk: Desk, event: Event) -> Entry:
    """The article that an event names.

    Raises:
        SourceError: if the library has it no more.
    """
    entry = desk.knowledge.library.entries.get(event.value("article"))
    if entry is None:
        raise SourceError(event.texts["library.gone"])
    return entry
