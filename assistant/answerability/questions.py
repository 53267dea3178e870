"""What kind of answer a question asks for, and whether a sentence holds anything of that kind.

Rules over a closed class of question words; `docs/answerability.md` says how they were measured.
"""

from __future__ import annotations

import re
from enum import StrEnum


class AnswerType(StrEnum):
    """The kinds of answer that questions ask for."""

    AMOUNT = "amount"
    PERSON = "person"
    DATE = "date"
    PLACE = "place"
    PRICE = "price"
    DURATION = "duration"
    MECHANISM = "mechanism"
    DEFINITION = "definition"
    LIST = "list"
    YES_NO = "yes_no"
    COMPARISON = "comparison"
    ADVICE = "advice_for_whom"
    OTHER = "other"


# the first that matches decides; a question may begin after a greeting or a comma
_START = r"(?:^|[,.;:!?]\s+|\b(?:and|so|but|please|tell me|know|ask|wonder(?:ing)?)\s+)"
_ASKED = tuple(
    (answer_type, re.compile(pattern, re.IGNORECASE))
    for answer_type, pattern in (
        (
            AnswerType.PRICE,
            r"\b(?:how much (?:does|do|did|is|are|will|would)\b.*\b(?:cost|paid|pay)|costs?\b"
            r"|prices?\b|priced|how expensive|fees?\b|how much money|afford)",
        ),
        (
            AnswerType.COMPARISON,
            r"\b(?:compared? (?:with|to)|versus|vs\.?|differences? between|better than|worse than"
            r"|differs? from|(?:which|what) (?:one )?is (?:better|worse|safer|stronger))\b"
            r"|\bbetter\b.+\bor\b",
        ),
        (
            AnswerType.DURATION,
            r"\bhow (?:long|soon|quickly|fast|many (?:minutes|hours|days|weeks|months|years))\b"
            r"|\bwhen (?:does|do|will|can|should) (?:it|they|i|you|we)\b.*\b(?:work|feel|notice"
            r"|expect|start|stop)",
        ),
        (
            AnswerType.AMOUNT,
            r"\b(?:how (?:much|many|often|common|high|low|large|big|old|tall|far|heavy|likely|warm"
            r"|hot|cold)|dos(?:e|es|age)|what (?:percentage|percent|proportion|share|fraction"
            r"|number|amount|age|level|rate)|(?:which|what) (?:\w+ )?(?:dose|amount|number"
            r"|percentage|prevalence|incidence)|number of|prevalence|incidence)\b",
        ),
        (
            AnswerType.PERSON,
            r"\b(?:who(?:se|m)?(?! should| can| gets| is at risk| needs| must)|which (?:person"
            r"|author|researcher|scientist|doctor|king|president)|by whom"
            r"|what (?:is|was) the name of the (?:man|woman|person|author))\b",
        ),
        (
            AnswerType.DATE,
            r"\b(?:when (?:was|were|did|is|are|has|had)|(?:what|which) (?:year|date|century|decade"
            r"|month|day|era|time period)|since when|year of)\b|^when\b",
        ),
        (
            AnswerType.PLACE,
            r"\b(?:where|(?:what|which) (?:\w+ )?(?:city|country|place|town|state|region|continent"
            r"|river|street|location|province))\b",
        ),
        (
            AnswerType.ADVICE,
            r"\b(?:who (?:should|can|needs?|must|gets|is at risk)|(?:is|are) .+ (?:safe|ok|okay"
            r"|suitable|recommended|allowed|dangerous) (?:for|in|during|with|while|if|when)"
            r"|(?:can|should|may|could|must) (?:i|we|my|someone|people|children|kids|babies"
            r"|pregnant|a|an|he|she|you)\b)",
        ),
        (
            AnswerType.LIST,
            r"\b(?:list|name (?:the|some|all|two|three|four|five)|which (?:are|\w+s)\b|what (?:are"
            r"|were) (?:the |some |all )?(?:\w+ )?\w+s\b|what (?:kinds|types|sorts|symptoms|foods"
            r"|signs|causes|risk factors)|(?:signs|symptoms|types|kinds|examples"
            r"|side effects) of)\b",
        ),
        (
            AnswerType.MECHANISM,
            r"\b(?:how (?:does|do|did|is|are|can|come|could|would)|why|what (?:causes|happens"
            r"|leads|makes)|mechanism|in what way|by what means|what is the (?:role|function|effect"
            r"|reason|cause))\b",
        ),
        (
            AnswerType.YES_NO,
            _START + r"(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|may"
            r"|might|must|isn't|aren't|don't|doesn't|am)\b",
        ),
        (
            AnswerType.DEFINITION,
            r"\b(?:what(?:'s| is| are| was| were)(?! the (?!meaning|definition))|whats|define"
            r"|definition|meaning of|what does .+ (?:mean|stand for)|explain|tell me about)\b",
        ),
    )
)

_NUMBER = (
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred"
    r"|thousand|million|half|third|quarter|twice|once|percent|majority|several)\b)"
)
_NAME = r"(?<=[\w,;:] )(?:[A-Z][\w'-]+)"
_STATED = {
    answer_type: re.compile(pattern)
    for answer_type, pattern in {
        AnswerType.AMOUNT: _NUMBER,
        AnswerType.PERSON: _NAME + r"|^[A-Z][a-z]+ [A-Z][a-z]+|\b(?:author|doctor|nurse|dietitian)",
        AnswerType.DATE: r"\b1\d{3}s?\b|\b20\d\ds?\b|\bcentur|January|February|March|April|May \d"
        r"|June|July|August|September|October|November|December|\b\d+ (?:years|months) ago",
        AnswerType.PLACE: _NAME + r"|\b(?:in|at|near|from) the \w+",
        AnswerType.PRICE: r"[$£€]\s?\d|\d\s?(?:[$£€]|dollars|euros?|pounds|kroner|kr\b|USD|EUR|DKK"
        r"|SEK|million|billion)|\bfree of charge\b|\bcosts?\b",
        AnswerType.DURATION: r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?"
        r"|centur\w+|overnight|lifelong|temporary|permanent\w*)\b",
        AnswerType.MECHANISM: r"\b(?:because|by|through|via|due to|caus\w+|lead\w*|result\w*"
        r"|therefore|so that|since|mechanism|which|when|triggers?|activat\w+|releas\w+"
        r"|produc\w+)\b",
        AnswerType.COMPARISON: r"\b(?:than|compared|versus|unlike|whereas|while|both|differ\w*|more"
        r"|less|better|worse|similar\w*|same)\b",
        AnswerType.DEFINITION: r"\b(?:is|are|was|means?|refers?|called|known as|describes?|term)\b",
        AnswerType.LIST: r",|;|\band\b|\bor\b|:",
    }.items()
}


def expected_answer(question: str) -> AnswerType:
    """The kind of answer that a question asks for; `OTHER` where no rule tells."""
    for answer_type, pattern in _ASKED:
        if pattern.search(question):
            return answer_type
    return AnswerType.OTHER


def states(answer_type: AnswerType, sentence: str) -> bool:
    """Whether a sentence holds anything of the kind; True for kinds that have no outward mark."""
    pattern = _STATED.get(answer_type)
    return pattern is None or pattern.search(sentence) is not None
