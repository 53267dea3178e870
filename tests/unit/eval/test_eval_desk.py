import json

import pytest

from eval.dataset import read_dataset
from eval.desk import DeskEvaluation
from eval.errors import DatasetError
from index.settings import Settings

CASE = {
    "id": "desk-1",
    "question": "Is there parking?",
    "language": "en",
    "expected": "abstain",
    "tags": ["desk"],
    "labelled_by": "anna",
}


@pytest.fixture
def evaluation(tmp_path):
    return DeskEvaluation(Settings(home=tmp_path), lambda: None)


def test_a_case_becomes_a_line_that_the_data_set_reader_takes(evaluation):
    gold = [{"article": "visiting", "contains": "There is parking."}]
    evaluation.add_case(CASE)
    file = evaluation.add_case({**CASE, "id": "desk-2", "expected": "answer", "gold": gold})
    assert json.loads(file.read_text().splitlines()[0])["schema"] == 1
    assert [case.id for case in read_dataset(str(file)).questions] == ["desk-1", "desk-2"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(CASE, "case of the data set already", id="twice"),
        pytest.param({**CASE, "id": "x", "expected": "answer"}, "needs gold", id="no gold"),
        pytest.param({**CASE, "id": "x", "question": " "}, "question", id="no question"),
    ],
)
def test_what_is_no_case_is_refused_and_not_written(evaluation, row, reason):
    file = evaluation.add_case(CASE)
    before = file.read_text()
    with pytest.raises(DatasetError, match=reason):
        evaluation.add_case(row)
    assert file.read_text() == before


def test_without_cases_there_is_nothing_to_run(evaluation):
    assert evaluation.runs() == []
    with pytest.raises(DatasetError, match="no case yet"):
        evaluation.run(lambda done, total: None)
