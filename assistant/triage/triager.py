"""Assesses a conversation: the one entry that the rest of the program calls."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.triage.assessment import (
    LONG_WORDS,
    Assessment,
    assess_text,
    pick_level,
    split_clauses,
    split_statements,
    split_windows,
    strongest,
    vectorise,
)
from assistant.triage.classifier import Weights, load_weights
from assistant.triage.conversation import (
    as_statement,
    final_question,
    lay_out_turns,
    plain_answer,
)
from assistant.triage.harmless import HarmlessMessages
from assistant.triage.language import detect_language
from assistant.triage.network import Network, open_conversation_network, open_network
from assistant.triage.reading import Reader, Reading
from assistant.triage.records import FloatArray, Language, TriageResult, Turn, split_turns
from assistant.triage.rules import match_rules
from assistant.triage.smalltalk import is_smalltalk

# Turns that are looked at, and alarms among them; both bound what a call can cost.
_MAX_TURNS = 400
_MAX_ALARMS = 4
# Turns of the person behind an alarm that are judged with it.
_FOLLOWED = 6
# How sure a message alone must be that a danger of a rule is told in it, whatever came before.
_SURE = 0.9
_MODES = ("crisis", "emergency")
# Clauses of a message in which a rule holds that are judged alone.
_MAX_CLAUSES = 6
# The network's scores of one text: levels and topics.
_Judged = tuple[FloatArray, FloatArray]
# Dangers by their name, asked about in general: "what are the symptoms of a heart attack?"
_NAMED = frozenset({"danger_named", "overdose"})
# Who asks about a poison in general does not say that it was taken.
_TAKEN = frozenset({"took"})


@dataclass(frozen=True, slots=True)
class _Alone:
    """What a message amounts to without the turns before it.

    Attributes:
        message: as a whole.
        strongest: of the message, its windows and its statements.
        long: whether it is longer than what is read of it in a conversation.
        small: whether it is small talk for sure.
    """

    message: Assessment
    strongest: Assessment
    long: bool
    small: bool


class Triager:
    """Tells how urgent a conversation is. Deterministic; holds no text between calls.

    A message that told of no danger is known again by a keyed digest and not read alone a second
    time, so that the two hundredth message of a conversation costs what the second one did.
    """

    def __init__(
        self, reader: Reader, weights: Weights, network: Network, conversations: Network
    ) -> None:
        """Keeps word lists, weights and the networks for messages and for conversations.

        `from_package` is the usual way to get one.
        """
        self._reader = reader
        self._weights = weights
        self._network = network
        self._conversations = conversations
        self._harmless = HarmlessMessages()

    @classmethod
    def from_package(cls) -> "Triager":
        """Loads the packaged word lists and weights.

        Raises:
            WeightsMismatchError: The weights do not belong to the word lists.
        """
        reader = Reader()
        weights = load_weights(reader.rule_part_names)
        return cls(reader, weights, open_network(), open_conversation_network())

    def assess(self, message: str, history: Sequence[Turn]) -> TriageResult:
        """Assesses the message with the whole conversation before it.

        Args:
            message: What the person writes now.
            history: Earlier turns, oldest first.
        """
        if not message.strip() and not history:
            return TriageResult("none", "", 0.0, (), "en")
        turns = self._state_answers([*split_turns(history)[-_MAX_TURNS:], ("user", message)])
        before = turns[:-1]
        alarms = self._find_alarms(before)
        alone, best = self._decide(turns, alarms)
        over = best.urgency == "none" and self._was_grave(before, alarms)
        return self._result(best, alone, over=over, language=_find_language(message, history))

    def _state_answers(self, turns: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The turns, with a plain yes or no to the assistant's question as what it says."""
        stated: list[tuple[str, str]] = []
        for role, text in turns:
            asked = final_question(stated[-1][1]) if stated and stated[-1][0] == "assistant" else ""
            said = self._state(text, asked) if role == "user" and asked else None
            if said is not None:
                stated.pop()
            stated.append((role, text if said is None else said))
        return stated

    def _state(self, answer: str, asked: str) -> str | None:
        """An answer with what it says in full; None where it is no plain yes or no.

        A denied danger is left out with its question: beside "i am not thinking of ending my life"
        a network hears the end of a life. To "Are you safe?" a no is one.
        """
        said_yes = plain_answer(self._reader.to_english(answer)[1])
        question = self._reader.to_english(asked)[1]
        told = as_statement(question, denied=False)
        if said_yes is None or not told:
            return None
        if said_yes:
            return f"{answer}. {told}."
        denied = as_statement(question, denied=True)
        danger, otherwise = (self._read_alone(text).strongest for text in (told, denied))
        if danger.urgency != "none" and danger.danger >= otherwise.danger:
            return answer
        return f"{answer}. {denied}."

    def _decide(
        self, turns: list[tuple[str, str]], alarms: dict[int, Assessment]
    ) -> tuple[_Alone, Assessment]:
        """What the last message amounts to alone, and with the turns before it.

        The network for conversations decides, but for what it reads in part, and for a danger that
        a rule knows and that is told beyond doubt: it can come again after one that is over.
        """
        alone = self._read_alone(turns[-1][1])
        turns, alarms = self._leave_out(turns, alarms)
        if not any(role == "user" or final_question(text) for role, text in turns[:-1]):
            return alone, alone.strongest
        if alone.small and not alarms and not _is_asked(turns):
            return alone, alone.message
        whole, told = self._read_whole(turns, alone, alarms), alone.strongest
        sure = told.urgency in _MODES and told.danger >= _SURE
        ruled = any(rule.level == told.urgency for rule in told.reading.rules)
        heard = alone.long or (sure and ruled)
        return alone, strongest([whole, told]) if heard else whole

    def _read_alone(self, message: str) -> _Alone:
        """Reads a message, its windows and its statements in one batch."""
        windows, statements = split_windows(message), split_statements(message)
        readings = self._reader.read_all([message, *windows, *statements])
        vector = self._vectorise(readings[0])
        if is_smalltalk(vector, message) and not _knows_grave(readings[0]):
            self._harmless.add(message)
            quiet = Assessment(readings[0], "none", "", 0.0)
            return _Alone(quiet, quiet, long=False, small=True)
        weights, judged = self._weights, self._judge(readings)
        first = assess_text(readings[0], vector, judged[0], weights, weights.threshold)
        parts = [
            self._assess(reading, scores, weights.window_threshold)
            for reading, scores in zip(readings[1:], judged[1:], strict=True)
        ]
        told, stated = parts[: len(windows)], parts[len(windows) :]
        # A statement torn from its question counts only where a rule says the same.
        best = strongest([first, *told, *(one for one in stated if one.reading.rules)])
        if best.urgency == "none" and _knows_grave(first.reading):
            best = strongest([best, *self._read_clauses(message)])
        if best.urgency == "none":
            self._harmless.add(message)
        return _Alone(first, best, long=len(message.split()) > LONG_WORDS, small=False)

    def _read_clauses(self, message: str) -> list[Assessment]:
        """The clauses of a message that tell a grave danger beyond doubt by themselves.

        A crisis is told in few words; what tells an emergency keeps what explains it.
        """
        return [
            found
            for finely, level in ((False, "emergency"), (True, "crisis"))
            for found in self._read_sure(split_clauses(message, finely=finely), level)
        ]

    def _read_sure(self, clauses: Sequence[str], level: str) -> list[Assessment]:
        """Of clauses in which a rule of a level holds those that are of that level for sure."""
        read = self._reader.read_all(clauses) if clauses else []
        ruled = [one for one in read if any(rule.level == level for rule in one.rules)]
        judged = self._judge(ruled[:_MAX_CLAUSES]) if ruled else []
        assessed = [
            self._assess(one, scores, _SURE) for one, scores in zip(ruled, judged, strict=False)
        ]
        return [one for one in assessed if one.urgency == level]

    def _find_alarms(self, before: list[tuple[str, str]]) -> dict[int, Assessment]:
        """The newest turns of the person that would alarm by themselves, by their places."""
        alarms: dict[int, Assessment] = {}
        for place in reversed(range(len(before))):
            role, text = before[place]
            if role == "user" and text not in self._harmless and len(alarms) < _MAX_ALARMS:
                found = self._read_alone(text).strongest
                if found.urgency != "none":
                    alarms[place] = found
        return alarms

    def _read_whole(
        self, turns: list[tuple[str, str]], last: _Alone, alarms: dict[int, Assessment]
    ) -> Assessment:
        """What a conversation amounts to; `last` is its last message, read alone."""
        laid_out = lay_out_turns(self._put_into_english(turns, alarms), alarms)
        levels, topics = self._conversations.judge_pieces(laid_out.ids, laid_out.sides)
        urgency, danger = pick_level(np.exp(levels), self._weights.conversation_threshold)
        alike = [one for one in (last.strongest, *alarms.values()) if one.urgency == urgency]
        likeliest = self._weights.topics[int(np.argmax(topics[: len(self._weights.topics)]))]
        reading = alike[0].reading if alike else last.message.reading
        return Assessment(reading, urgency, alike[0].topic if alike else likeliest, danger)

    def _put_into_english(
        self, turns: list[tuple[str, str]], alarms: dict[int, Assessment]
    ) -> list[tuple[str, str]]:
        """The turns as the network is given them; of one that alarms what tells of the danger."""

        def say(place: int, role: str, text: str) -> str:
            if place in alarms and place < len(turns) - 1:
                return alarms[place].reading.english
            return self._reader.to_english(text if role == "user" else final_question(text))[1]

        return [(role, say(place, role, text)) for place, (role, text) in enumerate(turns)]

    def _leave_out(
        self, turns: list[tuple[str, str]], alarms: dict[int, Assessment]
    ) -> tuple[list[tuple[str, str]], dict[int, Assessment]]:
        """The turns without talk that would hide an alarm, or without an alarm that ended.

        Beside much harmless talk the network lets an alarm go. So an alarm is judged with six turns
        of the person at a time: where they end it, it is gone for good; else the last six count.
        """
        newest = max(alarms, default=len(turns))
        said = [place for place, (role, _) in enumerate(turns) if role == "user" and place > newest]
        for end in range(_FOLLOWED, len(said), _FOLLOWED):
            last = said[end - 1]
            part = [*turns[: newest + 1], *turns[said[end - _FOLLOWED] : last + 1]]
            alone = self._read_alone(turns[last][1])
            if self._read_whole(part, alone, alarms).urgency == "none":
                return turns[last + 1 :], {}
        if len(said) <= _FOLLOWED:
            return turns, alarms
        return [*turns[: newest + 1], *turns[said[-_FOLLOWED] :]], alarms

    def _was_grave(self, before: list[tuple[str, str]], alarms: dict[int, Assessment]) -> bool:
        """Whether a conversation was an emergency or a crisis up to the person's last message.

        Asked only where a message alarmed by itself: it decides no more than a kind word.
        """
        if not alarms:
            return False
        last = max(place for place, (role, _) in enumerate(before) if role == "user")
        return self._decide(before[: last + 1], alarms)[1].urgency in _MODES

    def _judge(self, readings: list[Reading]) -> list[_Judged]:
        levels, topics = self._network.judge([reading.plain for reading in readings])
        return list(zip(levels, topics, strict=True))

    def _assess(self, reading: Reading, judged: _Judged, threshold: float) -> Assessment:
        vector = self._vectorise(reading)
        return assess_text(reading, vector, judged, self._weights, threshold)

    def _vectorise(self, reading: Reading) -> FloatArray:
        return vectorise(reading, self._reader, self._weights.rarities)

    def _result(
        self, chosen: Assessment, alone: _Alone, *, over: bool, language: Language
    ) -> TriageResult:
        urgency, reading = chosen.urgency, alone.message.reading
        topic = chosen.topic if urgency != "none" else self._quiet_topic(reading)
        rules = () if urgency == "none" else tuple(rule.id for rule in chosen.reading.rules)
        carried = urgency not in {"none", alone.strongest.urgency}
        return TriageResult(urgency, topic, chosen.danger, rules, language, carried, over=over)

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


def _is_asked(turns: Sequence[tuple[str, str]]) -> bool:
    """Whether the last message answers a question of the assistant: "no thanks" may say much."""
    role, before = turns[-2]
    return role == "assistant" and bool(final_question(before))


def _knows_grave(reading: Reading) -> bool:
    """Whether a rule holds that tells of an emergency or a crisis."""
    return any(rule.level in _MODES for rule in reading.rules)


def _find_language(message: str, history: Sequence[Turn]) -> Language:
    """The language of a message, and of the one before: "ja" alone is Danish or Swedish."""
    before = [text for role, text in split_turns(history) if role == "user"][-1:]
    return detect_language(" ".join([message, message, *before]))
