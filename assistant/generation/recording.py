"""Records exchanges with the chat model at a LangSmith server, where the settings name one.

What is recorded is what the model is sent, which is redacted, and what it says. Nothing else of an
answer is, and variables that LangChain itself reads, such as LANGSMITH_TRACING, record nothing: one
left over from another program must not send what patients write.
"""

from __future__ import annotations

import atexit
from typing import TYPE_CHECKING

from assistant.generation.chat_models import ChatModelError, is_hosted, is_outside

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from langchain_core.callbacks import BaseCallbackHandler

    from assistant.settings import Settings

FLUSH_SECONDS = 5.0
"""How long the end of a process waits for what is still to be sent."""


def open_recorder(settings: Settings) -> BaseCallbackHandler | None:
    """What tells LangSmith of each exchange, in the background; None where no server is set.

    Raises:
        ChatModelError: if the server is outside the own network and nobody agreed to that.
    """
    if settings.langsmith_url is None:
        return None
    url = str(settings.langsmith_url).rstrip("/")
    if is_recorded_outside(settings) and not settings.chat_consent:
        raise ChatModelError(
            f"GUTBRAIN_LANGSMITH_URL is {url}, to which redacted questions would be sent over the "
            "network: set GUTBRAIN_CHAT_CONSENT=true to agree, or take the address out."
        )
    from langchain_core.tracers.langchain import LangChainTracer
    from langsmith import Client

    client = Client(url, api_key=settings.langsmith_key or "none", omit_traced_runtime_info=True)
    # A command of the terminal ends before the background has sent anything.
    atexit.register(client.flush, FLUSH_SECONDS)
    return LangChainTracer(project_name=settings.langsmith_project, client=client)


def is_recorded_outside(settings: Settings) -> bool:
    """Whether exchanges with a chat model are recorded outside the clinic's network."""
    url = settings.langsmith_url
    return url is not None and settings.chat_model is not None and is_outside(str(url))


def reads_along(settings: Settings) -> bool:
    """Whether the model may see questions and conversations, not only what is to be worded."""
    wanted = settings.chat_understanding
    outside = is_hosted(settings) or is_recorded_outside(settings)
    return not outside if wanted is None else wanted


def recording(*, on: bool) -> AbstractContextManager[None]:
    """Whether LangSmith is told of what runs within the block, whatever the environment says.

    Where it is on, a recorder that a model holds keeps LangChain from making one of its own.
    """
    from langsmith import tracing_context

    return tracing_context(enabled=on)
