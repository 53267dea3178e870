import sqlite3

import pytest

from index.errors import CorruptHome, EmptyLibrary, HomeBusy, HomeError, HomeUnwritable
from index.home import Home, undo_change
from index.settings import Settings
from index.store import DATABASE_FILE


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


def publish(home, text):
    with home.writing():
        staged = home.stage()
        (staged / "content").write_text(text)
        sqlite3.connect(staged / DATABASE_FILE).close()
        home.publish()


def test_a_new_home_is_empty(home):
    assert home.generation == 0
    with pytest.raises(EmptyLibrary, match=r"python -m index build SOURCE… --home .*/home"):
        _ = home.current


def test_what_is_staged_is_seen_once_it_is_published(home):
    publish(home, "old")
    with home.writing():
        staged = home.stage()
        (staged / "content").write_text("new")
        assert (home.current / "content").read_text() == "old"
        home.publish()
    assert (home.current / "content").read_text() == "new"
    assert home.generation == 2
    assert home.size_bytes > 3


def test_the_generation_before_is_kept_for_those_who_read_it(home):
    folders = []
    for text in ("first", "second", "third"):
        publish(home, text)
        folders.append(home.current)
    assert [folder.exists() for folder in folders] == [False, True, True]


@pytest.mark.parametrize("leftover", ["staging", "generations/2"])
def test_what_an_interrupted_writer_left_is_dropped(home, leftover):
    publish(home, "old")
    rest = home.path / "index" / leftover
    rest.mkdir()
    (rest / "rubbish").write_text("x")
    publish(home, "new")
    assert {path.name for path in home.current.iterdir()} == {"content", DATABASE_FILE}


def test_a_second_writer_is_told_to_wait(home):
    with (
        home.writing(),
        pytest.raises(HomeBusy, match=r"Another process is changing .*: wait"),
        Home(home.path).writing(),
    ):
        pass


def test_the_right_to_write_is_given_back_after_an_error(home):
    with pytest.raises(ZeroDivisionError), home.writing():
        _ = 1 / 0
    home.check_writable()


def test_a_file_where_the_home_should_be(home):
    home.path.write_text("")
    with pytest.raises(HomeUnwritable, match=r"cannot be written \(.*\): give a folder"):
        home.check_writable()
    with pytest.raises(CorruptHome, match="is a file, or its index is: give a folder"):
        _ = home.current


def test_a_file_where_the_copy_should_be_made(home):
    publish(home, "old")
    (home.path / "index" / "staging").write_text("")
    with home.writing(), pytest.raises(HomeUnwritable, match="cannot be written"):
        home.stage()


@pytest.mark.parametrize(
    "content", [b"", b"garbage", b"\xff\xfe", b"1 2"], ids=["empty", "words", "bytes", "two"]
)
def test_a_pointer_that_cannot_be_read(home, content):
    publish(home, "old")
    (home.path / "index" / "CURRENT").write_bytes(content)
    with pytest.raises(CorruptHome, match="does not name the index to open: restore a backup"):
        _ = home.current


def test_a_generation_that_is_missing(home):
    publish(home, "old")
    (home.path / "index" / "CURRENT").write_text("7")
    with pytest.raises(CorruptHome, match=r"lacks its folder .*7: restore a backup"):
        _ = home.current


def test_a_change_can_be_undone_and_done_again(home):
    for text in ("first", "second"):
        publish(home, text)
    settings = Settings(home=home.path)
    seen = []
    for _ in range(2):
        undo_change(settings)
        seen.append((home.current / "content").read_text())
    assert seen == ["first", "second"]


def test_without_an_earlier_state_there_is_nothing_to_undo(home):
    publish(home, "only")
    with pytest.raises(HomeError, match="no earlier state"):
        undo_change(Settings(home=home.path))
    assert (home.current / "content").read_text() == "only"
