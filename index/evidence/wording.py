"""The words by which works name their own design, and by which articles name the works' design.

The terms are those of the reporting guidelines (AGREE, PRISMA, CONSORT, ARRIVE, STROBE) with the
usual words of titles and of journals that print reviews alone, in English, Danish and Swedish.
"""

from __future__ import annotations

import re
from typing import Final


def _find(*terms: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(terms)})(?!\w)", re.IGNORECASE)


REFERENCE_TERMS: Final = (
    (
        "guideline",
        _find(
            r"(?:practice |clinical |treatment )?guidelines?",
            r"(?:expert |delphi )?consensus(?: (?:statement|report|conference|development))?",
            r"(?:position|recommendation) (?:paper|statement)|practice (?:guidance|parameter)",
            r"recommendations (?:for|of|on|by|from)|nutrition recommendations",
            r"standards of (?:\w+ )?care",
            r"scientific opinion|dietary reference values|performance measures|diagnostic criteria",
            r"(?:nationella )?riktlinjer?|retningslinjer?|vejledning|rekommendationer|anbefalinger",
        ),
    ),
    (
        "meta-analysis",
        _find(r"meta-?\s?analys[ei]s|meta-?analytic|metaanalys\w*", r"pooled analysis", "cochrane"),
    ),
    (
        "randomised trial",
        _find(
            r"(?:non-?)?randomi[sz]ed|randomly|randomiser\w+|lottad\w*|lodtrækning",
            r"(?:double|single|triple)-?\s?blind(?:ed)?|dobbeltblind\w*|dubbelblind\w*",
            r"placebos?(?:-controlled)?|cross-?over|rcts?|controlled (?:clinical )?trials?",
            r"open-label|phase (?:2|3|ii|iii)|clinical trial|trial",
        ),
    ),
    (
        "animal",
        _find(
            r"mice|mouse|murine|rats?|rodents?|zebrafish|piglets?|drosophila|elegans|macaques?",
            r"germ-?free|gnotobiotic|knockout|animals?|offspring|möss|råttor|rotter|mus",
            r"in vitro|in vivo|cell (?:line|culture)s?|organoids?|laboratory|cultured?|culturable",
            r"(?:\w+ )?model of|maternal separation",
        ),
    ),
    (
        "review",
        _find(
            r"(?<!last )(?<!page )reviews?|översikt\w*|oversigt\w*|overview|state of the art",
            r"nat(?:ure)? rev(?:iews?)?|annu(?:al)? rev|trends|curr(?:ent)? opin\w*|seminars?",
            r"primers?|clinical practice|narrative",
            r"mechanisms?|perspectives?|advances|emerging|implications",
            r"the role of|at the interface",
            r"from \w+ (?:\w+ ){0,3}to \w+|novel class|new (?:concept|paradigm)|beyond",
        ),
    ),
    (
        "observational",
        _find(
            r"cohort|case-?\s?control|cross-?sectional|prospective|retrospective|longitudinal",
            r"(?:population|register|registry)-(?:based|level)|registry|nationwide|surveys?",
            r"prevalence|incidence|epidemiolog\w+|observational|follow-up|surveillance|mortality",
            r"associations?|associated with|correlations?|correlates?|relationship of|risk of",
            r"(?:in|of) patients with|adults in|citizen science",
            r"kohort\w*|tvärsnitts\w*|tværsnits\w*",
        ),
    ),
)
"""Kind and its terms in a reference, in the order in which they count."""

CLAIM_TERMS: Final = (
    (
        "animal",
        _find(
            r"mice|mouse|rats|rodents|germ-?free|möss|råttor|mus|rotter|in vitro|cell cultures?",
            r"animal (?:study|studies|models?|experiments?|work|research)|(?:in|on) animals",
            r"laborator(?:y|ies) (?:study|studies|work|experiments?)|djurförsök|djurstudier",
            r"dyreforsøg|dyrestudier",
        ),
    ),
    (
        "meta-analysis",
        _find(r"meta-?\s?analys[ei]s|metaanalys\w*|cochrane review|pooled (?:analysis|data)"),
    ),
    ("review", _find(r"(?:systematic |literature |a |one |this )reviews?|översikt\w*|oversigt\w*")),
    (
        "randomised trial",
        _find(
            r"randomi[sz]ed|randomly|placebos?|(?:double|single)-blind|rcts?|cross-?over",
            r"(?:clinical|controlled|small|large|first|one|a|this) trials?|randomiser\w+",
        ),
    ),
    (
        "observational",
        _find(
            r"cohort|observational|cross-sectional|case-control|population study|surveyed|registry",
            r"followed (?:\w+ ){0,5}for (?:\w+ ){0,2}years|kohort\w*|registerstudie\w*",
        ),
    ),
    (
        "guideline",
        _find(
            r"(?:current|national|european|clinical|international|new) guidelines?",
            r"guidelines? (?:recommends?|advises?|says?|from|of)|riktlinje\w+|retningslinje\w+",
            r"(?:NICE|WHO|EFSA) (?:recommends?|advises?)",
        ),
    ),
)
"""Kind and the terms by which a sentence says that it rests on such a study."""

_AUTHOR = re.compile(
    r"(?<!\w)(?:(?:van|von|de|der|den|di|el)[ -])*[A-ZÅÄÖÆØÉ][\w'’-]+ [A-ZÅÄÖÆØ]{1,4}(?=[,.;]|$)"
)


def drop_authors(text: str) -> str:
    """A reference without its authors, whose names say nothing about the study."""
    return _AUTHOR.sub(" ", text)
