"""Whether what is said holds of a person now: negation, time, general questions, fiction, figures.

After NegEx (Chapman et al., 2001, J Biomed Inform 34:301) and ConText (Harkema et al., 2009,
J Biomed Inform 42:839): a trigger changes the mentions in its scope; words such as "but" end the
scope; pseudo-triggers such as "not only" change nothing.
"""

import re
from typing import Literal, TypeAlias

from assistant.triage.concepts import Mention

Status: TypeAlias = Literal["asserted", "negated", "past", "general", "fiction"]

_NEGATION = re.compile(
    r"\b(?:no|not|never|without|neither|nor|none|deny|denies|ruled out|free of|negative for|nothing like|nobody)\b"
)
_PSEUDO = re.compile(
    r"\b(?:not only|not sure|not certain|no doubt|no idea|not know|no longer able|not (?:stop|help|work|go away|going away"
    r"|getting better|better|improv\w*|responding|normal|well|right|feel well|eaten|slept|wak\w+|drink\w*|tell|want to bother"
    r"|know what|breathe|swallow|move|keep)|no appetite|no one|no (?:sleep|choice|relief|luck|joke|cap|gp|doctor)|why not|if not|or not)\b"
)
_SCOPE_END = re.compile(
    r"\b(?:but|however|only|just|except|apart from|although|though|still|because|now|yet|so|until|instead|and (?:i|he|she|my|now|it|then|today))\b|[,;:]"
)
_LIST = re.compile(r"^[\s\w/-]{0,24}(?:,|\bor\b|\bnor\b|\band\b)")
_AFTER = re.compile(r"^(?:\s+(?:me|i|it|him|her|he|she|myself|himself|you|will|with))*\s+not\b|^[\s\w]{0,20}\b(?:ruled out|excluded|was negative|is negative|were negative|is gone|has stopped|has gone|stopped last)\b")
_PAST = re.compile(
    r"\b(?:years? ago|(?:in|since|was|until|around) (?:19|20)\d\d|^\W*(?:19|20)\d\d|a decade ago|decades? ago|as a (?:child|kid|teen\w*|toddler)|when i was (?:a|young|little|small)|long ago|long over"
    r"|used to|last (?:year|summer|winter|spring|autumn)|in my youth|in school|back then|once had|recovered|cured|healed|survived|history of"
    r"|has been treated|was treated|all sorted|(?:first|previous) pregnancy|in remission)\b"
)
_CLAUSE_END = re.compile(r"[;:]|,(?= (?:today|now|i am|but|and|these|nowadays|fine|well|all|sober|quiet|he is|she is)\b)|\b(?:but|today|nowadays)\b")
_EXPLAINED = re.compile(
    r"\b(?:doctor|gp|nurse|midwife|consultant|dietitian|pharmacist|leaflet|they)(?: \w+){0,3} (?:said|says|told|knows?|know|checked)(?: \w+){0,8} (?:normal|fine|harmless|expected|nothing|ok|haemorrhoids|piles|about)\b"
    r"|\biron (?:tablets|pills)(?: \w+){0,4} (?:turn|colou?r|make)\w*\b|\b(?:scope|colonoscopy|check|operation|appointment|endoscopy) (?:is )?(?:booked|on (?:mon|tues|wednes|thurs|fri)day|planned)\b"
)
_CURRENT = re.compile(
    r"\b(?:now|today|tonight|again|still|right now|this (?:morning|week|evening)|yesterday|currently|since then i|suddenly|keeps?|lately|at the moment|back(?! then))\b"
)
_PERSON = re.compile(r"\b(?:i|my|me|mine|myself|he|she|him|her|his|we|us|our|they)\b")
_QUESTION = re.compile(
    r"^\W*(?:and |so |also |hi |hello |please |in general |generally )*(?:what|which|how|why|who|when|where|is|are|does|do|can|could|should|at what|at which|tell me|explain|does anyone)\b"
)
_GENERAL = re.compile(
    r"\b(?:in general|people (?:with|who)|patients with|symptoms of|signs of|warning signs|risk of|research|study|studies|thesis|school project"
    r"|leaflet|statistics|prevalence|difference between|what is|what are|how common|how many people|for my (?:course|class|school)|i read|nurse (?:writing|who writes)|first aid|teach\w*|colleague)\b"
)
_FICTION = re.compile(
    r"\b(?:novel|film|movie|character|dream\w*|song|video ?game|short story|series|podcast|a play|crime (?:novel|series|story)|shakespeare|the victim|romeo|on the news|in the book)\b"
)
_FIGURE = re.compile(
    r"\b(?:butterflies in my (?:stomach|belly|tummy)|(?:this |the |these |my )?(?:bloat\w*|gas|wind|heartburn|reflux|cramps?|diet|suspense|waiting|boss|work|heat|bloated belly)(?: \w+){0,2} (?:is |are )?killing me"
    r"|stroke of (?:luck|genius)|lucky stroke|dying (?:to|of (?:hunger|curiosity|laughter|boredom))|die of (?:boredom|hunger|laughter|curiosity|embarrass\w*|shame)|died? (?:laughing|of laughter)|nearly died laughing|kill(?:ed)? for"
    r"|gut feeling|pain in the (?:neck|arse|ass|butt|backside)|heart (?:sank|sinks|bleeds|breaks)|breaks my heart|bleeding (?:heart|money)|heart attack how|gave me a heart attack|sick (?:and tired )?of|sick with nerves|driv\w+ me (?:mad|crazy|insane)"
    r"|drowning in|choking on all|choke up|stabbing in the dark|stab in the dark|the death of me|dead tired|drop dead|shoot me an|shot in the foot|blown away|killer (?:headache|recipe|app)|is suicide for|social suicide|suicide blonde"
    r"|could (?:have )?(?:strangle|kill)\w* (?:him|her|my \w+) when|so loudly i could|poisoning myself with (?:crisps|sugar|sweets|junk\w*)|jump off a cliff before|set my mouth on fire|murder for|are murder|burned out|fried and foggy"
    r"|scream at|hit me like|cannot live without|my sourdough\w*(?: starter)? (?:is )?d(?:ied|ead)|beats the eggs|throat lump when nervous|laughed to death|to death laughing|panic buying|(?:beats?|hits?|kicks?) (?:me|us) (?:\w+ )?(?:at|in) (?:squash|badminton|tennis|chess|cards|football|ping pong|the game)|saved my life|explode after|died of (?:embarrass\w*|shame|laughter)|(?:murder|kill|die) (?:a|for) (?:a |your |some )?(?:curry|croissant|slice|pizza|cake|bun|coffee)|phone died|battery (?:of|is dead|died)|bleeding edge|crushing deadline|knocked me out|at war with|chili \w+ \w+ to kill myself)\b"
)


