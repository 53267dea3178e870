"""Throws changed texts at all that takes what people and chat models write, guided by coverage.

    pip install atheris
    python tests/fuzz_messages.py CORPUS_FOLDER -max_total_time=3600 -timeout=20 -max_len=2048

As `fuzz_readers.py`: what it finds becomes a case of the part's own tests. Its first run fills an
empty corpus folder with the questions and messages of the evaluation's own sets.
"""

import json
import sys
from html.parser import HTMLParser

import atheris
from fuzzing import ROOT, fuzz

sys.path.insert(0, str(ROOT))
with atheris.instrument_imports(include=["assistant"]):
    from assistant.answer import Answer
    from assistant.api.settings import WebSettings
    from assistant.citing import link_to_quote
    from assistant.conversation import BadInput, parse_conversation
    from assistant.generation.drafting import draft_sentences
    from assistant.generation.rewriting import read_lines, read_rewrite
    from assistant.privacy import redact
    from assistant.triage.conversation import MOST_PIECES, lay_out_turns
    from assistant.triage.normalise import expand_chat_spelling, normalise
    from assistant.triage.reading import Reader
    from assistant.ui.phones import open_phone_book
    from assistant.ui.rendering import render_answer
    from assistant.understanding.words import tokenize
    from prompts.texts import load_texts

READER = Reader()
TEXTS = load_texts("en")
PHONES = open_phone_book(WebSettings())


class Tags(HTMLParser):
    """Notes elements that no template writes, and addresses that run something."""

    found = ()

    def handle_starttag(self, tag, attributes):
        names = {name[:2] for name, _ in attributes}
        values = [(value or "").strip().partition(":")[0] for _, value in attributes]
        runs = "on" in names or "javascript" in values or "data" in values
        if runs or tag in {"script", "img", "iframe", "object", "style"}:
            self.found = (tag, *values)


def check_redaction(text):
    """Redacting again changes nothing, and what was found lies in the text."""
    redaction = redact(text)
    assert redact(redaction.text).text == redaction.text
    assert all(0 <= one.start < one.end <= len(text) for one in redaction.found)


def check_triage(text):
    """Reading a message to the end, and as a conversation."""
    expand_chat_spelling(normalise(text))
    english = READER.read(text).english
    half = len(english) // 2
    turns = [("user", english[:half]), ("assistant", english[half:])] * 3
    assert lay_out_turns([*turns, ("user", english)]).ids.size <= MOST_PIECES


def check_citing(text):
    """A link to a quote is one address on its page."""
    link = link_to_quote("https://library.example/a", text)
    assert link.startswith("https://library.example/a#:~:text=")
    assert not set(link) & set(" \n<>\"'") - {"'"}


def check_page(text):
    """Nothing of an answer's words becomes an element of the page."""
    answer = Answer(text, text, kind="abstain", urgency="none", text=text, notice=text)
    tags = Tags()
    tags.feed(render_answer(answer, TEXTS, PHONES, complete=True))
    assert not tags.found, tags.found


def check_conversation(text):
    """Any JSON is a conversation or bad input."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        record = {"question": text, "history": [{"role": "user", "content": text}]}
    try:
        parse_conversation(record, 1000)
    except BadInput as error:
        message = str(error)
        if "\n" in message:
            raise AssertionError(message) from error


def check_draft(text):
    """What a model writes becomes sentences of its own words, however it is cut."""
    for step in (7, len(text) + 1):
        drafts = list(draft_sentences(text[i : i + step] for i in range(0, len(text), step)))
        assert all(draft.text.strip() for draft in drafts)
        assert sum(len(draft.text) for draft in drafts) <= 2 * len(text)
    read_rewrite(text)
    read_lines(text)


def check_words(text):
    """A question's words lie where they stand."""
    assert all(token.lower for token in tokenize(text))


CHECKS = (
    check_redaction,
    check_triage,
    check_citing,
    check_page,
    check_conversation,
    check_draft,
    check_words,
)


def check_one(data):
    """The first byte chooses the part, the rest is the text."""
    if data:
        CHECKS[data[0] % len(CHECKS)](data[1:].decode("utf-8", errors="replace"))


def give_messages():
    """The evaluation's messages, for every part."""
    for path in sorted((ROOT / "eval" / "datasets").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[:40]):
            row = json.loads(line)
            text = row.get("question") or row.get("message") or line
            part = bytes([number % len(CHECKS)])
            yield f"{path.stem}-{number}", part + str(text).encode()


if __name__ == "__main__":
    fuzz(check_one, give_messages)
