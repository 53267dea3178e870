"""`/v1`: the assistant as a chat model, for programs that speak OpenAI's HTTP interface."""

from __future__ import annotations

import json
import time
import uuid
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict

from assistant.api.asking import answer_in_thread, check_ready, event_stream
from assistant.api.bodies import AskBody, Message, Text, check_question, parse_body, read_json
from assistant.api.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.answer import Answer
    from assistant.api.provider import AssistantProvider

MODEL_NAME = "gutbrain"


class ContentPart(BaseModel):
    """A part of a message; only text can be answered."""

    model_config = ConfigDict(strict=True)

    type: Literal["text"]
    text: Text


class ChatMessage(BaseModel):
    """A message as chat programs send it; what a system message says changes no rule here."""

    model_config = ConfigDict(strict=True)

    role: Literal["system", "developer", "user", "assistant"]
    content: Text | list[ContentPart]

    @property
    def text(self) -> str:
        """The message's text, its parts joined."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content)


class ChatBody(BaseModel):
    """A chat completion request; fields that steer a language model are taken and not needed."""

    model_config = ConfigDict(strict=True)

    messages: list[ChatMessage]
    model: str = MODEL_NAME
    stream: bool = False


def create_chat_router(provider: AssistantProvider) -> APIRouter:
    """The routes of `/v1`."""
    router = APIRouter(prefix="/v1")

    @router.get("/models")
    async def models() -> dict[str, Any]:
        """The one model there is."""
        model = {"id": MODEL_NAME, "object": "model", "created": 0, "owned_by": MODEL_NAME}
        return {"object": "list", "data": [model]}

    @router.post("/chat/completions")
    async def chat_completions(request: Request) -> Response:
        """The answer to the last user message, with the messages before it as history."""
        body = parse_body(ChatBody, await read_json(request))
        ask = check_question(as_ask(body), provider.settings)
        check_ready(provider)
        if body.stream:
            return event_stream(completion_chunks(provider.stream(ask, "openai")))
        answer = await answer_in_thread(provider, ask, "openai")
        return JSONResponse(completion(answer))

    return router


def as_ask(body: ChatBody) -> AskBody:
    """The last user message as the question, what was said before it as the history.

    Raises:
        ApiError: 422 if there is no user message.
    """
    last = max((i for i, m in enumerate(body.messages) if m.role == "user"), default=None)
    if last is None:
        message = "messages: there is no message with the role 'user'; send the question as one."
        raise ApiError(422, "invalid_request", message)
    history = [
        Message(role="user" if message.role == "user" else "assistant", content=message.text)
        for message in body.messages[:last]
        if message.role in {"user", "assistant"}
    ]
    return AskBody(question=body.messages[last].text, history=history)


def completion(answer: Answer) -> dict[str, Any]:
    """The answer as a chat completion."""
    message = {"role": "assistant", "content": answer.text}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {
        **_envelope("chat.completion"),
        "choices": [choice],
        "gutbrain": answer.to_dict(),
    }


def completion_chunks(snapshots: Iterator[Answer]) -> Iterator[str]:
    """The answer as chunks of text; the last chunk carries the answer object."""
    envelope = _envelope("chat.completion.chunk")
    yield _chunk(envelope, {"role": "assistant", "content": ""})
    sent = ""
    last: Answer | None = None
    for last in snapshots:
        addition = text_after(sent, last.text)
        sent += addition
        if addition:
            yield _chunk(envelope, {"content": addition})
    if last is not None:
        yield _chunk({**envelope, "gutbrain": last.to_dict()}, {}, finish_reason="stop")
    yield "data: [DONE]\n\n"


def text_after(sent: str, text: str) -> str:
    """What is left to send of `text`; all of it on a new line where it does not go on `sent`."""
    if text.startswith(sent):
        return text[len(sent) :]
    return f"\n\n{text}"


def _envelope(kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL_NAME,
    }


def _chunk(
    envelope: dict[str, Any], delta: dict[str, str], finish_reason: str | None = None
) -> str:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
    return f"data: {json.dumps({**envelope, 'choices': [choice]}, ensure_ascii=False)}\n\n"
