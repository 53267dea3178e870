"""Files and folders as sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.loaded import Loaded, Request
from index.readers import Problem
from index.sources import load


@pytest.fixture
def folder(tmp_path):
    for name in ("b.md", "a/z.txt", "a/c.html", ".hidden.md", ".git/x.md", "logo.png", "NOTICE"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"The gut talks to the brain. {name}")
    return tmp_path


def test_a_folder_is_read_in_order(folder):
    found = [one for one in load(str(folder)) if isinstance(one, Loaded)]
    assert [loaded.name for loaded in found] == ["b.md", "a/c.html", "a/z.txt"]
    assert found[1].source == str(folder / "a/c.html")
    assert found[0].url is None
    assert list(load(str(folder)))[:3] == found


def test_a_file_is_read_whatever_its_suffix(folder):
    (loaded,) = load(str(folder / "NOTICE"))
    assert (loaded.name, loaded.data[:3]) == ("NOTICE", b"The")


def test_files_of_other_kinds_are_told_once(folder):
    for name in ("paper.odt", "1.PNG", "2.png", "3.png", "prices.csv"):
        (folder / name).write_bytes(b"PK")
    (problem,) = (found for found in load(str(folder)) if isinstance(found, Problem))
    assert (problem.source, problem.failed) == (str(folder), False)
    assert problem.reason == (
        "holds files of kinds that are not read: 1 .odt (paper.odt), "
        "4 .png (1.PNG, 2.png, 3.png, …), 1 without a suffix (NOTICE), 1 .csv (prices.csv); "
        "save documents as PDF or .docx"
    )


def test_files_that_cannot_be_read_do_not_stop_the_others(folder):
    (folder / "broken.md").symlink_to(folder / "gone.md")
    (folder / "huge.md").write_bytes(b"x" * 2000)
    found = list(load(str(folder), Request(limit_bytes=1000)))
    problems = {Path(f.source).name: f.reason for f in found if isinstance(f, Problem)}
    assert problems["broken.md"] == "there is no such file or folder; check the path"
    assert problems["huge.md"] == "has 2,000 bytes, the limit is 1,000; split it"
    assert sum(isinstance(f, Loaded) for f in found) == 3


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("none", "no such file or folder"),
        ("", "holds no file that can be read"),
        ("/dev/null", "is no regular file"),
    ],
)
def test_missing_and_empty(tmp_path, source, reason):
    (problem,) = load(str(tmp_path / source))
    assert isinstance(problem, Problem)
    assert reason in problem.reason
