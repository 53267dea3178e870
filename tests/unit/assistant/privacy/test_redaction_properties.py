"""What holds for any text: no crash, right offsets, redacting twice changes nothing."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.privacy import redact

PIECES = st.sampled_from(
    [
        "my name is ", "jeg hedder ", "Mvh ", "\n", " ", ", ", "Anna", "Larsen", "anna", "[name]",
        "[phone]", "[", "]", "12 34 56 78", "120385-1234", "+45 ", "112", "500 mg", "Vestergade 12",
        "8000 Aarhus", "born ", "12/03/1985", "@", "anna@mail.dk", " at mail dot com", "Dr ", "K.",
        "my son ", "booking number ", "BK-48291", "https://a.dk/?token=", "10.1000/x", "PMID ", "/",
        "\u200b", "\u00a0", "٣", "½", "İ", "ß", "-", "14 Oak Road, ", "LS6 1QX", "Emma and Oliver",
    ]
)  # fmt: skip
MESSAGES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=14).map("".join))


@settings(max_examples=100, deadline=None)
@given(MESSAGES)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text)
    assert redact(once.text).text == once.text
    assert redact(once.text).found == ()


@settings(max_examples=100, deadline=None)
@given(MESSAGES)
def test_found_spans_rebuild_the_redacted_text(text: str) -> None:
    redaction = redact(text)
    rebuilt, position = "", 0
    for one in redaction.found:
        assert position <= one.start < one.end <= len(text)
        rebuilt += text[position : one.start] + one.kind.placeholder
        position = one.end
    assert rebuilt + text[position:] == redaction.text


@pytest.mark.parametrize(("repeated", "end"), [(" ", ""), ("12 ", ""), ("a", "@")], ids=repr)
def test_no_message_holds_the_program_up(repeated: str, end: str) -> None:
    text = f"Anna {repeated * 4000}"[:4000] + end
    redact("Anna")  # loads what it reads with
    start = process_time()
    redact(text)
    assert process_time() - start < 5
