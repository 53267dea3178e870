"""Fills the templates of data/messages.txt with made-up values and measures leaks and harm."""

# ruff: noqa: E501 - a slot a line reads best; random values are no secrets

import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stdnum import luhn
from stdnum.gb import nhs
from stdnum.no import fodselsnummer

from assistant.privacy import redact

TEMPLATES = Path(__file__).parent / "data" / "messages.txt"
DEVELOPMENT = TEMPLATES.with_name("development_messages.txt")
VOICES = TEMPLATES.with_name("voices_messages.txt")
UNSEEN = {
    "voices": "tagger_messages.txt",
    "decoys": "decoy_messages.txt",
    "kinds": "kinds_messages.txt",
    "alone": "alone_messages.txt",
}
FILLINGS = 3
_MARK = re.compile(r"«([^»]*)»|‹([^›]*)›")
_SLOT = re.compile(r"\{(\w+)\}")

FIRST = [
    "Anna",
    "Lars",
    "Mette",
    "Søren",
    "Fatima",
    "Mohammed",
    "Oliver",
    "Emma",
    "Karin",
    "Björn",
    "Jonas",
    "Siobhan",
    "Torbjørg",
    "Wojciech",
    "Agnieszka",
    "Yusuf",
    "Ingrid",
    "Liam",
    "Priya",
    "Kwame",
    "Zainab",
    "Håkan",
    "Åsa",
    "Pernille",
    "Rasmus",
    "Freja",
    "Elif",
    "Mehmet",
    "Olena",
    "Nikolaj",
    "Chloe",
    "Declan",
    "Amina",
    "Hassan",
    "Gunilla",
    "Sigrid",
    "Noor",
    "Tuva",
    "Malte",
    "Ebba",
    "Xin",
    "Thuy",
    "Ayşe",
    "Bartosz",
    "Ioana",
    "Jean-Luc",
    "Anne-Marie",
    "Aoife",
    "Bjarne",
    "Birgit",
    "Connor",
    "Deepika",
    "Eskil",
    "Freddie",
    "Gitte",
    "Hamza",
]
LAST = [
    "Larsen",
    "Hansen",
    "Svensson",
    "Patel",
    "Nguyen",
    "O'Connor",
    "Kowalska",
    "Andersson",
    "Bjørnstad",
    "Al-Rashid",
    "Smith-Jones",
    "Yilmaz",
    "Thygesen",
    "Lindqvist",
    "Haugen",
    "Okafor",
    "McAllister",
    "Petersen",
    "Winther",
    "Sjöberg",
    "Abdi",
    "Fernandez",
    "Bruun",
    "Eriksen",
    "Whitaker",
    "Chaudhry",
    "Holm",
    "Berglund",
    "Kjær",
    "Novak",
]
STREETS_DK = (
    "Vestergade",
    "Nørrebrogade",
    "H.C. Andersens Boulevard",
    "Rosenvænget",
    "Skovvej",
    "Store Kongensgade",
    "Birkealle",
    "Strandvejen",
)
STREETS_SE = (
    "Storgatan",
    "Sankt Eriksgatan",
    "Björkvägen",
    "Kungsgatan",
    "Norra Parkgränd",
    "Lindallén",
)
STREETS_NO = ("Karl Johans gate", "Storgata", "Bjørnveien", "Solbergveien")
STREETS_EN = (
    "Oak Road",
    "High Street",
    "St Mary's Lane",
    "Elm Grove Avenue",
    "Church Close",
    "King's Crescent",
)


@dataclass(frozen=True, slots=True)
class Message:
    """A message, and which of its pieces must go and which must stay."""

    text: str
    identifiers: tuple[str, ...]
    look_alikes: tuple[str, ...]


