"""Request bodies: read within the size limit, parsed, and checked field by field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, field_validator

from assistant.api.errors import ApiError, invalid_fields
from assistant.conversation import Level

if TYPE_CHECKING:
    from fastapi import Request

    from assistant.api.settings import WebSettings

Body = TypeVar("Body", bound=BaseModel)


def check_encodable(text: str) -> str:
    """`text`, unless it holds half of a surrogate pair, which JSON can carry and UTF-8 cannot."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        message = "it holds a character that is not valid Unicode; send the text again"
        raise ValueError(message)
    return text


Text = Annotated[str, AfterValidator(check_encodable)]


class Message(BaseModel):
    """An earlier message of the conversation."""

    model_config = ConfigDict(frozen=True, strict=True)

    role: Literal["user", "assistant"]
    content: Text


class AskBody(BaseModel):
    """A question with the conversation before it."""

    model_config = ConfigDict(frozen=True, strict=True)

    question: Text
    history: list[Message] = []
    level: Level = "plain"

    @field_validator("history", mode="before")
    @classmethod
    def _no_history(cls, history: object) -> object:
        return [] if history is None else history

    def as_input(self) -> dict[str, Any]:
        """The assistant's input."""
        history = [message.model_dump() for message in self.history]
        return {"question": self.question, "history": history, "level": self.level}


async def read_json(request: Request) -> object:
    """The body as JSON.

    Raises:
        ApiError: 415 for another content type, 400 for what is not JSON.
    """
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type != "application/json" and not content_type.endswith("+json"):
        # Also keeps other sites' forms, which can send plain text only, from asking.
        message = f"The body has the type '{content_type or 'none'}'; send application/json."
        raise ApiError(415, "unsupported_media_type", message)
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        message = "The body is not valid JSON; send one JSON object in UTF-8."
        raise ApiError(400, "invalid_json", message) from error


def parse_body(model: type[Body], content: object) -> Body:
    """`content` as a `model`.

    Raises:
        ApiError: 422 naming the fields that are wrong.
    """
    if not isinstance(content, dict):
        message = "The body must be a JSON object; docs/contract.md shows it."
        raise ApiError(422, "invalid_request", message)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise invalid_fields(error) from error


def check_question(ask: AskBody, settings: WebSettings) -> AskBody:
    """`ask`, if its question has something in it and is not too long.

    Raises:
        ApiError: 422 otherwise.
    """
    given, allowed = len(ask.question), settings.max_question_characters
    if not ask.question.strip():
        message = "question: the question is empty; write one."
        raise ApiError(422, "invalid_request", message)
    if given > allowed:
        message = (
            f"question: it has {given:,} characters, {allowed:,} are allowed; shorten it or "
            "set GUTBRAIN_MAX_QUESTION_CHARACTERS."
        )
        raise ApiError(422, "invalid_request", message)
    return ask
