import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from assistant.records import BadRecord, Citation, Records, RecordsError
from assistant.records.database import Database
from assistant.records.errors import NewerRecords
from assistant.records.keeping import erase, export_lines, summarise
from assistant.records.moments import moment_now, parse_moment
from assistant.records.tables import ABOUT
from assistant.records.upkeep import keep_within_retention
from assistant.settings import Settings

QUESTION = "My name is Anna Larsen, tlf. 22 33 44 55. Does 300 mg of magnesium help?"
CITED = (Citation("magnesium", 10, 20),)


def give_feedback(records, **given):
    defaults = {"thumb": "down", "question": QUESTION, "answer_kind": "answer", "citations": CITED}
    return records.add_feedback(**{**defaults, **given})


def test_by_default_nothing_is_kept_and_no_file_is_made(tmp_path):
    records = Records(Settings(home=tmp_path / "home"))
    assert give_feedback(records, consent=True) is None
    assert records.add_unanswered(QUESTION, language="en", channel="page") is None
    assert records.add_exchange((), [("user", QUESTION)], language="en", channel="page") is None
    assert [(kind.on, kind.rows) for kind in summarise(records)] == [(False, 0)] * 3
    assert list(export_lines(records)) == []
    assert records.erase_expired() == 0
    assert not (tmp_path / "home").exists()


def test_words_are_kept_with_consent_alone_and_redacted(records):
    give_feedback(records, reason="not_answered", comment="Call me: 22 33 44 55", consent=True)
    give_feedback(records, comment="Call me", consent=False)
    silent, spoken = records.feedback.all()
    assert (silent.question, silent.comment, silent.citations) == (None, None, CITED)
    assert "Anna" not in spoken.question
    assert "300 mg of magnesium" in spoken.question
    assert spoken.comment == "Call me: [phone]"
    assert (spoken.thumb, spoken.reason, spoken.state) == ("down", "not_answered", "new")


@pytest.mark.parametrize("given", [{"thumb": "sideways"}, {"reason": "Anna Larsen"}], ids=str)
def test_feedback_takes_only_its_codes(records, given):
    with pytest.raises(BadRecord, match="thumb up or down"):
        give_feedback(records, **given)


def test_all_that_is_kept_can_be_exported_and_erased(records):
    give_feedback(records, consent=True)
    first = records.add_unanswered("First?", language="da", channel="page")
    records.add_unanswered("Second?", language="sv", channel="api")
    records.add_exchange((), [("user", QUESTION)], language="en", channel="page")
    exported = [json.loads(line) for line in export_lines(records)]
    kinds = ["feedback", "unanswered", "unanswered", "conversations"]
    assert [row["kind"] for row in exported] == kinds
    assert exported[1]["question"] == "First?"
    assert "Anna" not in json.dumps(exported)

    assert erase(records, f"unanswered:{first}") == 1
    assert [row.question for row in records.unanswered.all()] == ["Second?"]
    assert erase(records, "all") == 3
    assert list(export_lines(records)) == []
    with pytest.raises(BadRecord, match="allowed are all, feedback, unanswered, conversations"):
        erase(records, "everyone")


def test_a_conversation_grows_and_is_kept_once(records):
    first = [("user", QUESTION), ("assistant", "Yes. [1]")]
    second = [("user", "And zinc?"), ("assistant", "No.")]
    told = {"language": "en", "channel": "page"}
    row = records.add_exchange((), first, **told)
    assert records.add_exchange(first, second, **told) == row
    assert records.add_exchange((), first, **told) != row
    *_, whole = records.conversations.all()
    assert [role for role, _ in whole.turns] == ["user", "assistant"] * 2
    assert "Anna" not in whole.turns[0][1]


def test_what_is_erased_is_gone_from_the_file(tmp_path):
    records = Records(Settings(home=tmp_path, keep_unanswered=True))
    records.add_unanswered("xylophone " * 500, language="en", channel="page")
    file = tmp_path / "records.sqlite"
    assert file.stat().st_mode & 0o077 == 0
    assert b"xylophone" in file.read_bytes()
    erase(records, "unanswered")
    assert not any(b"xylophone" in path.read_bytes() for path in tmp_path.iterdir())
    records.close()


def test_what_is_old_goes_at_start_and_again_later(records):
    now = {"language": "en", "channel": "page", "question": "?", "state": "new"}
    records.unanswered.add(created=moment_now(days=-91), **now)
    young = records.unanswered.add(created=moment_now(days=-89), **now)
    stop, swept = threading.Event(), threading.Event()
    sweep = records.erase_expired
    records.erase_expired = lambda: (sweep(), swept.set())
    thread = keep_within_retention(records, stop, every_seconds=0.001)
    for _ in range(2):
        assert swept.wait(20)
        swept.clear()
    stop.set()
    thread.join(20)
    assert [row.id for row in records.unanswered.all()] == [young]


