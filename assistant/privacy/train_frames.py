"""Frames and values → labelled messages, in the many ways that people type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from assistant.privacy.tagger import LABELS
from assistant.privacy.train_numbers import FRAMES
from assistant.privacy.train_values import Values

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator


_KINDS = {
    **dict.fromkeys(("first", "last", "full", "first_initial", "initials", "nickname"), "name"),
    **dict.fromkeys(("address", "street", "town", "postcode", "house"), "address"),
    **dict.fromkeys(("phone", "spoken_phone"), "phone"),
    **dict.fromkeys(("mail", "spoken_mail"), "e-mail"),
    **dict.fromkeys(("birth", "spoken_birth"), "date of birth"),
    **dict.fromkeys(("code", "policy", "identity", "card", "iban"), "code"),
    **dict.fromkeys(("username", "handle"), "handle"),
    "link": "link",
}
# {first} is drawn, {phone=ring 7} is written out.
_SLOT = re.compile(r"\{(?P<slot>[\w -]+)(?:=(?P<value>[^}]*))?\}")
HELD_OUT = 5
"""One frame in five, and one value in five, is kept out of a fold's training."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A message with slots, as `frames/` has it; what fills a harmless one is no identifier."""

    text: str
    language: str
    personal: bool

    @property
    def fold(self) -> int:
        """Which fold the frame belongs to, by its text."""
        return crc32(self.text.encode()) % HELD_OUT


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message and, for each of its characters, the number of a label."""

    text: str
    labels: bytes

    def __add__(self, other: Labelled) -> Labelled:
        """Both, one after the other."""
        return Labelled(self.text + other.text, self.labels + other.labels)


@cache
def load_frames(part: str = "*") -> tuple[Frame, ...]:
    """All frames in the order of their files, or those of one part, such as "public"."""
    frames = []
    for name in sorted(path.stem for path in FRAMES.glob(f"[a-z][a-z]_{part}.txt")):
        personal = True
        for line in _read_lines(name):
            if line.startswith("#"):
                personal = line == "# identifiers"
            else:
                frames.append(Frame(line, name[:2], personal))
    return tuple(frames)


@cache
def _read_lines(name: str) -> tuple[str, ...]:
    return tuple((FRAMES / f"{name}.txt").read_text(encoding="utf-8").splitlines())


def fill(frame: Frame, chance: random.Random, *, unseen: bool | None) -> Labelled:
    """One message of a frame, its values drawn as `Values` draws them."""
    values = Values(chance, frame.language, unseen=unseen)
    result = Labelled("", b"")
    position = 0
    text = frame.text.replace("\\n", "\n")
    for slot in _SLOT.finditer(text):
        result += _plain(text[position : slot.start()])
        filled = _fill_slot(slot, values)
        result += filled if frame.personal else _plain(filled.text)
        position = slot.end()
    return type_as_people(result + _plain(text[position:]), chance)


def _fill_slot(match: re.Match[str], values: Values) -> Labelled:
    slot = match["slot"]
    if match["value"]:
        return Labelled(match["value"], bytes([LABELS.index(slot)]) * len(match["value"]))
    if slot in ("question", "complaint"):
        text = values.chance.choice(_read_lines(f"{slot}s_{values.language}"))
    else:
        text = values.draw(slot)
    return Labelled(text, bytes([LABELS.index(_KINDS.get(slot, "none"))]) * len(text))


def _plain(text: str) -> Labelled:
    return Labelled(text, bytes(len(text)))


def type_as_people(message: Labelled, chance: random.Random) -> Labelled:
    """Small letters, capitals, no punctuation, slips of the finger: each now and then."""
    draw = chance.random()
    if draw < 0.28:
        message = _recase(message, str.lower)
    elif draw < 0.3:
        message = _recase(message, str.upper)
    if chance.random() < 0.12:
        message = _keep(message, lambda at: message.labels[at] or message.text[at] not in ".,!?:")
    if chance.random() < 0.12:
        message = _slip(message, chance)
    return message


def _recase(message: Labelled, change: Callable[[str], str]) -> Labelled:
    recased = "".join(
        changed if len(changed := change(character)) == 1 else character
        for character in message.text
    )
    return Labelled(recased, message.labels)


def _keep(message: Labelled, wanted: Callable[[int], int | bool]) -> Labelled:
    kept = [at for at in range(len(message.text)) if wanted(at)]
    return Labelled(
        "".join(message.text[at] for at in kept), bytes(message.labels[at] for at in kept)
    )


def _slip(message: Labelled, chance: random.Random) -> Labelled:
    """Leaves out a letter or two that belong to no identifier."""
    plain = [
        at for at, label in enumerate(message.labels) if not label and message.text[at].isalpha()
    ]
    lost = set(chance.sample(plain, min(len(plain), chance.randint(1, 2))))
    return _keep(message, lambda at: at not in lost)


def fill_many(
    frames: list[Frame], count: int, chance: random.Random, *, unseen: bool | None
) -> Iterator[Labelled]:
    """`count` messages; some are two or three in a row, as long messages are."""
    for _ in range(count):
        frame = chance.choice(frames)
        message = fill(frame, chance, unseen=unseen)
        while chance.random() < 0.25 and len(message.text) < 500:
            other = chance.choice([one for one in frames if one.language == frame.language])
            gap = chance.choice((" ", " ", ". ", "\n", "\n\n", ", "))
            message += _plain(gap) + fill(other, chance, unseen=unseen)
        yield message
