"""Homes that are damaged, foreign, busy or read-only: one clear line each, and a way out."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.build import build_index
from index.errors import CorruptHome, GutbrainError, ModelMismatch, NewerSchema
from index.home import Home, change_index, open_index
from index.library import Library
from index.search import Searcher
from index.settings import load_settings

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
ARTICLE = "# Fibre\n\nFibre feeds the gut. Oats and beans hold much of it.\n"


@pytest.fixture(scope="module")
def good(tmp_path_factory, embedder):
    """A home and the article in it; tests work on copies."""
    folder = tmp_path_factory.mktemp("good")
    (folder / "fibre.md").write_text(ARTICLE)
    build_index(load_settings(folder / "home"), [str(folder / "fibre.md")], embedder=embedder)
    return folder


@pytest.fixture
def settings(good, tmp_path):
    return load_settings(shutil.copytree(good / "home", tmp_path / "home"))


def ask(settings, embedder):
    with closing(Library.open(settings)) as library:
        hits = Searcher(library, embedder).search("fibre")
        return [library.sentence_vectors(hit.article_id).shape for hit in hits]


def damage_pointer(home):
    (home.path / "index" / "CURRENT").write_text("latest")


def lose_generation(home):
    shutil.rmtree(home.current)


def lose_database(home):
    (home.current / "chroma.sqlite3").unlink()


def empty_database(home):
    (home.current / "chroma.sqlite3").write_bytes(b"")


def truncate_database(home):
    os.truncate(home.current / "chroma.sqlite3", 100_000)


def overwrite_database(home):
    (home.current / "chroma.sqlite3").write_bytes(b"no database at all " * 1000)


def change_graph(home):
    [path, *_] = home.current.rglob("header.bin")
    path.write_bytes(path.read_bytes()[:40])


def lose_graph(home):
    [path, *_] = home.current.rglob("data_level0.bin")
    path.unlink()


def damage_seal(home):
    (home.current / "seal.json").write_text("[]")


def change_article(home):
    with sqlite3.connect(home.current / "chroma.sqlite3") as database:
        database.execute(
            "UPDATE embedding_metadata SET string_value = '{\"article\": 1}' "
            "WHERE key = 'chroma:document' AND string_value LIKE '{%'"
        )
    database.close()


def change_manifest(home):
    with sqlite3.connect(home.current / "chroma.sqlite3") as database:
        database.execute("UPDATE collection_metadata SET str_value = '[' WHERE key = 'manifest'")
    database.close()


DAMAGES = [
    damage_pointer,
    lose_generation,
    lose_database,
    empty_database,
    truncate_database,
    overwrite_database,
    change_graph,
    lose_graph,
    damage_seal,
    change_article,
    change_manifest,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_home_is_told_from_an_empty_one(damage, settings, embedder, good):
    damage(Home(settings.home))
    with pytest.raises(CorruptHome, match=r"restore a backup, or (delete|build it anew)") as caught:
        ask(settings, embedder)
    assert "\n" not in str(caught.value)
    with pytest.raises(CorruptHome):
        build_index(settings, [str(good / "fibre.md")], embedder=embedder)


def test_a_home_is_built_anew_once_its_index_is_deleted(settings, embedder, good):
    overwrite_database(Home(settings.home))
    with pytest.raises(CorruptHome):
        ask(settings, embedder)
    shutil.rmtree(settings.home / "index")
    build_index(settings, [str(good / "fibre.md")], embedder=embedder)
    assert ask(settings, embedder) == [(2, 384)]


def test_a_home_works_again_once_its_backup_is_back(settings, embedder, good):
    overwrite_database(Home(settings.home))
    with pytest.raises(CorruptHome):
        ask(settings, embedder)
    shutil.copytree(good / "home", settings.home, dirs_exist_ok=True)
    assert ask(settings, embedder) == [(2, 384)]


@pytest.mark.parametrize("seed", range(8))
def test_chance_damage_is_an_error_of_one_line_or_none(seed, settings, embedder):
    chance = random.Random(seed)
    files = sorted(path for path in Home(settings.home).current.rglob("*") if path.is_file())
    for path in chance.sample(files, 2):
        data = bytearray(path.read_bytes())
        if data and chance.random() < 0.5:
            del data[chance.randrange(len(data)) :]
        elif data:
            start = chance.randrange(len(data))
            data[start : start + 5000] = chance.randbytes(len(data[start : start + 5000]))
        path.write_bytes(data)
    told = ""
    try:
        ask(settings, embedder)
    except GutbrainError as error:
        told = str(error)
    assert "\n" not in told


def test_a_newer_schema_is_refused(settings, embedder, good):
    with Home(settings.home).writing(), change_index(settings) as store:
        store.set_manifest({**store.manifest(), "schema": 99})
    for action in (
        lambda: Library.open(settings),
        lambda: build_index(settings, [str(good / "fibre.md")], embedder=embedder),
    ):
        with pytest.raises(NewerSchema, match="has schema 99, this program reads up to 1: update"):
            action()


def test_an_index_of_another_model_is_refused(settings, embedder, good):
    with Home(settings.home).writing(), change_index(settings) as store:
        store.set_manifest({**store.manifest(), "model": "other", "checksum": "0"})
    with pytest.raises(ModelMismatch, match="was made with other, the settings name all-MiniLM"):
        build_index(settings, [str(good / "fibre.md")], embedder=embedder)


def test_nothing_is_left_open_after_an_error(settings):
    from chromadb.api.shared_system_client import SharedSystemClient

    change_article(Home(settings.home))
    before = set(SharedSystemClient._identifier_to_system)
    with pytest.raises(CorruptHome):
        Library.open(settings)
    assert set(SharedSystemClient._identifier_to_system) == before


def test_a_database_of_chroma_is_opened_without_its_settings(settings, monkeypatch, tmp_path):
    """What a `.env` or the environment says to Chroma itself does not matter."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("IS_PERSISTENT=false\nCHROMA_SERVER_HOST=example.org\n")
    monkeypatch.setenv("PERSIST_DIRECTORY", str(tmp_path / "elsewhere"))
    open_index(settings).close()
    assert not (tmp_path / "elsewhere").exists()


