"""Settings of the index, and the one place where the environment and `.env` are read.

Other packages declare their settings by subclassing `Settings`; they never read the environment.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, HttpUrl, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError

DEFAULT_MODEL = "all-MiniLM-L6-v2"


class Settings(BaseSettings):
    """What a clinic can set, as `GUTBRAIN_<NAME>` in the environment or in `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="GUTBRAIN_", env_file=".env", extra="ignore", frozen=True
    )

    home: Path = Field(Path(".gutbrain"), description="Folder that holds all state")
    chroma_url: HttpUrl | None = Field(
        None, description="A Chroma server to hold the index instead of the home"
    )
    chroma_token: str | None = Field(None, description="Token for the Chroma server", repr=False)
    embedding_model: str = Field(
        DEFAULT_MODEL, description="A sentence-transformers model: a name or a folder"
    )
    allow_model_download: bool = Field(
        False, description="Whether a model that is not on this machine may be downloaded"
    )
    allow_private_addresses: bool = Field(
        False, description="Whether sources may be fetched from private network addresses"
    )
    max_source_bytes: int = Field(
        20_000_000, gt=0, description="Largest file or page that is read, in bytes"
    )


S = TypeVar("S", bound=Settings)


def load_settings(home: Path | None = None) -> Settings:
    """The settings from the environment and `.env`, the home as given where it is given.

    Raises:
        SettingsError: if a setting has a value that is not allowed.
    """
    return read_settings(Settings, home=home)


def read_settings(kind: type[S], **given: Any) -> S:
    """Settings of a kind; what is given and not None goes before the environment.

    Raises:
        SettingsError: if a setting has a value that is not allowed.
    """
    try:
        return kind(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(
            f"GUTBRAIN_{name} is {first['input']!r}: {first['msg'][0].lower()}{first['msg'][1:]}. "
            "docs/settings.md lists what is allowed."
        ) from error
