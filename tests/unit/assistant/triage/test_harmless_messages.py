"""What is kept of messages that told of no danger."""

from assistant.triage import harmless
from assistant.triage.harmless import HarmlessMessages


def test_no_words_are_kept_and_the_oldest_makes_room(monkeypatch):
    monkeypatch.setattr(harmless, "MAX_DIGESTS", 2)
    messages = HarmlessMessages()
    for word in ("one", "two", "three"):
        messages.add(word)
    assert [word in messages for word in ("one", "two", "three")] == [False, True, True]
    assert "three" not in repr(vars(messages))
    assert "three" not in HarmlessMessages()