def test_a_second_writer_gets_one_line(settings, good, run_module):
    with Home(settings.home).writing():
        result = run_module("index", "build", good / "fibre.md", "--home", settings.home)
    assert result.returncode == 2
    assert result.stderr == (
        f"Error: Another process is changing the library in {settings.home}: "
        "wait until it is done.\n"
    )


@pytest.fixture
def powerless():
    """What a command is prefixed with so that the rights of files count, for root too."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root can write everywhere, and setpriv (util-linux) is missing")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]


@pytest.mark.parametrize(
    "arguments",
    [["status"], ["articles", "--json"], ["build", "fibre.md"], ["remove", "fibre"]],
    ids=lambda arguments: arguments[0],
)
def test_a_read_only_home_gets_one_line(arguments, settings, good, powerless):
    for path in [settings.home, *settings.home.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)
    command = [*powerless, sys.executable, "-m", "index", *arguments, "--home", settings.home]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        command, cwd=good, env=environment, capture_output=True, text=True, check=False
    )
    for path in [settings.home, *settings.home.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("Error: The ")
    assert "this user" in result.stderr


def test_a_file_in_the_way_of_the_home_gets_one_line(good, run_module, tmp_path):
    (tmp_path / "file").write_text("")
    result = run_module("index", "build", good / "fibre.md", "--home", tmp_path / "file")
    assert result.returncode == 2
    assert result.stderr.startswith(f"Error: The home {tmp_path / 'file'} cannot be written (")
    assert result.stderr.count("\n") == 1


def test_manifests_are_json(settings):
    with closing(open_index(settings)) as store:
        assert set(json.loads(json.dumps(store.manifest()))) == {
            "schema",
            "model",
            "checksum",
            "chunking",
            "changed",
        }
