"""What makes the pages a clinic's own: its name, its logo and its colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import FileResponse

from assistant.ui.colors import DARK, LIGHT, make_readable, text_on
from index.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.api.settings import WebSettings

LOGO_ADDRESS = "/brand/logo"
LOGO_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
MAX_LOGO_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class Brand:
    """A clinic as its pages show it.

    Attributes:
        name: the clinic's name.
        logo: address of its logo, where it has one.
        accent: the clinic's colour on a light page; on_accent what is written on it.
        accent_dark: the same on a dark page.
    """

    name: str
    logo: str | None
    accent: str
    on_accent: str
    accent_dark: str
    on_accent_dark: str

    @property
    def style(self) -> str:
        """CSS declarations that give the style sheets the clinic's colour."""
        return (
            f"--clinic: {self.accent}; --on-clinic: {self.on_accent}; "
            f"--clinic-dark: {self.accent_dark}; --on-clinic-dark: {self.on_accent_dark};"
        )


def make_brand(settings: WebSettings) -> Brand:
    """The brand that `settings` describe, its colours changed where they could not be read.

    Raises:
        SettingsError: if the logo cannot be used.
    """
    light = make_readable(settings.accent_color, LIGHT)
    dark = make_readable(settings.accent_color_dark, DARK)
    if settings.logo_file is not None:
        check_logo(settings.logo_file)
    address = LOGO_ADDRESS if settings.logo_file else None
    return Brand(settings.clinic_name, address, light, text_on(light), dark, text_on(dark))


def check_logo(logo: Path) -> None:
    """Raises SettingsError for what browsers would not show, or would wait for too long."""
    kinds = ", ".join(kind.removeprefix(".") for kind in LOGO_TYPES)
    if logo.suffix.lower() not in LOGO_TYPES or not logo.is_file():
        message = f"GUTBRAIN_LOGO_FILE is {logo}; give a file of one of these kinds: {kinds}."
        raise SettingsError(message)
    size = logo.stat().st_size
    if size > MAX_LOGO_BYTES:
        message = (
            f"GUTBRAIN_LOGO_FILE has {size:,} bytes, {MAX_LOGO_BYTES:,} are allowed; "
            "give a smaller picture."
        )
        raise SettingsError(message)


def create_brand_router(settings: WebSettings) -> APIRouter:
    """The route of the logo; without one there is none."""
    router = APIRouter()
    logo = settings.logo_file
    if logo is not None:
        kind = LOGO_TYPES[logo.suffix.lower()]

        @router.get(LOGO_ADDRESS)
        def show_logo() -> FileResponse:
            """The picture as the clinic gave it."""
            return FileResponse(logo, media_type=kind, headers={"Cache-Control": "max-age=3600"})

    return router
