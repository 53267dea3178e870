"""Numbers as they are written in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prompts.texts import Texts


def write_number(value: float, texts: Texts, decimals: int = 0) -> str:
    """`1453.5` as "1,453.5", "1.453,5" or "1 453,5"; `texts` are those of the pages."""
    example = texts["numbers.example"]  # 1,234.5 in English
    swap = {",": example[1], ".": example[-2]}
    return "".join(swap.get(letter, letter) for letter in f"{value:,.{decimals}f}")


def write_percent(share: float, texts: Texts) -> str:
    """`0.5` as "50%" or "50 %"."""
    return texts.fill("numbers.percent", number=write_number(share * 100, texts))
