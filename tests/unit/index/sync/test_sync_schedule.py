"""When syncs are due, and a schedule's one look; no test waits for a clock."""

from datetime import UTC, datetime, timedelta

import pytest

from index.sync import SyncSchedule, read_sync_status
from index.sync.state import read_record, syncing, write_record
from index.sync.status import next_sync

TRIED = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "hours", "wait"),
    [
        (0, 24, timedelta(hours=24)),
        (1, 24, timedelta(minutes=5)),
        (3, 24, timedelta(minutes=20)),
        (10**6, 24, timedelta(hours=24)),
        (2, 0.1, timedelta(minutes=6)),
    ],
    ids=["it went well", "failed once", "three times", "for ever", "more often than that"],
)
def test_after_a_failure_the_next_sync_comes_sooner(failures, hours, wait):
    record = {"tried": TRIED.isoformat(), "failures": failures}
    assert next_sync(record, hours) == TRIED + wait


def test_the_first_sync_is_due_at_once():
    assert next_sync({}, 24) <= datetime.now(UTC)


@pytest.fixture
def home(tmp_path):
    (tmp_path / "library.toml").write_text('[[source]]\naddress = "articles"\nname = "ours"\n')
    return tmp_path


def tried(home):
    return read_record(home, "status.json").get("tried")


def test_nothing_is_done_before_it_is_due_nor_beside_another_sync(home, tmp_path):
    with syncing(home):
        SyncSchedule(home).look()
    assert tried(home) is None
    now = datetime.now(UTC).isoformat()
    write_record(home, "status.json", {"tried": now})
    SyncSchedule(home).look()
    assert tried(home) == now
    SyncSchedule(tmp_path / "without a plan").look()
    assert not read_sync_status(tmp_path / "without a plan").planned


def test_a_sync_that_is_due_runs_and_is_remembered(home):
    SyncSchedule(home).look()
    status = read_sync_status(home)
    assert status.sources[0]["failed"]
    assert "no such file or folder" in status.problems[0][1]
    late = datetime.fromisoformat(status.next) - datetime.fromisoformat(tried(home))
    assert late == timedelta(minutes=5)


def test_a_schedule_that_is_stopped_ends(home):
    write_record(home, "status.json", {"tried": datetime.now(UTC).isoformat()})
    schedule = SyncSchedule(home, look_seconds=3600)
    schedule.start()
    schedule.stop()
    assert not schedule._thread.is_alive()
