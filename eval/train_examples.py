"""Cases to train on → questions with their candidates, as the assistant finds them.

A home holds one library; its cases are data sets of `eval/datasets` (the half to tune on), files of
a folder of `eval/training/cases`, or everyday questions of `eval/training/everyday`.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.conversation import Conversation
from assistant.knowledge import Knowledge
from assistant.ranking.features import QuestionWords
from assistant.retrieval import find_candidates
from assistant.settings import load_settings
from assistant.understanding import understand
from eval.cases import QuestionCase
from eval.dataset import read_dataset
from eval.gold import GoldFinder, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from numpy.typing import NDArray

    from assistant.evidence import Candidate, WordWeights

    _Parts = tuple[
        str,
        QuestionWords,
        WordWeights,
        tuple[Candidate, ...],
        NDArray[np.int8],
        NDArray[np.float32],
    ]

CASES = Path(__file__).parent / "training" / "cases"
EVERYDAY = CASES.with_name("everyday")
LEFT_OUT = frozenset({"provenance", "date", "vague", "topic_switch"})
"""Answered by other routes than by ranking sentences."""

_MARKER = re.compile(r"\s*\[[\d, –-]+\]")


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its candidates.

    Attributes:
        asked: the question as typed.
        words: as understood.
        weights: how much words count in its library.
        candidates: what was found, in the order of retrieval.
        labels: `(n,) int8`: 1 answers, 0 does not, -1 unknown.
        answerable: whether the library answers.
        group: what belongs into one fold.
        home: name of its library.
        source: `tune`, `held_out` or `training`.
        vector: `(d,) float32`, the question's embedding.
    """

    asked: str
    words: QuestionWords
    weights: WordWeights
    candidates: tuple[Candidate, ...]
    labels: NDArray[np.int8]
    answerable: bool
    group: str
    home: str
    source: str
    vector: NDArray[np.float32]

    @property
    def labels_by_key(self) -> dict[tuple[str, int], int]:
        """Article id and sentence number → label."""
        keys = (candidate.key for candidate in self.candidates)
        return dict(zip(keys, self.labels.tolist(), strict=True))


def read_examples(
    pairs: Sequence[str],
    splits: Sequence[str] = ("tune",),
    asked: Container[str] | None = None,
) -> Iterator[Example]:
    """The examples of `HOME=NAME,NAME` pairs; NAME: a data set, `cases:` or `everyday:LIBRARY`.

    Args:
        pairs: where the cases are asked.
        splits: of the data sets.
        asked: the only questions of `cases` that are wanted; None wants all.
    """
    for pair in pairs:
        home, _, names = pair.partition("=")
        knowledge = Knowledge.open(load_settings(Path(home)))
        for name in names.split(","):
            if name.startswith("cases:"):
                library = name.removeprefix("cases:")
                yield from _read_cases(library, knowledge, Path(home).name, asked)
                continue
            if name.startswith("everyday:"):
                yield from _read_everyday(name.removeprefix("everyday:"), knowledge, home)
                continue
            for split in splits:
                yield from _read_dataset(name, split, knowledge, Path(home).name)


def _read_dataset(name: str, split: str, knowledge: Knowledge, home: str) -> Iterator[Example]:
    finder = GoldFinder(knowledge.library.entries)
    for case in read_dataset(name, split=split).cases:
        if not isinstance(case, QuestionCase) or case.expected not in {"answer", "abstain"}:
            continue
        if set(case.tags) & LEFT_OUT:
            continue
        asked = case.rewrite or case.question if case.history else case.question
        spans = [span for gold in case.gold for span in finder.find(gold)]

        def label(candidate: Candidate, spans: Sequence[Span] = spans) -> int:
            return int(any(_span(candidate).is_same(span) for span in spans))

        example = _make(asked, label, knowledge)
        yield from _keep(example, case.expected == "answer", case.group or case.id, home, split)


def _read_cases(
    library: str, knowledge: Knowledge, home: str, only: Container[str] | None
) -> Iterator[Example]:
    sentences = [
        ((entry.article.id, sentence.number), _plain(entry.quote(sentence)))
        for entry in knowledge.library.entries.values()
        for sentence in entry.sentences
    ]
    for path in sorted((CASES / library).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if only is not None and case["question"] not in only:
                continue
            wanted = [_plain(words) for words in case.get("gold", ())]
            whole = {_plain(words) for words in case.get("gold_sentences", ())}
            digests = set(case.get("gold_sha256", ()))
            gold = {
                key
                for key, text in sentences
                if text in whole
                or any(words in text for words in wanted)
                or (digests and _digest(text) in digests)
            }
            articles = {article_id for article_id, _ in gold}

            def label(
                candidate: Candidate,
                gold: set[tuple[str, int]] = gold,
                articles: set[str] = articles,
            ) -> int:
                if candidate.key in gold:
                    return 1
                return 0 if not gold or candidate.entry.article.id in articles else -1

            example = _make(case["question"], label, knowledge)
            answerable = bool(wanted or whole or digests)
            yield from _keep(example, answerable, f"{library}/{path.stem}", home, "training")


def _read_everyday(library: str, knowledge: Knowledge, home: str) -> Iterator[Example]:
    """Questions that were put to all articles of a library: what is not gold does not answer."""
    for line in (EVERYDAY / f"{library}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        wanted = [_plain(words) for words in case["gold"]]

        def label(candidate: Candidate, wanted: Sequence[str] = wanted) -> int:
            said = _plain(candidate.quote)
            return int(any(words in said for words in wanted))

        example = _make(case["question"], label, knowledge)
        yield from _keep(example, bool(wanted), f"{library}/everyday", Path(home).name, "training")


def _make(asked: str, label: Callable[[Candidate], int], knowledge: Knowledge) -> _Parts:
    understood = understand(Conversation(asked), knowledge.lexicon)
    vector = knowledge.embedder.encode([understood.standalone])[0]
    candidates = tuple(find_candidates(understood.search_text, vector, knowledge))
    labels = np.array([label(candidate) for candidate in candidates], dtype=np.int8)
    words = QuestionWords.of(understood.standalone, knowledge.weights)
    return asked, words, knowledge.weights, candidates, labels, vector


def _keep(
    parts: _Parts,
    answerable: bool,
    group: str,
    home: str,
    source: str,
) -> Iterator[Example]:
    """An example, unless its gold was not retrieved."""
    asked, words, weights, candidates, labels, vector = parts
    if answerable and not (labels == 1).any():
        return
    yield Example(
        asked, words, weights, candidates, labels, answerable, group, home, source, vector
    )


def _plain(text: str) -> str:
    """Words alone, in small letters, without reference markers."""
    return " ".join(re.findall(r"\w+", _MARKER.sub("", text).lower()))


def _digest(plain: str) -> str:
    """What stands in a case for a sentence that must not be copied."""
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _span(candidate: Candidate) -> Span:
    sentence = candidate.sentence
    return Span(candidate.entry.article.id, sentence.start, sentence.end)
