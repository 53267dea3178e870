"""Writes the words that slips are led to, and those that are none: `weights/words.json`.

    python -m assistant.triage.train_words

A second. The first step of training, since networks and regression read what is put right.
"""

import json

from assistant.triage.exemplars import load_exemplars
from assistant.triage.network import FOLDER
from assistant.triage.normalise import expand_chat_spelling, normalise
from assistant.triage.spelling import sort_words

TYPED = ("asked_plain", "tales_")
"""Exemplars full of slips of the finger, which would count as words."""


def main() -> None:
    """Reads the English exemplars and writes the file."""
    told = (
        (expand_chat_spelling(normalise(one.message)), one.urgency != "none")
        for one in load_exemplars()
        if one.language == "en" and not one.id.startswith(TYPED)
    )
    (FOLDER / "words.json").write_text(json.dumps(sort_words(told), indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
