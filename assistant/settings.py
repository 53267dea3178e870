"""Settings of the assistant and its pages, beside those of the index."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl

from index.settings import Settings as IndexSettings
from index.settings import read_settings

Country = Literal["DK", "SE", "NO", "UK", "US", "EU"]
Language = Literal["en", "da", "sv"]


class Settings(IndexSettings):
    """What a clinic can set beside the index's settings."""

    clinic_name: str = Field("Harbour Clinic (sample)", description="Shown on the pages")
    country: Country = Field("EU", description="Whose emergency and crisis numbers are shown")
    languages: tuple[Language, ...] = Field(
        ("en", "da", "sv"), description="Languages of the pages, the first one as default"
    )
    numbers_file: Path | None = Field(
        None, description="TOML file with emergency and crisis numbers of your own"
    )
    max_question_characters: int = Field(
        4000, gt=0, description="Longest question that is answered, in characters"
    )
    max_history_tokens: int = Field(
        2000, gt=0, description="How much of a conversation is considered, newest turns first"
    )
    max_body_bytes: int = Field(
        1_000_000, gt=0, description="Largest HTTP request that is read, in bytes"
    )
    database_url: str | None = Field(
        None, description="A Postgres database to hold the records instead of the home", repr=False
    )
    keep_feedback: bool = Field(
        False, description="Whether patients' feedback on answers is kept, redacted"
    )
    keep_unanswered: bool = Field(
        False, description="Whether questions that were not answered are kept, redacted"
    )
    keep_conversations: bool = Field(False, description="Whether conversations are kept, redacted")
    retention_days: int = Field(
        90, ge=1, le=3650, description="For how many days what patients wrote is kept, if at all"
    )
    staff_log_days: int = Field(
        365, ge=1, le=3650, description="For how many days the log of staff actions is kept"
    )
    session_hours: int = Field(
        12, ge=1, description="After how many hours a member of staff logs in anew"
    )
    session_idle_minutes: int = Field(
        60, ge=1, description="After how many minutes without use a login ends"
    )
    answer_threshold: float = Field(
        0.6, ge=0, le=1, description="Probability of a right answer from which on one is given"
    )
    otlp_endpoint: HttpUrl | None = Field(
        None, description="OpenTelemetry collector that gets a span for each stage of an answer"
    )
    langsmith_url: HttpUrl | None = Field(
        None, description="LangSmith server that gets what a chat model is sent and says, redacted"
    )
    langsmith_key: str | None = Field(None, description="Key for LangSmith", repr=False)
    langsmith_project: str = Field("gutbrain", description="Project at LangSmith")
    chat_model: str | None = Field(
        None, description="Chat model that words answers, as provider:name; none without it"
    )
    chat_base_url: HttpUrl | None = Field(
        None, description="Server of the chat model, where it is not the provider's own"
    )
    chat_api_key: str | None = Field(None, description="Key for the chat model", repr=False)
    chat_consent: bool = Field(
        False,
        description="Whether redacted questions may be sent to a chat model or a LangSmith server "
        "outside the own network",
    )
    chat_temperature: float = Field(0.0, ge=0, le=2, description="Temperature of the chat model")
    chat_timeout_seconds: float = Field(
        30.0, gt=0, description="How long the chat model may take for an answer"
    )
    chat_max_input_tokens: int = Field(
        3000, gt=0, description="Most tokens that are sent for an answer"
    )
    chat_max_output_tokens: int = Field(
        500, gt=0, description="Most tokens that the chat model may write for an answer"
    )
    chat_daily_tokens: int | None = Field(
        None, gt=0, description="Most tokens of a day, sent and received; without end if not set"
    )
    chat_input_price: float | None = Field(
        None, ge=0, description="Price of a million tokens sent to the chat model"
    )
    chat_output_price: float | None = Field(
        None, ge=0, description="Price of a million tokens that the chat model writes"
    )
    chat_currency: str = Field(
        "EUR", pattern="^[A-Z]{3}$", description="Currency of these prices, in three letters"
    )
    chat_understanding: bool | None = Field(
        None,
        description="Whether the chat model sees conversations, reads questions in them and "
        "proposes further ones; if not set, only a model in the own network",
    )
    chat_aside_seconds: float = Field(
        4.0, gt=0, description="How long the chat model may take to read or propose questions"
    )
    chat_level: Literal["plain", "detailed"] = Field(
        "plain", description="How detailed the chat model words an answer"
    )


def load_settings(home: Path | None = None) -> Settings:
    """The settings from the environment and `.env`, the home as given where it is given.

    Raises:
        SettingsError: if a setting has a value that is not allowed.
    """
    return read_settings(Settings, home=home)
