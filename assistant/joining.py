"""Two answers → one, its sources numbered anew."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from assistant.answer import Answer, Source

_MARKER = re.compile(r"\[(\d+)\]")


def join_answers(answers: Sequence[Answer]) -> Answer:
    """The answers one after another, each once; a sentence that two cite keeps one number."""
    sources: dict[tuple[str, int, int], Source] = {}
    texts, sentences = [], []
    for answer in answers:
        numbers: dict[int, int] = {}
        for source in answer.sources:
            key = source.article_id, source.start, source.end
            number = len(sources) + 1 if key not in sources else sources[key].n or 0
            sources.setdefault(key, replace(source, n=number))
            numbers[source.n or 0] = number
        text = _renumber(answer.text, numbers)
        if text in texts:
            continue
        texts.append(text)
        sentences += [
            replace(s, citations=tuple(numbers[c] for c in s.citations)) for s in answer.sentences
        ]
    notices = dict.fromkeys(answer.notice for answer in answers if answer.notice)
    return replace(
        answers[0],
        text="\n\n".join(texts),
        sentences=tuple(sentences),
        sources=tuple(sources.values()),
        notice=" ".join(notices) or None,
        confidence=min(answer.confidence for answer in answers),
    )


def _renumber(text: str, numbers: Mapping[int, int]) -> str:
    """A text with its markers renumbered; brackets that are no marker stay as they are."""
    return _MARKER.sub(lambda found: f"[{numbers.get(int(found[1]), int(found[1]))}]", text)
