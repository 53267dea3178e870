"""An answer in the forms in which the front desk hands it on: plain text, e-mail, SMS, aloud.

The words of the answer stay those of the articles. What stands around them, urgent help above all,
is in the patient's language. A sentence is never cut: a half one could say the opposite.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant.assistant import grow
from assistant.rows import unfold_tables
from assistant.ui.source_card import web_address
from prompts.dates import write_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.answer import Answer, Source
    from assistant.ui.phones import PhoneBook
    from prompts.texts import Texts

MARKER: Final = re.compile(r" ?\[\d+\]")
# 3GPP TS 23.038: the letters of one septet, and those of two.
GSM_LETTERS: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_LONG_LETTERS: Final = frozenset("^{}\\[~]|€")
# Typography that costs a message more than half of its room.
PLAIN_LETTERS: Final = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "\u00a0": " ",
        "•": "-",
    }
)
MAX_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Copies:
    """An answer to be handed on in one language.

    Attributes:
        sms_parts: how many messages the network makes of the SMS.
    """

    language: str
    text: str
    email: str
    sms: str
    sms_parts: int


def write_copies(
    answer: Answer, clinic: str, phones: PhoneBook, staff: Texts, page: Texts
) -> Copies:
    """The three forms, framed in the language of the texts."""
    sms = write_sms(answer, clinic, phones, staff)
    return Copies(
        staff.language,
        "\n\n".join(_body(answer, phones, staff, page)),
        _write_email(answer, clinic, phones, staff, page),
        sms,
        count_parts(sms),
    )


def write_sms(answer: Answer, clinic: str, phones: PhoneBook, texts: Texts) -> str:
    """As many whole sentences as fit into three messages, one at least, and the safety line.

    Guidance is given whole, whatever its length: who to call must not be left out.
    """
    end = texts.fill("copy.sms_safety", number=phones.emergency, clinic=clinic)
    if answer.urgency != "none" or not answer.sentences:
        return _plain_letters(_without_markers(_said(answer)))
    best = best_text = ""
    for prefix in grow(answer):
        said = _without_markers(unfold_tables(prefix.text))
        message = _plain_letters(f"{said}\n{end}")
        # A line that leads into a list says nothing without it.
        if best and count_parts(message) > MAX_PARTS and not best_text.endswith(":"):
            break
        best, best_text = message, said
    return best


def count_parts(message: str) -> int:
    """How many messages an SMS is sent as: 160 or 153 septets each, 70 or 67 of other letters."""
    letters = set(message)
    if letters <= GSM_LETTERS | GSM_LONG_LETTERS:
        length, alone, joined = len(message), 160, 153
        length += sum(letter in GSM_LONG_LETTERS for letter in message)
    else:
        length, alone, joined = len(message.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= alone else -(-length // joined)


def read_aloud(answer: Answer) -> tuple[str, ...]:
    """The answer line by line, without markers, as it is said on the telephone."""
    lines = _without_markers(_said(answer)).splitlines()
    return tuple(line.removeprefix("- ").strip() for line in lines if line.strip())


def _write_email(answer: Answer, clinic: str, phones: PhoneBook, texts: Texts, page: Texts) -> str:
    lead = texts["copy.email_lead_urgent" if answer.urgency != "none" else "copy.email_lead"]
    parts = [texts["copy.greeting"], lead, *_body(answer, phones, texts, page)]
    return "\n\n".join([*parts, f"{texts['copy.regards']}\n{clinic}"])


def _body(answer: Answer, phones: PhoneBook, texts: Texts, page: Texts) -> list[str]:
    parts = [_said(answer)]
    if answer.sources:
        lines = [_describe(group, texts, page) for group in _by_article(answer.sources)]
        parts.append("\n".join([texts["copy.sources"], *lines]))
    # Guidance names the numbers itself, and must not end in "this is general information".
    if answer.kind != "guidance":
        parts.append(texts.fill("copy.safety", number=phones.emergency))
    return parts


def _said(answer: Answer) -> str:
    """The answer's words; what is urgent stands first."""
    notice = [answer.notice] if answer.notice else []
    text = unfold_tables(answer.text)
    return "\n\n".join([*notice, text] if answer.urgency != "none" else [text, *notice])


def _by_article(sources: Iterable[Source]) -> list[list[Source]]:
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(source.article_id, []).append(source)
    return list(groups.values())


def _describe(group: list[Source], texts: Texts, page: Texts) -> str:
    """An article with the numbers of all that is cited from it."""
    source = group[0]
    date = source.modified or source.published
    kind = "copy.reviewed" if source.modified else "copy.published"
    numbers = [each.n for each in group if each.n is not None]
    parts = [
        f"[{_write_ranges(numbers)}] {source.title}",
        source.publisher,
        texts.fill(kind, date=write_date(date, page)) if date else None,
        page["sources.commercial"] if source.commercial else None,
        web_address(source.link) or web_address(source.url),
    ]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _write_ranges(numbers: list[int]) -> str:
    """1, 2, 3, 5 as "1–3, 5"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _without_markers(text: str) -> str:
    return MARKER.sub("", text)


def _plain_letters(text: str) -> str:
    return text.translate(PLAIN_LETTERS)
