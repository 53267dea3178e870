"""Cyrillic and Greek letters that look like Latin ones (Unicode TR 39, confusables).

Triage and redaction read no language written in them, so nothing is lost by taking each for what
it looks like.
"""

LOOK_ALIKES = str.maketrans(
    "асеһіјорѕухАВЕКМНОРСТХІЈЅνοαιρτκυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "acehijopsyxABEKMHOPCTXIJSvoaiptkuABEZHIKMNOPTYX",
)
