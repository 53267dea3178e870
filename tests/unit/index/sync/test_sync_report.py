"""What a sync says on the terminal."""

from index.build import BuildReport
from index.readers import Problem
from index.sync.report import SourceReport, SyncReport
from index.sync.report_text import describe_sync


def test_what_was_left_out_is_told_with_its_reason_and_only_so_much_of_it():
    left_out = tuple(
        Problem(f"post {n}", "left out, it is protected by a password", failed=False)
        for n in range(25)
    )
    source = SourceReport("Our site", articles=3, fetched=28, left_out=left_out)
    lines = describe_sync(SyncReport(BuildReport(added=("a", "b", "c")), (source,))).split("\n")
    assert lines[0] == "Our site: 3 articles, 28 read, 0 as before, 25 left out"
    assert lines[1] == "  left out: post 0: it is protected by a password"
    assert lines[20:22] == [
        "  left out: post 19: it is protected by a password",
        "  and 5 more, which --json lists",
    ]
    assert lines[-1].startswith("3 added, 0 updated")
