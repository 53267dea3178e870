import json

from assistant.generation import verdicts
from assistant.generation.measure_checking import read_own_pairs
from assistant.support import SupportChecker


def test_the_kept_verdicts_are_the_checkers_own_while_nothing_changed():
    record = json.loads(verdicts.RECORD.read_text(encoding="utf-8"))
    pairs = read_own_pairs("held_out")
    assert len(record["probabilities"]) == len(pairs)
    if record["of"] != verdicts.fingerprint():
        return
    checker = SupportChecker.from_package()
    for (claim, text, around, _), kept in list(zip(pairs, record["probabilities"], strict=True))[
        :8
    ]:
        # Processors round whole-number arithmetic differently.
        assert abs(checker.check(claim, [text], around).probability - kept) < 0.05


def test_a_record_of_other_files_is_not_believed(tmp_path, monkeypatch):
    fresh = verdicts.Verdicts((0.5,), ())
    monkeypatch.setattr(verdicts, "judge_held_out", lambda: fresh)
    path = tmp_path / "verdicts.json"
    assert verdicts.read_verdicts(path) is fresh
    path.write_text('{"of": "other files", "probabilities": [1.0], "outputs": []}')
    assert verdicts.read_verdicts(path) is fresh
    verdicts.write_verdicts(path)
    assert verdicts.read_verdicts(path) == fresh
    assert verdicts.read_verdicts(path) is not fresh
