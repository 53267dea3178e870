import re
from pathlib import Path

import pytest

from prompts.texts import load_texts

ROOT = Path(__file__).parents[3]
NAMES = {"answer.question"}


@pytest.mark.parametrize("language", ["da", "sv"])
def test_the_desk_is_translated(language):
    english = load_texts("en", "prompts.staff").entries
    other = load_texts(language, "prompts.staff").entries
    same = {key for key in english if other[key] == english[key]}
    assert same <= {"roles.admin", "copy.preview_text", "inbox.times", "sources.problem"}


def test_every_text_that_a_template_names_is_there():
    known = load_texts("en", "prompts.staff").entries
    folder = ROOT / "assistant" / "ui" / "templates" / "desk"
    named = re.compile(r"(?<!page_)texts(?:\.fill\(|\[)\"([a-z_.]+)\"(?=[\]),])")
    used = {key for path in folder.iterdir() for key in named.findall(path.read_text())}
    assert len(used) > 50
    assert used - known.keys() == set()
