"""`/embed.js`: the script that puts a launcher and the chat on a clinic's own page."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import Response

from prompts.texts import load_texts

if TYPE_CHECKING:
    from assistant.api.settings import WebSettings
    from assistant.ui.brand import Brand

HEADERS = {"Cache-Control": "max-age=300"}


def create_embed_router(settings: WebSettings, brand: Brand) -> APIRouter:
    """The route of the script, which is the same for every page."""
    router = APIRouter()
    script = write_script(settings, brand)

    @router.get("/embed.js")
    def embed() -> Response:
        """The script with the clinic's languages, colours and allowed sites in it."""
        return Response(script, media_type="text/javascript", headers=HEADERS)

    return router


def write_script(settings: WebSettings, brand: Brand) -> str:
    """`static/embed.js` with what it needs to know, in a scope of its own."""
    known = {
        "origins": settings.embed_origins,
        "light": brand.accent,
        "on_light": brand.on_accent,
        "dark": brand.accent_dark,
        "on_dark": brand.on_accent_dark,
        "texts": {language: _texts_of(language) for language in settings.languages},
    }
    code = (resources.files("assistant.ui") / "static/embed.js").read_text(encoding="utf-8")
    return f"(() => {{\nconst settings = {json.dumps(known, ensure_ascii=False)};\n{code}}})();\n"


def _texts_of(language: str) -> dict[str, str]:
    texts = load_texts(language)
    return {
        "title": texts["page.title"],
        "launch": texts["embed.launch"],
        "close": texts["embed.close"],
    }
