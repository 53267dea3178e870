"""Made-up numbers, dates and codes for the tagger's frames, in the forms that people type."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

FRAMES = Path(__file__).parent / "frames"
_SPELT = {
    "en": "zero one two three four five six seven eight nine oh",
    "da": "nul en to tre fire fem seks syv otte ni nul",
    "sv": "noll ett två tre fyra fem sex sju åtta nio noll",
    "no": "null en to tre fire fem seks sju åtte ni null",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "da": "tyve tredive fyrre halvtreds tres halvfjerds firs halvfems",
    "sv": "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
    "no": "tjue tretti førti femti seksti sytti åtti nitti",
}
_ORDINALS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth twelfth twentieth",
    "da": "første anden tredje fjerde femte sjette syvende ottende niende tiende tolvte tyvende",
    "sv": "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde tolfte tjugonde",
    "no": "første andre tredje fjerde femte sjette sjuende åttende niende tiende tolvte tjuende",
}


@cache
def load_fillers() -> dict[str, Any]:
    """`fillers.toml`, each list split: by bars and lines where it has bars, else by spaces."""
    raw = tomllib.loads((FRAMES / "fillers.toml").read_text(encoding="utf-8"))
    return {
        name: {part: _split(text) for part, text in value.items()}
        if isinstance(value, dict)
        else _split(value)
        for name, value in raw.items()
    }


def _split(text: str) -> list[str]:
    return re.split(r"[|\n]", text) if "|" in text else text.split()


class Numbers:
    """Draws the values of slots that are numbers, in one language: en, da, sv or no."""

    def __init__(self, chance: random.Random, language: str) -> None:
        self.chance = chance
        self.language = language

    def _any(self, *forms: str) -> str:
        return self.chance.choice(forms)

    def _digits(self, count: int) -> str:
        return "".join(self.chance.choice("0123456789") for _ in range(count))

    def _letters(self, count: int) -> str:
        return "".join(self.chance.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(count))

    def _draw_year(self) -> str:
        return str(self.chance.randint(1985, 2026))

    def _draw_number(self) -> str:
        return str(self.chance.randint(1, 9))

    def _draw_age(self) -> str:
        return str(self.chance.randint(2, 89))

    def _draw_count(self) -> str:
        return str(self.chance.choice((12, 42, 67, 88, 120, 236, 488, 1046, 1800, 2400, 30000)))

    def _draw_time(self) -> str:
        hour, minute = self.chance.randint(1, 23), self.chance.choice((0, 15, 30, 40, 45))
        return self._any(f"{hour}.{minute:02}", f"{hour}:{minute:02}", f"kl {hour}", f"{hour} am")

    def _draw_dose(self) -> str:
        amount = self.chance.choice((2, 5, 10, 20, 25, 40, 50, 75, 100, 150, 250, 400, 500, 1000))
        return f"{amount}{self._any(' ', '')}{self._any('mg', 'mg', 'µg', 'ml', 'g', 'mcg', 'IU')}"

    def _draw_count_of_live(self) -> str:
        number = self.chance.choice((1, 2, 5, 10, 25, 50, 100))
        return self._any(
            f"{number} billion CFU",
            f"{number} mia CFU",
            f"10^{self.chance.randint(8, 11)} CFU",
            f"{number} x 10^9",
            f"{number} miljarder CFU",
            f"{number}B CFU",
            f"{number}e9 CFU",
        )

    def _draw_probe(self) -> str:
        return self._any("HLA-DQ2", "H. pylori", "tTG-IgA", "F-Hb", "SIBO", "anti-TG", "ASCA")

    def _draw_reference(self) -> str:
        digits = self._digits
        return self._any(
            f"PMID {digits(8)}",
            f"PMID: {digits(8)}",
            f"pubmed {digits(8)}",
            f"PMC{digits(7)}",
            f"doi 10.{digits(4)}/gutjnl-{digits(4)}-{digits(6)}",
            f"NCT0{digits(7)}",
            f"10.1016/j.{self._letters(4).lower()}.{digits(4)}.{digits(2)}.{digits(3)}",
            f"ISRCTN{digits(8)}",
            f"EudraCT 2015-{digits(6)}-12",
            f"arXiv:21{digits(2)}.{digits(5)}",
            f"ISBN 978-0-{digits(4)}-{digits(4)}-1",
            f"{self._draw_year()};{digits(2)}({digits(1)}):{digits(3)}-{digits(3)}",
            f"lot {self._letters(1)}{digits(5)}",
        )

    def _month_names(self) -> list[str]:
        months: list[str] = load_fillers()[self.language]["month"][:12]
        return months

    def _date(self, year: int) -> str:
        day, month = self.chance.randint(1, 28), self.chance.randint(1, 12)
        name, short = self._month_names()[month - 1], year % 100
        return self._any(
            f"{day:02}.{month:02}.{year}",
            f"{day}/{month}-{short:02}",
            f"{day:02}-{month:02}-{year}",
            f"{day}/{month}/{year}",
            f"{year}-{month:02}-{day:02}",
            f"{day}. {name} {year}",
            f"{day} {name} {year}",
            f"{name} {day}, {year}",
            f"{day} {name[:3]} {year}",
            f"{day}.{month}.{short:02}",
            f"d. {day}/{month} {year}",
            f"{day}th {name} {year}",
            f"{day} {name} '{short:02}",
            f"{year}{month:02}{day:02}",
            f"{day} {month} {short:02}",
        )

    def _draw_birth(self) -> str:
        return self._date(self.chance.randint(1932, 2023))

    def _draw_spoken_birth(self) -> str:
        ordinal = self.chance.choice(_ORDINALS[self.language].split())
        tens, digits = _TENS[self.language].split(), _SPELT[self.language].split()[1:10]
        month = self.chance.choice(self._month_names())
        if self.language == "en":
            year = f"nineteen {self.chance.choice(tens)} {self.chance.choice(digits)}"
            return self._any(f"the {ordinal} of {month} {year}", f"{month} the {ordinal} {year}")
        joined = {"da": "og", "sv": "", "no": ""}[self.language]
        unit, ten = self.chance.choice(digits), self.chance.choice(tens)
        year = f"{unit}{joined}{ten}" if joined else f"{ten}{unit}"
        return f"{ordinal} {month} {self._any('nitten ', 'nittenhundrede ', '')}{year}"

    def _draw_date(self) -> str:
        day, name = self.chance.randint(1, 28), self.chance.choice(self._month_names())
        return self._any(
            self._date(self.chance.randint(2008, 2026)),
            f"{day} {name}",
            f"{day}. {name}",
            f"{day}/{self.chance.randint(1, 12)}",
            f"the {day}th",
            f"{name} {day}",
        )

    def _group(self, digits: str) -> str:
        """Digits as people group them."""
        size = self.chance.choice((2, 2, 3, 4))
        gap = self.chance.choice((" ", " ", " ", "-", ".", "  ", " - "))
        return gap.join(digits[start : start + size] for start in range(0, len(digits), size))

    def _draw_phone(self) -> str:
        home = {
            "en": ("07" + self._digits(9), "01" + self._digits(9), self._digits(10)),
            "da": (self.chance.choice("23456789") + self._digits(7),),
            "sv": ("07" + self._digits(8), "08" + self._digits(7)),
            "no": (self.chance.choice("49") + self._digits(7),),
        }
        digits = self.chance.choice(home[self.language])
        if self.chance.random() < 0.2:
            country = self._any("+44", "+45", "+46", "+47", "+353", "0045", "+48", "+90", "+1")
            local = digits.lstrip("0")
            return f"{country}{self._any(' ', '', ' (0)')}{self._any(local, self._group(local))}"
        return self._any(
            digits,
            self._group(digits),
            self._group(digits),
            f"{digits[:5]} {digits[5:]}",
            f"{digits[:4]} {digits[4:]}",
            f"({digits[:3]}) {digits[3:6]}-{digits[6:]}",
            f"{digits[:3]}-{digits[3:]}",
            f"{digits[:2]}/{digits[2:]}",
        )

    def _draw_spoken_phone(self) -> str:
        words = _SPELT[self.language].split()
        if self.language != "en" and self.chance.random() < 0.4:
            tens = _TENS[self.language].split()
            joined = "og" if self.language == "da" else ""
            pairs = [
                f"{self.chance.choice(words[1:10])}{joined}{self.chance.choice(tens)}"
                if joined
                else f"{self.chance.choice(tens)}{self.chance.choice(words[1:10])}"
                for _ in range(4)
            ]
            return " ".join(pairs)
        spoken = []
        for _ in range(self.chance.randint(7, 11)):
            draw, digit = self.chance.random(), self.chance.choice(words)
            double = self.language == "en" and draw < 0.1
            spoken.append(f"{self._any('double', 'triple')} {digit}" if double else digit)
        if self.chance.random() < 0.15:
            spoken = [self._digits(1) if self.chance.random() < 0.5 else word for word in spoken]
        return self._any(" ", " ", ", ").join(spoken)

    def _code(self) -> str:
        digits, letters = self._digits, self._letters
        count = self.chance.randint(2, 5)
        code = self._any(
            f"{letters(2)}-{digits(5)}",
            f"{letters(3)}{digits(count)}",
            digits(count + 3),
            f"{letters(2)} {digits(3)} {digits(2)}",
            f"{digits(4)}/{digits(2)}",
            letters(6),
            f"{letters(1)}{digits(2)}{letters(1)}{digits(1)}{letters(1)}",
            f"#{digits(count + 1)}",
            f"{digits(3)}-{letters(2)}-{digits(2)}",
            f"{letters(2)}/{digits(4)}/{letters(2)}",
            f"{letters(1)}-20{digits(2)}-{digits(4)}",
            f"{digits(2)}{letters(1)}-{digits(4)}",
            f"{digits(3)} {digits(3)} {digits(2)}",
            f"{letters(4)}-{letters(4)}",
            f"{letters(3)}-{digits(3)}-{letters(2)}",
            f"{letters(2)}.{digits(3)}.{digits(3)}",
        )
        return code.lower() if self.chance.random() < 0.15 else code

    def _draw_code(self) -> str:
        return self._code()

    def _draw_item(self) -> str:
        """What files a thing, in the same forms as what files a person."""
        return self._code()

    def _draw_policy(self) -> str:
        return self._code()

    def _draw_identity(self) -> str:
        day, month, year = (self.chance.randint(1, top) for top in (28, 12, 99))
        serial = self._any(self._digits(4), self._digits(4), self._digits(4), "xxxx", "****")
        front = f"{day:02}{month:02}{year:02}"
        turned = f"{year:02}{month:02}{day:02}"
        ten = self._digits(10)
        return {
            "en": self._any(
                ten, f"{ten[:3]} {ten[3:6]} {ten[6:]}", f"{ten[:3]}-{ten[3:6]}-{ten[6:]}"
            ),
            "da": self._any(f"{front}-{serial}", f"{front}{serial}", f"{front} {serial}"),
            "sv": self._any(f"{turned}-{serial}", f"19{turned}-{serial}", f"{turned}{serial}"),
            "no": self._any(f"{front}{self._digits(5)}", f"{front} {self._digits(5)}"),
        }[self.language]

    def _draw_card(self) -> str:
        card = self.chance.choice("45") + self._digits(15)
        return self._any(card, " ".join(card[start : start + 4] for start in range(0, 16, 4)))

    def _draw_iban(self) -> str:
        number = self._any("DK", "SE", "NO", "GB") + self._digits(2) + self._digits(14)
        return self._any(number, " ".join(number[start : start + 4] for start in range(0, 18, 4)))
