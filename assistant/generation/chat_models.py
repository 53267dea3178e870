"""The chat model that the settings name. The only file that imports LangChain's chat models."""

from __future__ import annotations

import ipaddress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.errors import GutbrainError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.settings import Settings

PROVIDERS = {
    "openai": ("langchain_openai", "openai"),
    "anthropic": ("langchain_anthropic", "anthropic"),
    "ollama": ("langchain_ollama", "ollama"),
    "google_genai": ("langchain_google_genai", "google"),
    "mistralai": ("langchain_mistralai", "mistral"),
    "llama_cpp": ("llama_cpp", "llama-cpp"),
}
"""Each provider's package and the extra of this project that brings it."""
OLLAMA_URL = "http://127.0.0.1:11434"


class ChatModelError(GutbrainError):
    """A chat model that cannot be used as the settings name it."""


def open_chat_model(settings: Settings) -> BaseChatModel:
    """The model, ready to be asked; nothing is sent yet.

    Raises:
        ChatModelError: if the name, its package or the consent is missing.
    """
    name = settings.chat_model or ""
    provider, _, model = name.partition(":")
    if provider not in PROVIDERS or not model:
        raise ChatModelError(
            f"GUTBRAIN_CHAT_MODEL is {name!r}: give provider:name with one of the providers "
            f"{', '.join(PROVIDERS)}, for example openai:llama-3.1-8b."
        )
    package, extra = PROVIDERS[provider]
    if find_spec(package) is None:
        raise ChatModelError(
            f"GUTBRAIN_CHAT_MODEL names the provider {provider}, whose package is not installed: "
            f"run pip install 'gutbrain[{extra}]'."
        )
    if is_hosted(settings) and not settings.chat_consent:
        raise ChatModelError(
            f"GUTBRAIN_CHAT_MODEL names {name}, to which redacted questions would be sent over the "
            "network: set GUTBRAIN_CHAT_CONSENT=true to agree, or GUTBRAIN_CHAT_BASE_URL to a "
            "server of your own network."
        )
    if provider == "llama_cpp":
        return _open_file(model, settings)
    from langchain.chat_models import init_chat_model

    opened: BaseChatModel = init_chat_model(
        model, model_provider=provider, **_options(settings, provider)
    )
    return opened


def _open_file(name: str, settings: Settings) -> BaseChatModel:
    """The model of a GGUF file, loaded into this process."""
    path = Path(name).expanduser()
    if not path.is_file():
        raise ChatModelError(
            f"GUTBRAIN_CHAT_MODEL names the file {path}, which is not there: give the path of a "
            "GGUF file, as llama_cpp:/models/NAME.gguf."
        )
    from assistant.generation.local_model import LocalModel

    try:
        return LocalModel(
            path=path,
            max_input_tokens=settings.chat_max_input_tokens,
            max_tokens=settings.chat_max_output_tokens,
            temperature=settings.chat_temperature,
        )
    except (ValueError, OSError) as error:
        raise ChatModelError(
            f"GUTBRAIN_CHAT_MODEL names the file {path}, which llama.cpp cannot load: give a GGUF "
            "file of a chat model."
        ) from error


def is_hosted(settings: Settings) -> bool:
    """Whether text leaves the machine and its private network."""
    if settings.chat_base_url is None:
        return not (settings.chat_model or "").startswith(("ollama:", "llama_cpp:"))
    return is_outside(str(settings.chat_base_url))


def is_outside(url: str) -> bool:
    """Whether a server is outside this machine and its private network."""
    host = urlsplit(url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_private
    except ValueError:
        # A name without a dot is one of the own network's (a container's, for example).
        return "." in host.removesuffix(".local").removesuffix(".internal")


def asks_elsewhere(settings: Settings) -> bool:
    """Whether a chat model is set to which text leaves the clinic's network."""
    return settings.chat_model is not None and is_hosted(settings)


def _options(settings: Settings, provider: str) -> dict[str, Any]:
    """What every model is opened with: its own retries stay off, the circuit breaker decides."""
    options: dict[str, Any] = {"temperature": settings.chat_temperature}
    if settings.chat_base_url is not None:
        options["base_url"] = str(settings.chat_base_url)
    if provider == "ollama":
        # Its client would take OLLAMA_HOST, which may be anywhere, where no consent was asked.
        options.setdefault("base_url", OLLAMA_URL)
        options["num_predict"] = settings.chat_max_output_tokens
        options["client_kwargs"] = {"timeout": settings.chat_timeout_seconds}
        return options
    options["max_tokens"] = settings.chat_max_output_tokens
    options["timeout"] = settings.chat_timeout_seconds
    options["max_retries"] = 0
    if provider == "openai":
        # The client asks servers other than its own for no count of tokens.
        options["stream_usage"] = True
    key = settings.chat_api_key
    if key or settings.chat_base_url is not None:
        # Local servers want no key, their clients do.
        options["api_key"] = key or "none"
    return options
