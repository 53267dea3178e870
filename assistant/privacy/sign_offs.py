"""How messages close: sign-offs, signatures, names before their cue; and studies' authors.

`name_cues` holds the phrases after which a name stands within a message.
"""

import re

from assistant.privacy.word_lists import load_words

# "Best regards, Anna K." – the name runs to the end of its line.
_CLOSING = (
    r"(?:(?:with\s+)?(?:best|kind|kindest|warm|warmest|many|my best)?\s*regards|"
    r"(?:all (?:the|my) )?best(?: wishes)?|yours(?: (?:sincerely|truly|"
    r"faithfully))?|sincerely(?: yours)?|"
    r"cheers|respectfully|greetings|ta|(?:lots of )?love|xx+|xoxo|take care|br|kr|"
    r"warmly|fondly|rgds|thx|(?:thanks?|ta|cheers)(?: you)?(?: (?:so much|kindly|ever so|"
    r"a million|a lot|in advance|again|very much|for "
    r"(?:your|the|any) \w+))?|many thanks|signed|gratefully|"
    r"(?:med\s+)?(?:de\s+)?(?:venlig|venlige|bedste|kærlig|mange|kære|vennlig|beste|"
    r"varme|god)(?:e|ste)?\s+(?:hilsen|hilsner|hilsener|hilsninger)|hilsen|hilsner|"
    r"hils|mvh|m\.v\.h\.?|vh|v\.h\.?|kh|k\.h\.?|bh|dbh|"
    r"(?:knus|kram|kramar)(?: (?:og|och) \w+)?|på forhånd tak|tak på forhånd|mange "
    r"tak|tusind tak|tak|takk|tack på förhand|tack|på förhand tack|ha det godt|"
    r"(?:med\s+)?(?:vänlig|vänliga|bästa|varma|hjärtliga|många|allra "
    r"bästa)\s*(?:hälsning|hälsningar)|hälsning|hälsningar|hälsn|hälsar|vänligen|"
    r"vänligast|alt godt|allt gott|de bedste hilsner|hilsen fra|hälsningar från)"
)


def may_close(text: str) -> bool:
    """Whether a closing such as "best regards" can stand in the text: a cheap first look."""
    lowered = text.lower()
    return any(hint in lowered for hint in load_words("closing_hints"))


SIGN_OFF = re.compile(
    (
        rf"(?:^|(?<=[.!?\n,])|(?<=[.!?] ))[ \t]*(?P<closing>{_CLOSING})(?!\w)[ "
        r"\t]*(?P<mark>[,.!:-]*)[ \t]*(?P<break>\n\s*)?(?:(?:from|fra|från|/|-|~)[ "
        r"\t]*)?(?=[^\W\d_])"
    ),
    re.IGNORECASE | re.MULTILINE,
)
LOOSE_SIGN_OFF = re.compile(
    (
        r"\b(?:mvh|vh|kh|(?:best|kind|kindest|warm) regards|best wishes|venlig hilsen|"
        r"venlige hilsner|vennlig hilsen|bedste hilsner|vänlig hälsning|vänliga "
        r"hälsningar|hälsningar|hilsen|hälsning|yours sincerely|sincerely)[ "
        r"\t]*[,.!:]*[ \t]*\n*[ \t]*(?:(?:from|fra|från)[ \t]+)?(?=[^\W\d_])"
    ),
    re.IGNORECASE,
)
SIGNATURE_LINE = re.compile(
    r"(?:^|\n|(?<=[.!?])[ \t]+|[ \t]{2,})[ \t]*(?:[/~]|--?|//)[ "
    r"\t]*(?=[^\W\d_][^\n]{1,40}\s*\Z)|(?<=[.!?])[ \t]+/(?=[^\W\d_])"
)
# The last line alone, a short one: "…\n\nAnna Larsen".
LAST_LINE = re.compile(r"\n[ \t]*(?=[^\W\d_][^\n\d]{1,40}\s*\Z)")
# A message that closes with a name alone: "Have a nice day! Lisa x".
LAST_WORDS = re.compile(
    r"(?<=[.!?])[ \t]+(?:(?:from|love|din|fra|från)[ \t]+)?"
    r"(?=(?-i:[A-ZÆØÅÄÖ])[\w.'-]*(?:[ \t]+(?-i:[A-ZÆØÅÄÖ])[\w.'-]*){0,2}(?:[ \t]*x+)?[.!]?\s*\Z)",
    re.IGNORECASE,
)
NAME_BEFORE = re.compile(
    r"[ \t]*,?[ \t]+(?:here\b|speaking\b|calling\b|writing\b|(?:her|här)\b(?=(?:[ "
    r"\t]+(?:igen|again))?[ \t]*[.,!:\n-]|[ \t]+(?:igen|fra|från)\b|$)|"
    r"\((?:husband|wife|partner|mother|father|son|daughter|mand|kone|man|fru|mor|far)\b|"
    r"(?:is|er|är) my name\b|(?:is|er|"
    r"är) (?:what|the name)\b|(?:hedder|heter) (?:jeg|jag)\b|er mit navn\b|är mitt "
    r"namn\b|er navnet mitt\b)"
)
# A study's author rather than a person in the patient's life.
STUDY_AFTER = re.compile(
    r"(?:'s)?[ \t]*(?:,?[ \t]*(?:et al\b|and colleagues|and co-?workers|m\.?fl\b|og "
    r"kolleger|och medarbetare|med kolleger)|[ \t,]*\(?(?:19|20)\d{2}\b(?!-)|[ "
    r"\t]*(?:and|og|och|&|,)[ \t]+[A-ZÆØÅÄÖ][\w-]+[ \t,]*(?:et al|\(?(?:19|20)\d{2})"
    r"|'?s?[ \t]+(?:disease|syndrome|sygdom|syndrom|sjukdom|sykdom|thyroiditis|"
    r"criteria|kriterier|stool|scale|skala|score|test|trial|study|studie|paper|"
    r"review|group|lab|model|method|index|diet|foundation|university|hospital|"
    r"clinic)\b)",
    re.IGNORECASE,
)
