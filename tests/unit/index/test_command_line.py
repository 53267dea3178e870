"""What a command tells is one line that no terminal acts on."""

import pytest

from index.command_line import tell


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("bløde-råd.md", "bløde-råd.md"),
        ("line\nbreak.md", "line break.md"),
        ("\x1b[31mred.md", r"\x1b[31mred.md"),
        ("rtl\u202efdp.md", r"rtl\u202efdp.md"),
        ("odd\udcff.md", r"odd\udcff.md"),
    ],
    ids=ascii,
)
def test_names_of_files_cannot_write_elsewhere(capsys, name, shown):
    tell(f"Left out all.zip ({name}): is empty")
    assert capsys.readouterr().err == f"Left out all.zip ({shown}): is empty\n"
