"""Vectors that survive the process that made them."""

import numpy as np
import pytest

from index.errors import HomeUnwritable
from index.journal import FILE, Journal

VECTOR = np.array([0.6, 0.8], dtype=np.float32)


def test_what_is_added_is_there_for_another_process_until_it_is_cleared(tmp_path):
    Journal(tmp_path, "model").add({"passage": VECTOR, "sentence": -VECTOR})
    journal = Journal(tmp_path, "model")
    vectors = journal.read(["passage", "sentence", "another"])
    assert {text: list(vector) for text, vector in vectors.items()} == {
        "passage": list(VECTOR),
        "sentence": list(-VECTOR),
    }
    journal.clear()
    assert journal.read(["passage"]) == {}
    assert list(tmp_path.iterdir()) == []


def test_another_model_has_other_vectors(tmp_path):
    Journal(tmp_path, "one").add({"text": VECTOR})
    assert Journal(tmp_path, "other").read(["text"]) == {}


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0 but broken", b""])
def test_a_damaged_file_is_as_none(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    journal = Journal(tmp_path, "model")
    assert journal.read(["text"]) == {}
    journal.add({"text": VECTOR})
    assert list(journal.read(["text"])) == ["text"]


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path):
    with pytest.raises(HomeUnwritable, match="give a home with free space"):
        Journal(tmp_path / "gone", "model").add({"text": VECTOR})
