"""What docs/evaluation.md tells evaluators to type and to write can be read by the program."""

import re
import shlex
from pathlib import Path

import pytest
import typer
import yaml

from eval.cli import app
from eval.dataset import read_dataset
from eval.gating import read_gate
from index.cli import app as index_app

TEXT = (Path(__file__).parents[3] / "docs" / "evaluation.md").read_text(encoding="utf-8")
COMMANDS = {
    "eval": typer.main.get_command(app).commands,
    "index": typer.main.get_command(index_app).commands,
}


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def typed():
    """Each command as it is typed, without what is set before it."""
    (workflow,) = blocks("yaml")
    for block in [*blocks("sh"), workflow]:
        whole = block.replace("\\\n", " ").replace('"$python"', "python")
        yield from re.findall(r"python -m (?:eval|index) [^\n]*", whole)


@pytest.mark.parametrize("line", dict.fromkeys(typed()))
def test_commands(line):
    _, _, package, name, *arguments = shlex.split(line)
    context = COMMANDS[package][name].make_context(name, arguments)
    assert context.params


@pytest.mark.parametrize(
    "config", [*blocks("toml"), *re.findall(r"<<'END'\n(.*?)END", TEXT, re.DOTALL)]
)
def test_gates(tmp_path, config):
    (tmp_path / "gate.toml").write_text(config)
    assert read_gate(tmp_path / "gate.toml").falls


def test_a_data_set_of_your_own(tmp_path):
    (cases,) = blocks("json")
    (tmp_path / "own.jsonl").write_text(cases)
    assert [case.expected for case in read_dataset(str(tmp_path / "own.jsonl")).cases] == [
        "abstain",
        "answer",
    ]


def test_the_build_server_gates_with_what_it_ran():
    workflow = yaml.safe_load(blocks("yaml")[0])
    steps = workflow["jobs"]["evaluation"]["steps"]
    assert any("eval gate runs/answers" in step.get("run", "") for step in steps)
    assert steps[-1]["with"]["path"].split() == ["runs/answers/report.html", "gate.xml"]
