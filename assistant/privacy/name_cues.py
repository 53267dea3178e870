"""The phrases after which a person's name stands, in English, Danish, Swedish and Norwegian.

Each cue matches up to the place where the name begins. How much a cue is trusted decides how much
the word itself must look like a name (`name_reader.Thresholds`).
"""

import re

from assistant.privacy.name_reader import MEDIUM, STRONG, TITLE, WEAK, Thresholds
from assistant.privacy.word_lists import load_words

_SPACE = r"[ \t]+"
_IS = r"(?:\s+(?:is|was|iz|er|är|det|are)|'?s|\s*[:=-])"
_NAME = (
    r"(?:full |first |last |maiden |real |whole |fulde |fornavn|efternavn|etternavn|"
    r"fullständiga )?(?:name|nmae|naem|nam|names|navn|nanv|nvan|namn|nman|efternavn|"
    r"fornavn|etternavn|efternamn|förnamn|surname|nickname)"
)
_RELATION = (
    r"(?:(?:ex|step|half)-?)?(?:pojke|kille|tjej|flicka|jente|gutt|gutten|hubby|"
    r"missus|bf|gf|godmother|godfather|svoger|svigerinde|svägerska|svåger|svigersøn|"
    r"svigerdatter|stepmum|stepdad|bonussøn|bonusdatter|bonusson|bonusdotter|"
    r"storebror|lillebror|storesøster|lillesøster|storasyster|lillasyster|daughter|"
    r"son|girl|boy|twins|kids|children|sons|"
    r"daughters|boys|girls|flatmate|roommate|housemate|børn|drenge|tvillinger|"
    r"tvillingar|wife|husband|partner|mother|father|mum|mom|mam|dad|sister|brother|"
    r"twin|baby|child|kid|toddler|teenager|"
    r"girlfriend|boyfriend|fianc[eé]e?|friend|colleague|neighbou?r|boss|grandmother|"
    r"grandfather|grandma|grandpa|granny|nan|"
    r"grandson|granddaughter|aunt|uncle|cousin|niece|nephew|stepson|stepdaughter|"
    r"mother-in-law|father-in-law|carer|nurse|doctor|gp|"
    r"dietitian|dietician|therapist|psychologist|gastroenterologist|surgeon|midwife|"
    r"consultant|specialist|psychiatrist|nutritionist|physio|"
    r"datter|søn|kone|mand|mor|far|søster|bror|tvilling|barn|dreng|pige|kæreste|ven|"
    r"veninde|kollega|nabo|chef|mormor|morfar|farmor|farfar|bedstemor|bedstefar|"
    r"moster|faster|onkel|tante|fætter|kusine|niece|nevø|svigermor|svigerfar|"
    r"samlever|samleverske|barnebarn|plejemor|"
    r"læge|sygeplejerske|diætist|psykolog|kirurg|jordemoder|behandler|fysioterapeut|"
    r"terapeut|egen læge|"
    r"dotter|fru|maka|man|mamma|pappa|syster|sambo|flickvän|pojkvän|vän|väninna|"
    r"kompis|arbetskamrat|granne|svärmor|svärfar|"
    r"barnbarn|kusin|läkare|sjuksköterska|sköterska|dietist|barnmorska|husläkare|"
    r"sønn|kjæreste|venn|venninne|samboer|nabo|bestemor|bestefar|fastlege|lege|"
    r"sykepleier|ernæringsfysiolog|jordmor|ektemann|ektefelle)"
)
_PERSONAL = (
    "my our his her their your min mit mitt mina mine vores vår våran hans hendes hennes deres vort"
)
_POSSESSIVES = (
    "my our his her their the your min mit mitt vores vår våran hans hendes hennes "
    "deres vort en a mina mine"
)
_POSSESSIVE = (
    r"(?:my|our|his|her|their|the|your|min|mit|mitt|vores|vår|våran|hans|hendes|"
    r"hennes|deres|vort|en|a|mina|mine)"
)
_AGE = (
    r"(?:[ \t]*[,(-]?[ \t]*(?:\d{1,2}(?:[ -]?(?:years?|år|yo|y/o|months?|mdr|"
    r"mån)\w*(?:[ -]?(?:old|gammel|gamle|gamla|gammal))?)?)[),-]?)?"
)
_CALLED = (
    r"(?:called|named|nicknamed|who is called|whose name is|(?:som|der|hvis|"
    r"vars)?\s*(?:hedder|heder|heter|hetter)|ved navn|vid namn|med navnet|kaldet)"
)
_ABBREVIATED = "dr prof mr mrs ms hr frk"
_TITLES = (
    "doctor doktor professor miss mister sir lady nurse sister herr fru frøken "
    "fröken overlæge afdelingslæge speciallæge reservelæge læge lægen "
    "sygeplejerske sygeplejersken diætist "
    "diætisten psykolog jordemoder överläkare läkare läkaren legen sköterska "
    "sköterskan sjuksköterska syster dietist overlege lege sykepleier sekretær "
    "consultant midwife dietitian dietician psykologen gastroenterolog "
    "gastroenterologist surgeon receptionist"
)
_TITLE = rf"(?:{'|'.join(_TITLES.split())})"

