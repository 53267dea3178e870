"""Postal addresses in Danish, Swedish, Norwegian, British and American forms."""

import re
from collections.abc import Iterator

from assistant.privacy.records import Candidate, Kind

_WORD = r"[^\W\d_][\w.'-]*"
_CAPITALISED = r"[A-ZÆØÅÄÖÉ][\w.'-]*"

# The Nordic countries: a street whose last part says that it is one, then its number.
_NORDIC_SUFFIX = (
    r"(?:vej|vejen|gade|gaden|all[eé]|all[eé]en|stræde|strædet|plads|pladsen|torv|"
    r"torvet|boulevarden|boulevard|vænge|vænget|"
    r"vangen|parken|allén|bakken|toften|haven|stien|gata|gatan|gate|gaten|vägen|"
    r"vägen|vegen|veien|väg|vei|gränd|gränden|"
    r"torget|stigen|backen|esplanaden|kroken|lunden|kajen|kaj|brygge|bryggen|"
    r"svinget|ageren|marken|bjerget|"
    r"alleen|slingan|leden|tunet|jordet|lia|åsen|stranden|kvarteret|banken|højen|"
    r"dalen|engen|husene)"
)
_DOUBTFUL_SUFFIX = (
    r"(?:haven|marken|leden|lia|åsen|dalen|engen|stien|banken|parken|kroken|"
    r"stranden|slingan|bjerget)"
)
_FLOOR = (
    r"(?:\s*,?\s*(?:(?:st|stuen|kl|kælderen|\d{1,2})\.?\s*(?:sal|etage|tr|"
    r"vån(?:ing)?)?\.?\s*,?\s*(?:tv|th|mf|til venstre|til højre|dør\s*\d+|"
    r"d\.?\s*\d+)\b\.?"
    r"|\d{1,2}\.?\s*(?:sal|etage|etasje|tr|trp|trappor|vån|"
    r"våning)\b\.?(?:\s*,?\s*(?:tv|th|mf|til venstre|til højre))?\.?|(?:lgh|"
    r"lägenhet|leilighet|lejlighed|lejl|h|dør|opgang)\.?\s*[A-Z]?\d{1,4}|"
    r"\d{1,2}\.(?=\s*,?\s*\d{4})))?"
)
_NORDIC_POST = (
    rf"(?:\s*[,\n]?\s*(?:i\s+)?(?:(?:DK|SE|S|N|NO|D)-?\s?)?(?:\d{{4}}|"
    rf"\d{{3}}\s?\d{{2}})\s+{_WORD}(?:[ ](?-i:[A-ZÆØÅÄÖ][a-zæøåäö]*(?![\w-]|\. ?[a-z])))?)"
)
_NORDIC_TOWN = rf"(?:\s*,\s*(?:i\s+)?{_CAPITALISED}(?:\s[A-ZÆØÅ]{{1,2}}\b)?)"
_NORDIC_PLACE = rf"(?:{_NORDIC_POST}|(?-i:{_NORDIC_TOWN}))?"
_NUMBER = (
    r"(?:nr\.?\s*|number\s*|"
    r"nummer\s*)?\d{1,4}(?:\s?[A-Za-z]\b)?(?:-\d{1,3}\b)?(?!\s?(?:mg|g|ml|%|kr|år|"
    r"dage|dagar|uger|gange|timer)\b)"
)
# Anchored at any word before a number, so that the long patterns run there only.
_BEFORE_NUMBER = re.compile(r"[^\W\d_][\w.-]*,?\s+(?:nr\.?\s*|nummer\s*)?\d{1,4}")
_NORDIC_STREET = re.compile(
    rf"\w*{_NORDIC_SUFFIX}\s*,?\s+{_NUMBER}{_FLOOR}{_NORDIC_PLACE}",
    re.IGNORECASE,
)
_CAPITALISED_BEFORE = re.compile(
    rf"(?:(?:{_CAPITALISED}|\b(?:store|lille|nørre|sønder|øster|vester|gamle|gammel|"
    r"ny|nye|sankt|st\.?|norra|södra|östra|västra|stora|lilla|kongens|karl|"
    rf"johans))[ \t]+){{1,3}}$"
)
# After "my address is" or "bor på" a street's first words need no capital.
_PLACE_BEFORE = re.compile(
    (
        r"(?:\bbor (?:på|i|ved)|\badress(?:e|en)?(?: er| är|:)|\baddress(?: is|:)|"
        r"\blive (?:at|on|in))[ \t]+(?P<words>(?:[\w.]+[ \t]+){1,3})$"
    ),
    re.IGNORECASE,
)
_LONGEST_STREET = 40
_SWEDISH_POST = re.compile(
    r"(?<![\d.-])(?:SE?-?\s?)?\d{3}\s\d{2}\s+(?:[A-ZÅÄÖ][a-zåäöé]{2,})(?:[ ][A-ZÅÄÖ][a-zåäö]+)?\b"
)
TOWNS = (
    "københavn|kbh|copenhagen|aarhus|århus|odense|aalborg|ålborg|esbjerg|randers|"
    "kolding|horsens|vejle|roskilde|herning|silkeborg|"
    "hørsholm|helsingør|næstved|fredericia|viborg|køge|holstebro|taastrup|tåstrup|"
    "slagelse|hillerød|sønderborg|svendborg|hjørring|"
    "frederikshavn|nørresundby|ringsted|glostrup|ballerup|frederiksberg|valby|"
    "vanløse|brønshøj|hellerup|gentofte|lyngby|kongens|"
    "holte|virum|skive|thisted|ribe|haderslev|aabenraa|nyborg|middelfart|"
    "kalundborg|holbæk|nykøbing|hvidovre|rødovre|albertslund|"
    "ishøj|greve|kastrup|dragør|allerød|birkerød|farum|oslo|bergen|trondheim|"
    "stavanger|drammen|fredrikstad|kristiansand|sandnes|tromsø|"
    "sarpsborg|skien|ålesund|sandefjord|haugesund|tønsberg|moss|porsgrunn|bodø|"
    "arendal|hamar|larvik|halden|lillehammer|molde|"
    "harstad|kongsberg|gjøvik|asker|bærum|sandvika|lillestrøm|ski|jessheim"
)
_DANISH_POST = re.compile(
    (
        r"(?<![\d.,-])(?:(?:DK|N|"
        rf"NO)-?\s?)?\d{{4}},?\s+(?:{TOWNS})(?:\s+(?-i:[A-ZÆØÅ]{{1,2}}|Lyngby|Falster|"
        r"Sjælland|Mors))?\b"
    ),
    re.IGNORECASE,
)
_PREFIXED_POST = re.compile(rf"\b(?:DK|SE|NO|N|S)-\d{{3}}\s?\d{{1,2}}\s+{_CAPITALISED}")

