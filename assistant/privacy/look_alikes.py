"""Medical text that looks like an identifier and must stay: references, doses, strains, genes."""

import re

from assistant.privacy.word_lists import load_words

Span = tuple[int, int]

UNIT = (
    r"(?:mg|g|kg|gr|gram|grams|µg|μg|ug|mcg|ng|pg|ml|dl|cl|l|liter|litre|iu|ie|cfu|"
    r"kde|kbe|afu|kcal|kj|cal|"
    r"kr|kroner|kronor|dkk|sek|nok|gbp|usd|eur|euros?|dollars?|pounds?|pund|%|"
    r"percent|procent|prosent|"
    r"°c|mmol|µmol|umol|nmol|pmol|mmhg|bpm|hz|khz|steps|skridt|steg|skritt|"
    r"billions?|millions?|trillions?|milliard\w*|million\w*|miljard\w*|miljon\w*|"
    r"billion\w*|mia|mio|mrd|"
    r"bact\w*|bakt\w*|cells?|celler|organism\w*|microb\w*|mikrob\w*|participants?|"
    r"people|persons?|patients?|"
    r"women|men|children|adults|deltager\w*|deltagare|personer|patienter|pasienter|"
    r"kvinder|kvinnor|børn|barn|"
    r"genes?|gener|neurons?|neuroner|species|arter|times|gange|gånger|years|år|ppm|"
    r"units?|enheder|enheter|live)"
)
"""What follows a number that is an amount."""

