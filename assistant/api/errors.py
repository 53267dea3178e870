"""What the HTTP interface says when it cannot do what it was asked.

Every error is `{"error": {"message", "type"}}`. No message repeats what a patient wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import FastAPI, Request
    from pydantic import ValidationError

ROUTE_TYPES = {404: "not_found", 405: "method_not_allowed"}
ROUTE_MESSAGES = {
    404: "There is nothing at this address; docs/contract.md lists the addresses.",
    405: "This address does not take this method; docs/contract.md lists the addresses.",
}


class ApiError(Exception):
    """An error to be told to the caller, with its HTTP status and its type."""

    def __init__(
        self, status: int, kind: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.headers = dict(headers or {})


def error_content(kind: str, message: str) -> dict[str, Any]:
    """The JSON form of an error."""
    return {"error": {"message": message, "type": kind}}


def error_response(error: ApiError) -> JSONResponse:
    """The HTTP form of an error."""
    content = error_content(error.kind, error.message)
    return JSONResponse(content, status_code=error.status, headers=error.headers)


def route_error(status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The HTTP form of an error of which the status alone is known."""
    message = ROUTE_MESSAGES.get(status, "The request cannot be answered.")
    kind = ROUTE_TYPES.get(status, "invalid_request")
    return error_response(ApiError(status, kind, message, headers))


def internal_error() -> ApiError:
    """What a caller is told of a fault of ours: that it happened, and nothing of how."""
    message = "The answer could not be made because of a fault on the server. Try again later."
    return ApiError(500, "internal_error", message)


def invalid_fields(error: ValidationError) -> ApiError:
    """The fields that are wrong and why, without their values."""
    problems = (describe_field(item["loc"], item["msg"]) for item in error.errors())
    return ApiError(422, "invalid_request", "; ".join(dict.fromkeys(problems)) + ".")


def describe_field(location: Sequence[int | str], message: str) -> str:
    """One wrong field in words: `history.0.role: Field required`."""
    path = ".".join(str(part) for part in location) or "body"
    return f"{path}: {message.removesuffix('.')}"


def install_error_handlers(app: FastAPI) -> None:
    """Makes every error of the application one of ours."""

    async def on_api_error(_: Request, error: Exception) -> JSONResponse:
        return error_response(error if isinstance(error, ApiError) else internal_error())

    async def on_route_error(_: Request, error: Exception) -> JSONResponse:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return route_error(status, getattr(error, "headers", None))

    app.add_exception_handler(ApiError, on_api_error)
    app.add_exception_handler(HTTPException, on_route_error)
    app.add_exception_handler(Exception, on_api_error)
