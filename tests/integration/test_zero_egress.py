"""With default settings nothing is asked of any other host, neither by Python nor by a library."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

VISIT = Path(__file__).with_name("offline_visit.py")
pytestmark = pytest.mark.integration


def start(*command):
    # Without the switches that the tests set: a person has none of them.
    unset = {"HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "DO_NOT_TRACK"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=400
    )


@pytest.fixture(scope="module")
def namespace():
    """The command that gives a process a network of its own; none where that is not permitted."""
    command = ("unshare", "--map-root-user", "--net")
    permitted = shutil.which("unshare") and start(*command, "true").returncode == 0
    return command if permitted else ()


def test_no_other_host_is_asked(starter_home, tmp_path, namespace):
    shutil.copytree(starter_home, tmp_path / "home")
    alone = ["--alone"] if namespace else []
    ended = start(*namespace, sys.executable, str(VISIT), str(tmp_path / "home"), *alone)
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["kinds"] == [200, 200, "answer", True]
    assert found["tried"] == found["kept"] == []
    assert found["lost"] == found["before"]


def test_an_attempt_would_be_seen(tmp_path, namespace):
    """What the test above relies on sees a name that is looked up and a packet that is sent."""
    if not namespace:
        pytest.skip("a network namespace is not permitted here: the audit hook alone is used")
    script = (
        f"import sys; sys.path.insert(0, {str(VISIT.parent)!r})\n"
        "import offline_visit as v, socket\n"
        "v.switch_loopback_on(); before = v.count_lost_packets()\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "try: s.sendto(b'x', ('192.0.2.1', 53))\n"
        "except OSError: pass\n"
        "print(before != v.count_lost_packets())"
    )
    ended = start(*namespace, sys.executable, "-c", script)
    assert ended.stdout.strip() == "True", ended.stderr