def fill_values(pick: random.Random) -> dict[str, str]:
    """Gives one value for every slot."""
    first, last = pick.choice(FIRST), pick.choice(LAST)
    day, month, year = pick.randint(1, 28), pick.randint(1, 12), pick.randint(1940, 2015)
    digits = lambda count: "".join(str(pick.randint(0, 9)) for _ in range(count))  # noqa: E731
    serial = digits(4)
    ddmmyy, yymmdd = f"{day:02}{month:02}{year % 100:02}", f"{year % 100:02}{month:02}{day:02}"
    house, email_user = pick.randint(2, 199), f"{_plain(first)}.{_plain(last)}"
    pairs = lambda count: [digits(2) for _ in range(count)]  # noqa: E731
    dk = str(pick.randint(2, 9)) + digits(7)
    no = str(pick.choice((4, 9))) + digits(7)
    swedish = "07" + str(pick.choice((0, 2, 3, 6, 9))) + digits(7)
    pnr_digits = yymmdd + digits(3)
    pnr_check = luhn.calc_check_digit(pnr_digits)
    months_en = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    months_da = [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ]
    months_sv = [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ]
    us = f"{pick.randint(201, 989)}", f"{pick.randint(200, 999)}", digits(4)
    addr_en = f"{house} {pick.choice(STREETS_EN)}"
    postcode = f"{pick.choice(('SW', 'M', 'LS', 'EH', 'BN', 'NW'))}{pick.randint(1, 19)} {pick.randint(1, 9)}{pick.choice(('AB', 'QX', 'HJ', 'LD', 'TW'))}"
    town_dk = pick.choice(
        (
            "8000 Aarhus C",
            "2200 København N",
            "5000 Odense",
            "9000 Aalborg",
            "4000 Roskilde",
            "6700 Esbjerg",
        )
    )
    floor = pick.choice(("", ", 2. tv", ", st. th.", ", 1. sal", " B, 3. mf"))
    addr_dk = f"{pick.choice(STREETS_DK)} {house}{floor}, {town_dk}"
    card = "4" + digits(14)
    card += luhn.calc_check_digit(card)
    card = pick.choice((card, " ".join(card[index : index + 4] for index in (0, 4, 8, 12))))
    values = {
        "first": first, "last": last, "full": pick.choice((f"{first} {last}", f"{first} {pick.choice(LAST)} {last}", f"{first} {last[0]}. {pick.choice(LAST)}")),
        "initials_name": f"{first} {last[0]}.",
        "email": pick.choice((f"{email_user}@gmail.com", f"{_plain(first)}{digits(2)}@hotmail.dk", f"{_plain(last)}_{_plain(first)}@mail.example.co.uk", f"{_plain(first)}+gut@firma.se")),
        "email_spelt": pick.choice((f"{_plain(first)} at mail dot com", f"{_plain(first)} dot {_plain(last)} at gmail dot com", f"{_plain(first)} (at) outlook (dot) com", f"{_plain(first)}[at]yahoo.com")),
        "email_at": f"{_plain(first)}{digits(2)} at gmail.com",
        "email_spelt_da": pick.choice((f"{_plain(first)} snabel-a mail punktum dk", f"{_plain(first)}(snabela)mail.dk", f"{_plain(first)} snabela hotmail.com")),
        "email_spelt_sv": f"{_plain(first)} snabel-a telia punkt se",
        "phone_dk": pick.choice((dk, f"{dk[:2]} {dk[2:4]} {dk[4:6]} {dk[6:]}", f"{dk[:4]} {dk[4:]}", f"+45 {dk[:2]} {dk[2:4]} {dk[4:6]} {dk[6:]}", f"{dk[:2]}.{dk[2:4]}.{dk[4:6]}.{dk[6:]}", f"0045{dk}", f"{dk[:2]}-{dk[2:4]}-{dk[4:6]}-{dk[6:]}")),
        "phone_se": pick.choice((swedish, f"{swedish[:3]}-{swedish[3:6]} {swedish[6:8]} {swedish[8:]}", f"+46 {swedish[1:3]} {swedish[3:6]} {swedish[6:8]} {swedish[8:]}", f"08-{digits(3)} {digits(3)} {digits(2)}", f"{swedish[:3]} {swedish[3:6]} {swedish[6:8]} {swedish[8:]}")),
        "phone_no": pick.choice((no, f"{no[:3]} {no[3:5]} {no[5:]}", f"+47 {no[:3]} {no[3:5]} {no[5:]}", f"{no[:2]} {no[2:4]} {no[4:6]} {no[6:]}")),
        "phone_uk": pick.choice((f"07700 900{digits(3)}", f"07{digits(9)}", f"+44 7{digits(3)} {digits(6)}", f"020 7{digits(3)} {digits(4)}", f"0161 {digits(3)} {digits(4)}", f"(01273) {digits(6)}", f"07{digits(3)}-{digits(6)}", f"+44 (0)20 7{digits(3)} {digits(4)}")),
        "phone_us": pick.choice((f"({us[0]}) {us[1]}-{us[2]}", f"{us[0]}-{us[1]}-{us[2]}", f"{us[0]}.{us[1]}.{us[2]}", f"+1 {us[0]} {us[1]} {us[2]}", f"{us[0]} {us[1]} {us[2]}", f"1-{us[0]}-{us[1]}-{us[2]}")),
        "phone_int": pick.choice((f"+49 151 {digits(8)}", f"+48 {digits(3)} {digits(3)} {digits(3)}", f"+33 6 {' '.join(pairs(4))}", f"0090 5{digits(9)}", f"+353 87 {digits(3)} {digits(4)}")),
        "cpr": pick.choice((f"{ddmmyy}-{serial}", f"{ddmmyy} {serial}", f"{ddmmyy}- {serial}".replace("- ", "-"))),
        "cpr_plain": pick.choice((ddmmyy + serial, f"{ddmmyy}-{serial}")),
        "pnr": pick.choice((f"{yymmdd}-{pnr_digits[6:]}{pnr_check}", f"{yymmdd}{pnr_digits[6:]}{pnr_check}", f"{yymmdd}+{pnr_digits[6:]}{pnr_check}")),
        "pnr_long": pick.choice((f"{year}{month:02}{day:02}-{serial}", f"{year}{month:02}{day:02}{serial}")),
        "samordning": f"{year % 100:02}{month:02}{day + 60:02}-{serial}",
        "fnr": _norwegian(ddmmyy, pick), "nhs": _nhs(pick), "ssn": f"{pick.randint(100, 665)}-{pick.randint(10, 99)}-{serial}",
        "dob_en": pick.choice((f"{day} {months_en[month - 1]} {year}", f"{months_en[month - 1]} {day}, {year}", f"{day}th of {months_en[month - 1][:3]} {year}", f"{day:02}/{month:02}/{year}", f"{year}-{month:02}-{day:02}")),
        "dob_num": pick.choice((f"{day:02}.{month:02}.{year}", f"{day}/{month}-{year}", f"{day:02}-{month:02}-{year % 100:02}", f"{year}-{month:02}-{day:02}", f"{day}/{month} {year}")),
        "dob_da": f"{day}. {months_da[month - 1]} {year}", "dob_sv": f"{day} {months_sv[month - 1]} {year}",
        "booking": pick.choice((f"BK-{digits(6)}", f"{pick.choice('ABCDEFGH')}{digits(2)}XQ{digits(1)}", digits(7), f"GB{digits(5)}", digits(5))),
        "insurance": pick.choice((f"{digits(3)}-{digits(6)}", f"AXA{digits(7)}", digits(9), f"P{digits(4)} {digits(4)}", f"DK-{digits(6)}")),
        "patient": pick.choice((digits(6), f"P-{digits(5)}", f"MRN{digits(6)}", f"{digits(4)}/{digits(2)}", digits(8))),
        "passport": pick.choice((digits(9), f"AA{digits(7)}")),
        "addr_dk": addr_dk,
        "addr_se": f"{pick.choice(STREETS_SE)} {house}{pick.choice(('', ' A', ', lgh 1102'))}, {digits(3).replace('0', '1')} {digits(2)} {pick.choice(('Stockholm', 'Göteborg', 'Malmö', 'Uppsala', 'Örebro'))}",
        "addr_no": f"{pick.choice(STREETS_NO)} {house}{pick.choice(('', 'B'))}, {pick.choice(('0154 Oslo', '5003 Bergen', '7010 Trondheim'))}",
        "addr_uk": pick.choice((f"{addr_en}, {pick.choice(('Leeds', 'Brighton', 'London'))} {postcode}", f"Flat {pick.randint(1, 9)}, {addr_en}, {postcode}", addr_en)),
        "addr_uk_lower": f"{house} {pick.choice(('oak road', 'high street', 'elm avenue'))}, {postcode.lower()}",
        "addr_us": f"{house * 7} {pick.choice(('Maple Street', 'N Lincoln Ave', 'Sunset Blvd', 'Oak Hill Dr'))}{pick.choice(('', ', Apt 4B'))}, {pick.choice(('Austin, TX', 'Portland, OR', 'Springfield, IL'))} {pick.randint(10000, 99999)}",
        "postcode_uk": postcode,
        "iban": pick.choice(("DK50 0040 0440 1162 43", "DK5000400440116243", "SE45 5000 0000 0583 9825 7466", "GB29 NWBK 6016 1331 9268 19", "NO93 8601 1117 947", "DE89370400440532013000")),
        "card": card,
        "link": pick.choice((f"https://portal.example-clinic.dk/result?token={digits(6)}abcf{digits(4)}", f"https://clinic.example.com/r/{digits(3)}f9A{digits(5)}bQz{digits(6)}", f"https://lab.example.se/view?patient={digits(6)}&lang=sv")),
        "handle": f"{_plain(first)}_{_plain(last)}{digits(2)}", "at_handle": f"@{_plain(first)}.{_plain(last)}",
        "profile": f"facebook.com/{_plain(first)}.{_plain(last)}.{digits(2)}",
    }  # fmt: skip
    spelt = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    values |= {
        "first_b": pick.choice(FIRST), "first_initial": first[0], "phone_uk_b": f"07{digits(3)} {digits(6)}",
        "email_upper": values["email"].upper(), "email_user": f"{_plain(first)}{digits(2)}",
        "spelt_en": " ".join(pick.choice(spelt) for _ in range(8)),
        "nino": pick.choice((f"AB{digits(6)}C", f"QQ {digits(2)} {digits(2)} {digits(2)} A".replace("QQ", "JK"))),
        "licence": f"{_plain(last).upper()[:5]:9<5}{digits(6)}AB9XY", "account": digits(8),
        "sortcode": "-".join(pairs(3)), "reg": digits(4), "linkedin": f"linkedin.com/in/{_plain(first)}-{_plain(last)}",
    }  # fmt: skip
    values |= {f"{key}_lower": values[key].lower() for key in ("first", "last", "full")}
    values["full_upper"] = values["full"].upper()
    values["addr_dk_lower"] = addr_dk.lower()
    return values


