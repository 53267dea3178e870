"""Settings of the web process."""

from __future__ import annotations

from pydantic import Field, field_validator

from index.settings import Settings
from prompts.texts import available_languages


class WebSettings(Settings):
    """What a clinic can set about its page and its HTTP interface."""

    host: str = Field("127.0.0.1", description="Address that the web process listens on")
    port: int = Field(7860, ge=1, le=65535, description="Port that the web process listens on")
    clinic_name: str = Field(
        "Sample Clinic", min_length=1, max_length=80, description="The clinic's name on the page"
    )
    accent_color: str = Field(
        "#1f5f5b",
        pattern=r"^#[0-9a-fA-F]{6}$",
        description="The clinic's colour in the light page, as #rrggbb",
    )
    accent_color_dark: str = Field(
        "#8fd3c8",
        pattern=r"^#[0-9a-fA-F]{6}$",
        description="The clinic's colour in the dark page, as #rrggbb",
    )
    languages: tuple[str, ...] = Field(
        ("en", "da", "sv"), description="Languages of the page, the default one first"
    )
    emergency_number: str = Field(
        "112", pattern=r"^[0-9 +]{2,20}$", description="The number to call in an emergency"
    )
    max_question_characters: int = Field(
        4000, gt=0, description="Longest question that is accepted, in characters"
    )
    max_request_bytes: int = Field(
        1_000_000, gt=0, description="Largest request body that is accepted, in bytes"
    )
    max_concurrent_answers: int = Field(
        4, gt=0, description="Questions from the page that are answered at the same time"
    )
    frame_ancestors: str = Field(
        "'self'",
        pattern=r"^[A-Za-z0-9:/.*'\- ]+$",
        description="Sites that may show the page in a frame, as in a content security policy",
    )

    @field_validator("languages")
    @classmethod
    def _check_languages(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [code for code in languages if code not in available_languages()]
        if unknown or not languages:
            message = f"languages must be some of {', '.join(available_languages())}"
            raise ValueError(message)
        return tuple(dict.fromkeys(languages))