_GREETING = (
    "hi hello hey hiya good morning hej hejsa halløj hallo hei heisann tjena "
    "hejsan god godmorgen goddag godaften godmorgon halla"
)
# First words → the pattern from there to where the name begins → how much it is trusted.
_TABLE: tuple[tuple[str, str, Thresholds], ...] = (
    # A person says a name.
    (
        (
            "my mine mit mitt min his her their hans hendes hennes the patient patients "
            "patientens patienten barnets daughter's son's child's"
        ),
        (
            r"\b(?:my|mine|mit|mitt|min|his|her|their|hans|hendes|hennes|the|patient(?:'?s|"
            rf"ens|en)?|barnets|(?:(?:my|our|his|her|their)\s+)?[\w-]+'?s)\s+{_NAME}{_IS}[ "
            r"\t]*"
        ),
        STRONG,
    ),
    (
        (
            "name nmae naem nam navn nanv namn full first last fornavn efternavn etternavn "
            "förnamn efternamn surname patient patienten pasient from fra från"
        ),
        (
            rf"(?:^|(?<=[\t\n•*.,;-])|(?<=[•*.,;-] ))(?:{_NAME}|patient|patienten|pasient|"
            r"from|fra|från)[ \t]*[:=][ \t]*"
        ),
        STRONG,
    ),
    (
        (
            "name nmae naem navn nanv namn surname full first last fornavn efternavn "
            "etternavn förnamn efternamn nickname"
        ),
        rf"\b{_NAME}[ \t]*:[ \t]*",
        STRONG,
    ),
    ("name's names", r"(?:^|(?<=[.!?,\n])|(?<=[.!?,] ))(?i:name'?s)[ \t]+", MEDIUM),
    (
        "navnet namnet navnene",
        r"\b\w+[ \t]+(?:mitt|mit|hans|hennes|hendes)[ \t]+(?:er|är)[ \t]+",
        STRONG,
    ),
    ("first last given family christian", r"\b\w+[ \t-]*name[ \t]+(?:is[ \t]+)?", MEDIUM),
    (
        "written sent skrevet skriven greetings",
        r"\b(?:(?:written|sent) by|skrevet a[fv]|skriven av|greetings from)[ \t]+",
        MEDIUM,
    ),
    ("told asked saw met visited", r"\b\w+[ \t]+", WEAK),
    (
        "twins tvillingerne tvillingarna tvillingene drengene pigerne børnene barnen barna",
        r"\b\w+[ \t,]+",
        MEDIUM,
    ),
    ("a en et ett the", rf"\b\w+[ \t]+(?:[\w-]+[ \t]+)?{_RELATION}\b[ \t]*[,(][ \t]*", WEAK),
    (
        "jeg jag eg hun han hon vi",
        (
            r"\b(?:jeg|jag|eg|hun|han|hon|vi)\s+(?:hedder|heder|hedde|heddr|hdder|hedderr|"
            r"heter|hetter|hter|hetr|hete|heiter)[ \t]*:?[ \t]+"
        ),
        STRONG,
    ),
    ("hedder heter", r"\b(?:hedder|heter)\s+(?:jeg|jag|han|hun|hon)[ \t]+", STRONG),
    (
        "i'm i im she's he's she he",
        r"\b(?:i'?m|i am|im|she's|he's|she is|he is)\s+(?:called|named|known as)[ \t]+",
        STRONG,
    ),
    (
        "people friends everyone they you please just call",
        (
            r"\b(?:people|friends|everyone|they|you can|please|just)\s+call(?:s)?\s+me[ "
            r"\t]+|\bcall me[ \t]+(?!on|at|back|when|if|a |crazy)"
        ),
        MEDIUM,
    ),
    (
        "kald kalder kalla kallar kall",
        r"\b(?:kald|kalder|kalla|kallar|kall)\s+(?:mig|meg)[ \t]+(?:for[ \t]+)?",
        MEDIUM,
    ),
    ("i jeg jag", r"\b(?:i|jeg|jag)\s+(?:go by|underskriver mig)[ \t]+", MEDIUM),
    (
        "you you're du",
        (
            r"\b(?:you(?:'re| are) (?:speaking|talking) (?:to|with)|du taler med|du talar "
            r"med|du snakker med)[ \t]+"
        ),
        STRONG,
    ),
    (
        _POSSESSIVES,
        (
            rf"\b{_POSSESSIVE}[ \t]+(?:[\w-]+[ \t]+)?{_RELATION}\b{_AGE}(?:[ \t]+(?:is|er|är|"
            rf"was|,))?,?[ \t]+{_CALLED}[ \t]+"
        ),
        STRONG,
    ),
    (
        (
            "friend woman man girl boy lady guy person colleague kvinde pige dreng mand "
            "kvinna flicka pojke doctor nurse therapist"
        ),
        (
            r"\b(?:friend|woman|man|girl|boy|lady|guy|person|colleague|kvinde|pige|dreng|"
            rf"mand|kvinna|flicka|pojke|doctor|nurse|therapist)[ \t]+{_CALLED}[ \t]+"
        ),
        MEDIUM,
    ),
    # A person is introduced by what they are to the writer, or by a title.
    (
        _PERSONAL,
        (
            rf"\b(?:\w+[ \t]+(?:[\w-]+[ \t]+){{0,2}}?){_RELATION}\b{_AGE}[ \t]*(?:,|\(|-|"
            r":)?[ \t]*(?:is[ \t]+|er[ \t]+|är[ \t]+)?"
        ),
        MEDIUM,
    ),
    (
        (
            "sønnen datteren dattera mannen kona moren mora mammaen faren søsteren broren "
            "kjæresten samboeren venninnen vennen fastlegen legen"
        ),
        r"\b\w+[ \t]+(?:min|mi|mitt|vår)[ \t]*,?[ \t]*",
        MEDIUM,
    ),
    (
        _ABBREVIATED,
        r"(?<![\w'])(?!MS\b)\w+\.?[ \t]*(?:med\.?[ \t]+|phil\.?[ \t]+|dr\b\.?[ \t]+)?(?<=[ .])",
        TITLE,
    ),
    (
        _TITLES,
        (
            rf"(?<![\w']){_TITLE}\b[ \t]+(?:med\.?[ \t]+|phil\.?[ \t]+|(?:dr|doctor|med|"
            r"doktor)\b\.?[ \t]+)?"
        ),
        MEDIUM,
    ),
    # Somebody speaks or is greeted.
    (
        "this it its it's det her här dette detta hilsen",
        (
            r"(?:\b(?:this is|it's|it is|det er|det är|her er|här är|dette er|detta är|"
            r"hilsen fra|her taler)|(?:^|(?<=[.!?,\n])|(?<=[.!?,] )|(?<=hey )|(?<=hi )|"
            r"(?<=hello )|(?<=hiya ))its)[ \t]+"
        ),
        WEAK,
    ),
    (
        "i'm i im jeg jag eg undertegnede undertecknad me we",
        (
            r"\b(?:i'?m|i am|im|jeg er|jag är|eg er|undertegnede,?|undertecknad,?|i,|jeg,|"
            r"jag,|me,|we,)[ \t]+"
        ),
        WEAK,
    ),
    (
        _GREETING,
        (
            r"(?:^|(?<=[.!?\n])|(?<=[.!?] ))(?:hi|hello|hey|hiya|good (?:morning|afternoon|"
            r"evening)|morning|hej|hejsa|halløj|hallo|hei|heisann|tjena|hejsan|god(?:morgen|"
            r"dag|aften| dag| morgon)|halla)[ \t,]+(?:again[ \t,]+|there[ \t,]+|igen[ "
            r"\t,]+)?"
        ),
        WEAK,
    ),
    (
        "dear kære kära kjære att attn",
        r"(?:^|(?<=[.!?\n,])|(?<=[.!?,] ))(?:dear|kære|kära|kjære|käre|att:?|attn:?)[ \t]+",
        MEDIUM,
    ),
    (
        "thanks thank tak tack takk cheers mange tusind",
        (
            r"\b(?:thanks|thank you|tak|tack|takk|cheers|mange tak|tusind tak|tack så "
            r"mycket)(?:[ \t]+(?:so much|a lot|again|igen))?,?[ \t]+(?=\w+[ \t]*(?:[,.!]|$))"
        ),
        WEAK,
    ),
    (
        (
            "spoke speak spoken talked talk met meet saw seen seeing see visited "
            "appointment taler talte snakket snakkede mødte konsultation pratade pratat "
            "träffade träffat tid time aftale henvist referred remitterad"
        ),
        (
            r"\b(?:spoke|speak|spoken|talked|talk|met|meet|saw|seen|seeing|see|visited|"
            r"appointment|taler|talte|snakket|snakkede|mødte|konsultation|pratade|pratat|"
            r"träffade|träffat|tid|time|aftale|henvist|referred|remitterad)[ \t]+(?:to|with|"
            r"by|med|hos|til|till|af|av|hos)[ \t]+"
        ),
        WEAK,
    ),
    (
        "on på å för regarding concerning angående vedrørende vedr re about ang",
        (
            r"\b(?:on behalf of|på vegne af|på vegne av|å|för|regarding|concerning|angående|"
            r"vedrørende|vedr\.?|re:|about my patient|ang\.?)[ \t]+"
        ),
        WEAK,
    ),
    (
        "married gift named opkaldt living bor",
        (
            r"\b(?:married to|gift med|named after|opkaldt efter|living with|bor sammen med|"
            r"bor med|bor ihop med)[ \t]+"
        ),
        WEAK,
    ),
)

