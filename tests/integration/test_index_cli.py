"""`python -m index` as a person runs it: what it prints where, and its exit status."""

import json
import sys

import pytest

from index.cli import run

pytestmark = pytest.mark.integration

FIBRE = (
    "# Fibre\n\nFibre feeds the gut [1]. Oats hold much of it.\n\n## References\n\n1. A study.\n"
)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "fibre.md").write_text(FIBRE)
    return folder


@pytest.fixture
def command(monkeypatch, capfd, tmp_path):
    """Runs the command in this process; gives exit status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["index", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            run()
        out, err = capfd.readouterr()
        return ended.value.code, out, err

    return call


def test_from_an_empty_home_to_an_empty_home(folder, tmp_path, run_module):
    """Each command in a process of its own, the home from the environment."""
    environment = {"GUTBRAIN_HOME": str(tmp_path / "home")}
    (folder / "empty.md").write_text("")

    def call(*arguments):
        result = run_module("index", *arguments, env=environment, cwd=tmp_path)
        assert "Traceback" not in result.stderr
        return result

    built = call("build", "articles", "--json")
    assert built.returncode == 1
    report = json.loads(built.stdout)
    [key] = report["added"]
    assert [problem["source"] for problem in report["problems"]] == ["articles/empty.md"]
    assert built.stderr.startswith("Left out articles/empty.md: ")
    assert built.stderr.count("\n") == 1

    status = json.loads(call("status", "--json").stdout)
    assert (status["articles"], status["sentences"], status["model"]) == (1, 3, "all-MiniLM-L6-v2")
    assert len(status["checksum"]) == 64
    assert status["size_bytes"] > 0

    [row] = json.loads(call("articles", "--json").stdout)
    assert row["id"] == key
    assert row["title"] == "Fibre"

    removed = call("remove", key)
    assert removed.returncode == 0
    assert removed.stdout.startswith("0 added, 0 updated, 1 removed")
    emptied = call("status")
    assert emptied.returncode == 2
    assert emptied.stderr.startswith("Error: The library")
    assert emptied.stderr.count("\n") == 1


def test_canonical_text_is_printed_as_it_is(starter_home, command):
    _, out, _ = command("articles", "--json", "--home", starter_home)
    rows = json.loads(out)
    assert len(rows) >= 20
    status, text, err = command("articles", "--text", rows[0]["id"], "--home", starter_home)
    assert (status, err) == (0, "")
    assert text.startswith(rows[0]["title"] + "\n\n")


def test_the_table_holds_every_id_whole(starter_home, command):
    _, out, _ = command("articles", "--json", "--home", starter_home)
    status, table, _ = command("articles", "--home", starter_home)
    assert status == 0
    assert all(row["id"] in table for row in json.loads(out))


def test_status_is_readable(starter_home, command):
    status, out, err = command("status", "--home", starter_home)
    assert (status, err) == (0, "")
    assert dict(line.split(maxsplit=1) for line in out.splitlines())["model"] == "all-MiniLM-L6-v2"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build"], r"Missing argument"),
        (["build", "--nope"], r"No such option: --nope"),
        (["nope"], r"No such command 'nope'"),
        (["status"], r"The library in home is empty: fill it with `python -m index build"),
        (["remove", "x"], r"The library in home is empty"),
        (["articles", "--text", "x"], r"The library in home is empty"),
        (["build", "missing.md"], r"No article was found, nothing was changed. missing.md: "),
        (["build", "articles", "--home", "articles/fibre.md"], r"cannot be written"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_line(arguments, message, command, folder, monkeypatch):
    monkeypatch.setenv("GUTBRAIN_HOME", "home")
    status, out, err = command(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("Error: ")
    assert message in err
    assert err.count("\n") == 1


def test_a_setting_that_is_not_allowed_is_one_line(command, monkeypatch, folder):
    monkeypatch.setenv("GUTBRAIN_MAX_SOURCE_BYTES", "many")
    status, _, err = command("build", "articles")
    assert status == 2
    assert err.startswith("Error: GUTBRAIN_MAX_SOURCE_BYTES is 'many': ")
    assert err.count("\n") == 1


def test_a_model_that_is_missing_is_one_line(command, monkeypatch, folder):
    monkeypatch.setenv("GUTBRAIN_EMBEDDING_MODEL", "no-such/model")
    status, _, err = command("build", "articles")
    assert status == 2
    assert err.startswith("Error: The embedding model 'no-such/model' is not on this machine: ")
    assert err.count("\n") == 1


def test_help_is_no_failure(command):
    status, out, _ = command("--help")
    assert status == 0
    assert "build" in out


def test_called_without_anything_it_says_what_it_can_do(command):
    status, out, err = command()
    assert status == 2
    assert "remove" in out + err


def test_an_interrupted_command_ends_without_a_word(command, monkeypatch, folder):
    def interrupt(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("index.build.build_index", interrupt)
    status, _, err = command("build", "articles")
    assert status == 130
    assert "Traceback" not in err
