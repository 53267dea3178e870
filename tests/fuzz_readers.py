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

ROOT = Path(__file__).parents[1]
NAMES = ("a.html", "a.md", "a.txt", "a.json", "a")

sys.path.insert(0, str(ROOT))
with atheris.instrument_imports(include=["index"]):
    import index.readers  # instrumented here, before the checks import it
    import index.sentences  # noqa: F401

READERS = ROOT / "tests/unit/index/readers"
checks = runpy.run_path(str(READERS / "test_reading_anything.py"))


def read_one(data):
    """The first byte chooses the name, the rest is the file."""
    if not data:
        return
    try:
        checks["read_and_check"](data[1:], NAMES[data[0] % len(NAMES)])
    except Exception:
        Path("found.bin").write_bytes(data)
        raise


def fill(corpus):
    """Puts the starter library, and an article in every format, into a corpus that is empty."""
    corpus.mkdir(exist_ok=True)
    if any(corpus.iterdir()):
        return
    for path in (ROOT / "index" / "starter").iterdir():
        suffixes = [Path(name).suffix for name in NAMES]
        if path.suffix in suffixes:
            kind = bytes([suffixes.index(path.suffix)])
            (corpus / path.name).write_bytes(kind + path.read_bytes())
    by_content = bytes([len(NAMES) - 1])
    for name, make in runpy.run_path(str(READERS / "documents.py"))["FORMATS"].items():
        (corpus / name).write_bytes(by_content + make())


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
