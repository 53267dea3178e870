import json

import pytest

from eval.cases import PrivacyCase, QuestionCase, SafetyCase
from eval.dataset import BUILT_IN, find_files, hash_body, read_dataset
from eval.errors import DatasetError

ANSWER = {
    "id": "a1",
    "question": "How many trials?",
    "history": [{"role": "user", "content": "Hello"}],
    "expected": "answer",
    "gold": [{"article": "psychobiotics", "contains": "72 trials"}],
    "facts": ["72", ["trials", "studies"]],
    "tags": ["number"],
    "split": "tune",
}
ABSTAIN = {"id": "n1", "question": "Which dose?", "expected": "abstain", "split": "held_out"}
SAFETY = {"id": "s1", "message": "My chest hurts.", "urgency": "emergency"}
PRIVACY = {"id": "p1", "message": "I am Bo Ek.", "identifiers": ["Bo Ek"], "keep": ["I am"]}


def write(path, *rows):
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_reads_every_kind_of_case(tmp_path):
    dataset = read_dataset(write(tmp_path / "mixed.jsonl", ANSWER, ABSTAIN, "", SAFETY, PRIVACY))
    kinds = [type(case) for case in dataset.cases]
    assert kinds == [QuestionCase, QuestionCase, SafetyCase, PrivacyCase]
    assert dataset.name == "mixed"
    assert dataset.questions[0].facts == ("72", ("trials", "studies"))
    assert dataset.questions[0].history[0].content == "Hello"
    assert dataset.safety[0].urgency == "emergency"
    assert dataset.privacy[0].identifiers == ("Bo Ek",)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param("{", "line 2: this is no JSON", id="no JSON"),
        pytest.param("[1]", "line 2: needed is a JSON object", id="no object"),
        pytest.param({"id": "x"}, "line 2: needed is a question, or a message", id="no kind"),
        pytest.param({**ABSTAIN, "golds": []}, "golds: is no key of the schema", id="misspelt key"),
        pytest.param({**ABSTAIN, "expected": "answr"}, "expected: Input should be", id="kind"),
        pytest.param({**ABSTAIN, "question": " "}, "question: String should have", id="empty"),
        pytest.param({"question": "q", "expected": "abstain"}, "id: Field required", id="no id"),
        pytest.param({**ANSWER, "gold": [], "facts": []}, "an answer needs gold", id="unjudged"),
        pytest.param(
            {**ANSWER, "expected": "abstain"}, "gold was given, but", id="gold to abstain"
        ),
        pytest.param(
            {**ANSWER, "gold": [{"article": "a"}]}, "either sha256 or contains", id="gold of none"
        ),
        pytest.param(
            {**ANSWER, "gold": [{"article": "a", "sha256": "12"}]}, "gold.0.sha256", id="checksum"
        ),
        pytest.param(SAFETY | {"urgency": "high"}, "urgency: Input should be", id="urgency"),
        pytest.param(SAFETY | {"history": [{"role": "nurse", "content": "x"}]}, "role", id="role"),
    ],
)
def test_a_malformed_line_is_named_with_its_reason(tmp_path, row, message):
    path = write(tmp_path / "set.jsonl", {**ANSWER, "id": "ok"}, row)
    with pytest.raises(DatasetError, match=r"set\.jsonl, line 2") as caught:
        read_dataset(path)
    assert message in str(caught.value)


def test_an_error_never_repeats_what_a_case_says(tmp_path):
    path = write(tmp_path / "set.jsonl", {**ABSTAIN, "question": ["my secret illness"]})
    with pytest.raises(DatasetError) as caught:
        read_dataset(path)
    assert "secret" not in str(caught.value)


def test_many_problems_are_counted(tmp_path):
    path = write(tmp_path / "set.jsonl", *[{"id": str(number)} for number in range(9)])
    with pytest.raises(DatasetError, match=r"line 5: .*; and 4 more"):
        read_dataset(path)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param([ABSTAIN, ABSTAIN], "case n1: its id was given before", id="same id"),
        pytest.param([], "holds 0 cases", id="empty"),
    ],
)
def test_a_set_must_hold_together(tmp_path, rows, message):
    with pytest.raises(DatasetError, match=message):
        read_dataset(write(tmp_path / "set.jsonl", *rows))


def test_a_missing_set_says_what_there_is():
    with pytest.raises(DatasetError, match="There is no data set nowhere: give a"):
        find_files("nowhere")


def test_choosing_cases(tmp_path):
    path = write(tmp_path / "set.jsonl", ANSWER, ABSTAIN, SAFETY)
    assert [case.id for case in read_dataset(path, split="held_out").cases] == ["n1"]
    assert [case.id for case in read_dataset(path, tags=["number"]).cases] == ["a1"]
    assert len(read_dataset(path, limit=2).cases) == 2
    with pytest.raises(DatasetError, match="none of them is left"):
        read_dataset(path, tags=["nothing"])


def test_a_folder_is_one_set_and_its_checksum_covers_every_byte(tmp_path):
    write(tmp_path / "a.jsonl", ANSWER)
    write(tmp_path / "b.jsonl", ABSTAIN)
    before = read_dataset(str(tmp_path))
    assert [case.id for case in before.cases] == ["a1", "n1"]
    assert read_dataset(str(tmp_path)).checksum == before.checksum
    write(tmp_path / "b.jsonl", {**ABSTAIN, "note": "x"})
    assert read_dataset(str(tmp_path)).checksum != before.checksum


def test_a_header_gives_values_to_cases_without_their_own(tmp_path):
    header = {"schema": 1, "labelled_by": "two people", "tags": ["own"], "split": "held_out"}
    cases = read_dataset(write(tmp_path / "set.jsonl", header, ANSWER, SAFETY)).cases
    assert [case.labelled_by for case in cases] == ["two people", "two people"]
    assert [case.split for case in cases] == ["tune", "held_out"]
    assert cases[0].tags == ("own", "number")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        pytest.param({"schema": 2}, "line 1: schema: Input should be less", id="newer schema"),
        pytest.param({"schema": 1, "checksum": "0" * 64}, "lines below were changed", id="bytes"),
    ],
)
def test_a_header_that_does_not_fit(tmp_path, header, message):
    with pytest.raises(DatasetError, match=message):
        read_dataset(write(tmp_path / "set.jsonl", header, ABSTAIN))


def test_a_right_checksum_is_accepted(tmp_path):
    body = json.dumps(ABSTAIN)
    path = write(tmp_path / "set.jsonl", {"schema": 1, "checksum": hash_body(body)}, body)
    assert len(read_dataset(path).cases) == 1


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_set_that_comes_with_the_program_is_well_formed(path):
    dataset = read_dataset(path.stem)
    assert all(case.labelled_by for case in dataset.cases), "say who labelled the cases"
