"""`POST /api/feedback`: what a patient says about an answer, where the clinic keeps that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from assistant.api.bodies import Text, parse_body, read_json
from assistant.api.errors import ROUTE_MESSAGES, ApiError
from assistant.records import Citation

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.api.provider import AssistantProvider
    from assistant.records import Records
    from index.records import Article

MAX_CITATIONS = 100
MAX_QUOTE_CHARACTERS = 1000

Reason = Literal["not_answered", "hard_to_understand", "wrong", "other"]


class CitedPlace(BaseModel):
    """A sentence that the answer cited."""

    model_config = ConfigDict(frozen=True, strict=True)

    article_id: Annotated[Text, Field(max_length=200)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class FeedbackBody(BaseModel):
    """A thumb, and with the patient's consent the words beside it."""

    model_config = ConfigDict(frozen=True, strict=True)

    thumb: Literal["up", "down"]
    question: Annotated[Text, Field(max_length=10_000)]
    answer_kind: Literal["answer", "abstain", "smalltalk", "guidance"]
    citations: Annotated[list[CitedPlace], Field(max_length=MAX_CITATIONS)] = []
    reason: Reason | None = None
    comment: Annotated[Text, Field(max_length=2_000)] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"
    consent: bool = False


def create_feedback_router(provider: AssistantProvider) -> APIRouter:
    """The route of `/api/feedback`."""
    router = APIRouter()

    @router.post("/api/feedback", status_code=204)
    async def give_feedback(request: Request) -> Response:
        """Nothing; 404 where the clinic keeps no feedback."""
        body = parse_body(FeedbackBody, await read_json(request))
        if await run_in_threadpool(keep_feedback, provider.records, body, provider.article) is None:
            raise ApiError(404, "not_found", ROUTE_MESSAGES[404])
        return Response(status_code=204)

    return router


def keep_feedback(
    records: Records, body: FeedbackBody, article_of: Callable[[str], Article | None]
) -> int | None:
    """The number of the row; None where the clinic keeps no feedback.

    Args:
        records: of the clinic.
        body: what was sent.
        article_of: gives the library's article of an id, whose words are kept as they are now.
    """
    return records.add_feedback(
        thumb=body.thumb,
        question=body.question,
        answer_kind=body.answer_kind,
        citations=[_cite(each, article_of(each.article_id)) for each in body.citations],
        reason=body.reason,
        comment=body.comment,
        language=body.language,
        consent=body.consent,
    )


def _cite(place: CitedPlace, article: Article | None) -> Citation:
    """A place with the words that stand there now, and their article's date."""
    quote = article.text[place.start : place.end][:MAX_QUOTE_CHARACTERS] if article else ""
    dated = (article.modified or article.published or "") if article else ""
    return Citation(place.article_id, place.start, place.end, quote, dated)
