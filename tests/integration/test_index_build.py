"""Building, changing and searching real homes: real Chroma, real model."""

import hashlib
import json
import re
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from index.build import add_to_index, build_index, remove_from_index
from index.errors import EmptyLibrary, ModelMismatch, SourceError
from index.home import Home, open_index
from index.library import Library
from index.passages import passage_text_to_embed, sentence_text_to_embed
from index.search import Searcher
from index.settings import load_settings

pytestmark = pytest.mark.integration

TEA = """# Green tea
Green tea holds catechins. They are taken up slowly.

## Who should be careful
Drink it between meals if you are:

- low in iron
- pregnant
"""
CABBAGE = """Sauerkraut

Sauerkraut is cabbage that lactic acid bacteria have fermented. It keeps for months.
"""
WALK = """# Walking
A walk after a meal helps the stomach to empty. Ten minutes are enough.
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in {"tea.md": TEA, "cabbage.txt": CABBAGE, "walk.md": WALK}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path):
    return load_settings(tmp_path / "home")


@pytest.fixture
def build(settings, folder, embedder):
    """Builds the home from the folder, or from other sources."""

    def run(*sources, change=build_index):
        return change(settings, list(map(str, sources or [folder])), embedder=embedder)

    return run


def read_titles(settings):
    with closing(Library.open(settings)) as library:
        return {entry.article.title for entry in library.entries.values()}


def find_id(settings, title):
    with closing(Library.open(settings)) as library:
        return next(k for k, e in library.entries.items() if e.article.title == title)


def check_rows(settings, embedder):
    """The store holds the rows of the articles that count with their vectors, and no others."""
    with closing(Library.open(settings)) as library, closing(open_index(settings)) as store:
        for name, keys in (
            ("passages", library.passage_keys),
            ("sentences", library.sentence_keys),
            ("articles", library.entries),
        ):
            assert set(store._collections[name].get(include=[])["ids"]) == set(keys)
        for entry in library.entries.values():
            texts = [sentence_text_to_embed(entry.article, s) for s in entry.sentences]
            found = library.sentence_vectors(entry.article.id)
            assert np.allclose(found, embedder.encode(texts), atol=1e-5)
            ids = [entry.passage_id(passage.number) for passage in entry.passages]
            texts = [passage_text_to_embed(entry.article, p) for p in entry.passages]
            assert np.allclose(store.vectors("passages", ids), embedder.encode(texts), atol=1e-5)


def test_a_build_takes_every_article_and_a_second_one_embeds_nothing(build, settings, embedder):
    first = build()
    assert len(first.added) == 3
    assert first.embedded_passages == 4
    assert first.embedded_sentences == 9
    assert not first.problems
    check_rows(settings, embedder)

    second = build()
    assert sorted(second.unchanged) == sorted(first.added)
    assert not second.changed
    assert second.embedded_passages == second.embedded_sentences == 0
    assert Home(settings.home).generation == 1


def test_an_edit_embeds_only_what_it_touched(build, settings, folder, embedder):
    build()
    (folder / "cabbage.txt").write_text(CABBAGE.replace("for months", "for a year"))
    report = build()
    assert len(report.updated) == 1
    assert len(report.unchanged) == 2
    assert (report.embedded_passages, report.embedded_sentences) == (1, 1)
    check_rows(settings, embedder)


def test_a_build_removes_what_the_sources_hold_no_more(build, settings, folder, embedder):
    build()
    (folder / "tea.md").unlink()
    report = build()
    assert len(report.removed) == 1
    assert read_titles(settings) == {"Sauerkraut", "Walking"}
    check_rows(settings, embedder)


def test_adding_leaves_the_others(build, settings, folder):
    build(folder / "tea.md")
    report = build(folder / "walk.md", change=add_to_index)
    assert len(report.added) == 1
    assert read_titles(settings) == {"Green tea", "Walking"}


def test_removing_by_id(build, settings, embedder):
    build()
    key = find_id(settings, "Green tea")
    assert remove_from_index(settings, [key, key]).removed == (key,)
    assert read_titles(settings) == {"Sauerkraut", "Walking"}
    check_rows(settings, embedder)


def test_nothing_is_removed_where_one_id_is_unknown(build, settings):
    build()
    with pytest.raises(SourceError, match=r"no article 'nope', nothing was removed"):
        remove_from_index(settings, [find_id(settings, "Green tea"), "nope"])
    assert len(read_titles(settings)) == 3


def test_a_library_that_was_emptied_is_empty_and_can_be_filled_again(build, settings, embedder):
    build()
    with closing(Library.open(settings)) as library:
        ids = list(library.entries)
    remove_from_index(settings, ids)
    with pytest.raises(EmptyLibrary, match=r"fill it with `python -m index build SOURCE…`"):
        Library.open(settings)
    assert len(build().added) == 3
    check_rows(settings, embedder)


def test_an_article_whose_source_fails_is_kept(build, settings, folder):
    build()
    (folder / "tea.md").write_bytes(b"")
    report = build()
    assert [problem.source for problem in report.problems] == [str(folder / "tea.md")]
    assert not report.changed
    (folder / "walk.md").unlink()
    report = build(folder / "cabbage.txt", folder / "tea.md", folder / "walk.md")
    assert len(report.problems) == 2
    assert len(read_titles(settings)) == 3


def test_nothing_changes_where_no_source_can_be_read(build, settings, tmp_path):
    build()
    with pytest.raises(SourceError, match="No article was found, nothing was changed"):
        build(tmp_path / "missing")
    assert len(read_titles(settings)) == 3


BAD_SOURCES = {
    "empty.md": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "truncated.json": (b'[{"id": 1, "title": {"rendered": "Cut', "JSON"),
    "other.json": (b'{"temperature": 21}', "post"),
    "binary.txt": (bytes(range(256)) * 8, "text"),
    "numbers.txt": (b"1 2 3\n" * 200, "article"),
    "huge.md": (b"# Huge\n\n" + b"Fibre feeds the gut. " * 1000, "the limit is 10,000"),
    "copy.md": (TEA.encode(), r"is the same article as .*tea\.md"),
    "article.pdf": (b"%PDF-1.7", "is a broken PDF"),
}


def test_bad_sources_are_named_and_the_others_taken(settings, folder, embedder):
    for name, (data, _) in BAD_SOURCES.items():
        (folder / f"z-{name}").write_bytes(data)
    settings = settings.model_copy(update={"max_source_bytes": 10_000})
    report = build_index(settings, [str(folder)], embedder=embedder)
    assert len(report.added) == 3
    reasons = {p.source.rsplit("/z-", 1)[-1]: p.reason for p in report.problems}
    assert set(reasons) == set(BAD_SOURCES)
    for name, (_, expected) in BAD_SOURCES.items():
        assert re.search(expected, reasons[name]), (name, reasons[name])
        assert "\n" not in reasons[name]


def test_old_encodings_are_read(build, settings, folder):
    text = "# Tarmflora\n\nBakterierna i tarmen påverkar även hjärnan. Det gör de på många sätt.\n"
    (folder / "latin.md").write_bytes(text.encode("latin-1"))
    assert not build().problems
    with closing(Library.open(settings)) as library:
        [entry] = [e for e in library.entries.values() if e.article.title == "Tarmflora"]
    assert "påverkar även hjärnan" in entry.article.text


def test_another_model_is_refused(build, settings):
    build()
    other = type("Other", (), {"name": "other", "checksum": "0"})()
    with pytest.raises(ModelMismatch, match=r"made with all-MiniLM-L6-v2, the settings name other"):
        build_index(settings, [str(settings.home.parent / "articles")], embedder=other)
    assert len(read_titles(settings)) == 3


def test_passages_are_found_by_meaning_and_by_words(build, settings, embedder):
    build()
    with closing(Library.open(settings)) as library:
        searcher = Searcher(library, embedder)
        for question, title in {
            "pickled vegetables": "Sauerkraut",
            "strolling after dinner": "Walking",
            "catechins": "Green tea",
        }.items():
            hit = searcher.search(question)[0]
            assert library.entries[hit.article_id].article.title == title
        assert len(searcher.search("gut", limit=2)) == 2


def test_two_homes_of_the_same_articles_answer_alike(build, settings, folder, embedder, tmp_path):
    build()
    other = load_settings(tmp_path / "other")
    build_index(other, [str(folder)], embedder=embedder)
    with closing(Library.open(settings)) as one, closing(Library.open(other)) as two:
        found = [Searcher(x, embedder).search("what helps the stomach?") for x in (one, two)]
    assert found[0] == found[1]


def hash_files(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_reading_changes_no_file_but_the_lock_in_chromas_database(build, settings, embedder):
    build()
    before = hash_files(settings.home)
    with closing(Library.open(settings)) as library:
        Searcher(library, embedder).search("fibre")
        for key in library.entries:
            library.sentence_vectors(key)
    after = hash_files(settings.home)
    changed = {path.name for path in before | after if before.get(path) != after.get(path)}
    assert changed <= {"chroma.sqlite3"}


def test_a_home_can_be_copied(build, settings, embedder, tmp_path):
    build()
    settings.home.rename(tmp_path / "moved")
    with closing(Library.open(load_settings(tmp_path / "moved"))) as library:
        assert len(Searcher(library, embedder).search("fibre")) == 4


def test_a_state_that_was_replaced_twice_still_answers(build, settings, folder, embedder):
    build()
    library = Library.open(settings)
    vector = embedder.encode(["iron"])[0]
    before = library.nearest_sentences(vector, 3)
    for text in ("Ten minutes suffice.", "Twenty are better."):
        (folder / "walk.md").write_text(WALK.replace("Ten minutes are enough.", text))
        build()
    assert library.nearest_sentences(vector, 3) == before
    assert library.sentence_vectors(find_id(settings, "Green tea")).shape == (5, 384)
    library.close()
    library.close()


def test_files_are_released_when_nothing_refers_to_a_library(build, settings):
    build()
    library = Library.open(settings)
    finalizer = library._closing
    del library
    assert not finalizer.alive


def test_entries_tell_how_they_were_made(build, settings, embedder):
    build()
    with closing(Library.open(settings)) as library:
        assert library.manifest["model"] == "all-MiniLM-L6-v2"
        assert library.manifest["checksum"] == embedder.checksum
        assert library.manifest["schema"] == 1
        assert json.dumps(library.manifest)


def test_an_error_while_writing_publishes_nothing(build, settings, folder, embedder):
    build()
    (folder / "walk.md").write_text(WALK + "\nA second paragraph about walking.\n")

    class Failing(type(embedder)):
        def encode(self, texts, on_progress=None):
            raise OSError(28, "No space left on device")

    failing = Failing(embedder.name)
    with pytest.raises(OSError, match="No space left"):
        build_index(settings, [str(folder)], embedder=failing)
    with closing(Library.open(settings)) as library:
        assert "second paragraph" not in "".join(e.article.text for e in library.entries.values())
    assert len(build().updated) == 1


def test_report_counts_are_of_articles_as_they_are(build, folder):
    report = build()
    assert replace(report, added=()).changed is False
    assert len({*report.added, *report.updated}) == len(list(folder.iterdir()))


@pytest.mark.parametrize("text", [WALK, "# One\n\nOne sentence stands alone here.\n"])
def test_a_library_of_one_article_is_opened_again_and_again(build, settings, tmp_path, text):
    (tmp_path / "only.md").write_text(text)
    build(tmp_path / "only.md")
    vector = np.full(384, 384**-0.5, dtype=np.float32)
    for _ in range(3):
        with closing(Library.open(settings)) as library:
            assert library.nearest_sentences(vector, 1)
            assert library.nearest_passages(vector, 1)