def mask_figures(text: str) -> str:
    """Gives the text with figures of speech blanked out, its length kept."""
    return _FIGURE.sub(lambda match: "·" * len(match.group()), text)


def split_sentences(text: str) -> list[str]:
    """Splits at sentence ends and line breaks; gives no empty part."""
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+|(?<=[a-z]{3})\.(?=[a-z])", text) if part.strip()]


def _is_negated(sentence: str, mention: Mention) -> bool:
    before = sentence[: mention.start]
    pseudo = [match.span() for match in _PSEUDO.finditer(sentence)]
    for trigger in _NEGATION.finditer(before):
        if any(start <= trigger.start() < end for start, end in pseudo):
            continue
        between = before[trigger.end() :]
        if len(between.split()) <= 7 and _scope_reaches(between):
            return True
    return _AFTER.match(sentence[mention.end :]) is not None


def _scope_reaches(between: str) -> bool:
    """A comma inside a list ("no fever, bleeding or pain") does not end the scope; "but" does."""
    end = _SCOPE_END.search(between)
    if end is None:
        return True
    return end.group() == "," and _LIST.match(between) is not None and not _PERSON.search(between)


def judge(sentence: str, mention: Mention) -> Status:
    """Gives how the mention stands in its sentence."""
    if _FICTION.search(sentence):
        return "fiction"
    if _is_negated(sentence, mention):
        return "negated"
    clause = _clause_around(sentence, mention)
    if _PAST.search(clause) and not _CURRENT.search(clause):
        return "past"
    if _EXPLAINED.search(sentence) and not _CURRENT.search(sentence):
        return "past"
    if is_general(sentence):
        return "general"
    return "asserted"


def _clause_around(sentence: str, mention: Mention) -> str:
    """Gives the clause that holds the mention: time words of the next clause are not its own."""
    starts = [match.end() for match in _CLAUSE_END.finditer(sentence) if match.end() <= mention.start]
    ends = [match.start() for match in _CLAUSE_END.finditer(sentence) if match.start() >= mention.end]
    return sentence[starts[-1] if starts else 0 : ends[0] if ends else len(sentence)]


def is_general(sentence: str) -> bool:
    """True where the sentence asks or tells about a matter, not about a person who writes or is near."""
    if _PERSON.search(re.sub(r"\btell me\b|\bmy (?:thesis|school|course|colleague)\b", "", sentence)):
        return bool(re.search(r"\b(?:thesis|school project|leaflet about|teaches|i read about|article)\b", sentence))
    return bool(_QUESTION.match(sentence) or _GENERAL.search(sentence))
