"""What may be sent to a model or kept: conversations and answers without personal data."""

from assistant.answer import Answer, AnswerSentence
from assistant.conversation import Conversation, Turn
from assistant.redacting import redact_answer, redact_conversation

SAID = "My name is Anna Larsen, tlf. 22 33 44 55. Is kefir good?"
REDACTED = "My name is [name], tlf. [phone]. Is kefir good?"


def test_every_turn_of_a_conversation_is_redacted() -> None:
    history = (Turn("user", SAID), Turn("assistant", f"You wrote: {SAID}"))
    redacted = redact_conversation(Conversation(SAID, history))
    assert redacted.question == REDACTED
    assert [turn.content for turn in redacted.history] == [REDACTED, f"You wrote: {REDACTED}"]


def test_an_answer_keeps_its_quotes_and_loses_what_it_repeats() -> None:
    quote = "It was written by Mette Holm. [1]"
    said = (AnswerSentence("It was written by Mette Holm.", (1,), 1.0),)
    answer = Answer(SAID, SAID, "answer", "none", quote, sentences=said, notice=f"Not: {SAID}")
    redacted = redact_answer(answer)
    assert (redacted.question, redacted.standalone_question) == (REDACTED, REDACTED)
    assert redacted.notice == f"Not: {REDACTED}"
    assert redacted.text == quote


def test_an_abstention_that_repeats_the_question_is_redacted() -> None:
    abstention = Answer(SAID, SAID, "abstain", "none", f"Not answered: {SAID}")
    assert redact_answer(abstention).text == f"Not answered: {REDACTED}"
