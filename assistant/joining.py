"""Two answers → one, its sources numbered anew, nothing said twice."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.rows import Table, find_tables, write_head, write_row
from prompts.replies import load_replies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.answer import Answer, AnswerSentence, Source
    from assistant.asked import Asked

    Key = tuple[str, int, int]

_MARKER = re.compile(r"\[(\d+)\]")


def join_parts(asked: Asked, known: Sequence[Answer], unknown: Sequence[str]) -> Answer:
    """The answers to parts of a question as one, with a word on the parts without.

    Args:
        asked: the question.
        known: answers, at least one.
        unknown: the parts that the articles do not answer.
    """
    replies = load_replies(asked.language)
    parts = [replies.fill("abstain.part", part=f"{part.rstrip(' ?.!')}?") for part in unknown]
    joined = join_answers(known)
    notice = " ".join([*parts, joined.notice or ""]).strip()
    return replace(joined, standalone_question=asked.text, notice=notice or None)


def join_answers(answers: Sequence[Answer]) -> Answer:
    """The answers one after another; what two of them cite keeps one number and is said once."""
    sources: dict[Key, Source] = {}
    texts, sentences = [], []
    for answer in answers:
        known = {source.n for source in answer.sources if _key(source) in sources}
        said = [s for s in answer.sentences if known.issuperset(s.citations)]
        if len(said) == len(answer.sentences):
            continue
        text, kept = _leave_out(said, answer)
        numbers: dict[int, int] = {}
        for source in answer.sources:
            number = sources[_key(source)].n if source.n in known else len(sources) + 1
            sources.setdefault(_key(source), replace(source, n=number))
            numbers[source.n or 0] = number or 0
        texts.append(_renumber(text, numbers))
        sentences += [replace(s, citations=tuple(numbers[c] for c in s.citations)) for s in kept]
    notices = dict.fromkeys(answer.notice for answer in answers if answer.notice)
    return replace(
        answers[0],
        text="\n\n".join(texts),
        sentences=tuple(sentences),
        sources=tuple(sources.values()),
        notice=" ".join(notices) or None,
        confidence=min(answer.confidence for answer in answers),
    )


def _key(source: Source) -> Key:
    return source.article_id, source.start, source.end


def _leave_out(
    said: Sequence[AnswerSentence], answer: Answer
) -> tuple[str, tuple[AnswerSentence, ...]]:
    """An answer's text and sentences without some of them."""
    if not said:
        return answer.text, answer.sentences
    text = answer.text
    for sentence in said:
        marked = f"{sentence.text} {''.join(f'[{n}]' for n in sentence.citations)}"
        text = text.replace(marked, "", 1)
    lines: list[str] = []
    for part in find_tables(text):
        if isinstance(part, Table):
            rows = [write_row(cells) for cells in part.rows if any(cells)]
            lines += [write_head(part.names), *rows] if rows else []
        elif part.strip() != "-":
            lines.append(part.strip())
    kept = tuple(sentence for sentence in answer.sentences if sentence not in said)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), kept


def _renumber(text: str, numbers: Mapping[int, int]) -> str:
    """A text with its markers renumbered; brackets that are no marker stay as they are."""
    return _MARKER.sub(lambda found: f"[{numbers.get(int(found[1]), int(found[1]))}]", text)
