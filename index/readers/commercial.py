"""Whether a link sells something, told by where it leads, what it says and how it is marked."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_SHOP_SEGMENTS_WORDS = """
shop shops store stores webshop webbutik butik butikk butiken butikken product products produkt
produkter produkten produktet cart basket checkout kurv indkobskurv indkøbskurv varukorg
handlekurv kassa kassen kasse kop köp kob køb buy order bestil beställ bestall product-category
produkt-kategori produktkategori affiliate aff recommends gp dp
"""
_SHOP_SEGMENTS = frozenset(_SHOP_SEGMENTS_WORDS.split())
_SHOP_HOSTS = re.compile(
    r"^(?:shop|store|butik|webshop|buy)\.|(?:^|\.)(?:amazon|amzn|iherb|ebay|etsy|apotea|"
    r"awin1|tradedoubler|adtraction|partner-ads|shareasale|clickbank|vitacost)\.",
    re.IGNORECASE,
)
_SHOP_QUERY = frozenset(
    ["add-to-cart", "aff", "affid", "affiliate", "affiliate_id", "aff_id", "tag", "awinmid"]
)
_PRICE = re.compile(
    r"(?:[€$£]\s?\d|\d[\d.,\s]*(?:€|£|\$|:-|,-|\bkr\b|\bSEK\b|\bDKK\b|\bNOK\b|\bEUR\b|\bUSD\b|\bGBP\b))",
    re.IGNORECASE,
)
_SELLING = re.compile(
    r"\b(?:buy|shop now|order (?:now|here|online)|add to cart|add to basket|køb|bestil (?:nu|her)|"
    r"læg i kurv|köp|beställ (?:nu|här)|handla nu|lägg i varukorg|kjøp|products? available at)\b",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(
    r"^\W*(?:advertisement|sponsored|annonce|annons|reklame|reklam|anzeige)\W*$", re.IGNORECASE
)


def is_commercial(href: str, words: str, rel: str = "") -> bool:
    """Whether a link leads to a shop or a product.

    Args:
        href: its address, absolute or relative.
        words: its text.
        rel: its `rel` attribute; `sponsored` is what search engines ask sellers to write.
    """
    if "sponsored" in rel.lower().split() or is_promotion(words):
        return True
    if _SELLING.search(words) and len(words.split()) <= 8:
        return True
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
    except ValueError:
        return False
    segments = {unquote(segment).lower() for segment in parts.path.split("/")}
    keys = {key.lower() for key, _ in parse_qsl(parts.query)}
    return bool(segments & _SHOP_SEGMENTS or keys & _SHOP_QUERY or _SHOP_HOSTS.search(host))


def is_promotion(text: str) -> bool:
    """Whether a short text both names a price and asks to buy."""
    return len(text.split()) <= 30 and bool(_PRICE.search(text) and _SELLING.search(text))


def is_advertisement(line: str) -> bool:
    """Whether a line is the label of an advertisement and nothing else."""
    return bool(_ADVERTISEMENT.match(line))