# Britain and the United States: a number, then a street.
_STREET = (
    r"(?:street|road|avenue|lane|drive|court|close|crescent|place|square|terrace|"
    r"gardens|grove|boulevard|"
    r"parkway|row|mews|circle|trail|highway|walk|rise|way|green|hill|park|view|wharf|quay|"
    r"str|st|rd|ave|ln|dr|ct|cl|cres|pl|sq|ter|gdns|gr|blvd|pkwy|cir|hwy)"
)
_FIRM_STREET = (
    r"(?:street|road|avenue|crescent|boulevard|parkway|lane|drive|terrace|gardens|"
    r"mews|rd|ave|blvd|ln|st)"
)
_FLAT = (
    r"(?i:(?:flat|apartment|apt|unit|suite|room|ste|house|#)\.?\s*#?\s*\d{0,4}[A-Za-z]?\b\s*,?\s*)"
)
_HOUSE = r"\d(?<![\w.,/-]\d)\d{0,4}[A-Za-z]?(?:-\d{1,4})?"
UK_AREA = (
    r"(?:AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|"
    r"DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|"
    r"GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|"
    r"LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|"
    r"PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|"
    r"TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|"
    r"WS|WV|YO|ZE)"
)
_UK_POST = rf"{UK_AREA}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{{2}}(?!\w)"
_STATE = (
    r"(?:AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|"
    r"MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|"
    r"TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|Texas|California|Florida|Ohio|Oregon|Washington|"
    r"Illinois|Georgia|Virginia|Michigan|Arizona|"
    r"Colorado|Massachusetts|Minnesota|Wisconsin|Pennsylvania|New York|New Jersey|"
    r"North Carolina|Maryland|Missouri|Tennessee|Indiana)"
)
_US_POST = rf"(?:{_STATE})\.?,?\s+\d{{5}}(?:-\d{{4}})?(?!\w)"
_TAIL = (
    rf"(?:\s*,?\s*{_FLAT})?(?:\s*[,\n]\s*{_CAPITALISED}(?:\s{_CAPITALISED}){{0,2}}){{0,3}}(?:\s*[,\n]?\s*(?:{_UK_POST}|"
    rf"{_US_POST}))?"
)
_CAPITALISED_STREET = re.compile(
    rf"(?:{_FLAT})?{_HOUSE},?\s+(?:(?:{_CAPITALISED}|\d{{1,3}}(?:st|nd|rd|th)|of|"
    rf"the)\s+){{1,4}}(?:(?i:{_STREET})\b\.?){_TAIL}"
)
_FLAT_STREET = re.compile(
    rf"\b{_FLAT}{_HOUSE}\s+(?:{_WORD}\s+){{1,3}}{_STREET}\b\.?{_TAIL}", re.IGNORECASE
)
_LOWER_STREET = re.compile(
    (
        rf"{_HOUSE},?\s+(?!(?:{{stop}})\b)(?:(?!(?:{{stop}})"
        rf"\b){_WORD}\s+){{1,2}}{_FIRM_STREET}\b(?:\s*,?\s*{_FLAT})?(?:\s*,?\s*(?:{_WORD}\s+)?(?:{_UK_POST}|"
        rf"{_US_POST}))?"
    ).replace(
        "{stop}",
        "minutes?|mins?|min|hours?|hour|days?|weeks?|months?|years?|yrs?|miles?|km|mg|"
        "g|ml|times?|of|a|an|the|and|or|in|on|at|to|from|"
        "per|for|with|tablets?|capsules?|people|different|down|off|by|times|my|this|"
        "that|long|was|is|cups?|doses?",
    ),
    re.IGNORECASE,
)
_UK_INWARD = re.compile(r"\d[ABD-HJLNP-UW-Z]{2}(?!\w)", re.IGNORECASE)
_UK_OUTWARD = re.compile(rf"(?<!\w){UK_AREA}\d[A-Z\d]?\s?$", re.IGNORECASE)
_US_ZIP = re.compile(r"\d(?<![\w.,]\d)\d{4}(?:-\d{4})?(?!\w)")
_US_CITY_BEFORE = re.compile(
    rf"(?:\b{_CAPITALISED}\s){{0,2}}(?:\b{_CAPITALISED},?\s)?\b{_STATE}\.?,?\s+$"
)
_ZIP_CUE = re.compile(
    r"\b(?:zip(?: ?code)?|post ?code|postal code|postnummer|postnr|"
    r"postkod)\.?\s*(?:is|er|är|:)?\s*(?P<place>(?:\d{3} ?\d{2}|"
    r"\d{4,5})(?:-\d{4})?(?:\s+[A-ZÆØÅÄÖ][\wæøåäö]+)?)(?!\w)"
)
_PO_BOX = re.compile(
    rf"\b(?:p\.?\s?o\.?\s?box|post ?box|postboks|box)\s+\d{{2,6}}\b{_NORDIC_POST}?", re.IGNORECASE
)
_LIVES = re.compile(
    r"\b(?:(?:i|we|she|he|they)\s+(?:now\s+|currently\s+)?liv(?:e|es|ing)\s+(?:at|"
    r"on|in)|address(?:\s+is|\s*:)|adress(?:e|en)?(?:\s+(?:er|är)|\s*:)|"
    r"bor(?:\s+(?:på|i|ved))?|bosat\s+(?:på|i)|boende\s+på|bostad(?:s)?adress|resid(?:e|"
    r"ing)\s+at|deliver(?:ed)? to|send(?:es|t)? til|send it to|skicka(?:s)? "
    r"till)\s*:?\s+"
    rf"(?P<place>(?:{_CAPITALISED}|"
    rf"\d{{1,4}}[A-Za-z]?)(?:\s+{_CAPITALISED}){{0,3}}\s+\d{{1,4}}[A-Za-z]?\b(?!\s?(?:mg|"
    rf"years|år|miles|km|days|weeks|months|min|minutes|%)){_FLOOR}{_NORDIC_PLACE})"
)
# A house with a name and no number: "we live at Rose Cottage, Mill Lane, Little Snoring".
_NAMED_HOUSE = re.compile(
    r"\b(?:liv(?:e|es|ing)\s+at|address(?:\s+is|\s*:)|resid(?:e|ing)\s+at|adress(?:e|en)?(?:\s+"
    r"(?:er|är)|\s*:)|bor\s+på|(?:send|deliver|post)(?:\s+(?:it|them))?\s+to)\s*:?\s+"
    rf"(?P<place>(?-i:{_CAPITALISED}(?:\s+{_CAPITALISED}){{1,3}}(?:,\s*{_CAPITALISED}(?:\s+"
    rf"{_CAPITALISED}){{0,2}}){{1,3}}(?:,?\s*{_UK_POST})?))",
    re.IGNORECASE,
)
# A house, then names with commas, that a British or Irish postcode closes; or after "I live at".
_JOINING = r"(?:upon|on|under|by|in|le|the|of|and)"
_PLACES = rf"{_CAPITALISED}(?:\s+(?:{_JOINING}\s+)?{_CAPITALISED}){{0,3}}"
_EIRCODE = r"[A-Z]\d[\dW]\s?(?=[A-Z]*\d)[A-Z\d]{4}(?!\w)"
_POSTED_HOUSE = re.compile(
    rf"(?:{_FLAT})?{_HOUSE},?\s+{_PLACES}(?:,\s*{_PLACES}){{0,3}},?\s+(?:{_UK_POST}|{_EIRCODE})"
)
_CUED_HOUSE = re.compile(
    r"\b(?:liv(?:e|es|ing)\s+at|address(?:\s+is|:)?|resid(?:e|ing)\s+at|home\s*:)\s*:?\s+"
    rf"(?P<place>(?-i:{_HOUSE},?\s+(?:\w+\s+){{0,3}}{_PLACES}(?:,\s*{_PLACES}){{0,3}}))",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DOUBTFUL = re.compile(rf"^[a-zæøåäö]\w*{_DOUBTFUL_SUFFIX}\s")
_BODY = re.compile(
    (
        r"(?:luft|urin|gald\w*|tarm|mel|andnings|urinleder)(?:vej|vejen|vägen|veien|"
        r"leden)\b|^(?:haven|stien|leden|banken|parken|stranden|marken|høj(?:en)?|"
        r"plads(?:en)?|vejen|gaden|vägen)\s+\d"
    ),
    re.IGNORECASE,
)


def find_addresses(text: str) -> Iterator[Candidate]:
    """Yields streets with their number and what follows, and postcodes with their town."""
    for match in _NAMED_HOUSE.finditer(text):
        yield _to_candidate(*match.span("place"), text)
    if not _DIGIT.search(text):
        return
    yield from _find_nordic_streets(text)
    yield from _find_uk_postcodes(text)
    for zip_code in _US_ZIP.finditer(text):
        before = _US_CITY_BEFORE.search(text, max(0, zip_code.start() - 50), zip_code.start())
        if before:
            yield _to_candidate(before.start(), zip_code.end(), text)
    for pattern in (
        _SWEDISH_POST, _DANISH_POST, _PREFIXED_POST, _CAPITALISED_STREET, _FLAT_STREET,
        _LOWER_STREET, _PO_BOX, _POSTED_HOUSE,
    ):  # fmt: skip
        for match in pattern.finditer(text):
            yield _to_candidate(match.start(), match.end(), text)
    for pattern in (_LIVES, _ZIP_CUE, _CUED_HOUSE):
        for match in pattern.finditer(text):
            yield _to_candidate(*match.span("place"), text)


def _find_nordic_streets(text: str) -> Iterator[Candidate]:
    for anchor in _BEFORE_NUMBER.finditer(text):
        match = _NORDIC_STREET.match(text, anchor.start())
        if match is None:
            continue
        window = max(0, match.start() - _LONGEST_STREET)
        before = _PLACE_BEFORE.search(text, window, match.start()) or _CAPITALISED_BEFORE.search(
            text, window, match.start()
        )
        if before or not (_DOUBTFUL.search(match.group()) or _BODY.search(match.group())):
            start = _start_of_street(before) if before else match.start()
            yield _to_candidate(start, match.end(), text)


def _start_of_street(before: re.Match[str]) -> int:
    return before.start("words") if "words" in before.re.groupindex else before.start()


def _find_uk_postcodes(text: str) -> Iterator[Candidate]:
    for inward in _UK_INWARD.finditer(text):
        window = max(0, inward.start() - 6)
        outward = _UK_OUTWARD.search(text[window : inward.start()])
        if outward:
            yield Candidate(Kind.ADDRESS, window + outward.start(), inward.end(), certain=True)


def _to_candidate(start: int, end: int, text: str) -> Candidate:
    """Trims the spaces and commas that an optional tail may have left."""
    matched = text[start:end]
    start += len(matched) - len(matched.lstrip(" ,\n"))
    end -= len(matched) - len(matched.rstrip(" ,\n"))
    return Candidate(Kind.ADDRESS, start, end)
