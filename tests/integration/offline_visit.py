"""Serves a home, asks it and builds a library, where possible in a network that leads nowhere.

    python offline_visit.py HOME [--alone]

Prints one JSON line: what came of it, what was tried beyond this machine, and what was kept in the
user's home, where libraries put what they mean to send. `--alone` says that
the process runs in a network namespace of its own (`unshare --net`); the kernel then counts every
packet that finds no way out, whoever sends it. Python's own connections and look-ups are noted by
an audit hook in every process.
"""

import fcntl
import json
import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
HOOK = """
import sys
def note(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        target = arguments[0] if event.startswith("socket.get") else arguments[-1]
        host = str(target[0] if isinstance(target, tuple) else target)
        if host not in ("None", "127.0.0.1", "::1", "localhost") and not host.startswith("/"):
            with open({notes!r}, "a") as file:
                print(event, host, file=file)
sys.addaudithook(note)
"""
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def switch_loopback_on():
    """A new network namespace has a loopback that is down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        asked = struct.pack("16sh", b"lo", 0)
        (flags,) = struct.unpack("16xh", fcntl.ioctl(control, SIOCGIFFLAGS, asked)[:18])
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))


def count_lost_packets():
    """Packets that found no way, by the kernel's counters of this namespace."""
    lost = {}
    for name, key in (("snmp", "OutNoRoutes"), ("snmp6", "Ip6OutNoRoutes")):
        text = Path(f"/proc/self/net/{name}").read_text()
        if name == "snmp":
            names, values = [line.split() for line in text.splitlines() if line.startswith("Ip:")]
            lost[name] = int(values[names.index(key)])
        else:
            lost[name] = int(re.search(rf"{key}\s+(\d+)", text)[1])
    return lost


def run(environment, *command):
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def visit(home, environment):
    """Every way of asking, once; gives the kinds of the answers."""
    served = subprocess.Popen(
        [sys.executable, ROOT / "app.py", "--home", home, "--port", "0"],
        env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        url = served.stdout.readline().split()[-1]
        with httpx.Client(base_url=url, timeout=120, trust_env=False) as client:
            kinds = [client.get(path).status_code for path in ("/", "/da/")]
            body = {"question": "How does magnesium help?"}
            kinds.append(client.post("/api/ask", json=body).json()["kind"])
    finally:
        served.terminate()
        served.wait(30)
        served.stdout.close()
    source = ROOT / "index" / "starter" / "08-magnesium.md"
    run(environment, "-m", "index", "build", source, "--home", home.parent / "built")
    told = run(environment, "-m", "assistant", "ask", "What is magnesium?", "--home", home)
    return [*kinds, bool(told)]


def main():
    home = Path(sys.argv[1])
    alone = "--alone" in sys.argv
    if alone:
        switch_loopback_on()
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder, "notes")
        notes.touch()
        Path(folder, "sitecustomize.py").write_text(HOOK.format(notes=str(notes)))
        user = Path(folder, "user")
        user.mkdir()
        paths = {"HOME": str(user), "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
        environment = {**os.environ, **paths}
        before = count_lost_packets() if alone else None
        kinds = visit(home, environment)
        lost = count_lost_packets() if alone else None
        tried = notes.read_text().splitlines()
        kept = sorted(path.name for path in user.rglob("*"))
    found = {"kinds": kinds, "before": before, "lost": lost, "tried": tried, "kept": kept}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
