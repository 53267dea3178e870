"""What the page's conversation asks of the server, and the turns that go back to it.

The conversation itself is kept by the browser's tab alone: each request brings what was said
before, and nothing of it stays here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.api.bodies import AskBody, check_question, parse_body
from assistant.api.errors import ApiError
from assistant.ui.plain_text import spoken_text
from assistant.ui.rendering import render_answer, render_message
from index.errors import GutbrainError
from prompts.numbers import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from assistant.answer import Answer
    from assistant.api.provider import AssistantProvider
    from assistant.conversation import Level
    from assistant.ui.phones import PhoneBook
    from prompts.texts import Texts

Turn = dict[str, Any]
LOADING_PATIENCE_SECONDS = 120


def answer_turn(
    provider: AssistantProvider, texts: Texts, phones: PhoneBook, request: object
) -> Iterator[Turn]:
    """Snapshots of one turn, from "looking" to the complete answer or to what went wrong.

    Args:
        provider: answers.
        texts: of the page.
        phones: that an answer's numbers lead to.
        request: whatever a browser sent, `{"turn": …, "ask": …}` if it was our page.
    """
    asked = request if isinstance(request, dict) else {}
    key = str(asked.get("turn", ""))[:40]
    try:
        ask = check_length(provider, texts, parse_body(AskBody, asked.get("ask")))
    except ApiError as error:
        yield message_turn(key, error.message, "failed")
        return
    if provider.readiness.stage != "ready":
        yield message_turn(key, texts["answer.waiting"], "pending")

    def draw(answer: Answer, *, complete: bool) -> Turn:
        glossary, level = provider.glossary(), ask.level
        return answer_snapshot(
            answer, texts, phones, key, level=level, glossary=glossary, complete=complete
        )

    try:
        last: Answer | None = None
        for count, last in enumerate(provider.stream(ask, "page", LOADING_PATIENCE_SECONDS)):
            # The articles' own sentences are all there at once: drawing them one by one would hold
            # up the first. A chat model's come as it writes them.
            if count == 0 or last.mode == "generative":
                yield draw(last, complete=False)
        if last is not None:
            yield draw(last, complete=True)
    except GutbrainError as error:
        yield message_turn(key, str(error), "failed")
    except Exception:  # noqa: BLE001 - counted and logged by the provider
        yield message_turn(key, texts["answer.failed"], "failed")


def check_length(provider: AssistantProvider, texts: Texts, ask: AskBody) -> AskBody:
    """`ask`, if its question can be answered; says what is wrong in the page's language.

    Raises:
        ApiError: if it is empty or too long.
    """
    given, allowed = len(ask.question), provider.settings.max_question_characters
    if given > allowed:
        message = texts.fill(
            "answer.too_long",
            given=write_number(given, texts),
            allowed=write_number(allowed, texts),
        )
        raise ApiError(422, "invalid_request", message)
    return check_question(ask, provider.settings)


def message_turn(key: str, text: str, state: str) -> Turn:
    """A turn that holds no answer."""
    return {
        "turn": key,
        "html": render_message(text, state),
        "text": "",
        "announcement": text,
        "urgent": False,
        "state": state,
    }


def answer_snapshot(
    answer: Answer,
    texts: Texts,
    phones: PhoneBook,
    key: str,
    *,
    level: Level = "plain",
    glossary: Mapping[str, str] | None = None,
    complete: bool,
) -> Turn:
    """A turn that holds an answer as far as it has come; what is read out comes with the last."""
    return {
        "turn": key,
        "html": render_answer(answer, texts, phones, level, glossary, complete=complete),
        "text": answer.text,
        "announcement": spoken_text(answer) if complete else "",
        "urgent": answer.urgency != "none",
        "state": "complete" if complete else "streaming",
    }