def _plain(name: str) -> str:
    return (
        re.sub(r"[^a-z]", "", name.lower().translate(str.maketrans("æøåäöşéü", "aoaaoseu")))
        or "kim"
    )


def _nhs(pick: random.Random) -> str:
    while True:
        number = "".join(str(pick.randint(0, 9)) for _ in range(10))
        if nhs.is_valid(number):
            return pick.choice((number, f"{number[:3]} {number[3:6]} {number[6:]}"))


def _norwegian(ddmmyy: str, pick: random.Random) -> str:
    while True:
        number = ddmmyy + "".join(str(pick.randint(0, 9)) for _ in range(5))
        if fodselsnummer.is_valid(number):
            return pick.choice((number, f"{number[:6]} {number[6:]}"))


def read_development_messages(seed: int = 0) -> Iterator[Message]:
    """Yields the development part of all files."""
    yield from read_messages(held_out=False, seed=seed)
    for line in [*_read_lines(DEVELOPMENT), *_read_lines(VOICES)]:
        for number in range(FILLINGS if _SLOT.search(line) else 1):
            yield _fill(line, random.Random(f"{seed} {number} {line}"))


def read_unseen_messages(part: str) -> Iterator[Message]:
    """Yields messages that neither the rules nor the tagger were trained on."""
    for line in _read_lines(TEMPLATES.with_name(UNSEEN[part])):
        yield _fill(line, random.Random(line))


