"""How long a server asks to be left alone: seconds or a date, and never nonsense."""

import time
from email.utils import formatdate

import pytest

from assistant.generation.breaker import LONGEST_PAUSE_SECONDS, CircuitBreaker
from assistant.generation.streaming import read_retry_after

SENT = "Thu, 26 Nov 2026 14:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30.0),
        (" 1.5 ", 1.5),
        ("0", None),
        ("-5", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
        ("Thu, 26 Nov 2026 14:02:00 GMT", 120.0),
        ("Thursday, 26-Nov-26 14:02:00 GMT", 120.0),
        ("Thu Nov 26 14:02:00 2026", 120.0),
        ("Thu, 26 Nov 2026 13:59:59 GMT", None),
        ("Thu, 99 Nov 2026 14:02:00 GMT", None),
        ("Thu, 26 Nov 2026", None),
    ],
)
def test_seconds_and_dates_are_read_and_nothing_else(value, seconds):
    assert read_retry_after(value, SENT) == seconds


def test_a_date_counts_from_now_where_the_server_does_not_say_when_it_answered():
    value = formatdate(time.time() + 90, usegmt=True)
    assert read_retry_after(value) == pytest.approx(90, abs=5)


@pytest.mark.parametrize("value", ["86400", "Fri, 26 Nov 2027 14:00:00 GMT", "9" * 400])
def test_no_server_is_left_alone_for_longer_than_an_hour(value):
    now = 1000.0
    breaker = CircuitBreaker(lambda: now)
    breaker.fail(read_retry_after(value, SENT))
    assert breaker.state == "open"
    now += LONGEST_PAUSE_SECONDS
    assert breaker.allows()