Cue = tuple[re.Pattern[str], Thresholds]


def _index_by_first_word() -> dict[str, list[Cue]]:
    index: dict[str, list[Cue]] = {}
    for first_words, pattern, thresholds in _TABLE:
        cue = (re.compile(pattern, re.IGNORECASE | re.MULTILINE), thresholds)
        for word in first_words.split():
            index.setdefault(word, []).append(cue)
    return index


CUES_BY_FIRST_WORD = _index_by_first_word()

# "Best regards, Anna K." – the name runs to the end of its line.
_CLOSING = (
    r"(?:(?:with\s+)?(?:best|kind|kindest|warm|warmest|many|my best)?\s*regards|"
    r"(?:all (?:the|my) )?best(?: wishes)?|yours(?: (?:sincerely|truly|"
    r"faithfully))?|sincerely(?: yours)?|"
    r"cheers|respectfully|greetings|ta|(?:lots of )?love|xx+|xoxo|take care|br|kr|"
    r"rgds|thx|thanks?(?: you)?(?: (?:so much|a lot|in advance|again|very much|for "
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
NAME_BEFORE = re.compile(
    r"[ \t]*,?[ \t]+(?:here\b|speaking\b|calling\b|writing\b|her\b(?=[ "
    r"\t]*[.,!:\n-]|$)|här\b(?=[ \t]*[.,!:\n-]|$)|(?:is|er|är) my name\b|(?:is|er|"
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