_CODE = r"[A-Z]{0,2}[- ]?\d[\d.]*[A-Z]{0,2}\b"
# References and names of genes; tried only where one of their words stands.
_REFERENCES = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (
            (
                r"\b(?:pubmed|pmid|pmcid|medline|pmc)(?:[ -]?(?:id|no|nr|number|"
                r"nummer))?\.?\s*(?:is|er|är|[:#=])?\s*\d+"
            ),
            re.IGNORECASE,
        ),
        (r"\bPMC\d+", re.IGNORECASE),
        (r"\b(?:doi:?\s*)?10\.\d{4,9}/\S+", re.IGNORECASE),
        (r"\b(?:NCT|ISRCTN|ACTRN|CRD|DRKS|ChiCTR|UMIN|EUCTR|CTRI)[- :]*[\d/-]+", re.IGNORECASE),
        (
            (
                r"\b(?:(?:eudract|isbn|issn|prospero|cochrane|arxiv|orcid|ean|lot|batch|varenr|"
                r"varenummer)(?:[ -]?(?:no|nr|number|nummer|13|10))?|(?:study|studie|trial|"
                r"forsøgs?|article|artikk?el|catalogue|catalog|katalog|item|vare?|varu)[ -]?"
                r"(?:no|nr|number|nummer|id))\.?\s*:?\s*[A-Z]{0,4}-?\d[\dXx. -]*"
            ),
            re.IGNORECASE,
        ),
        (r"\barXiv:\d{4}\.\d+", re.IGNORECASE),
        (r"\b(?:pp?\.?|pages?|side|sidor|sider|(?<!')s\.|vol\.?)\s?\d+\s?-\s?\d+", re.IGNORECASE),
        (r"\brs\d{3,}\b", re.IGNORECASE),
        (
            (
                r"\b(?:Val|Met|Ala|Thr|Ser|Gly|Arg|Cys|Leu|Pro|His)\d+(?:Val|Met|Ala|Thr|Ser|"
                r"Gly|Arg|Cys|Leu|Pro|His)\b"
            ),
            re.IGNORECASE,
        ),
    )
)
_REFERENCE_HINT = re.compile(
    r"pubmed|pmid|pmc|medline|10\.\d{4}|nct|trn|crd|drks|chictr|umin|euctr|ctri|"
    r"eudract|is[bs]n|prospero|cochrane|"
    r"stud[iy]|trial|forsøg|arti|[ck]atalog|item|"
    r"arxiv|orcid|ean|lot|batch|var[eu]|doi|\bpp?\b|page|sid|vol|\bs\.?\s?\d|rs\d|"
    r"(?:val|met|ala|thr|ser|gly|arg|cys|leu|pro|his)\d"
)
# A collection's name before a number ("DSM 17938"), or a few letters joined to it ("HN019").
_STRAIN = re.compile(
    rf"[A-Z](?<!\w[A-Z])[A-Z]{{0,4}}(?P<gap>[ -]?(?:No\.?|nr\.?|number)?\s?){_CODE}"
)
_MOST_JOINED_DIGITS = 4
# A link that names nobody stays whole; `links` is certain of those that do.
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b\w[\w-]*(?:\.[\w-]+)+/\S+", re.IGNORECASE)
_NUMERIC = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (
            r"[12](?<!\w[12])[09]\d{2}\s*;\s*\d+(?:\s?\([\w-]+\))?(?::\s?e?\d+(?:-e?\d+)?)?",
            re.IGNORECASE,
        ),
        (r"\d(?<!\w\d)\d{0,3}\s?\(\d{1,3}(?:-\d+)?\)\s?:\s?e?\d+(?:-\d+)?", re.IGNORECASE),
        (r"\[\d+(?:\s?[,-]\s?\d+)*\]", 0),
        (r"https?://(?:dx\.)?doi\.org/\S+|https?://\S*ncbi\.nlm\.nih\.gov/\S+", re.IGNORECASE),
        # Doses, counts, prices and values; bounded, as a message may be one long row of digits.
        (
            rf"\d(?<!\w\d)(?:\d{{0,3}}(?:[ .,]{{1,2}}\d{{1,4}}){{0,8}}|\d{{4,14}}(?:[.,]\d+)?)"
            rf"(?:\s?(?:-|to|til|till|x|×|\+/-|±)\s?\d[\d.,]*)*"
            rf"\s?{UNIT}(?!\w)",
            re.IGNORECASE,
        ),
        (
            r"\d(?<!\w\d)\d*(?:[.,]\d+)?\s?[x×*·]\s?10\s?(?:\^|\*\*|e)?\s?[\d⁰¹²³⁴-⁹]+",
            re.IGNORECASE,
        ),
        (r"\d(?<!\w\d)0?\s?\^\s?\d+|\d(?<!\w\d)\d*(?:[.,]\d+)?e[+-]?\d{1,2}\b", re.IGNORECASE),
        (r"\d(?<![\w.,]\d)\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\w])", 0),
        (r"[$£€]\s?\d[\d., ]*", 0),
        (
            (
                r"[kdsnueg](?<!\w[kdsnueg])(?:(?<=k)r|(?<=d)kk|(?<=s)ek|(?<=n)ok|(?<=u)sd|"
                r"(?<=e)ur|(?<=g)bp)\.?\s?\d[\d., ]*"
            ),
            re.IGNORECASE,
        ),
        (r"\b[pn]\s?[=<>]\s?\d[\d.,]*", re.IGNORECASE),
        (r"\d(?<!\w\d)\d{1,2}\s?/\s?\d{2,3}\b", 0),
        (r"\b[A-Z]{1,2}\d{2}(?:\.\d{1,2})?\b", 0),
        # Times, dates, ranges of years
        (
            r"\d(?<!\w\d)\d?[:.]\d{2}\s?(?:-|to|til|till|and|og|och)\s?\d{1,2}[:.]\d{2}\b",
            re.IGNORECASE,
        ),
        (
            (
                r"\b(?:kl|klokken|"
                r"klockan)\.?\s?\d{1,2}(?:[:.]\d{2})?(?:\s?-\s?\d{1,2}(?:[:.]\d{2})?)?(?!\d)"
            ),
            re.IGNORECASE,
        ),
        (r"[12](?<![\d-][12])[09]\d{2}(?:\s?[-/,&]\s?(?:19|20)?\d{2})+(?![\d-])", 0),
        (r"[12](?<!\d[12])[09]\d{2}(?:\s(?:19|20)\d{2})+(?![\d])", 0),
        (
            (
                r"\d(?<![\d./-]\d)\d?[./-]\d{1,2}[./-](?:19|"
                r"20)?\d{2}(?:\s?-\s?\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2})?(?!\d|[./-]\d)"
            ),
            0,
        ),
        (r"[12](?<!\d[12])[09]\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d)", 0),
    )
)
# Placeholders of an earlier redaction, and numbers that belong to everybody.
_PLACEHOLDER = re.compile(
    r"\[(?:e-mail|phone|id number|name|address|date of birth|card|IBAN|booking number|"
    r"insurance number|link|handle)\]"
)
_PUBLIC_NUMBER = re.compile(
    r"(?<![\w+-])(?:(?:\+45 ?)?70 ?20 ?1 ?2 ?01|70 ?201 ?201|82 ?12 ?12 ?12|116 "
    r"?1(?:23|11|17)|116 ?006|"
    r"90 ?101|22 ?40 ?00 ?40|0?800 ?33 ?33 ?21|85258|741 ?741|1-?800-?222-?1222|1-?800-?273-?8255|"
    r"0800 ?1111|010-456 ?67 ?00|112|113|1813|1177|999|911|988|111)(?:/(?:112|113|"
    r"1813|1177|999|911|988|111))*"
    r"(?![\w-]|[ .]\d)"
)
_HAS_DIGIT = re.compile(r"\d")
_REACH = 40


