"""Pages as themes and builders give them, read; `tests/measure_pages.py` prints the figures."""

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "measure_pages.py"
spec = importlib.util.spec_from_file_location("measure_pages", SCRIPT)
measure_pages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(measure_pages)

PAGES = sorted((measure_pages.PAGES / "tuned").glob("*.html"))


@pytest.fixture(scope="module")
def measured():
    return measure_pages.measure(PAGES)


@pytest.mark.parametrize("name", [path.stem for path in PAGES])
def test_a_page_gives_its_article(measured, name):
    figures = measured[0][name]
    assert min(figures.precision(), figures.recall()) >= 0.85


def test_all_pages_and_every_kind_of_block_are_right_by_words(measured, capsys):
    pages, total = measured
    with capsys.disabled():
        sys.stdout.write(f"\n{measure_pages.describe(pages, total)}\n")
    assert len(pages) >= 30
    assert min(total.precision(), total.recall()) >= 0.98
    for kind in total.expected:
        assert min(total.precision(kind), total.recall(kind)) >= 0.97, kind


def test_shapes_that_the_reader_was_not_mended_for(capsys):
    pages, total = measure_pages.measure((measure_pages.PAGES / "held_out").glob("*.html"))
    with capsys.disabled():
        sys.stdout.write(f"\nheld out\n{measure_pages.describe(pages, total)}\n")
    assert min(total.precision(), total.recall()) >= 0.9
