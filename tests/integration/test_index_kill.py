"""`kill -9` while a home is changed: it opens and answers, from the old state or the new one."""

import importlib.util
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from index.library import Library
from index.settings import load_settings

pytestmark = pytest.mark.integration

SCRIPT = Path(__file__).with_name("index_writer.py")
ROUNDS = 6
ARTICLES = 30


@pytest.fixture(scope="module")
def writer():
    spec = importlib.util.spec_from_file_location("index_writer", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def old_home(tmp_path_factory, writer):
    home = tmp_path_factory.mktemp("killed") / "old"
    writer.write(str(home), ARTICLES, "old")
    return home


def start_writing(home, word):
    process = subprocess.Popen(
        [sys.executable, SCRIPT, home, str(ARTICLES + 1), word],
        env={**os.environ, "PYTHONPATH": str(SCRIPT.parents[2])},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def read_words(home, writer):
    """The words that the articles, and the rows that are found, say; all rows are looked at."""
    with closing(Library.open(load_settings(home))) as library:
        assert len(library.entries) in {ARTICLES, ARTICLES + 1}
        words = {entry.article.text.split()[-1].rstrip(".") for entry in library.entries.values()}
        vector = writer.StandIn().encode(["any"])[0]
        assert len(library.nearest_passages(vector, 10**6)) == len(library.passage_keys)
        assert len(library.nearest_sentences(vector, 10**6)) == len(library.sentence_keys)
        for key, entry in library.entries.items():
            assert library.sentence_vectors(key).shape == (len(entry.sentences), 8)
        return words


@pytest.fixture(scope="module")
def seconds(old_home, tmp_path_factory):
    """How long it takes to write when nobody interferes."""
    home = shutil.copytree(old_home, tmp_path_factory.mktemp("timed") / "home")
    started = time.monotonic()
    with start_writing(home, "new") as process:
        assert process.stdout.readline() == "done\n"
    return time.monotonic() - started


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_killed_build_leaves_the_old_state_or_the_new_one(
    number, old_home, seconds, writer, tmp_path
):
    home = shutil.copytree(old_home, tmp_path / "home")
    # One moment in each part of the time, chosen by chance anew in every run.
    moment = (number + random.random()) / ROUNDS * seconds
    with start_writing(home, "new") as process:
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
    words = read_words(home, writer)
    assert words in ({"old"}, {"new"}), f"killed after {moment:.2f} s of {seconds:.2f} s"

    writer.write(str(home), ARTICLES + 1, "newer")
    assert read_words(home, writer) == {"newer"}


def test_a_first_build_that_is_killed_can_be_repeated(seconds, writer, tmp_path):
    with start_writing(tmp_path / "home", "new") as process:
        time.sleep(seconds / 2)
        process.send_signal(signal.SIGKILL)
    writer.write(str(tmp_path / "home"), ARTICLES, "newer")
    assert read_words(tmp_path / "home", writer) == {"newer"}
