"""The phrases after which a person's name stands, in English, Danish, Swedish and Norwegian.

Each cue matches up to the place where the name begins. How much a cue is trusted decides how much
the word itself must look like a name (`name_reader.Thresholds`).
"""

import re

from assistant.privacy.name_reader import CAPITAL, MEDIUM, STRONG, TITLE, WEAK, Thresholds

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
    r"mann|kompis|arbetskamrat|granne|svärmor|svärfar|"
    r"barnbarn|kusin|läkare|sjuksköterska|sköterska|dietist|barnmorska|husläkare|"
    r"sønn|kjæreste|venn|venninne|samboer|nabo|bestemor|bestefar|fastlege|lege|"
    r"sykepleier|ernæringsfysiolog|jordmor|ektemann|ektefelle)"
)
_RELATIONS = (
    "daughter son wife husband partner mother father mum mom dad sister brother twin girlfriend "
    "boyfriend friend pal mate buddy colleague neighbour neighbor boss grandmother grandfather "
    "grandma grandpa grandson granddaughter aunt uncle cousin niece nephew carer nurse therapist "
    "datter søn kone mor far søster bror dreng pige kæreste ven veninde kollega nabo mormor morfar "
    "farmor farfar bedstemor bedstefar moster faster onkel tante fætter kusine svigermor svigerfar "
    "dotter fru man mamma pappa syster sambo flickvän pojkvän vän väninna kompis granne svärmor "
    "svärfar kusin läkare sjuksköterska sønn kjæreste venn venninne samboer bestemor bestefar "
    "fastlege lege svoger svigerinde svägerska svåger storebror lillebror storesøster lillesøster"
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
_ABBREVIATED = "dr prof mr mrs ms hr frk mx rev capt cpt sgt mme sra"
_TITLES = (
    "doctor doktor professor miss mister sir lady nurse sister herr fru frøken "
    "fröken overlæge afdelingslæge speciallæge reservelæge læge lægen "
    "sygeplejerske sygeplejersken diætist "
    "diætisten psykolog jordemoder överläkare läkare läkaren legen sköterska "
    "sköterskan sjuksköterska syster dietist overlege lege sykepleier sekretær "
    "fastlegen fastlege husläkaren husläkare sykepleieren psykiateren kirurgen kirurg "
    "psykiatern dietisten jordmor jordmoren barnmorskan fysioterapeuten "
    "consultant midwife dietitian dietician psykologen gastroenterolog "
    "gastroenterologist surgeon receptionist"
)
_TITLE = rf"(?:{'|'.join(_TITLES.split())})"

_CONTACT = "details contact kontakt oplysninger uppgifter opplysninger signed undertegnet"
_GREETING = (
    "hi hello hey hiya good morning afternoon evening hej hejsa halløj hallo hei heisann tjena "
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
    # A name is given or used.
    (
        "named called christened døbt døbte kaldte döpt döpte kalte",
        r"\b\w+[ \t]+(?:him|her|them|ham|hende|honom|henne|ham|henne)[ \t]+",
        STRONG,
    ),
    (
        "goes go",
        r"\bgo(?:es)?[ \t]+by[ \t]+(?:the name(?: of)?[ \t]+)?(?=(?-i:[A-ZÆØÅÄÖ]))",
        STRONG,
    ),
    (
        "facebook fb instagram insta linkedin messenger snapchat skype",
        r"\b\w+[ \t]+(?:as|under|som)[ \t]+",
        MEDIUM,
    ),
    (
        "lægen legen läkaren doktoren doktorn behandleren sygeplejersken sykepleieren sköterskan "
        "diætisten dietisten psykologen kirurgen jordemoderen barnmorskan jordmoren naboen grannen "
        "chefen kollegaen sønnen sonen datteren dottern dattera konen kona frun manden mannen "
        "drengen pigen pojken flickan gutten jenta babyen bebisen",
        r"\b\w+[ \t]+(?:hedder|hed|heter|hette|het|er|är)[ \t]+",
        CAPITAL,
    ),
    # A relation with no "my" before it: "svigermor Kirsten", "her pal Dazza", "mother of Zuzanna".
    (
        _RELATIONS,
        rf"\b(?-i:{_RELATION}|pal|mate|buddy)(?:[ \t]+(?:of|to|til|till|av|af))?[ \t]+",
        CAPITAL,
    ),
    ("our vores vår våran", r"\b\w+[ \t]+(?=(?-i:[A-ZÆØÅÄÖ]))", CAPITAL),
    ("signed addressed", r"\b(?:signed(?: off)? (?:as|by)|addressed to)[ \t]+", MEDIUM),
    ("w with", r"\b(?:w/|with)[ \t]*", CAPITAL),
    # Contact details, listed.
    (_CONTACT, r"\b\w+(?:[ \t]+(?:person|details|info))?[ \t]*:[ \t]*", MEDIUM),
    ("name's names", r"(?:^|(?<=[.!?,\n])|(?<=[.!?,] ))(?i:name'?s)[ \t]+", MEDIUM),
    (
        "navnet namnet navnene",
        r"\b\w+[ \t]+(?:mitt|mit|hans|hennes|hendes)[ \t]+(?:er|är)[ \t]+",
        STRONG,
    ),
    ("first last given family christian", r"\b\w+[ \t-]*name[ \t]+(?:is[ \t]+)?", MEDIUM),
    ("patient full", r"\b\w+[ \t]+name[ \t]+(?=(?-i:[A-ZÆØÅÄÖ]))", STRONG),
    ("name navn namn", r"\b\w+[ \t]+(?:on (?:the )?card[ \t]+)?(?=(?-i:[A-ZÆØÅÄÖ]))", CAPITAL),
    (
        "og och and",
        r"\b\w+[ \t]+(?:heter|hedder)[ \t]+",
        MEDIUM,
    ),
    ("heter hedder", r"(?:^|(?<=[.!?,\n])|(?<=[.!?,] ))\w+[ \t]+(?=(?-i:[A-ZÆØÅÄÖ]))", MEDIUM),
    (" ".join(f"{word}'s" for word in _RELATIONS.split()), r"\b[\w-]+'s[ \t]+", CAPITAL),
    (
        "behalf vegne vägnar",
        r"\b\w+[ \t]+(?:of|af|av)[ \t]+(?=(?-i:[A-Z]))(?:baby[ \t]+)?",
        CAPITAL,
    ),
    ("surname efternavn efternamn etternavn", r"\b\w+[ \t]+", CAPITAL),
    ("from fra från", r"\b(?-i:FROM|FRA|FRÅN)[ \t]*:[ \t]*", MEDIUM),
    (
        "ask spørg fråga",
        r"\b(?:ask for|spørg efter|fråga efter)[ \t]+(?=[^\W\d_]+[ \t]*[,;][ \t]*(?:she|he|hun|"
        r"han|hon)\b)",
        CAPITAL,
    ),
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
        "my min mit",
        r"\b(?:my|min|mit)[ \t]+(?:ex|better half|other half)[ \t]+(?=(?-i:[A-ZÆØÅÄÖ]))",
        MEDIUM,
    ),
    (
        _PERSONAL,
        (
            rf"\b(?:\w+[ \t]+(?:[\w-]+[ \t]+){{0,2}}?){_RELATION}\b(?!-in-law){_AGE}[ \t]*(?:,|"
            rf"\(|-|"
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
        r"(?<![\w'])(?!(?-i:MS)\b)\w+\.?[ \t]*(?:med\.?[ \t]+|phil\.?[ \t]+|dr\b\.?[ "
        r"\t]+)?(?<=[ .])",
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
    # A greeting that closes after one or two words greets somebody: "hi Steph, it's me again".
    (
        _GREETING,
        (
            r"(?:^|(?<=[.!?\n])|(?<=[.!?] ))(?:hi|hello|hey|hiya|good (?:morning|afternoon|"
            r"evening)|morning|afternoon|evening|hej|hejsa|halløj|hallo|hei|heisann|tjena|hejsan|"
            r"god(?:morgen|"
            r"dag|aften| dag| morgon)|halla)[ \t]+(?:again[ \t]+|there[ \t]+|igen[ "
            r"\t]+)?(?=[^\W\d_]+(?:[ \t][^\W\d_]+)?[ \t]*[,!\n])"
        ),
        MEDIUM,
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
