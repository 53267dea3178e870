"""`library.toml`: which sources make the library, and how often they are asked."""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from index.errors import HomeUnwritable, SettingsError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

LIBRARY_FILE = "library.toml"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class PlannedSource(BaseModel):
    """A source and what is wanted of it.

    Attributes:
        address: a file, folder or ZIP (relative to the file's folder), or a URL.
        name: how people know it; its address by default.
        publisher: whose articles these are, where the articles shall not say it themselves.
        include: patterns such as `/blog/*`, one of which a path has to match, if there are any.
        exclude: patterns, none of which a path may match.
        categories: slugs of a WordPress site's categories.
        languages: codes of the languages that are wanted; all where none is named.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str = Field(min_length=1)
    name: str = ""
    publisher: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """How people know it."""
        return self.name or self.address

    @property
    def is_url(self) -> bool:
        """Whether it stands on a server."""
        return bool(_SCHEME.match(self.address))

    def accepts(self, address: str) -> bool:
        """Whether an address or a path in this source is wanted."""
        path = urlsplit(address).path if _SCHEME.match(address) else f"/{address}"
        names = {address, path, path.rstrip("/")}

        def matches(pattern: str) -> bool:
            return any(fnmatchcase(name, pattern) for name in names)

        wanted = not self.include or any(map(matches, self.include))
        return wanted and not any(map(matches, self.exclude))


class Plan(BaseModel):
    """What `library.toml` says.

    Attributes:
        update_hours: hours from one sync to the next in the web process; 0 is never.
        publisher: whose articles these are, for every source that names nobody else.
        source: the sources, the best one first: of the same article in two, the first one's counts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    update_hours: float = Field(24.0, ge=0)
    publisher: str | None = None
    source: tuple[PlannedSource, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _check_titles(self) -> Self:
        titles = [source.title for source in self.source]
        double = next((title for title in titles if titles.count(title) > 1), None)
        if double:
            raise ValueError(f"two sources are called {double!r}; give each a name of its own")
        return self


def read_plan(home: Path) -> Plan:
    """The plan of a home.

    Raises:
        SettingsError: if there is none, or it says what is not allowed.
    """
    path = home / LIBRARY_FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SettingsError(
            f"There is no {path}: write one that names your sources, as docs/library.md shows."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} cannot be read ({error}): save it as TOML in UTF-8."
        ) from error
    return parse_plan(text, home)


def parse_plan(text: str, home: Path) -> Plan:
    """The plan that the text of a home's `library.toml` makes.

    Raises:
        SettingsError: if it says what is not allowed.
    """
    path = home / LIBRARY_FILE
    try:
        plan = Plan.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} cannot be read ({error}): write it as TOML.") from error
    except ValidationError as error:
        raise SettingsError(f"{path}: {_describe(error)}") from error
    placed = tuple(_placed(source, plan, home) for source in plan.source)
    return plan.model_copy(update={"source": placed})


def write_plan(home: Path, text: str) -> Plan:
    """Replaces a home's `library.toml` in one step, once it is checked.

    Raises:
        SettingsError: if it says what is not allowed.
        HomeUnwritable: if it cannot be written.
    """
    plan = parse_plan(text, home)
    path = home / LIBRARY_FILE
    new = path.with_suffix(".new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise HomeUnwritable(
            f"{path} cannot be written ({error.strerror or error}): give this user the right to "
            "write to the home."
        ) from error
    return plan


def has_plan(home: Path) -> bool:
    """Whether a home names its sources."""
    return (home / LIBRARY_FILE).is_file()


def _placed(source: PlannedSource, plan: Plan, home: Path) -> PlannedSource:
    """A source whose path can be opened from any folder, under the name that it was given."""
    address = source.address if source.is_url else str((home / source.address).resolve())
    return source.model_copy(
        update={
            "address": address,
            "name": source.title,
            "publisher": source.publisher or plan.publisher,
        }
    )


def _describe(error: ValidationError) -> str:
    """The first thing that is wrong, in one line."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    reason = " ".join(first["msg"].split()).removeprefix("Value error, ")
    return f"{f'`{place}`: ' if place else ''}{reason}; docs/library.md lists what is allowed."
