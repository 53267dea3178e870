"""Words without which a message does not ask about an article or a study: a closed class.

The classifier knows phrasings; these keep it from taking a question on content for one on the
articles, and decide between neighbours ("who wrote", "when was it written").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.intents.classifier import Intent

_CUES: dict[str, re.Pattern[str]] = {
    "study_identifier": re.compile(r"\b(pmid|pubmed|pub med|doi|identifier)\b"),
    "study_journal": re.compile(
        r"\b(journal|tidsskrift|tidskrift|where .*(?:publish\w*|printed|appear\w*)|published in"
        r"|hvor .*offentliggjort|var publicerades)\b"
    ),
    "article_date": re.compile(
        r"\b(when|date|dated|year|month|how (?:old|recent|new|current)|up to date|last|recent"
        r"|hvornår|hvor gammel|dato|när|hur gammal|datum|opdateret|uppdaterad)\b"
    ),
    "article_author": re.compile(
        r"\b(who|whose|author\w*|wrote|written|write[rs]?|by whom|by an? \w+\W*$|credentials"
        r"|qualifications|profession|hvem|forfatter\w*|skrevet|vem|författar\w*|skrivit)\b"
    ),
    "article_review": re.compile(
        r"\b(review\w*|check\w*|proof-?read|approv\w*|verif\w*|looked (?:at|over)"
        r"|tjekket|gennemgået|kontrolleret|granska\w*|kontrollera\w*)\b"
    ),
    "article_publisher": re.compile(
        r"\b(publish\w*|website|site|link|url|clinic|company|organi[sz]ation|behind|owns?|runs?"
        r"|hospital|pharmacy|charity|university|magazine|blog|institute|apotek|sygehus|sjukhus"
        r"|sells?|sell|paid|udgiv\w*|klinik\w*|publicera\w*|webbplats\w*|online|read)\b"
    ),
    "article_products": re.compile(
        r"\b(products?|brands?|sells?|selling|sold|sale|advert\w*|promot\w*|sponsor\w*|produkt\w*"
        r"|sælger|sælges|mærker|säljer|säljs|märken|reklam\w*|annonc\w*|annons\w*)\b"
    ),
    "study_reference": re.compile(
        r"\b(stud(?:y|ies)|trials?|experiments?|meta-?analys[ei]s|research|papers?|sources?|references?|cit\w+"
        r"|footnote|evidence|reviews?|guidelines?|retningslinj\w*|riktlinj\w*|undersøgelse\w*"
        r"|studie\w*|kilde\w*|källa\w*|referens\w*|reference\w*|where .* come from)\b"
    ),
    "references_list": re.compile(
        r"\b(references?|sources?|citations?|bibliography|cited?|cites|studies|kilder|referenser"
        r"|källor|referencelist\w*|referenslist\w*)\b"
    ),
}
_CUES["study_author"] = re.compile(
    f"{_CUES['article_author'].pattern}|first author|researchers?|scientists?|university|country"
    "|where"
)
_CUES["study_date"] = re.compile(
    r"\b(when|(?:what|which) year|year of|how (?:old|recent) (?:is|was)|hvornår|när|publicerades"
    r"|udgivet)\b"
)
_STUDY = _CUES["study_reference"]


def has_cue(intent: Intent, message: str) -> bool:
    """Whether a message holds a word that an intent cannot do without."""
    text = message.casefold()
    if intent.startswith("study_") and intent not in {"study_identifier", "study_journal"}:
        return bool(_CUES[intent].search(text) and (_STUDY.search(text)))
    return intent not in _CUES or bool(_CUES[intent].search(text))


def is_unmistakable(message: str) -> Intent | None:
    """The intent that one word decides alone: nobody writes "PMID" who wants anything else."""
    text = message.casefold()
    if _CUES["study_identifier"].search(text):
        return "study_identifier"
    return None
