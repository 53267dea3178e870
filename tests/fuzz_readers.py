"""Throws changed articles at the readers, guided by coverage, for as long as it is let.

    pip install atheris
    python tests/fuzz_readers.py CORPUS_FOLDER -max_total_time=3600 -timeout=20 -max_len=8192

atheris (libFuzzer) is no dependency of the tests: what it finds becomes a case in
`tests/unit/index/readers/test_reading_anything.py`. Its first run fills an empty corpus folder with
the starter library and with one article in every format that is read.
"""

import runpy
import sys
from pathlib import Path

import atheris
from fuzzing import ROOT, fuzz

NAMES = ("a.html", "a.md", "a.txt", "a.json", "a")

sys.path.insert(0, str(ROOT))
with atheris.instrument_imports(include=["index"]):
    import index.readers  # instrumented here, before the checks import it
    import index.sentences  # noqa: F401

READERS = ROOT / "tests/unit/index/readers"
checks = runpy.run_path(str(READERS / "test_reading_anything.py"))


def read_one(data):
    """The first byte chooses the name, the rest is the file."""
    if data:
        checks["read_and_check"](data[1:], NAMES[data[0] % len(NAMES)])


def give_articles():
    """The starter library, and an article in every format."""
    suffixes = [Path(name).suffix for name in NAMES]
    for path in (ROOT / "index" / "starter").iterdir():
        if path.suffix in suffixes:
            yield path.name, bytes([suffixes.index(path.suffix)]) + path.read_bytes()
    by_content = bytes([len(NAMES) - 1])
    for name, make in runpy.run_path(str(READERS / "documents.py"))["FORMATS"].items():
        yield name, by_content + make()


if __name__ == "__main__":
    fuzz(read_one, give_articles)
