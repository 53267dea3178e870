"""`POST /api/ask`: a question in, the answer out, whole or as a stream of events."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from assistant.api.bodies import AskBody, check_question, parse_body, read_json
from assistant.api.errors import ApiError, error_content, internal_error
from index.errors import GutbrainError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from assistant.answer import Answer
    from assistant.api.provider import AssistantProvider, Channel

STREAM_HEADERS = {"X-Accel-Buffering": "no"}


def create_ask_router(provider: AssistantProvider) -> APIRouter:
    """The route of `/api/ask`."""
    router = APIRouter()

    @router.post("/api/ask")
    async def ask(request: Request) -> Response:
        """One answer; events where the caller accepts `text/event-stream`."""
        body = parse_body(AskBody, await read_json(request))
        check_question(body, provider.settings)
        check_ready(provider)
        if "text/event-stream" in request.headers.get("accept", ""):
            return event_stream(ask_events(provider.stream(body, "api")))
        return JSONResponse((await answer_in_thread(provider, body, "api")).to_dict())

    return router


def check_ready(provider: AssistantProvider) -> None:
    """Raises ApiError 503 while the library is not loaded."""
    readiness = provider.readiness
    if readiness.stage != "ready":
        raise ApiError(503, "not_ready", readiness.reason, {"Retry-After": "5"})


async def answer_in_thread(provider: AssistantProvider, body: AskBody, channel: Channel) -> Answer:
    """The complete answer, made off the event loop.

    Raises:
        ApiError: 422 for what the assistant cannot take, 500 on any fault, which the provider has
            counted and logged.
    """
    try:
        return await run_in_threadpool(provider.answer, body, channel)
    except GutbrainError as error:
        raise ApiError(422, "invalid_request", str(error)) from None
    except Exception:  # noqa: BLE001 - a traceback may hold what a patient wrote
        raise internal_error() from None


def ask_events(snapshots: Iterator[Answer]) -> Iterator[str]:
    """`sentence` events as sentences come, then one `answer` event with all of it."""
    sent = 0
    last: Answer | None = None
    for last in snapshots:
        for position, sentence in enumerate(last.sentences[sent:], start=sent):
            yield format_event("sentence", {"index": position, **asdict(sentence)})
        sent = max(sent, len(last.sentences))
    if last is not None:
        yield format_event("answer", last.to_dict())


def format_event(name: str, data: dict[str, Any]) -> str:
    """A server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def event_stream(events: Iterator[str]) -> StreamingResponse:
    """`events` as they come; a fault becomes an `error` event, for the status has been sent."""
    return StreamingResponse(
        _guarded(events), media_type="text/event-stream", headers=STREAM_HEADERS
    )


async def _guarded(events: Iterator[str]) -> AsyncIterator[str]:
    try:
        async for event in iterate_in_threadpool(events):
            yield event
    except GutbrainError as error:
        yield format_event("error", error_content("invalid_request", str(error)))
    except Exception:  # noqa: BLE001 - counted and logged by the provider
        fault = internal_error()
        yield format_event("error", error_content(fault.kind, fault.message))
