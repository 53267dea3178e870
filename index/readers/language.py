"""The language of a text, told by the function words that only it uses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_FUNCTION_WORDS = {
    "en": "the of and to is are that with for this have from which their can be not by it or",
    "da": "og af at ikke det er en et som på til med hvad også kan der den din efter kun bliver",
    "sv": "och att är det som en ett på för med inte av kan till också din den från eller blir",
    "no": "og av å ikke det er en et som på til med hva også kan det den din etter noen bare blir",
    "de": "und der die das ist nicht mit von für den ein eine im auch bei sich auf oder sind",
}
_WORDS = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_ALIASES = {"nb": "no", "nn": "no"}
_MINIMUM_HITS = 30
"""Function words that a text must hold before it may overrule what the page declares: pages are
often declared in their theme's language."""


def detect_language(text: str, declared: str | None = None) -> str:
    """ISO 639-1 code of a text: as declared, unless the text plainly speaks otherwise."""
    words = re.findall(r"[^\W\d_]+", text.lower())[:5000]
    hits = {code: sum(word in known for word in words) for code, known in _WORDS.items()}
    best = max(hits, key=lambda code: hits[code])
    code = normalise_code(declared)
    if code is None:
        return best if hits[best] else "en"
    if hits[best] >= _MINIMUM_HITS and hits.get(code, hits[best]) * 2 < hits[best]:
        return best
    return code


def normalise_code(declared: str | None) -> str | None:
    """`en-GB`, `sv_SE`, `nb` → `en`, `sv`, `no`; None for anything else."""
    match = re.match(r"^\s*([A-Za-z]{2})(?:[-_].*)?\s*$", declared or "")
    if not match:
        return None
    code = match[1].lower()
    return _ALIASES.get(code, code)


def language_of_path(url: str | None) -> str | None:
    """The language that a URL's first path segment names: `/en/articles/x` → `en`."""
    try:
        segments = urlsplit(url or "").path.strip("/").split("/")
    except ValueError:
        return None
    code = normalise_code(segments[0]) if re.fullmatch(r"[A-Za-z]{2}", segments[0]) else None
    return code if code in _WORDS else None