class Clock(datetime):
    """A clock that stands until it is moved."""

    moment = datetime(2026, 3, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):
        return cls.moment

    @classmethod
    def move(cls, **by):
        cls.moment += timedelta(**by)


@pytest.mark.parametrize("chosen", [None, 5], ids=["by the settings", "by the desk's choice"])
def test_each_kind_is_kept_for_its_days_and_not_a_second_longer(chosen, tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.records.moments.datetime", Clock)
    kept = dict.fromkeys(("keep_feedback", "keep_unanswered", "keep_conversations"), True)
    records = Records(Settings(home=tmp_path, **kept, retention_days=30, staff_log_days=40))
    if chosen:
        records.choices.choose("days", chosen)
    give_feedback(records, comment="xylophone", consent=True)
    records.add_unanswered("xylophone?", language="en", channel="page")
    records.add_exchange((), [("user", "xylophone?")], language="en", channel="page")
    records.note_action("anna", "erase")
    days = chosen or 30
    Clock.move(days=days)
    assert records.erase_expired() == 0
    Clock.move(seconds=1)
    assert records.erase_expired() == 3
    assert [kind.rows for kind in summarise(records)] == [0, 0, 0]
    assert b"xylophone" not in (tmp_path / "records.sqlite").read_bytes()
    Clock.move(days=40 - days, seconds=-1)
    assert records.erase_expired() == 0
    Clock.move(seconds=1)
    assert records.erase_expired() == 1
    records.close()


def test_what_staff_chose_goes_before_the_settings_at_once(settings):
    mine, other = Records(settings), Records(settings)
    mine.choices.choose("unanswered", False)
    mine.choices.choose("days", 30)
    assert (other.keeping.unanswered, other.keeping.feedback, other.keeping.days) == (
        False,
        True,
        30,
    )
    assert other.add_unanswered("?", language="en", channel="page") is None
    for name, value in (("days", 0), ("days", "9"), ("home", True), ("feedback", 1)):
        with pytest.raises(BadRecord, match="cannot be set"):
            mine.choices.choose(name, value)
    mine.close()
    other.close()


def test_practical_articles_are_marked_and_unmarked(records):
    records.choices.mark_practical("visiting", practical=True)
    records.choices.mark_practical("visiting", practical=True)
    assert records.choices.practical_articles() == {"visiting"}
    records.choices.mark_practical("visiting", practical=False)
    assert records.choices.practical_articles() == frozenset()


def test_states_and_actions_are_kept(records):
    row = records.add_unanswered("?", language="en", channel="page")
    records.unanswered.set_state(row, "article_needed")
    assert records.unanswered.get(row).state == "article_needed"
    assert records.unanswered.get(row + 1) is None
    records.note_action("anna", "state", f"unanswered:{row}")
    (action,) = records.actions.all()
    assert (action.account, action.action, action.subject) == ("anna", "state", f"unanswered:{row}")
    assert parse_moment(action.created).tzinfo is not None


def test_a_database_of_a_newer_version_is_refused_and_left(settings):
    database = Database.of(settings)
    with database.transaction() as connection:
        connection.execute(ABOUT.update().values(value="999"))
    database.close()
    again = Database.of(settings)
    with (
        pytest.raises(NewerRecords, match=r"schema 999, .* update the program"),
        again.transaction(),
    ):
        pass
    again.close()


def test_two_that_open_an_empty_database_at_once_agree(settings):
    opened = [Records(settings) for _ in range(4)]
    threads = [
        threading.Thread(
            target=each.add_unanswered,
            args=("?",),
            kwargs={"language": "en", "channel": "page"},
        )
        for each in opened
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(opened[0].unanswered.all()) == 4
    with opened[0]._database.transaction() as connection:
        assert connection.scalars(select(ABOUT.c.value)).all() == ["1"]
    for each in opened:
        each.close()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("mysql://u:secret@h/d", "needed is postgresql", id="another kind"),
        pytest.param("secret", "is no URL", id="no URL"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(tmp_path, url, reason):
    with pytest.raises(RecordsError, match=reason) as told:
        Records(Settings(home=tmp_path, database_url=url))
    assert "secret" not in str(told.value)


def test_a_file_that_is_no_database_is_one_line(tmp_path):
    (tmp_path / "records.sqlite").write_text("not a database " * 100)
    with pytest.raises(RecordsError, match=r"cannot be read or written \(DatabaseError\)"):
        Records(Settings(home=tmp_path)).feedback.all()
