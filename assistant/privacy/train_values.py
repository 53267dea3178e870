"""Made-up values for the slots of the frames that the tagger is trained on.

Names come from Faker's lists (MIT; needed at training time only) and from `frames/fillers.toml`.
"""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from assistant.privacy.train_numbers import Numbers, load_fillers

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

HOME = {"en": ("en_GB", "en_US", "en_IE"), "da": ("da_DK",), "sv": ("sv_SE",), "no": ("no_NO",)}
ABROAD = ("de_DE", "fr_FR", "pl_PL", "it_IT", "es_ES", "nl_NL", "fi_FI", "pt_PT", "tr_TR", "en_IN")
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][^\W\d_'’]+(?:[-' ][^\W\d_]+)*")
_ONSETS = (
    *"bcdfghjklmnprstvwz",
    *("br", "ch", "dr", "fr", "gr", "kl", "kr", "pr", "sh", "st", "th"),
)
_VOWELS = ["a", "e", "i", "o", "u", "y", "ea", "ie", "ou", "aa", "ei"]
_CODAS = ["", "", "n", "r", "l", "s", "m", "nd", "rt", "x", "k", "th", "lle", "ne"]


@cache
def _list_names(locale: str, part: str) -> tuple[str, ...]:
    """Faker's names of one locale; `part` is first or last."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    names: set[str] = set()
    for attribute in dir(provider):
        listed = getattr(provider, attribute)
        if re.match(rf"{part}_names?", attribute) and isinstance(listed, (tuple, list, dict)):
            names.update(str(name) for name in listed if _LATIN.fullmatch(str(name)))
    return tuple(sorted(names))


@cache
def _list_streets(locale: str) -> tuple[str, ...]:
    faker = importlib.import_module("faker").Faker(locale)
    faker.seed_instance(5)
    return tuple(sorted({faker.street_name() for _ in range(600)}))


class Values(Numbers):
    """Draws values for slots in one language.

    Args:
        chance: draws everything.
        language: en, da, sv or no.
        unseen: True draws only words that are kept out of training, False only the others, None
            any.
    """

    def __init__(self, chance: random.Random, language: str, *, unseen: bool | None) -> None:
        super().__init__(chance, language)
        self.unseen = unseen

    def draw(self, slot: str) -> str:
        """A value for `slot`; slots without a method of their own are lists of `fillers.toml`."""
        method: Callable[[], str] | None = getattr(self, f"_draw_{slot}", None)
        if method is not None:
            return method()
        fillers = load_fillers()
        own = fillers[self.language]
        return self._pick(own[slot] if slot in own else fillers[slot])

    def _pick(self, values: Sequence[str]) -> str:
        for _ in range(60):
            value = self.chance.choice(values)
            if self.unseen is None or (crc32(value.lower().encode()) % 5 == 0) is self.unseen:
                return value
        return value

    def _invent(self) -> str:
        """A word that is no name anybody has listed, so that what stands around it must tell."""
        parts = range(self.chance.choice((1, 2, 2, 3)))
        word = "".join(
            self.chance.choice(_ONSETS) + self.chance.choice(_VOWELS) + self.chance.choice(_CODAS)
            for _ in parts
        )
        return word.capitalize()

    def _name(self, part: str) -> str:
        draw = self.chance.random()
        if draw < 0.6:
            return self._pick(_list_names(self.chance.choice(HOME[self.language]), part))
        if draw < 0.8:
            return self._pick(load_fillers()[f"{part}_elsewhere"])
        if draw < 0.9:
            return self._pick(_list_names(self.chance.choice(ABROAD), part))
        if draw < 0.93:
            return f"{self._name(part)}-{self._name(part)}"
        return self._invent()

    def _draw_first(self) -> str:
        return self._name("first")

    def _draw_last(self) -> str:
        return self._name("last")

    def _draw_full(self) -> str:
        first, last = self._name("first"), self._name("last")
        return self._any(
            *([f"{first} {last}"] * 6),
            f"{first} {self._name('last')} {last}",
            f"{first} {self._name('first')} {last}",
            f"{first} {self._letters(1)}. {last}",
            f"{first[0]}. {last}",
            f"{first[0]} {last}",
            f"{last} {first}",
            f"{first} {self._any('van', 'von', 'de', 'el', 'af', 'da')} {last}",
        )

    def _draw_first_initial(self) -> str:
        return f"{self._name('first')} {self._letters(1)}{self._any('.', '')}"

    def _draw_initials(self) -> str:
        return self._any(f"{self._letters(1)}.{self._letters(1)}.", self._letters(2))

    def _draw_author(self) -> str:
        last, year = self._name("last"), self._draw_year()
        return self._any(
            last, f"{self._name('first')} {last}", f"{last} {year}", f"{last} ({year})"
        )

    def _draw_study(self) -> str:
        last, other, year = self._name("last"), self._name("last"), self._draw_year()
        return self._any(
            f"{last} et al.",
            f"{last} et al. {year}",
            f"{last} et al. ({year})",
            f"{last} {year}",
            f"{last} and {other} {year}",
            f"{last} & {other}, {year}",
            f"{last} and colleagues",
            f"{last} og {other} {year}",
            f"{last} m.fl. {year}",
            f"{last} ({year})",
            f"the {last} study",
            f"{last} and {other}",
            f"{last}'s {year} paper",
            f"Professor {last}'s study",
        )

    def _plain(self) -> str:
        first = re.sub(r"[^a-z]", "", self._name("first").lower()) or "kim"
        last = re.sub(r"[^a-z]", "", self._name("last").lower()) or "holm"
        number = self._digits(self.chance.choice((1, 2, 2, 4)))
        return self._any(
            f"{first}.{last}",
            f"{first}{number}",
            f"{first[0]}{last}",
            f"{first}_{last}{number}",
            f"{last}.{first}",
            f"{first}-{last}",
            f"{first}{last}",
            f"{last}{number}",
            f"the{first}",
        )

    def _host(self) -> str:
        return self._any(
            "gmail.com",
            "hotmail.com",
            "outlook.dk",
            "telia.com",
            "yahoo.co.uk",
            "live.se",
            "icloud.com",
            "mail.dk",
            "online.no",
            "btinternet.com",
            "sol.dk",
            "bredband.net",
            "proton.me",
            f"{self._invent().lower()}.{self._any('com', 'dk', 'se', 'no', 'org', 'co.uk')}",
        )

    def _draw_mail(self) -> str:
        return f"{self._plain()}@{self._host()}"

    def _draw_spoken_mail(self) -> str:
        at = {"en": " at ", "da": " snabel-a ", "sv": " snabel-a ", "no": " krøllalfa "}
        dot = {"en": " dot ", "da": " punktum ", "sv": " punkt ", "no": " punktum "}
        said_at = self._any(at[self.language], " at ", "(at)", " [at] ", "(a)", " @ ", " AT ")
        said_dot = self._any(dot[self.language], " dot ", "(dot)", ".", ".")
        user, host = self._plain(), self._host()
        return f"{user.replace('.', said_dot)}{said_at}{host.replace('.', said_dot)}"

    def _draw_username(self) -> str:
        return self._plain()

    def _draw_handle(self) -> str:
        return self._any("@", "@", "") + self._plain()

    def _draw_link(self) -> str:
        host, token = self._host(), self._digits(8) + self._letters(4)
        return self._any(
            f"https://portal.{host}/r/{token}",
            f"https://{host}/login?token={token}",
            f"www.{host}/patient/{self._digits(6)}",
            f"{host}/my/{self._plain()}",
        )

    def _number(self) -> str:
        number = str(self.chance.randint(1, self.chance.choice((9, 60, 220))))
        return number + self._any("", "", "", "", " B", "a", "A", "c")

    def _draw_street(self) -> str:
        draw, number = self.chance.random(), self._number()
        if draw < 0.6:
            street = self._pick(load_fillers()[f"street_{self.language}"])
        elif draw < 0.9:
            street = self._pick(_list_streets(self.chance.choice(HOME[self.language])))
        else:
            street = f"{self._invent()}{self._any('', ' Hill', 'vej', 'gatan', 'veien', ' Wynd')}"
        if self.language == "en":
            return self._any(
                f"{number} {street}",
                f"{number} {street}",
                f"{number}, {street}",
                f"Flat {self.chance.randint(1, 30)}, {number} {street}",
                f"{street} {number}",
                f"number {number} {street}",
                f"{number} {street}, Apt {self.chance.randint(1, 30)}B",
            )
        floor = {
            "da": (", 2. tv", ", st. th.", " 3.mf", ", 1. sal", " 4 tv"),
            "sv": (", lgh 1203", " 2 tr", ", 3 tr", " uppg B", ""),
            "no": (", leil. 12", " H0201", "", ", 2. etg", ""),
        }[self.language]
        return f"{street} {self._any('', '', 'nr ')}{number}{self._any('', '', '', *floor)}"

    def _draw_town(self) -> str:
        return self._pick(load_fillers()[f"town_{self.language}"])

    def _draw_postcode(self) -> str:
        town, digits = self._draw_town(), self._digits
        if self.language == "en":
            post = f"{self._letters(self.chance.choice((1, 2)))}{self.chance.randint(1, 29)}"
            full = f"{post}{self._any(' ', '')}{digits(1)}{self._letters(2)}"
            return self._any(f"{town} {full}", f"{town}, {full}", full, f"{town} {digits(5)}")
        post = {"da": digits(4), "sv": f"{digits(3)} {digits(2)}", "no": digits(4)}[self.language]
        return self._any(f"{post} {town}", f"{post} {town}", f"{post}, {town}", f"{town} {post}")

    def _draw_house(self) -> str:
        return self._pick(load_fillers()["house"])

    def _draw_address(self) -> str:
        street, post, town, house = (
            self.draw(slot) for slot in ("street", "postcode", "town", "house")
        )
        return self._any(
            f"{street}, {post}",
            f"{street}, {post}",
            f"{street} {post}",
            f"{street}\n{post}",
            f"{street}, {town}",
            f"{street} {'in' if self.language == 'en' else 'i'} {town}",
            street,
            f"{house}, {street}, {post}",
            f"{house}, {town}",
            f"{house}, {post}",
            f"{street}, {self._draw_town()}, {post}",
        )
