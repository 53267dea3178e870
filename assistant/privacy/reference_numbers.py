"""Numbers told apart by their cue alone: booking, insurance, patient, journal, passport."""

import re
from collections.abc import Iterator

from assistant.privacy.endings import end_before_measure
from assistant.privacy.records import Candidate, Kind

_NUMBER = r"(?:[ .-]?(?:numbers?|nummer|numret|nummeret|numm?er|no|nr|num|code|kode|kod|id|#))"
LINK = (
    r"(?:\.|\s|:|=|#|,|-|\b(?:is|er|är|was|var|it's|its|it|det|on|på|with|med|the|"
    r"my|that|would|be|being|this|ending|in|currently|still|har|has|have|"
    r"carries|came|comes|as|under|hedder|heter|lyder|lyder på|says|reads|starts|som)\b){0,6}"
)
# A code has a digit; letters and digits may stand in groups.
_CODE = (
    r"(?P<code>(?:#[ ]?)?(?:(?-i:[A-Z]{1,4})[ ](?=\d))?(?=[A-Z0-9/-]*\d)[A-Z0-9]+"
    r"(?:[-/.][A-Z0-9]+)*(?:[ ](?=[A-Z]{0,3}\d)[A-Z0-9]{1,6}\b(?!\s?(?:mg|g|ml|kr|years|år)\b))*)"
)
BOOKING = (
    r"(?:booked|bestillingen|bokningen|bookingen|slot(?:'s)?|booking|reservation|reservations|appointment|confirmation|bestilling(?:s)?|"
    r"boknings?|bokning|order|ordre|order|"
    r"tids?(?:bestillings?|boknings?)?|time(?:bestillings?|avtale)|bekræftelses?|bekräftelse|bekreftelses?|ticket|bestillings)"
)
INSURANCE = (
    r"(?:insurance|policy|member(?:ship)?|subscriber|group|claim|forsikrings?|"
    r"police|polise|medlems?|försäkrings?|"
    r"skade|skade?s|skadeanmälan|bupa|axa|medicare|medicaid|danmark|gruppe|"
    r"sygesikrings?|sygeforsikrings?|ni|national insurance|sundhedskort|health card|"
    r"ehic|blå kort)"
)
OTHER = (
    r"(?:patient|pasient|journal|record|medical record|mrn|hospital|passport|pas|pass|"
    r"passeport|case|sags?|ärende|saks?|reference|ref|"
    r"referens|referanse|customer|client|kunde?|kund|account|konto|file|chart|"
    r"registration|driving licence|driver'?s licen[sc]e|licen[sc]e|kørekorts?|"
    r"körkorts?|"
    r"førerkort|id|id-?kort|lab|sample|prøve|prov|henvisnings?|referral|remiss|"
    r"requisition|rekvisitions?|prescription|recept|resept|nhs|cpr|ssn|personn?|"
    r"identity|visa|opholds?|"
    r"social security|invoice|faktura|bank account|sort|reg|clearing|journalens)"
)
_WORD = (
    r"(?<![^\W_])(?:{word}){number}(?:[ ]+(?:number|nummer|nr|no|id|with|hos|at|"
    r"from|fra|från)\b\.?(?:[ ]+(?-i:[A-Z]\w+))?)?{link}{code}(?![^\W_])"
)


def _compile(word: str, kind: Kind) -> tuple[Kind, re.Pattern[str], re.Pattern[str]]:
    numbered = _WORD.format(word=word, number=_NUMBER, link=LINK, code=_CODE)
    bare = _WORD.format(word=word, number="", link=LINK, code=_CODE)
    return kind, re.compile(numbered, re.IGNORECASE), re.compile(bare, re.IGNORECASE)


_PATTERNS = (
    _compile(BOOKING, Kind.BOOKING_NUMBER),
    _compile(INSURANCE, Kind.INSURANCE_NUMBER),
    _compile(OTHER, Kind.ID_NUMBER),
)
# A word with a digit somewhere in the sixty characters after it: only there can a cue begin.
_CUE_WORD = re.compile(r"\b[^\W\d_]{2,}(?=[^\n]{0,60}\d)")
_ANY_CUE = re.compile(
    rf"{BOOKING}|{INSURANCE}|{OTHER}|national|social|medical|driv|health|blå|bank", re.IGNORECASE
)
# "Study id" and "article no" file no person.
_PUBLIC_BEFORE = re.compile(
    r"\b(?:study|studie\w*|trial|forsøgs?|försöks?|article|artikel\w*|artik\w+|paper|products?|"
    r"produkt\w*|item|catalogue|katalog\w*)[ -]$",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 16
_NATIONAL_INSURANCE = re.compile(
    r"[A-CEGHJ-PR-TW-Z](?<![^\W_].)[A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![^\W_])",
    re.IGNORECASE,
)
_MASKED_NATIONAL = re.compile(r"\d(?<!\d\d)\d{5}[- ]?(?:[xX*]{4}|_{4})(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:-(?:19|20)?\d{2})?")
TRIAL = re.compile(
    r"CYP\d|NCT|ISRCTN|CRD|ACTRN|DRKS|EUCTR|PMC|PMID|10\.\d{4}|DSM|ATCC|CNCM|NCIMB|LMG",
    re.IGNORECASE,
)
_FEWEST_AFTER_NUMBER, _FEWEST_BARE = 3, 5


def find_reference_numbers(text: str) -> Iterator[Candidate]:
    """Yields codes that follow a cue, and numbers of a national layout with letters."""
    for cue in _CUE_WORD.finditer(text):
        window = max(0, cue.start() - _LONGEST_BEFORE)
        if not _ANY_CUE.match(cue.group()) or _PUBLIC_BEFORE.search(text, window, cue.start()):
            continue
        for kind, numbered, bare in _PATTERNS:
            for pattern, fewest in ((numbered, _FEWEST_AFTER_NUMBER), (bare, _FEWEST_BARE)):
                match = pattern.match(text, cue.start())
                if not match:
                    continue
                start, end = match.span("code")
                end = end_before_measure(text, start, end, fewest)
                if _is_code(text[start:end], fewest):
                    # No dose or strain follows "booking" or "policy"; one may follow "sample".
                    certain = pattern is numbered or kind is not Kind.ID_NUMBER
                    yield Candidate(kind, start, end, certain=certain)
    for match in _NATIONAL_INSURANCE.finditer(text):
        yield Candidate(Kind.INSURANCE_NUMBER, *match.span(), certain=True)
    for match in _MASKED_NATIONAL.finditer(text):
        yield Candidate(Kind.ID_NUMBER, *match.span(), certain=True)


def _is_code(code: str, fewest: int) -> bool:
    digits = sum(character.isdigit() for character in code)
    long_enough = len(re.sub(r"\W", "", code)) >= fewest and digits >= 2
    return long_enough and not _YEAR.fullmatch(code) and not TRIAL.match(code)
