"""A sync as a process of its own, followed by the one that started it.

At low priority, reading and embedding take nothing from a process that serves readers, and a
broken file can end no more than the sync that reads it. It tells how far it is in JSON lines on its
standard output, and at last its report, or why there is none.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from index.errors import GutbrainError, HomeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.progress import OnProgress
    from index.settings import Settings

NICENESS: Final = 10
TOLD_EVERY_SECONDS: Final = 0.25


def politely(*module: str) -> list[str]:
    """The command that runs a module of this program at low priority."""
    nice = ["nice", "-n", str(NICENESS)] if shutil.which("nice") else []
    return [*nice, sys.executable, "-m", *module]


def follow_sync(
    home: Path, on_progress: OnProgress, *, dry_run: bool = False, accept_losses: bool = False
) -> dict[str, Any]:
    """Runs a sync to its end; gives its `SyncReport` as plain data.

    Raises:
        HomeError: with the sync's own reason, where it could do nothing.
    """
    options = {"--dry-run": dry_run, "--accept-losses": accept_losses}
    command = politely("index.sync", "--home", str(home), *(o for o, on in options.items() if on))
    ended: dict[str, Any] = {}
    with subprocess.Popen(  # noqa: S603 - our own program, no word of a user's
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        for line in process.stdout or ():
            told = json.loads(line)
            if "stage" in told:
                on_progress(told["stage"], told["done"], told["total"])
            else:
                ended = told
    if "report" not in ended:
        silent_end = "The sync ended without a report: run `python -m index sync` to see why."
        raise HomeError(ended.get("error", silent_end))
    report: dict[str, Any] = ended["report"]
    return report


def tell_sync(
    settings: Settings, tell: Callable[[str], None], *, dry_run: bool, accept_losses: bool
) -> bool:
    """Syncs, and tells it in JSON lines; gives whether there is a report."""
    from index.sync.synchronise import sync_library

    last = ("", 0.0)

    def on_progress(stage: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if stage == last[0] and now < last[1] + TOLD_EVERY_SECONDS and done != total:
            return
        last = (stage, now)
        tell(json.dumps({"stage": stage, "done": done, "total": total}))

    try:
        report = sync_library(
            settings, dry_run=dry_run, accept_losses=accept_losses, on_progress=on_progress
        )
    except GutbrainError as error:
        tell(json.dumps({"error": str(error)}))
        return False
    tell(json.dumps({"report": asdict(report)}))
    return True
