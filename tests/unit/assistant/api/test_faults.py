"""What a library logs of a fault holds no words."""

import logging

from assistant.api import log_types_only


def test_a_library_logs_a_faults_type_and_place_and_no_word_of_it(caplog):
    log_types_only("a.library")
    logger = logging.getLogger("a.library")
    try:
        int("words of a patient")
    except ValueError:
        logger.exception("Exception in %s", "application")
    logger.warning("stopped after %d s", 3)
    first, second = (record.getMessage() for record in caplog.records)
    assert first.startswith("Exception in application: ValueError at test_faults.py:")
    assert second == "stopped after 3 s"
    assert "patient" not in caplog.text
