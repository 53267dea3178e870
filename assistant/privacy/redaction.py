"""The pass over a message: every recogniser, then the resolver, until nothing more is found."""

from bisect import bisect_right
from collections.abc import Callable

from assistant.privacy.addresses import find_addresses
from assistant.privacy.bank_numbers import find_ibans
from assistant.privacy.birth_dates import find_birth_dates
from assistant.privacy.digits import find_digit_runs
from assistant.privacy.flatten import flatten
from assistant.privacy.links import find_links
from assistant.privacy.look_alikes import find_look_alikes, find_placeholders, find_public_numbers
from assistant.privacy.mail import find_emails
from assistant.privacy.recogniser import Recogniser
from assistant.privacy.records import Found, Redaction
from assistant.privacy.reference_numbers import find_reference_numbers
from assistant.privacy.resolver import resolve
from assistant.privacy.spelt_digits import find_spelt_digits
from assistant.privacy.tagger import find_tagged

RULES: tuple[Recogniser, ...] = (
    find_emails,
    find_links,
    find_ibans,
    find_reference_numbers,
    find_birth_dates,
    find_digit_runs,
    find_spelt_digits,
    find_addresses,
)


def redact(text: str) -> Redaction:
    """Replaces what identifies a person by placeholders such as `[name]`.

    Pure and deterministic, no connection. Redacting a redacted text changes nothing: the pass is
    repeated until it finds nothing, as a placeholder may bring a cue and a name together. The
    tagger reads what the rules have left.

    Args:
        text: a message as typed, in English, Danish, Swedish or Norwegian.

    Returns:
        The redacted text, and what was found with offsets into `text`.
    """
    return _repeat(text, lambda current: _find(current, RULES) or _find(current, (find_tagged,)))


def redact_by_rules(text: str) -> Redaction:
    """As `redact`, without the tagger: what it is trained to read."""
    return _repeat(text, lambda current: _find(current, RULES))


def _repeat(text: str, find: Callable[[str], list[Found]]) -> Redaction:
    found: list[Found] = []
    current = text
    while True:
        fresh = find(current)
        if not fresh:
            return Redaction(current, tuple(found))
        found = _merge(found, fresh)
        current = replace(text, found)


def replace(text: str, found: list[Found]) -> str:
    """Gives `text` with each found span replaced by its kind's placeholder."""
    parts: list[str] = []
    position = 0
    for one in found:
        parts += [text[position : one.start], one.kind.placeholder]
        position = one.end
    return "".join([*parts, text[position:]])


def _find(text: str, recognisers: tuple[Recogniser, ...]) -> list[Found]:
    flat = flatten(text)
    candidates = [candidate for recognise in recognisers for candidate in recognise(flat.text)]
    if not candidates:
        return []
    resolved = resolve(
        flat.text,
        candidates,
        find_look_alikes(
            flat.text, [(one.start, one.end) for one in candidates if not one.certain]
        ),
        find_public_numbers(flat.text),
        find_placeholders(flat.text),
    )
    return [Found(one.kind, *flat.to_original(one.start, one.end)) for one in resolved]


def _merge(known: list[Found], fresh: list[Found]) -> list[Found]:
    """Moves `fresh`, found in the redacted text, to the original's offsets and adds it.

    No fresh span touches a placeholder, so each lies between two known ones and shifts as a whole.
    """
    starts: list[int] = []
    shifts = [0]
    for one in known:
        shifts.append(shifts[-1] + len(one.kind.placeholder) - (one.end - one.start))
        starts.append(one.start + shifts[-2])
    moved = []
    for one in fresh:
        shift = shifts[bisect_right(starts, one.start)]
        moved.append(Found(one.kind, one.start - shift, one.end - shift))
    return sorted([*known, *moved], key=lambda one: one.start)
