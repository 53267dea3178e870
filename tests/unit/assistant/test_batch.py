import json

import pytest

from assistant.batch import run_batch
from assistant.conversation import BadInput


@pytest.fixture
def run(tmp_path):
    """Runs lines through a handler that gives back the question's length, and refuses "bad"."""

    def handle(record):
        if record.get("question") == "bad":
            raise BadInput("The question is bad.")
        return {"length": len(record["question"])}

    def run(data):
        (tmp_path / "in.jsonl").write_bytes(data)
        counts = run_batch(tmp_path / "in.jsonl", tmp_path / "out.jsonl", handle)
        lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
        return counts, [json.loads(line) for line in lines]

    return run


def test_one_line_in_is_one_line_out_in_order(run):
    counts, results = run(b'{"id": "b", "question": "one"}\n\n{"id": 2, "question": "three"}\n')
    assert counts == (2, 0)
    assert results == [{"id": "b", "length": 3}, {"id": 2, "length": 5}]


@pytest.mark.parametrize(
    "line",
    [
        b"no json",
        b'{"id": 1',
        b'{"id": "\xff"}',
        b"[1]",
        b'"text"',
        b"1" * 5000,
        b"[" * 100_000,
        b'{"id": 1, "question": "bad"}',
    ],
    ids=["words", "cut", "latin-1", "list", "text", "huge number", "deep", "refused"],
)
def test_a_line_that_fails_does_not_end_the_batch(run, line):
    counts, results = run(line + b'\n{"id": "next", "question": "x"}\n')
    assert counts == (2, 1)
    assert set(results[0]) == {"id", "error"}
    assert results[1] == {"id": "next", "length": 1}


def test_a_byte_order_mark_is_passed_over(run):
    assert run(b'\xef\xbb\xbf{"id": 1, "question": "x"}')[0] == (1, 0)


def test_half_a_character_in_an_id_comes_back(run):
    assert run(b'{"id": "\\ud800", "question": "x"}')[1][0]["id"] == "\ud800"


def test_an_empty_file_gives_an_empty_file(run):
    assert run(b"") == ((0, 0), [])


def test_results_never_overwrite_the_batch(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": 1}\n')
    with pytest.raises(BadInput, match="would overwrite the batch"):
        run_batch(path, tmp_path / "." / "in.jsonl", dict)
    assert path.read_text() == '{"id": 1}\n'


@pytest.mark.parametrize(("source", "target"), [("none", "out"), ("in", "no/folder/out")])
def test_files_that_cannot_be_opened_are_named(tmp_path, source, target):
    (tmp_path / "in").write_text("{}")
    with pytest.raises(BadInput, match=r"The batch from .* cannot be run") as caught:
        run_batch(tmp_path / source, tmp_path / target, dict)
    assert "\n" not in str(caught.value)
