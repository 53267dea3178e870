"""Settings of the web process, beside those of the assistant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, HttpUrl

from assistant.settings import Settings

Origin = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?$")]
HEX_COLOR = r"^#[0-9a-fA-F]{6}$"


class WebSettings(Settings):
    """What a clinic can set about its page and its HTTP interface."""

    host: str = Field("127.0.0.1", description="Address that the web process listens on")
    port: int = Field(
        7860, ge=0, le=65535, description="Port that the web process listens on; 0 takes a free one"
    )
    accent_color: str = Field(
        "#1f5f5b", pattern=HEX_COLOR, description="The clinic's colour on the light page, #rrggbb"
    )
    accent_color_dark: str = Field(
        "#8fd3c8", pattern=HEX_COLOR, description="The clinic's colour on the dark page, #rrggbb"
    )
    embed_origins: tuple[Origin, ...] = Field(
        (), description="Sites whose pages may show the chat and ask over HTTP"
    )
    logo_file: Path | None = Field(
        None, description="Picture shown beside the clinic's name: svg, png, jpg or webp"
    )
    max_requests_per_minute: int = Field(
        120, ge=0, description="Requests other than GET that are taken from one address in a minute"
    )
    trusted_proxies: tuple[str, ...] = Field(
        ("127.0.0.1", "::1"), description="Addresses of proxies that are believed whom they ask for"
    )
    max_concurrent_answers: int = Field(
        4, gt=0, description="Questions from the page that are answered at the same time"
    )
    oidc_issuer: HttpUrl | None = Field(
        None, description="OpenID Connect provider by which staff may log in, too"
    )
    oidc_client_id: str | None = Field(None, description="This program's name at that provider")
    oidc_client_secret: str | None = Field(
        None, description="This program's secret at that provider", repr=False
    )
    oidc_claim: str = Field(
        "email", description="What of a person's identity there is the name of an account here"
    )
