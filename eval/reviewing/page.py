"""The review as a page of this machine: served on loopback, opened with a key of this one session.

The key stands in the page's address and comes back with every decision, so that no other page in
the same browser can decide anything.
"""

from __future__ import annotations

import json
import secrets
import socket
from typing import TYPE_CHECKING, Any

from eval.errors import DatasetError, EvalError
from eval.report.rendering import render
from index.errors import GutbrainError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from eval.reviewing.review import Review


def make_application(review: Review, key: str, *, every: bool) -> FastAPI:
    """The page at `/`, decisions at `/decisions`."""
    from fastapi import Body, FastAPI, Header, HTTPException
    from fastapi.responses import HTMLResponse

    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    def check(given: str) -> None:
        if not secrets.compare_digest(given.encode(), key.encode()):
            raise HTTPException(403, "The key is not that of this session: open the page anew.")

    @application.get("/", response_class=HTMLResponse)
    def show(given: str = "") -> str:
        check(given)
        return make_page(review, every=every)

    @application.post("/decisions")
    def decide(
        body: dict[str, Any] = Body(),  # noqa: B008 - how FastAPI names where it comes from
        x_review_key: str = Header(""),
    ) -> dict[str, Any]:
        check(x_review_key)
        try:
            take_decision(review, body)
        except GutbrainError as error:
            raise HTTPException(422, str(error)) from error
        return {"cases": len(review.rows), "drafts": len(review.pending())}

    return application


def take_decision(review: Review, decision: dict[str, Any]) -> None:
    """Accepts a case, as it is or changed, or drops it.

    Args:
        review: the set.
        decision: `{"id": …, "decision": "accept" | "drop", "case": …}`.

    Raises:
        DatasetError: it is no decision, or the case as changed is not to be used.
    """
    case_id, case = str(decision.get("id")), decision.get("case")
    if decision.get("decision") == "drop":
        review.drop(case_id)
    elif decision.get("decision") == "accept" and isinstance(case, dict | None):
        review.accept(case_id, case)
    else:
        raise DatasetError("Needed are id, decision (accept or drop) and, where changed, case.")


def make_page(review: Review, *, every: bool) -> str:
    """The cases to be reviewed, each with its gold sentences and a field to change it in."""
    cases = [
        {
            "id": key,
            "row": (row := review.get(key)),
            "json": json.dumps(row, ensure_ascii=False, indent=2),
            "gold": review.find_gold(key),
        }
        for key in review.pending(every=every)
    ]
    return render("review.html.jinja", cases=cases, total=len(review.rows))


def serve_review(review: Review, *, every: bool, port: int) -> None:
    """Serves the page until it is stopped; prints its address.

    Raises:
        EvalError: the port is taken or may not be used.
    """
    import typer
    import uvicorn

    key = secrets.token_urlsafe(16)
    application = make_application(review, key, every=every)
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise EvalError(
            f"The review cannot be served at port {port} ({error.strerror}): give another --port."
        ) from error
    with listener:
        typer.echo(f"http://127.0.0.1:{port}/?given={key}")
        uvicorn.Server(uvicorn.Config(application, log_level="warning")).run(sockets=[listener])
