"""What earlier turns do to the present one: dangers that span turns, staying in a mode, and its end."""

import re
from collections.abc import Sequence

MAX_JOINED_TURNS = 3
_MAX_JOINED_CHARACTERS = 900
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|yup|ye|ya|ja|jo|japp|jep|i do|i am|i have|i did|correct|exactly|sometimes|a bit|a little|both|all of (?:them|it))\b"
)
_OVER = re.compile(
    r"\b(?:false alarm|(?:i am|we are|he is|she is|i feel|feeling|everything is|all is|everyone is|it is|baby is) (?:\w+ ){0,3}?(?:safe|ok|okay|fine|well|alright|all right|stable|good|better)(?: now| again)?"
    r"|(?:it|that|this|danger) (?:is|was)(?: all)? over|over now|ambulance (?:came|has been|was here|took)|paramedics (?:came|were|checked|have)"
    r"|(?:doctors?|hospital|er|a&e|paramedics?|they|nurse|midwife|gp|consultant|cardiologist|psychiatrist)(?: have| has)? (?:said|say|says|told|checked|examined|looked|treated|discharged|sent|let|cleared|did tests|ruled)"
    r"|(?:been|was|got|were|came|am|are|is) (?:\w+ )?(?:to|at|home|back|discharged)(?: \w+)? from (?:the )?(?:hospital|er|a&e|emergency\w*|doctor)|been to (?:the )?(?:hospital|er|a&e|emergency\w*|doctor|casualty)|(?:was|got|been) (?:treated|discharged|seen|checked|sent home)"
    r"|(?:only|just|was|were) (?:joking|kidding|testing|a joke|a test)|(?:talked|spoke|spoken) (?:to|with) (?:the |a |my )?(?:\w+ )?(?:crisis|samaritans|doctor|helpline|hotline|lifeline|psychiatrist|therapist|friend|mum|sister|emergency)"
    r"|(?:passed|gone away|has gone|has stopped|is gone) now|back home|home again|no longer (?:want|feel|think|have)|feels? fine now|feel safe|i am safe|wrong (?:person|chat|window)|got help)\b"
)
_NOT_OVER = re.compile(
    r"\b(?:not (?:safe|ok|okay|fine|well|over|better|good)|on (?:its|the|their) way|(?:is|are) coming|still|again|worse|will be fine|waiting|coming back|cannot|if i|want to be|until)\b"
)
_SWAPS = (
    (r"\bare you\b", "i am"),
    (r"\bdo you\b|\bdid you\b", "i"),
    (r"\bhave you\b", "i have"),
    (r"\b(?:is|are) your\b", "my"),
    (r"\byour\b", "my"),
    (r"\byourself\b", "myself"),
    (r"\byou\b", "i"),
    (r"\?", "."),
)


def says_over(english: str) -> bool:
    """True when the person says that the danger has passed, is in hands, or was none."""
    return bool(_OVER.search(english)) and not _NOT_OVER.search(english)


def affirms_question(message_english: str, assistant_english: str) -> str:
    """Gives the assistant's last question as the person's own statement where they say yes to it.

    "Do you have a plan to end your life?" — "yes" → "i have a plan to end my life."; else empty.
    """
    questions = re.findall(r"[^.!?\n]*\?", assistant_english)
    if not questions or len(message_english.split()) > 8 or not _YES.match(message_english):
        return ""
    statement: str = questions[-1].strip()
    for pattern, replacement in _SWAPS:
        statement = re.sub(pattern, replacement, statement)
    return statement


def join_turns(earlier: Sequence[str], message: str) -> str:
    """Gives the last few turns of the person as one text, the newest last, of bounded length."""
    turns = [*earlier[-MAX_JOINED_TURNS:], message]
    joined = "\n".join(turn if re.search(r"[.!?]\s*$", turn) else turn + "." for turn in turns)
    return joined[-_MAX_JOINED_CHARACTERS:]
