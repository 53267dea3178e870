"""What `fuzz_readers.py` and `fuzz_messages.py` share: the corpus, what was found, the start."""

import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]


def fuzz(check, texts):
    """Throws changed texts at `check`, guided by coverage, as the command line says.

    Args:
        check: takes bytes, raises what it finds; the input is then written to `found.bin`.
        texts: gives names and bytes that a corpus begins with, where its folder is empty.
    """
    corpus = Path(sys.argv[1])
    corpus.mkdir(exist_ok=True)
    if not any(corpus.iterdir()):
        for name, data in texts():
            (corpus / name).write_bytes(data)

    def check_one(data):
        try:
            check(data)
        except Exception:
            Path("found.bin").write_bytes(data)
            raise

    atheris.Setup(sys.argv, check_one)
    atheris.Fuzz()
