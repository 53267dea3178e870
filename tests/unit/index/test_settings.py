from pathlib import Path

import pytest
from pydantic import Field

from index.errors import SettingsError
from index.settings import DEFAULT_MODEL, Settings, load_settings, read_settings


class ListSettings(Settings):
    languages: tuple[str, ...] = Field(("en",))
    hidden: int = Field(0, repr=False)


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    """Where no `.env` is."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults():
    settings = load_settings()
    assert settings.home == Path(".gutbrain")
    assert settings.embedding_model == DEFAULT_MODEL
    assert not settings.allow_model_download


def test_the_given_home_goes_before_the_environment(monkeypatch):
    monkeypatch.setenv("GUTBRAIN_HOME", "from-environment")
    assert load_settings().home == Path("from-environment")
    assert load_settings(Path("given")).home == Path("given")


def test_the_environment_goes_before_the_file(empty_folder, monkeypatch):
    (empty_folder / ".env").write_text("GUTBRAIN_MAX_SOURCE_BYTES=5\nGUTBRAIN_HOME=file\nOTHER=1\n")
    monkeypatch.setenv("GUTBRAIN_HOME", "environment")
    settings = load_settings()
    assert settings.max_source_bytes == 5
    assert settings.home == Path("environment")


def test_variables_without_the_prefix_are_not_read(monkeypatch):
    monkeypatch.setenv("HOME", "/somewhere")
    monkeypatch.setenv("CHROMA_URL", "http://other")
    assert load_settings().home == Path(".gutbrain")
    assert load_settings().chroma_url is None


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("GUTBRAIN_CHROMA_URL", "")
    assert load_settings().chroma_url is None


@pytest.mark.parametrize("text", ["da,sv", " da , sv ,", '["da", "sv"]'])
def test_lists_are_read_from_commas_and_from_json(text, monkeypatch):
    monkeypatch.setenv("GUTBRAIN_LANGUAGES", text)
    assert read_settings(ListSettings).languages == ("da", "sv")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MAX_SOURCE_BYTES", "0", r"GUTBRAIN_MAX_SOURCE_BYTES is '0': .*greater than 0"),
        ("MAX_SOURCE_BYTES", "many", r"GUTBRAIN_MAX_SOURCE_BYTES is 'many': .*integer"),
        ("ALLOW_MODEL_DOWNLOAD", "perhaps", r"GUTBRAIN_ALLOW_MODEL_DOWNLOAD is 'perhaps': "),
        ("CHROMA_URL", "no url", r"GUTBRAIN_CHROMA_URL is 'no url': .*valid URL"),
        ("LANGUAGES", "[1", r"GUTBRAIN_LANGUAGES is '\[1': "),
    ],
)
def test_a_value_that_is_not_allowed_is_named(name, value, message, monkeypatch):
    monkeypatch.setenv(f"GUTBRAIN_{name}", value)
    with pytest.raises(SettingsError, match=message) as caught:
        read_settings(ListSettings)
    assert "\n" not in str(caught.value)
    assert "docs/settings.md" in str(caught.value)


def test_a_secret_value_is_not_repeated(monkeypatch):
    monkeypatch.setenv("GUTBRAIN_HIDDEN", "pass-word")
    with pytest.raises(SettingsError, match="GUTBRAIN_HIDDEN") as caught:
        read_settings(ListSettings)
    assert "pass-word" not in str(caught.value)


def test_a_file_that_is_not_text_is_named(empty_folder):
    (empty_folder / ".env").write_bytes(b"GUTBRAIN_HOME=\xff\xfe")
    with pytest.raises(SettingsError, match=r"The file \.env cannot be read"):
        load_settings()


def test_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        load_settings().home = Path("other")
