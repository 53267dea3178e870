"""Data sets: JSONL files, one case a line, checked line by line.

A data set is a file, a folder of files, or the name of a set that comes with the program.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from eval.cases import Case, Header, PrivacyCase, QuestionCase, SafetyCase
from eval.errors import DatasetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BUILT_IN: Final = Path(__file__).parent / "datasets"
PROBLEMS_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Dataset:
    """Cases to be run, and what they were read from.

    Attributes:
        name: the file's or folder's name.
        files: name of each file → sha256 of its bytes.
        checksum: sha256 over all of it; changes with any byte.
    """

    name: str
    cases: tuple[Case, ...]
    files: dict[str, str]
    checksum: str

    @property
    def questions(self) -> tuple[QuestionCase, ...]:
        """The cases that are asked."""
        return tuple(case for case in self.cases if isinstance(case, QuestionCase))

    @property
    def safety(self) -> tuple[SafetyCase, ...]:
        """The cases for triage."""
        return tuple(case for case in self.cases if isinstance(case, SafetyCase))

    @property
    def privacy(self) -> tuple[PrivacyCase, ...]:
        """The cases for redaction."""
        return tuple(case for case in self.cases if isinstance(case, PrivacyCase))


def read_dataset(
    given: str, *, split: str | None = None, tags: Sequence[str] = (), limit: int | None = None
) -> Dataset:
    """Reads and checks a data set; drafts are checked and left out.

    Args:
        given: a file, a folder, or the name of a set that comes with the program.
        split: only cases of this split, where given.
        tags: only cases that carry one of these tags, where given.
        limit: only the first so many cases, where given.

    Raises:
        DatasetError: nothing is there, a line is malformed (the first few are named), two cases
            share an id, or no case is left.
    """
    paths = find_files(given)
    cases: list[Case] = []
    problems: list[str] = []
    for path in paths:
        for number, case in _read_file(path):
            if isinstance(case, str):
                problems.append(f"{path.name}, line {number}: {case}")
            else:
                cases.append(case)
    problems += _find_clashes(cases)
    if problems:
        raise DatasetError(_describe(given, problems))
    chosen = [
        case
        for case in cases
        if (split is None or case.split == split)
        and (not tags or set(tags) & set(case.tags))
        and not case.draft
    ][:limit]
    if not chosen and any(case.draft for case in cases):
        raise DatasetError(
            f"{given} holds drafts alone: review them first, with `python -m eval review {given}`."
        )
    if not chosen:
        raise DatasetError(
            f"{given} holds {len(cases)} cases, none of them is left to run: give a data set with "
            "cases, or another --split or --tag."
        )
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    return Dataset(Path(given).stem, tuple(chosen), files, _checksum(files, chosen))


def find_files(given: str) -> list[Path]:
    """The files of a data set, by name.

    Raises:
        DatasetError: there is no such file, folder or built-in set, or the folder has no file.
    """
    built_in = BUILT_IN / f"{given}.jsonl"
    path = Path(given)
    if path.is_file():
        return [path]
    if path.is_dir() and (files := sorted(path.glob("*.jsonl"))):
        return files
    if "/" not in given and built_in.is_file():
        return [built_in]
    names = ", ".join(sorted(file.stem for file in BUILT_IN.glob("*.jsonl"))) or "none yet"
    raise DatasetError(
        f"There is no data set {given}: give a .jsonl file, a folder of them, or one of the sets "
        f"that come with the program ({names})."
    )


def _read_file(path: Path) -> Iterator[tuple[int, Case | str]]:
    """Line numbers with their case, or with what is wrong with it."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        raise DatasetError(f"{path} cannot be read: needed is a text file in UTF-8.") from None
    defaults: dict[str, Any] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if number == 1 and isinstance(row, dict) and "schema" in row:
                defaults = read_header(row, "\n".join(lines[1:]))
            else:
                yield number, parse_case(row, defaults)
        except ValidationError as error:
            yield number, first_problem(error)
        except json.JSONDecodeError as error:
            yield number, f"this is no JSON: {error.msg} at character {error.pos + 1}"
        except ValueError as error:
            yield number, str(error)


def read_header(row: dict[str, Any], body: str) -> dict[str, Any]:
    """The values that a header gives to cases without their own.

    Raises:
        ValueError: the header is malformed, or the lines below it were changed.
    """
    header = Header.model_validate_json(json.dumps(row))
    if header.checksum and header.checksum != hash_body(body):
        raise ValueError(
            "checksum: the lines below were changed since it was taken; check them and write "
            f"{hash_body(body)}"
        )
    given = header.model_dump(include={"labelled_by", "language", "split", "tags"})
    return {key: value for key, value in given.items() if value}


def hash_body(body: str) -> str:
    """sha256 of a file's lines below its header, line ends and a last empty line left out."""
    return hashlib.sha256(body.replace("\r\n", "\n").rstrip("\n").encode()).hexdigest()


def parse_case(row: object, defaults: dict[str, Any]) -> Case:
    """A line's case; which kind it is shows by its keys.

    Raises:
        ValueError: it is no case; pydantic's `ValidationError` is one.
    """
    if not isinstance(row, dict):
        raise ValueError("needed is a JSON object")  # noqa: TRY004 (told as any malformed line)
    full = {**defaults, **row, "tags": [*defaults.get("tags", ()), *(row.get("tags") or ())]}
    content = json.dumps(full)
    if "question" in row:
        return QuestionCase.model_validate_json(content)
    if "identifiers" in row:
        return PrivacyCase.model_validate_json(content)
    if "message" in row:
        return SafetyCase.model_validate_json(content)
    raise ValueError("needed is a question, or a message with urgency or identifiers")


def first_problem(error: ValidationError) -> str:
    """A problem's key and what is allowed; never what the case says."""
    problem = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in problem["loc"])
    reason = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        reason = "is no key of the schema; docs/evaluation.md lists them"
    return f"{where}: {reason}" if where else reason


def _find_clashes(cases: Sequence[Case]) -> Iterator[str]:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            yield f"case {case.id}: its id was given before; ids must be unique in a data set"
        seen.add(case.id)


def _describe(given: str, problems: Sequence[str]) -> str:
    more = len(problems) - PROBLEMS_SHOWN
    rest = f"; and {more} more" if more > 0 else ""
    return f"{given} cannot be used. {'; '.join(problems[:PROBLEMS_SHOWN])}{rest}."


def _checksum(files: dict[str, str], cases: Sequence[Case]) -> str:
    content = [sorted(files.items()), [case.id for case in cases]]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
