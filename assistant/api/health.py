"""`/healthz`, `/readyz` and `/metrics`: for whatever watches over the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from assistant.api.metrics import CONTENT_TYPE

if TYPE_CHECKING:
    from assistant.api.provider import AssistantProvider


def create_health_router(provider: AssistantProvider) -> APIRouter:
    """The routes that say how the process is."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> dict[str, str]:
        """The process is up."""
        return {"status": "up"}

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        """The library is loaded; 503 with the reason until then."""
        readiness = provider.readiness
        content: dict[str, Any] = {"status": readiness.stage, "reason": readiness.reason}
        if (chat := provider.chat_state) is not None:
            content["chat_model"] = chat
        if readiness.stage == "ready":
            return JSONResponse(content)
        error = {"message": readiness.reason, "type": "not_ready"}
        return JSONResponse(
            {**content, "error": error}, status_code=503, headers={"Retry-After": "5"}
        )

    @router.get("/metrics")
    async def metrics() -> Response:
        """Counts and times in Prometheus' text format."""
        return Response(provider.metrics.exposition(), media_type=CONTENT_TYPE)

    return router
