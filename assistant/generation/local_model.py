"""A GGUF file as a chat model within this process, by llama-cpp-python: no server, no network."""

from __future__ import annotations

import threading
from pathlib import Path  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from langchain_core.callbacks import CallbackManagerForLLMRun
    from langchain_core.messages import BaseMessage

ROLES = {"human": "user", "ai": "assistant", "system": "system"}
MORE_CONTEXT = 512
"""Tokens of context beyond what is sent and received: the chat template's own, and other counts."""


class LocalModel(BaseChatModel):
    """A model of a file. It answers one request at a time; others wait for it.

    Attributes:
        path: of the GGUF file, which brings its chat template.
        max_input_tokens: room for what is sent.
        max_tokens: most that it writes.
        temperature: 0 gives the same words each time.
    """

    path: Path
    max_input_tokens: int
    max_tokens: int
    temperature: float = 0.0
    _model: Any = PrivateAttr()
    _asking: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    def model_post_init(self, _context: Any, /) -> None:
        """Loads the file."""
        from llama_cpp import Llama

        context = self.max_input_tokens + self.max_tokens + MORE_CONTEXT
        self._model = Llama(str(self.path), n_ctx=context, verbose=False)

    @property
    def _llm_type(self) -> str:
        return "llama_cpp"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> ChatResult:
        text = "".join(str(chunk.text) for chunk in self._stream(messages, stop, run_manager))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=text))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        asked = [{"role": ROLES[m.type], "content": str(m.text)} for m in messages]
        with self._asking:
            for part in self._model.create_chat_completion(
                asked,
                stream=True,
                stop=stop,
                temperature=self.temperature,
                max_tokens=self.max_tokens,
            ):
                text = part["choices"][0]["delta"].get("content") or ""
                chunk = ChatGenerationChunk(message=AIMessageChunk(content=text))
                if run_manager is not None:
                    run_manager.on_llm_new_token(text, chunk=chunk)
                yield chunk
