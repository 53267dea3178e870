"""Backups come back whole or not at all, and answer as before; exports hold every article."""

import gzip
import hashlib
import io
import json
import sqlite3
import tarfile
from contextlib import closing

import pytest

from index.errors import CorruptBackup, EmptyLibrary, HomeBusy, HomeExists
from index.home import Home
from index.keeping.backup import back_up
from index.keeping.export import export_beir, export_jsonl
from index.keeping.restore import restore
from index.library import Library
from index.settings import load_settings

pytestmark = pytest.mark.integration
QUESTIONS = ("What is the enteric nervous system?", "What is calprotectin?", "What is magnesium?")


@pytest.fixture(scope="module")
def backup(starter_home, tmp_path_factory):
    """A backup of the starter library, made while somebody reads from it."""
    file = tmp_path_factory.mktemp("backup") / "home.tar.gz"
    with closing(Library.open(load_settings(starter_home))):
        report = back_up(load_settings(starter_home), file)
    assert report.size_bytes == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0
    return file


def test_a_restored_home_answers_as_before(starter_home, backup, embedder, tmp_path):
    from assistant.assistant import Assistant
    from assistant.knowledge import Knowledge
    from assistant.settings import load_settings as load_assistant_settings

    restore(load_settings(tmp_path / "home"), backup)

    def ask(home):
        settings = load_assistant_settings(home)
        assistant = Assistant(settings, Knowledge.open(settings, embedder))
        answers = [assistant.invoke({"question": question}).to_dict() for question in QUESTIONS]
        return [{k: v for k, v in answer.items() if k != "latency_ms"} for answer in answers]

    answers = ask(tmp_path / "home")
    assert "answer" in {answer["kind"] for answer in answers}
    assert answers == ask(starter_home)
    leftovers = [path.name for path in tmp_path.iterdir()]
    assert leftovers == ["home"]


def test_other_files_of_a_home_come_along_and_passing_ones_do_not(tmp_path):
    home = tmp_path / "home"
    (home / "index" / "staging").mkdir(parents=True)
    (home / "index" / "staging" / "half.bin").write_text("half")
    (home / "library.toml").write_text("sources = []")
    (home / "link").symlink_to("/etc/passwd")
    open_database = sqlite3.connect(home / "staff.db", isolation_level=None)
    open_database.execute("pragma journal_mode=wal")
    open_database.execute("create table notes (words text)")
    open_database.execute("insert into notes values ('kept')")
    with closing(open_database):
        back_up(load_settings(home), home / "own.tar.gz")
        back_up(load_settings(home), home / "own.tar.gz")
    restore(load_settings(tmp_path / "new"), home / "own.tar.gz")
    restored = {p.relative_to(tmp_path / "new").as_posix() for p in (tmp_path / "new").rglob("*")}
    assert restored == {"library.toml", "staff.db"}
    with closing(sqlite3.connect(tmp_path / "new" / "staff.db")) as database:
        assert database.execute("select words from notes").fetchall() == [("kept",)]


def test_a_home_is_never_overwritten_without_being_told(backup, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "precious.txt").write_text("precious")
    with pytest.raises(HomeExists, match="holds something already: restore into another one"):
        restore(load_settings(home), backup)
    assert (home / "precious.txt").read_text() == "precious"
    restore(load_settings(home), backup, replace=True)
    assert not (home / "precious.txt").exists()
    assert Home(home).generation


def test_nothing_to_back_up_and_somebody_at_work(tmp_path):
    with pytest.raises(EmptyLibrary, match="holds nothing to back up"):
        back_up(load_settings(tmp_path / "none"), tmp_path / "b.tar.gz")
    home = Home(tmp_path / "home")
    (tmp_path / "home").mkdir()
    with home.writing(), pytest.raises(HomeBusy, match="Another process is changing"):
        back_up(load_settings(home.path), tmp_path / "b.tar.gz")
    assert not (tmp_path / "b.tar.gz").exists()


def write_archive(file, members, files=None, first="manifest.json"):
    """An archive with a manifest that names `files`, or the members as they are."""
    named = files or {
        name.removeprefix("home/"): {"size": len(d), "sha256": hashlib.sha256(d).hexdigest()}
        for name, d in members.items()
        if isinstance(d, bytes)
    }
    manifest = json.dumps({"format": 1, "made": "2026", "files": named}).encode()
    with tarfile.open(file, "w:gz") as archive:
        for name, data in {first: manifest, **members}.items():
            info = tarfile.TarInfo(name)
            if isinstance(data, str):
                info.type, info.linkname = tarfile.SYMTYPE, data
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))


WRONG = {
    "a way out of the folder": ({"home/../../out.txt": b"x"}, None, "does not belong"),
    "an absolute path": ({"/out.txt": b"x"}, None, "does not belong"),
    "a link": ({"home/a": "/etc/passwd"}, {"a": {"size": 0, "sha256": ""}}, "does not belong"),
    "a file that the list lacks": ({"home/a": b"x"}, {"b": {"size": 1, "sha256": ""}}, "does not"),
    "a file that is missing": ({}, {"b": {"size": 1, "sha256": ""}}, "lacks b"),
    "another file in its place": (
        {"home/a": b"x"},
        {"a": {"size": 1, "sha256": hashlib.sha256(b"y").hexdigest()}},
        "differs from its checksum",
    ),
}


@pytest.mark.parametrize(("members", "files", "reason"), WRONG.values(), ids=WRONG.keys())
def test_a_backup_that_is_not_what_it_says_is_refused(tmp_path, members, files, reason):
    write_archive(tmp_path / "b.tar.gz", members, files)
    with pytest.raises(CorruptBackup, match=reason):
        restore(load_settings(tmp_path / "home"), tmp_path / "b.tar.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar.gz"]


def test_a_damaged_file_is_refused(tmp_path, backup):
    broken = tmp_path / "b.tar.gz"
    data = bytearray(backup.read_bytes())
    for name, damaged in {
        "cut": data[: len(data) // 2],
        "turned": data[:5000] + bytes([data[5000] ^ 0xFF]) + data[5001:],
        "no archive": b"hello",
        "empty archive": gzip.compress(b""),
    }.items():
        broken.write_bytes(damaged)
        with pytest.raises(CorruptBackup, match=r"damaged|no backup"):
            restore(load_settings(tmp_path / "home"), broken)
        assert not (tmp_path / "home").exists(), name
    with pytest.raises(CorruptBackup, match="There is no backup"):
        restore(load_settings(tmp_path / "home"), tmp_path / "none")


def read_lines(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_exports_hold_every_article_and_passage(starter_home, tmp_path):
    with closing(Library.open(load_settings(starter_home))) as library:
        entries = list(library.entries.values())
        assert export_jsonl(entries, tmp_path / "library.jsonl") == len(entries)
        rows = read_lines(tmp_path / "library.jsonl")
        assert [(r["id"], r["text"]) for r in rows] == [
            (e.article.id, e.article.text) for e in entries
        ]
        count = export_beir(entries, tmp_path / "beir")
        assert count == sum(len(entry.passages) for entry in entries)
    (tmp_path / "beir" / "queries.jsonl").write_text('{"_id": "1", "text": "asked"}\n')
    export_beir(entries, tmp_path / "beir")
    assert "asked" in (tmp_path / "beir" / "queries.jsonl").read_text()
    corpus = read_lines(tmp_path / "beir" / "corpus.jsonl")
    assert {"_id", "title", "text"} <= set(corpus[0])
    head = (tmp_path / "beir" / "qrels" / "test.tsv").read_text()
    assert head == "query-id\tcorpus-id\tscore\n"
