"""The FastAPI application of the web process, without its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

from assistant.api.asking import create_ask_router
from assistant.api.chat_completions import create_chat_router
from assistant.api.errors import install_error_handlers
from assistant.api.feedback import create_feedback_router
from assistant.api.health import create_health_router
from assistant.api.rates import LimitedRate
from assistant.api.security import LimitedBody, OwnOrigin, SecureHeaders, SharedInterface

if TYPE_CHECKING:
    from assistant.api.provider import AssistantProvider

UPLOAD_PATH = "/staff/upload"
"""Where the staff desk sends articles; the page's router has its route."""


def create_api(provider: AssistantProvider) -> FastAPI:
    """All routes but the pages'.

    The interactive documentation that FastAPI serves stays off: it loads its scripts from
    another host.
    """
    app = FastAPI(title="Gutbrain", docs_url=None, redoc_url=None, openapi_url=None)
    for create_router in (
        create_health_router,
        create_ask_router,
        create_chat_router,
        create_feedback_router,
    ):
        app.include_router(create_router(provider))
    install_error_handlers(app)
    app.add_middleware(
        LimitedBody,
        max_bytes=provider.settings.max_body_bytes,
        exceptions={UPLOAD_PATH: provider.settings.max_source_bytes},
    )
    app.add_middleware(OwnOrigin, origins=provider.settings.embed_origins)
    app.add_middleware(LimitedRate, per_minute=provider.settings.max_requests_per_minute)
    app.add_middleware(SharedInterface, origins=provider.settings.embed_origins)
    app.add_middleware(SecureHeaders, settings=provider.settings)
    return app
