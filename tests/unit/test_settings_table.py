"""docs/settings.md lists every setting that the program reads, with its default."""

import importlib
import re
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from index.settings import Settings

ROOT = Path(__file__).parents[2]
PACKAGES = ("index", "prompts", "assistant", "eval")
ROW = re.compile(r"^\| `(GUTBRAIN_\w+)` \| ([^|]+) \|", re.MULTILINE)


def read_table():
    rows = ROW.findall((ROOT / "docs" / "settings.md").read_text(encoding="utf-8"))
    assert len(rows) == len(dict(rows)), "a setting is listed twice"
    return {name: default.strip().strip("`") for name, default in rows}


def find_fields():
    """The fields of `Settings` and of all that subclass it, by the variable's name."""
    for package in PACKAGES:
        for path in (ROOT / package).rglob("settings.py"):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    kinds = [Settings]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return {
        f"GUTBRAIN_{name.upper()}": field
        for kind in kinds
        if kind.__module__.partition(".")[0] in PACKAGES
        for name, field in kind.model_fields.items()
    }


def write_default(field):
    """A default as a person would write it in `.env`."""
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple | list):
        return ",".join(map(str, value))
    return "required" if value is PydanticUndefined else str(value)


def test_every_setting_is_listed_and_no_other():
    assert sorted(read_table()) == sorted(find_fields())


@pytest.mark.parametrize("name", sorted(find_fields()))
def test_default_is_the_one_listed(name):
    assert read_table().get(name) == write_default(find_fields()[name])


@pytest.mark.parametrize("name", sorted(find_fields()))
def test_setting_says_what_it_does(name):
    assert find_fields()[name].description
