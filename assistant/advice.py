"""Whether a sentence tells its reader to take so much of something, or to leave a medicine.

Pure, by closed classes of words, in English, Danish and Swedish. It errs towards calling a sentence
advice: whoever asks has the source's own sentence to say in its place.
"""

from __future__ import annotations

import re

_READER = re.compile(
    r"\b(?:you|your|yours|yourself|du|dig|din|dit|dine|ditt|dina|jer|jeres)\b", re.IGNORECASE
)
_TOLD = re.compile(
    r"(?:^|[:;,.!?–—]\s*)(?:(?:please|then|just|simply|always|now|so)\s+)?"
    r"(?:do not |don['’]t |never )?"
    r"(?:take|use|try|eat|drink|have|get|start|begin|add|keep|stay|give|swallow|apply|limit|aim"
    r"|double|halve|increase|raise|reduce|lower|stop|pause|skip"
    r"|tag|brug|spis|drik|få|start|giv|fordobl|halver|øg|sænk"
    r"|ta|använd|ät|drick|börja|ge|dubbla|halvera|öka|minska)\b",
    re.IGNORECASE,
)
_OBLIGED = re.compile(
    r"\b(?:should|must|ought to|ha(?:s|ve) to|bør|skal|måste|bör|ska)\b", re.IGNORECASE
)

# Endings by which substances of one kind are named: WHO, The use of stems in the selection of
# international nonproprietary names (2018).
_STEMS = (
    r"\w+(?:azole|azol|statin|pram|oxetine|oxetin|traline|tralin|pril|sartan|olol|cillin|mycin"
    r"|formin|gliptin|tidine|tidin|setron|triptan|azepam|zolam|profen|parin|xaban)s?"
)
_MEDICINE = (
    rf"(?:medic(?:in|at)\w*|drugs?|tablet\w*|pills?|piller\w*|antidepress\w+|antibioti\w+|prescri\w+"
    r"|ss?ris?|snris?|insulin\w*|inhibitors?|blockers?|thinners?|steroids?|cortison\w*|warfarin"
    rf"|contracepti\w+|p-piller\w*|hjertemedicin|lægemid\w+|läkemed\w+|dos(?:e|es|age|is|en)|{_STEMS})"
)
_LEAVE = (
    r"(?:stop(?:s|ping|pe)?|quit(?:ting)?|discontinu(?:e|ing)|ceas(?:e|ing)|paus(?:e|ing|er|a)|"
    r"skip(?:ping)?|com(?:e|ing) off|go(?:ing)? off|go(?:ing)? without|wean(?:ing)? off|"
    r"taper(?:ing)?(?: off)?|leav(?:e|ing) out|leav(?:e|ing) off|drop(?:ping)?|replac(?:e|ing)|"
    r"swap(?:ping)?|switch(?:ing)?(?: from)?|hold(?:e)? op(?: med)?|slut(?:a|ar)(?: med)?|"
    r"erstat(?:te|t)?|ersätt(?:a)?|byt(?:a)?(?: ut)?|udskift|undlad|hoppa över)"
)
_CHANGE = (
    r"(?:halv(?:e|ing|er|era)|doubl(?:e|ing)|fordobl|dubbla|reduc(?:e|ing)|lower(?:ing)?|"
    r"increas(?:e|ing)|rais(?:e|ing)|sænk|øg|minska|öka)"
)
_LEFT = (
    r"(?:stopped|paused|skipped|discontinued|replaced|swapped|halved|doubled|dropped|left out|"
    r"stoppes|undlades|erstattes|halveres|avslutas|hoppas över|ersättas|halveras)"
)
_LEAVING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<act>{_LEAVE})(?: \w+[,]?){{0,4}}? {_MEDICINE}\b",
        rf"\b(?P<act>{_LEAVE}) (?:taking|using|at tage|att ta)\b",
        r"\b(?P<act>stop|sluta)(?: \w+)? (?:at tage|att ta|med (?:din|dit|dine|ditt|dina))\b",
        rf"\b(?P<act>{_CHANGE})(?: \w+){{0,2}} {_MEDICINE}\b",
        rf"\b{_MEDICINE}\b[^.;:]{{0,40}}?"
        rf"\b(?P<act>(?:be|get|being|kan|kunne|bliv\w*) (?:\w+ly )?{_LEFT})",
        rf"\b(?P<act>(?:instead|in place) of|rather than|i stedet for|i stället för)"
        rf"(?: \w+){{0,3}} {_MEDICINE}\b",
    )
)
# What may stand right before: the advice not to, or the case that it is done.
_GUARD = re.compile(
    r"(?:\b(?:not|never|cannot|without|before|about|of|whether to|ikke|aldrig|inte|uden at"
    r"|utan att)|n['’]t"
    r"|\b(?:if|when|whether|before|until|once|hvis|når|før|om|när|innan) (?:you|they|people|du)"
    r"(?: may| can| want to| must| should)?)"
    r"(?: \w+ly| just| ever| simply| bare| pludseligt?| plötsligt)? $",
    re.IGNORECASE,
)


def tells_reader(sentence: str) -> bool:
    """Whether a sentence speaks to its reader, or says what to do."""
    return bool(_READER.search(sentence) or _TOLD.search(sentence))


def says_should(sentence: str) -> bool:
    """Whether a sentence says what somebody should do, be it the reader or others."""
    return tells_reader(sentence) or bool(_OBLIGED.search(sentence))


def find_leaving(sentence: str) -> str | None:
    """The words by which a medicine is stopped, left out, changed or replaced; None without any.

    To be told not to, or what is so if it is done, is no such advice.
    """
    for pattern in _LEAVING:
        for found in pattern.finditer(sentence):
            if not _GUARD.search(sentence[: found.start("act")]):
                return found.group()
    return None
