"""`kill -9` while a home is changed: `tests/kill_syncs.py` does it a hundred times, here a few."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]


def test_syncs_that_are_killed_leave_a_whole_state_and_their_vectors():
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "kill_syncs.py", "--rounds", "5", "--articles", "8"],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["killed"] == 5
