"""How chat models are opened: what is missing is named, and nothing leaves unasked."""

import pytest

from assistant.generation import chat_models
from assistant.generation.chat_models import (
    PROVIDERS,
    ChatModelError,
    asks_elsewhere,
    open_chat_model,
)
from assistant.settings import Settings


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_missing_package_names_its_line(provider, monkeypatch, tmp_path):
    monkeypatch.setattr(chat_models, "find_spec", lambda _: None)
    settings = Settings(home=tmp_path, chat_model=f"{provider}:m", chat_consent=True)
    with pytest.raises(
        ChatModelError, match=rf"pip install 'gutbrain\[{PROVIDERS[provider][1]}\]'"
    ):
        open_chat_model(settings)


def test_ollama_without_an_address_is_this_machines_whatever_the_environment_says(
    monkeypatch, tmp_path
):
    opened = {}
    monkeypatch.setenv("OLLAMA_HOST", "https://elsewhere.example")
    monkeypatch.setattr(chat_models, "find_spec", lambda name: name)
    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda _, **o: opened.update(o))
    open_chat_model(Settings(home=tmp_path, chat_model="ollama:llama3"))
    assert opened["base_url"] == "http://127.0.0.1:11434"


@pytest.mark.parametrize(
    ("model", "url", "elsewhere"),
    [
        (None, None, False),
        ("openai:gpt", None, True),
        ("openai:gpt", "https://api.example.com/v1", True),
        ("openai:local", "http://10.0.0.5:8080/v1", False),
        ("ollama:llama3", None, False),
        ("ollama:llama3", "https://ollama.example", True),
    ],
)
def test_what_leaves_the_network_is_known(model, url, elsewhere, tmp_path):
    settings = Settings(home=tmp_path, chat_model=model, chat_base_url=url)
    assert asks_elsewhere(settings) == elsewhere
