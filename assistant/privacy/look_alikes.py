"""Medical text that looks like an identifier and must stay: references, doses, strains, genes."""

import re

Span = tuple[int, int]

_UNIT = (
    r"(?:mg|g|kg|gr|gram|grams|µg|μg|ug|mcg|ng|pg|ml|dl|cl|l|liter|litre|iu|ie|cfu|kde|kbe|afu|kcal|kj|cal|"
    r"kr|kroner|kronor|dkk|sek|nok|gbp|usd|eur|euros?|dollars?|pounds?|pund|%|percent|procent|prosent|"
    r"°c|mmol|µmol|umol|nmol|pmol|mmhg|bpm|hz|khz|steps|skridt|steg|skritt|"
    r"billions?|millions?|trillions?|milliard\w*|million\w*|miljard\w*|miljon\w*|billion\w*|mia|mio|mrd|"
    r"bact\w*|bakt\w*|cells?|celler|organism\w*|microb\w*|mikrob\w*|participants?|people|persons?|patients?|"
    r"women|men|children|adults|deltager\w*|deltagare|personer|patienter|pasienter|kvinder|kvinnor|børn|barn|"
    r"genes?|gener|neurons?|neuroner|species|arter|times|gange|gånger|years|år|ppm|units?|enheder|enheter|live)"
)
_CODE = r"[A-Z]{0,2}[- ]?\d[\d.]*[A-Z]{0,2}\b"
# References and names of genes; tried only where one of their words stands.
_REFERENCES = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"\b(?:pubmed|pmid|pmcid|medline|pmc)(?:[ -]?(?:id|no|nr|number|nummer))?\.?\s*(?:is|er|är|[:#=])?\s*\d+", re.I),
        (r"\bPMC\d+", re.I),
        (r"\b(?:doi:?\s*)?10\.\d{4,9}/\S+", re.I),
        (r"\b(?:NCT|ISRCTN|ACTRN|CRD|DRKS|ChiCTR|UMIN|EUCTR|CTRI)[- :]*[\d/-]+", re.I),
        (r"\b(?:eudract|isbn|issn|prospero|cochrane|arxiv|orcid|ean|lot|batch|varenr|varenummer)(?:[ -]?(?:no|nr|number|nummer|13|10))?\.?\s*:?\s*[A-Z]*[\d][\dXx. -]*", re.I),
        (r"\barXiv:\d{4}\.\d+", re.I),
        (r"\b(?:pp?\.?|pages?|side|sidor|sider|(?<!')s\.|vol\.?)\s?\d+\s?-\s?\d+", re.I),
        (r"\brs\d{3,}\b", re.I),
        (r"\b(?:Val|Met|Ala|Thr|Ser|Gly|Arg|Cys|Leu|Pro|His)\d+(?:Val|Met|Ala|Thr|Ser|Gly|Arg|Cys|Leu|Pro|His)\b", re.I),
    )
)
_REFERENCE_HINT = re.compile(
    r"pubmed|pmid|pmc|medline|10\.\d{4}|nct|trn|crd|drks|chictr|umin|euctr|ctri|eudract|is[bs]n|prospero|cochrane|"
    r"arxiv|orcid|ean|lot|batch|varen|doi|\bpp?\b|page|sid|vol|\bs\.?\s?\d|rs\d|(?:val|met|ala|thr|ser|gly|arg|cys|leu|pro|his)\d"
)
# A collection's name before a number ("DSM 17938"), or a few letters joined to it ("HN019").
_STRAIN = re.compile(rf"[A-Z](?<!\w[A-Z])[A-Z]{{0,4}}(?P<gap>[ -]?(?:No\.?|nr\.?|number)?\s?){_CODE}")
_MOST_JOINED_DIGITS = 4
_COLLECTIONS = frozenset(
    "DSM DSMZ ATCC NCIMB CNCM LMG BCCM CGMCC KCTC JCM NRRL NCC CCUG NCTC CECT NCFM CBS MTCC BAA VTT IDCC KCCM "
    "PTA UCC LGG ICD CYP OMIM".split()
)
# A link that names nobody stays whole; `links` is certain of those that do.
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b\w[\w-]*(?:\.[\w-]+)+/\S+", re.IGNORECASE)
_NUMERIC = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"[12](?<!\w[12])[09]\d{2}\s*;\s*\d+(?:\s?\([\w-]+\))?(?::\s?e?\d+(?:-e?\d+)?)?", re.I),
        (r"\d(?<!\w\d)\d{0,3}\s?\(\d{1,3}(?:-\d+)?\)\s?:\s?e?\d+(?:-\d+)?", re.I),
        (r"\[\d+(?:\s?[,-]\s?\d+)*\]", 0),
        (r"https?://(?:dx\.)?doi\.org/\S+|https?://\S*ncbi\.nlm\.nih\.gov/\S+", re.I),
        # Doses, counts, prices and values
        (rf"\d(?<!\w\d)[\d .,]*(?:\s?(?:-|to|til|till|x|×|\+/-|±)\s?\d[\d.,]*)*\s?{_UNIT}(?!\w)", re.I),
        (r"\d(?<!\w\d)\d*(?:[.,]\d+)?\s?[x×*·]\s?10\s?(?:\^|\*\*|e)?\s?[\d⁰¹²³⁴-⁹]+", re.I),
        (r"\d(?<!\w\d)0?\s?\^\s?\d+|\d(?<!\w\d)\d*(?:[.,]\d+)?e[+-]?\d{1,2}\b", re.I),
        (r"\d(?<![\w.,]\d)\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\w])", 0),
        (r"(?:[$£€]|\b(?:kr|dkk|sek|nok|usd|eur|gbp)\.?)\s?\d[\d.,  ]*\d?", re.I),
        (r"\b[pn]\s?[=<>]\s?\d[\d.,]*", re.I),
        (r"\d(?<!\w\d)\d{1,2}\s?/\s?\d{2,3}\b", 0),
        (r"\b[A-Z]{1,2}\d{2}(?:\.\d{1,2})?\b", 0),
        # Times, dates, ranges of years
        (r"\d(?<!\w\d)\d?[:.]\d{2}\s?(?:-|to|til|till|and|og|och)\s?\d{1,2}[:.]\d{2}\b", re.I),
        (r"\b(?:kl|klokken|klockan)\.?\s?\d{1,2}(?:[:.]\d{2})?(?:\s?-\s?\d{1,2}(?:[:.]\d{2})?)?(?!\d)", re.I),
        (r"[12](?<![\d-][12])[09]\d{2}(?:\s?[-/,&]\s?(?:19|20)?\d{2})+(?![\d-])", 0),
        (r"[12](?<!\d[12])[09]\d{2}(?:\s(?:19|20)\d{2})+(?![\d])", 0),
        (r"\d(?<![\d./-]\d)\d?[./-]\d{1,2}[./-](?:19|20)?\d{2}(?:\s?-\s?\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2})?(?!\d|[./-]\d)", 0),
        (r"[12](?<!\d[12])[09]\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d)", 0),
    )
)
# Placeholders of an earlier redaction, and numbers that belong to everybody.
_PLACEHOLDER = re.compile(
    r"\[(?:e-mail|phone|id number|name|address|date of birth|card|IBAN|booking number|"
    r"insurance number|link|handle)\]"
)
_PUBLIC_NUMBER = re.compile(
    r"(?<![\w+-])(?:(?:\+45 ?)?70 ?20 ?1 ?2 ?01|70 ?201 ?201|82 ?12 ?12 ?12|116 ?1(?:23|11|17)|116 ?006|"
    r"90 ?101|22 ?40 ?00 ?40|0?800 ?33 ?33 ?21|85258|741 ?741|1-?800-?222-?1222|1-?800-?273-?8255|"
    r"0800 ?1111|010-456 ?6700|112|113|1813|1177|999|911|988|111)(?:/(?:112|113|1813|1177|999|911|988|111))*"
    r"(?![\w-]|[ .]\d)"
)
_HAS_DIGIT = re.compile(r"\d")


def find_look_alikes(text: str) -> list[Span]:
    """Gives the spans that only a certain candidate may touch."""
    if not _HAS_DIGIT.search(text):
        return []
    spans = [match.span() for pattern in _NUMERIC for match in pattern.finditer(text)]
    spans += [match.span() for match in _STRAIN.finditer(text) if _is_strain(match)]
    if "/" in text:
        spans += [match.span() for match in _LINK.finditer(text)]
    if _REFERENCE_HINT.search(text.lower()):
        spans += [match.span() for pattern in _REFERENCES for match in pattern.finditer(text)]
    return spans


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
    return (joined and few) or (letters is not None and letters.group() in _COLLECTIONS)
