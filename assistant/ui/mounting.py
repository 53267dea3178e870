"""Puts the pages on the web process's application."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import gradio as gr
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from assistant.ui.article_page import create_article_router
from assistant.ui.brand import create_brand_router, make_brand
from assistant.ui.desk.desk_page import create_desk_page
from assistant.ui.desk.events import Desk
from assistant.ui.desk.gate import DeskGate
from assistant.ui.desk.login import create_login_router
from assistant.ui.desk.sign_on_routes import create_sign_on_router
from assistant.ui.desk.transfers import create_transfer_router
from assistant.ui.embedding import create_embed_router
from assistant.ui.gate import Gate
from assistant.ui.patients_page import create_patients_page
from assistant.ui.phones import open_phone_book
from assistant.ui.rendering import open_answer_templates
from assistant.ui.theme import make_theme
from prompts.texts import load_texts

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.api.provider import AssistantProvider
    from assistant.ui.brand import Brand
    from assistant.ui.desk.events import Evaluation


def mount_pages(
    app: FastAPI, provider: AssistantProvider, evaluation: Evaluation | None = None
) -> FastAPI:
    """`app` with the patients' page, a gradio application per language, and the staff desk.

    They stand under `/en`, `/da` and so on; `/` shows the one that the browser asks for. gradio's
    translations follow the browser alone; a page per language can also be chosen by hand, and its
    first paint is in the right one.
    """
    settings = provider.settings
    app.mount("/ui", StaticFiles(directory=str(resources.files("assistant.ui") / "static")))
    brand = make_brand(settings)
    app.include_router(create_brand_router(settings))
    app.include_router(create_embed_router(settings, brand))
    app.include_router(create_article_router(provider, brand))
    names = [(c, load_texts(c)["page.language_name"], f"/{c}/") for c in settings.languages]
    phones = open_phone_book(settings)
    for language in settings.languages:
        page = create_patients_page(provider, load_texts(language), phones, brand, names)
        _mount_page(app, page, f"/{language}")
    if settings.chat_model:
        open_answer_templates()
    _mount_desk(app, Desk(provider, phones, evaluation), brand)
    # Innermost, so that what it sends carries the headers that every response carries.
    app.user_middleware.append(
        Middleware(Gate, settings=settings, brand=brand, emergency_number=phones.emergency)
    )
    return app


def _mount_desk(app: FastAPI, desk: Desk, brand: Brand) -> None:
    app.include_router(create_login_router(desk, brand))
    app.include_router(create_sign_on_router(desk, brand))
    app.include_router(create_transfer_router(desk))
    _mount_page(app, create_desk_page(desk), "/staff")
    app.user_middleware.append(Middleware(DeskGate, desk=desk, brand=brand))


def _mount_page(app: FastAPI, page: gr.Blocks, path: str) -> None:
    gr.mount_gradio_app(
        app,
        page,
        path=path,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
        theme=make_theme(),
    )
