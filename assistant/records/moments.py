"""Moments as they are stored: UTC, to the second, as text that sorts by time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def moment_now(**offset: float) -> str:
    """Now, moved by an offset such as `days=-30`: `2026-11-26T09:30:00Z`."""
    return format_moment(datetime.now(UTC) + timedelta(**offset))


def format_moment(moment: datetime) -> str:
    """A moment with a time zone, as it is stored."""
    return moment.astimezone(UTC).strftime(FORMAT)


def parse_moment(text: str) -> datetime:
    """A stored moment."""
    return datetime.strptime(text, FORMAT).replace(tzinfo=UTC)
