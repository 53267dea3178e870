"""A question and its history are checked before anything is done with them."""

import pytest

from assistant.conversation import BadInput, Turn, parse_conversation


def test_reads_question_and_history():
    record = {"question": "And for children?", "history": [{"role": "user", "content": "Hi"}]}
    conversation = parse_conversation(record, 100)
    assert conversation.question == "And for children?"
    assert conversation.history == (Turn("user", "Hi"),)


@pytest.mark.parametrize(
    ("record", "match"),
    [
        pytest.param("text", "Expected an object", id="not an object"),
        pytest.param({}, "must be text, got nothing", id="no question"),
        pytest.param({"question": 5}, "must be text, got int", id="a number"),
        pytest.param({"question": "  \n"}, "is empty", id="blank"),
        pytest.param({"question": "x" * 50_000}, "50,000 characters, at most 100", id="too long"),
        pytest.param({"question": "a", "history": "b"}, "must be a list", id="history is text"),
        pytest.param({"question": "a", "history": [1]}, r"history\[0\] must be", id="turn"),
        pytest.param(
            {"question": "a", "history": [{"role": "system", "content": "b"}]},
            "role must be one of user, assistant",
            id="role",
        ),
        pytest.param(
            {"question": "a", "history": [{"role": "user"}]}, "content must be text", id="content"
        ),
    ],
)
def test_says_what_is_wrong_without_repeating_it(record, match):
    with pytest.raises(BadInput, match=match):
        parse_conversation(record, 100)
