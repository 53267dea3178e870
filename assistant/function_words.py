"""Words that carry no topic: a closed class, listed per language as grammars list it."""

from __future__ import annotations

from index.keyword import WORD, stem_words

ENGLISH = """
a about above after again all also am an and any anyone anything are as at be because been before
being below between both but by can cannot could did do does doing don down during each either else
ever every everything few for from further get gets getting give given go goes going got had has
have having he hello her here hers herself hi him himself his how i if in into is it its itself just
know let like lot make many may me might mine more most much must my myself need neither no nor not
now of off often on once one only or other ought our ours ourselves out over own perhaps please put
quite rather really s same say says seem seems shall she should so some somebody someone something
still such t take tell than thank thanks that the their theirs them themselves then there these they
thing things think this those though through thus to too under until up upon us use used using very
want was way we well were what when where whether which while who whom whose why will with within
without would yes yet you your yours yourself yourselves ve re ll d m im
"""
DANISH = """
af alle alt at blev blive bliver da de dem den denne der deres det dette dig din dine disse dog du
efter eller en end er et for fordi fra ham han har hos hun hvad hvem hver hvilken hvilke hvis hvor
hvordan hvorfor hvornår i ikke ind ingen jeg jer kan kun lidt man mange med meget men mig min mine
mit mod må ned nogle noget nu når og også om op os over på sig sin skal som så til ud under var ved
vi vil være været
"""
SWEDISH = """
alla allt att av blev bli blir de dem den denna deras dess det detta dig din dina dit du då där
efter
ej eller en er ett från för ha han hans har henne hon hur här i icke ingen inte ja jag kan man med
mellan men mig min mina mitt mot mycket ni någon något några när och också om oss på samma sedan sig
sin ska som så till under upp ut vad var varför varit vem vi vid vilka vilken är över
"""
_ALL = frozenset(" ".join([ENGLISH, DANISH, SWEDISH]).split())
STEMS = frozenset(stem for word in _ALL for stem in stem_words(word))


def content_stems(text: str) -> list[str]:
    """The stems of a text's words that carry a topic, in order."""
    return [stem for stem in stem_words(text) if stem not in STEMS]


def content_words(text: str) -> list[str]:
    """A text's words that carry a topic, as written, in order."""
    return [word for word in WORD.findall(text) if not STEMS.intersection(stem_words(word))]
