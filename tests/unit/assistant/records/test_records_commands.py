import json

from typer.testing import CliRunner

from assistant.cli import app
from assistant.records import Records
from assistant.settings import Settings


def call(*arguments, text=None):
    return CliRunner().invoke(app, [*map(str, arguments)], input=text, catch_exceptions=False)


def test_accounts_are_made_listed_and_removed(tmp_path):
    home = ("--home", tmp_path)
    made = call("account", "add", "Anna", "--role", "admin", *home, text="correct horse battery\n")
    assert made.exit_code == 0
    call("account", "add", "bo", *home, text="another good password\n")
    call("account", "role", "bo", "editor", *home)
    assert call("account", "list", *home).stdout == "anna\tadmin\nbo\teditor\n"
    call("account", "password", "bo", *home, text="yet another password\n")
    assert Records(Settings(home=tmp_path)).accounts.check_password("bo", "yet another password")
    call("account", "remove", "bo", *home)
    assert call("account", "list", *home).stdout == "anna\tadmin\n"


def test_what_is_kept_is_shown_exported_and_erased(tmp_path):
    records = Records(Settings(home=tmp_path, keep_unanswered=True))
    records.add_unanswered("Is it open on Sundays?", language="en", channel="page")
    shown = call("kept", "--home", tmp_path)
    assert shown.stdout.splitlines()[0] == "feedback: not kept; 0 rows"
    assert "unanswered: not kept; 1 rows, oldest 20" in shown.stdout

    file = tmp_path / "kept.jsonl"
    erased = call("kept", "--home", tmp_path, "--export", file, "--erase", "all", "--json")
    assert json.loads(file.read_text())["question"] == "Is it open on Sundays?"
    assert [kind["rows"] for kind in json.loads(erased.stdout)] == [0, 0, 0]
    assert records.actions.all()[0].subject == "all: 1 rows"
    records.close()
