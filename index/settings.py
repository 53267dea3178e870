"""Settings of the index, and the one place where the environment and `.env` are read.

Other packages declare their settings by subclassing `Settings`; they never read the environment.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar, get_origin

from pydantic import Field, HttpUrl, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import SettingsError

DEFAULT_MODEL = "all-MiniLM-L6-v2"


class Settings(BaseSettings):
    """What a clinic can set, as `GUTBRAIN_<NAME>` in the environment or in `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="GUTBRAIN_",
        env_file=".env",
        env_ignore_empty=True,  # compose files hand on what is unset as an empty text
        enable_decoding=False,  # lists are read below, from commas or JSON
        extra="ignore",
        frozen=True,
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

    review_months: int = Field(
        36, gt=0, description="Age in months from which on an article is to be reviewed"
    )
    pubmed_url: HttpUrl = Field(
        HttpUrl("https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"),
        description="Where PubMed's E-utilities answer",
    )
    pubmed_key: str | None = Field(
        None,
        description="Key for PubMed's E-utilities: ten requests a second for three",
        repr=False,
    )
    crossref_url: HttpUrl = Field(
        HttpUrl("https://api.crossref.org/"), description="Where Crossref answers"
    )
    contact_email: str | None = Field(
        None, description="Told to PubMed and Crossref, so that they can write before they block"
    )
    lookup_days: int = Field(
        30, gt=0, description="Age in days from which on what was looked up is looked up again"
    )

    @field_validator("*", mode="before")
    @classmethod
    def _read_list(cls, value: object, info: ValidationInfo) -> object:
        """Lists come as JSON, or as plain words with commas between them."""
        field = cls.model_fields[str(info.field_name)]
        if not isinstance(value, str) or get_origin(field.annotation) not in {tuple, list}:
            return value
        if value.lstrip().startswith("["):
            return json.loads(value)
        return [word.strip() for word in value.split(",") if word.strip()]


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
        raise SettingsError(_describe(kind, error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The file .env cannot be read ({error}): save it as UTF-8 text that this user can "
            "read."
        ) from error


def _describe(kind: type[Settings], error: ValidationError) -> str:
    """The first thing that is wrong, in one line; no value that is kept out of logs."""
    first = error.errors()[0]
    field = kind.model_fields.get(str(first["loc"][0])) if first["loc"] else None
    reason = " ".join(first["msg"].split())
    reason = f"{reason[:1].lower()}{reason[1:]}. docs/settings.md lists what is allowed."
    if field is None:
        return f"The settings do not fit together: {reason}"
    name = f"GUTBRAIN_{str(first['loc'][0]).upper()}"
    return f"{name} is {first['input']!r}: {reason}" if field.repr else f"{name}: {reason}"
