"""Assesses a conversation: the one entry that the rest of the program calls."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.triage.assessment import (
    Assessment,
    assess_text,
    split_statements,
    split_windows,
    strongest,
)
from assistant.triage.classifier import Weights, load_weights
from assistant.triage.conversation import affirms_question, join_turns, says_over
from assistant.triage.harmless import HarmlessMessages
from assistant.triage.network import Network, open_network
from assistant.triage.reading import Reader, Reading
from assistant.triage.records import FloatArray, TriageResult, Turn, split_turns
from assistant.triage.rules import match_rules

# Earlier turns that are looked at again; bounds the cost of a long conversation.
_MAX_EARLIER_TURNS = 8
_MODES = ("crisis", "emergency")
# The network's scores of one text: levels and topics.
_Judged = tuple[FloatArray, FloatArray]
# Dangers by their name, asked about in general: "what are the symptoms of a heart attack?"
_NAMED = frozenset({"danger_named", "overdose"})
# Who asks about a poison in general does not say that it was taken.
_TAKEN = frozenset({"took"})


@dataclass(frozen=True, slots=True)
class _Spans:
    """Which readings of one batch are the message's windows and statements, and its join."""

    windows: slice
    statements: slice
    joined: int | None


class Triager:
    """Tells how urgent a conversation is. Deterministic; holds no text between calls.

    A message that told of no danger is known again by a keyed digest and not read a second time,
    so that the two hundredth message of a conversation costs what the second one did.
    """

    def __init__(self, reader: Reader, weights: Weights, network: Network) -> None:
        """Keeps word lists and weights; `from_package` is the usual way to get one."""
        self._reader = reader
        self._weights = weights
        self._network = network
        self._harmless = HarmlessMessages()

    @classmethod
    def from_package(cls) -> "Triager":
        """Loads the packaged word lists and weights.

        Raises:
            WeightsMismatchError: The weights do not belong to the word lists.
        """
        reader = Reader()
        return cls(reader, load_weights(reader.rule_part_names), open_network())

    def assess(self, message: str, history: Sequence[Turn]) -> TriageResult:
        """Assesses the message with the whole conversation before it.

        Args:
            message: What the person writes now.
            history: Earlier turns, oldest first.
        """
        if not message.strip() and not history:
            return TriageResult("none", "", 0.0, (), "en")
        turns = split_turns(history)
        earlier = [text for role, text in turns if role == "user"][-_MAX_EARLIER_TURNS:]
        mode = self._follow_all(earlier)
        texts, spans = self._lay_out(message, turns, earlier)
        readings = self._reader.read_all(texts)
        result, first = self._decide(readings, self._judge(readings), spans, mode)
        if texts[0] == message:
            self._remember(message, first)
        return result

    def _follow_all(self, earlier: list[str]) -> Assessment | None:
        """Gives the mode that the earlier turns leave behind, each read alone."""
        mode: Assessment | None = None
        for text in earlier:
            if text not in self._harmless:
                readings = [self._reader.read(text)]
                [judged] = self._judge(readings)
                turn = self._assess(readings[0], judged, self._weights.threshold)
                self._remember(text, turn)
                mode = self._follow(mode, turn)
        return mode

    def _remember(self, message: str, alone: Assessment) -> None:
        """Keeps in mind a message that neither sets a mode nor ends one."""
        sure = alone.danger < self._weights.threshold
        if sure and not _ends_danger(alone.reading):
            self._harmless.add(message)

    def _lay_out(
        self, message: str, turns: list[tuple[str, str]], earlier: list[str]
    ) -> tuple[list[str], _Spans]:
        """Gives the texts of the one batch: message, windows, statements, join with earlier."""
        affirmed = self._affirmed(message, turns)
        current = f"{message}. {affirmed}" if affirmed else message
        texts = [current, *split_windows(current)]
        windows = slice(1, len(texts))
        texts += split_statements(current)
        statements = slice(windows.stop, len(texts))
        joined = None
        since = self._since_over(earlier)
        if since:
            joined = len(texts)
            texts.append(join_turns(since, current))
        return texts, _Spans(windows, statements, joined)

    def _affirmed(self, message: str, turns: list[tuple[str, str]]) -> str:
        if not turns or turns[-1][0] == "user":
            return ""
        english = self._reader.to_english
        return affirms_question(english(message)[1], english(turns[-1][1])[1])

    def _since_over(self, earlier: list[str]) -> list[str]:
        """Gives the earlier turns after the last that said that a danger was over."""
        kept: list[str] = []
        for text in earlier:
            kept = [] if says_over(self._reader.to_english(text)[1]) else [*kept, text]
        return kept

    def _judge(self, readings: list[Reading]) -> list[_Judged]:
        levels, topics = self._network.judge([reading.plain for reading in readings])
        return list(zip(levels, topics, strict=True))

    def _decide(
        self,
        readings: list[Reading],
        judged: list[_Judged],
        spans: _Spans,
        mode: Assessment | None,
    ) -> tuple[TriageResult, Assessment]:
        """Gives the result, and what the message alone amounts to."""
        weights = self._weights
        first = self._assess(readings[0], judged[0], weights.threshold)
        if _ends_danger(readings[0]) and mode is not None:
            return self._result(first, readings[0], carried=False, over=True), first
        windows = self._each(readings, judged, spans.windows, weights.window_threshold)
        stated = self._each(readings, judged, spans.statements, weights.window_threshold)
        # A statement torn from its question counts only where a rule says the same.
        own = strongest([first, *windows, *(one for one in stated if one.reading.rules)])
        if own.urgency in _MODES:
            return self._result(own, readings[0], carried=False), first
        best = own if mode is None else mode
        if mode is None and spans.joined is not None:
            index = spans.joined
            joined = self._assess(readings[index], judged[index], weights.threshold)
            best = strongest([own, joined])
        return self._result(best, readings[0], carried=best is not own), first

    def _assess(self, reading: Reading, judged: _Judged, threshold: float) -> Assessment:
        return assess_text(reading, judged, self._reader, self._weights, threshold)

    def _each(
        self, readings: list[Reading], judged: list[_Judged], part: slice, threshold: float
    ) -> list[Assessment]:
        return [
            self._assess(reading, scores, threshold)
            for reading, scores in zip(readings[part], judged[part], strict=True)
        ]

    def _follow(self, mode: Assessment | None, turn: Assessment) -> Assessment | None:
        """Gives the mode after one more earlier turn."""
        if _ends_danger(turn.reading):
            return None
        return turn if turn.urgency in _MODES else mode

    def _result(
        self, chosen: Assessment, reading: Reading, *, carried: bool, over: bool = False
    ) -> TriageResult:
        urgency = "none" if over else chosen.urgency
        topic = chosen.topic if urgency != "none" else self._quiet_topic(reading)
        rules = () if urgency == "none" else tuple(rule.id for rule in chosen.reading.rules)
        language = reading.language
        return TriageResult(urgency, topic, chosen.danger, rules, language, carried, over)

    def _quiet_topic(self, reading: Reading) -> str:
        """Gives `information` where the matter asked about would be an emergency or a crisis."""
        asked = {
            entry.split(":", 1)[1] for entry in reading.withheld if entry.startswith("general:")
        }
        if not asked:
            return ""
        dangers = match_rules(reading.asserted | asked | _TAKEN, self._reader.rules)
        grave = asked & _NAMED or any(rule.level in _MODES for rule in dangers)
        return "information" if grave else ""


def _ends_danger(reading: Reading) -> bool:
    """True when the person says that it is over and tells of no danger that a rule knows."""
    told = any(rule.level in _MODES for rule in reading.rules)
    return says_over(reading.english) and not told
