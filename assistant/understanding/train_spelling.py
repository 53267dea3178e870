"""Fits what makes one word likely to be a slip for another, and measures it on held-out questions.

A small library is made of some of MedQuAD's answers (CC BY 4.0); words of MedQuAD's questions are
misspelt (`typing_errors.py`). Rare words of BioASQ's abstracts (CC BY 2.5) that no table holds show
what must be left alone. The weights are those of a conditional logit over the candidates and the
choice to leave a word; half of the questions are held out.

    python -m assistant.understanding.train_spelling
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import torch

from assistant.understanding.closeness import FEATURES, Weights, describe
from assistant.understanding.known_words import UNKNOWN, known_words
from assistant.understanding.spelling import Speller
from assistant.understanding.typing_errors import misspell

DATA = Path("../shared/data")
WEIGHTS = Path(__file__).parent / "spelling.json"
WORD = re.compile(r"[^\W\d_]+")
LIBRARY_ANSWERS = 150
SLIPS = 4000
RARE_WORDS = 2500
LEAVE_KNOWN_ABOVE_LEAVE = 2.0
"""A word that some people do write that way needs more evidence to be changed."""
COST_OF_HARM = 2.0
"""A right word changed weighs as much as two slips left."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A word as typed, what was meant, and the candidates with their features."""

    typed: str
    meant: str
    words: list[str]
    features: list[tuple[float, ...]]


def main() -> None:
    """Fits on one half, reports the other, writes the weights."""
    torch.set_num_threads(1)
    chance = random.Random(0)
    questions = read_questions()
    chance.shuffle(questions)
    speller = Speller(count_library(chance))
    kept, held_out = questions[::2], questions[1::2]
    rare = read_rare_words(chance)
    samples = [
        sample
        for words in kept[:SLIPS]
        if (sample := make_slip(words, speller, chance)) is not None
    ]
    samples += [make_sample(word, word, speller) for word in rare[::2]]
    weights = fit(samples)
    report(held_out[: SLIPS // 2], rare[1::2], speller, weights, chance)
    table = dict(zip(FEATURES, (round(w, 4) for w in weights.features), strict=True))
    WEIGHTS.write_text(
        json.dumps(
            {
                "features": table,
                "leave": round(weights.leave, 4),
                "leave_known": round(weights.leave_known, 4),
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


def read_questions() -> list[list[str]]:
    """The lower-cased words of each different question."""
    lines = (DATA / "medquad/queries.jsonl").read_text(encoding="utf-8").splitlines()
    texts = dict.fromkeys(json.loads(line)["text"].casefold() for line in lines)
    return [WORD.findall(text) for text in texts]


def count_library(chance: random.Random) -> Counter[str]:
    """The words of a small library."""
    lines = (DATA / "medquad/corpus.jsonl").read_text(encoding="utf-8").splitlines()
    picked = chance.sample(lines, LIBRARY_ANSWERS)
    return Counter(w for line in picked for w in WORD.findall(json.loads(line)["text"].casefold()))


def read_rare_words(chance: random.Random) -> list[str]:
    """Right words that no table holds."""
    counts: Counter[str] = Counter()
    for line in (DATA / "bioasq_train/corpus.jsonl").read_text(encoding="utf-8").splitlines():
        counts.update(set(WORD.findall(json.loads(line)["text"].casefold())))
    tables = [known_words(language) for language in ("en", "da", "sv")]
    rare = sorted(
        w for w in counts if len(w) > 4 and w.isascii() and not any(w in table for table in tables)
    )
    return chance.sample(rare, min(RARE_WORDS, len(rare)))


def make_slip(words: list[str], speller: Speller, chance: random.Random) -> Sample | None:
    """One content word of a question misspelt, unless the slip is another right word."""
    long = [word for word in words if len(word) >= 4 and word.isascii()]
    if not long:
        return None
    meant = chance.choice(long)
    typed = misspell(meant, chance)
    return None if speller.is_known(typed) else make_sample(typed, meant, speller)


def make_sample(typed: str, meant: str, speller: Speller) -> Sample:
    """The candidates for a word as typed."""
    found = speller.find_candidates(typed)
    features = [
        describe(typed, word, distance, known_words("en").get(word, UNKNOWN), speller.count(word))
        for word, distance in found
    ]
    return Sample(typed, meant, [word for word, _ in found], features)


def fit(samples: list[Sample]) -> Weights:
    """Maximises the likelihood of what was meant; where that is out of reach, of leaving."""
    size = max(len(sample.words) for sample in samples) + 1
    x = torch.zeros(len(samples), size, len(FEATURES) + 1)  # last feature: leaving
    mask = torch.full((len(samples), size), -1e9)
    target = torch.zeros(len(samples), dtype=torch.long)
    weight = torch.ones(len(samples))
    for row, sample in enumerate(samples):
        count = len(sample.words)
        x[row, 0, -1] = 1.0
        if count:
            x[row, 1 : count + 1, :-1] = torch.tensor(sample.features)
        mask[row, : count + 1] = 0.0
        if sample.typed == sample.meant:
            weight[row] = COST_OF_HARM
        elif sample.meant in sample.words:
            target[row] = 1 + sample.words.index(sample.meant)
    parameters = torch.zeros(x.shape[2], requires_grad=True)
    optimiser = torch.optim.LBFGS([parameters], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        losses = torch.nn.functional.cross_entropy(x @ parameters + mask, target, reduction="none")
        loss = (losses * weight).mean() + 1e-3 * (parameters**2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    found = [float(value) for value in parameters.detach()]
    return Weights(tuple(found[:-1]), found[-1], found[-1] + LEAVE_KNOWN_ABOVE_LEAVE)


def report(
    questions: list[list[str]],
    rare: list[str],
    speller: Speller,
    weights: Weights,
    chance: random.Random,
) -> None:
    """Prints what became of held-out slips, of right questions and of rare right words."""
    right = left = other = slips = 0
    by_place: Counter[tuple[bool, str]] = Counter()
    for words in questions:
        sample = make_slip(words, speller, chance)
        if sample is None:
            continue
        slips += 1
        read = speller.suggest(sample.typed, weights)
        outcome = "left" if read is None else "right" if read == sample.meant else "other"
        by_place[sample.meant in speller.counts, outcome] += 1
        right, left, other = (
            right + (outcome == "right"), left + (outcome == "left"), other + (outcome == "other")
        )  # fmt: skip
    known = {word for question in questions for word in question if len(word) >= 3}
    harmed = [word for word in sorted(known) if _is_harmed(word, speller, weights)]
    harmed_rare = [word for word in rare if _is_harmed(word, speller, weights)]
    print(f"{slips:,} slips held out: right {right / slips:.3f}, left {left / slips:.3f}, "
          f"another word {other / slips:.3f}")  # fmt: skip
    for inside in (True, False):
        total = sum(n for (place, _), n in by_place.items() if place == inside)
        shares = {o: round(by_place[inside, o] / total, 3) for o in ("right", "left", "other")}
        print(f"  words {'in' if inside else 'not in'} the library: {total:,} {shares}")
    print(f"right words harmed: {len(harmed)} of {len(known):,}: {harmed[:12]}")
    print(f"rare right words harmed: {len(harmed_rare)} of {len(rare):,}: {harmed_rare[:12]}")


def _is_harmed(word: str, speller: Speller, weights: Weights) -> bool:
    read = speller.suggest(word, weights)
    return read is not None and not speller.is_variant(word, read)


if __name__ == "__main__":
    main()