def _read_lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_messages(*, held_out: bool, seed: int = 0) -> Iterator[Message]:
    """Yields the filled messages of the development part, or of the held-out third of templates."""
    for line in _read_lines(TEMPLATES):
        if (zlib.crc32(line.encode()) % 3 == 0) is held_out:
            for number in range(FILLINGS if _SLOT.search(line) else 1):
                yield _fill(line, random.Random(f"{seed} {number} {line}"))


def _fill(line: str, pick: random.Random) -> Message:
    values = fill_values(pick) if _SLOT.search(line) else {}
    filled = _SLOT.sub(lambda slot: values[slot[1]], line.replace("\\n", "\n"))
    marks = list(_MARK.finditer(filled))
    return Message(
        _MARK.sub(lambda mark: mark[1] or mark[2], filled),
        tuple(mark[1] for mark in marks if mark[1]),
        tuple(mark[2] for mark in marks if mark[2]),
    )


def find_leaks(message: Message, redacted: str) -> list[str]:
    """Gives the identifiers of which a word of two characters or more is left.

    Words that the message also has outside its identifiers do not count.
    """
    rest = message.text
    for identifier in message.identifiers:
        rest = rest.replace(identifier, " ")
    outside = {*re.findall(r"\w{2,}", rest), "and", "og", "och"}
    left = set(re.findall(r"\w{2,}", re.sub(r"\[[\w -]+\]", " ", redacted)))
    return [
        identifier
        for identifier in message.identifiers
        if (set(re.findall(r"\w{2,}", identifier)) - outside) & left
    ]


def find_harmed(message: Message, redacted: str) -> list[str]:
    """Gives the look-alikes that are not left whole."""
    return [piece for piece in message.look_alikes if piece not in redacted]


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts over labelled messages, and a line for each failure."""

    leaked: int
    identifiers: int
    harmed: int
    look_alikes: int
    failures: tuple[str, ...]


def measure(messages: list[Message]) -> Measured:
    """Redacts each message and counts what leaked and what was harmed."""
    leaked = harmed = 0
    failures = []
    for message in messages:
        redacted = redact(message.text).text
        leaks, hurt = find_leaks(message, redacted), find_harmed(message, redacted)
        leaked, harmed = leaked + len(leaks), harmed + len(hurt)
        if leaks or hurt:
            failures.append(f"leaked {leaks} harmed {hurt}: {message.text!r} -> {redacted!r}")
    return Measured(
        leaked,
        sum(len(message.identifiers) for message in messages),
        harmed,
        sum(len(message.look_alikes) for message in messages),
        tuple(failures),
    )
