"""From overlapping candidates and protected spans to the spans that are replaced."""

from collections.abc import Iterable

from assistant.privacy.records import Candidate, Found, Kind

Span = tuple[int, int]
_NUMBERS = (Kind.PHONE, Kind.ID_NUMBER)


def _overlaps(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def resolve(
    text: str,
    candidates: Iterable[Candidate],
    protected: list[Span],
    public_numbers: list[Span],
    placeholders: list[Span],
) -> list[Found]:
    """Gives spans in order, none overlapping.

    Overlapping candidates become their union, so that no part of an identifier is left; the union
    takes the kind of its certain, then longest, then first candidate.

    Args:
        text: what the candidates were found in.
        candidates: in any order.
        protected: spans of medical look-alikes, which only certain candidates may touch.
        public_numbers: spans that no phone or id number may touch; an address may ("112 Oak Road").
        placeholders: spans that nothing may touch.
    """
    accepted = sorted(
        (
            candidate
            for candidate in candidates
            if not _overlaps(candidate.start, candidate.end, placeholders)
            and (
                candidate.kind not in _NUMBERS
                or not _overlaps(candidate.start, candidate.end, public_numbers)
            )
            and (candidate.certain or not _yields(candidate, protected))
        ),
        key=lambda candidate: (candidate.start, -candidate.end, not candidate.certain),
    )
    groups: list[list[Candidate]] = []
    reach = -1
    for candidate in accepted:
        if groups and candidate.start < reach:
            groups[-1].append(candidate)
        else:
            groups.append([candidate])
        reach = max(reach, candidate.end)
    return _join_addresses(text, [_unite(group) for group in groups])


def _join_addresses(text: str, found: list[Found]) -> list[Found]:
    """A street, a postcode and a town with only commas between them are one address."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind is one.kind is Kind.ADDRESS
            and not text[last.end : one.start].strip(" ,\n")
        ):
            joined[-1] = Found(Kind.ADDRESS, last.start, one.end)
        else:
            joined.append(one)
    return joined


def _yields(candidate: Candidate, protected: list[Span]) -> bool:
    """Whether a look-alike stands in the way; a short one inside an address does not ("LS6")."""
    if candidate.kind is Kind.ADDRESS:
        longest = (candidate.end - candidate.start) // 2
        protected = [
            (start, end)
            for start, end in protected
            if not (candidate.start <= start and end <= candidate.end and end - start < longest)
        ]
    return _overlaps(candidate.start, candidate.end, protected)


def _unite(group: list[Candidate]) -> Found:
    best = max(group, key=lambda one: (one.certain, one.end - one.start))
    return Found(best.kind, group[0].start, max(one.end for one in group))