def find_look_alikes(text: str, near: list[Span]) -> list[Span]:
    """Gives the spans that only a certain candidate may touch.

    Args:
        text: the flattened message.
        near: the candidates' spans; only their surroundings are read, for speed.
    """
    spans: list[Span] = []
    for start, end in _windows(text, near):
        spans += _find_within(text[start:end], start)
    return spans


def _windows(text: str, near: list[Span]) -> list[Span]:
    """Surroundings of the spans that have a digit, up to the next space, merged where they meet."""
    windows: list[Span] = []
    for start, end in sorted(near):
        if not _HAS_DIGIT.search(text, start, end):
            continue
        left = text.rfind(" ", 0, max(0, start - _REACH)) + 1
        right = text.find(" ", end + _REACH)
        right = len(text) if right < 0 else right
        if windows and left <= windows[-1][1]:
            left, right = windows[-1][0], max(right, windows.pop()[1])
        windows.append((left, right))
    return windows


def _find_within(part: str, offset: int) -> list[Span]:
    found = [match.span() for pattern in _NUMERIC for match in pattern.finditer(part)]
    found += [match.span() for match in _STRAIN.finditer(part) if _is_strain(match)]
    if "/" in part:
        found += [match.span() for match in _LINK.finditer(part)]
    if _REFERENCE_HINT.search(part.lower()):
        found += [match.span() for pattern in _REFERENCES for match in pattern.finditer(part)]
    return [(start + offset, end + offset) for start, end in found]


def find_placeholders(text: str) -> list[Span]:
    """Gives the spans that an earlier redaction left, which nothing may touch."""
    return [match.span() for match in _PLACEHOLDER.finditer(text)] if "[" in text else []


def find_public_numbers(text: str) -> list[Span]:
    """Gives the spans of emergency and crisis lines, which are no one's phone."""
    if not _HAS_DIGIT.search(text):
        return []
    return [match.span() for match in _PUBLIC_NUMBER.finditer(text)]


def _is_strain(match: re.Match[str]) -> bool:
    letters = re.match(r"[A-Z]+", match.group())
    joined = not match["gap"]
    few = sum(character.isdigit() for character in match.group()) <= _MOST_JOINED_DIGITS
    return (joined and few) or (
        letters is not None and letters.group() in load_words("collections")
    )
