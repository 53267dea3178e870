"""Trains the weights of `name_likeness`: `python -m assistant.privacy.train_name_likeness OUT`.

Needs, at training time only, scikit-learn, Faker (MIT; lists of first and family names) and
wordfreq (Apache-2.0; frequency lists, CC BY-SA 4.0). Prints the accuracy on a fifth of the words
held out, then trains on all of them and writes the file.
"""

import importlib
import pkgutil
import random
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from assistant.privacy.name_likeness import BUCKETS, features_of
from assistant.privacy.word_lists import load_words

LANGUAGES = ("en", "da", "sv", "nb")
WORDS_PER_LANGUAGE = 20_000
# A word this frequent stays a common word even where it is also someone's name (will, mark).
ALWAYS_COMMON_RANK = 1_500
HOME_LOCALES = ("da_DK", "sv_SE", "no_NO", "en_GB", "en_US")
HOME_WEIGHT = 4.0
_LATIN_WORD = re.compile(r"[a-zà-öø-ÿāăąćčđęěğīıłńňōőřśşšťūůűźžșț]{2,}(?:[-'][a-zà-ÿ]+)*")
Example = tuple[str, int, float]


def read_names() -> dict[str, float]:
    """Gives each first and family name in Latin letters in Faker's locales → its weight."""
    package = importlib.import_module("faker.providers.person")
    names: dict[str, float] = {}
    for module in pkgutil.iter_modules(package.__path__):
        provider = importlib.import_module(f"{package.__name__}.{module.name}").Provider
        weight = HOME_WEIGHT if module.name in HOME_LOCALES else 1.0
        for attribute in dir(provider):
            if re.match(r"(first|last)_names?", attribute):
                for name in _latin_words(getattr(provider, attribute)):
                    names[name] = max(weight, names.get(name, 0.0))
    return names


def _latin_words(listed: object) -> set[str]:
    entries = listed if isinstance(listed, (tuple, list, dict)) else ()
    words = {word for entry in entries for word in str(entry).lower().split()}
    return {word for word in words if _LATIN_WORD.fullmatch(word)}


def read_examples() -> list[Example]:
    """Gives (word, 1 for a name or 0 for a word, weight), in a fixed order."""
    top_n_list = importlib.import_module("wordfreq").top_n_list
    names = read_names()
    ranks: dict[str, int] = {}
    for language in LANGUAGES:
        listed: list[str] = top_n_list(language, WORDS_PER_LANGUAGE)
        for rank, word in enumerate(listed):
            if _LATIN_WORD.fullmatch(word):
                ranks[word] = min(rank, ranks.get(word, rank))
    common = [
        (word, 0, 3.0 if rank < ALWAYS_COMMON_RANK else 1.0)
        for word, rank in ranks.items()
        if word not in names
        or (rank < ALWAYS_COMMON_RANK and word not in load_words("frequent_names"))
    ]
    known = {word for word, _, _ in common}
    return sorted(
        common + [(name, 1, weight) for name, weight in names.items() if name not in known]
    )


def to_matrix(words: list[str], *, known: bool) -> Any:
    """Gives the sparse matrix (words, BUCKETS) of feature counts."""
    sparse = importlib.import_module("scipy.sparse")
    rows, columns = [], []
    for row, word in enumerate(words):
        buckets = list(features_of(word, known=known))
        rows += [row] * len(buckets)
        columns += buckets
    shape = (len(words), BUCKETS)
    return sparse.csr_matrix(([1.0] * len(rows), (rows, columns)), shape=shape)


def fit(examples: list[Example]) -> Any:
    """Fits on each word twice: with the word itself as a feature, and by its n-grams alone."""
    sparse = importlib.import_module("scipy.sparse")
    linear_model = importlib.import_module("sklearn.linear_model")
    words, labels, weights = (list(column) for column in zip(*examples, strict=True))
    matrix = sparse.vstack([to_matrix(words, known=True), to_matrix(words, known=False)])
    model = linear_model.LogisticRegression(C=4.0, max_iter=400, solver="liblinear")
    return model.fit(matrix, labels * 2, sample_weight=weights * 2)


def write_weights(model: Any, path: Path) -> None:
    """Writes `weights` (int8, one a bucket), `scale` and `bias` as a compressed npz."""
    weights = model.coef_[0]
    scale = float(abs(weights).max()) / 127
    rounded = np.round(weights / scale).astype(np.int8)
    np.savez_compressed(path, weights=rounded, scale=scale, bias=float(model.intercept_[0]))


def main(out: Path) -> None:
    """Reports the held-out accuracy to standard error, then writes the weights to `out`."""
    examples = read_examples()
    shuffled = random.Random(4).sample(examples, len(examples))
    held_out = shuffled[: len(shuffled) // 5]
    model = fit(shuffled[len(shuffled) // 5 :])
    for label, group in ((1, "names"), (0, "words")):
        words = [word for word, is_name, _ in held_out if is_name == label]
        right = (model.predict(to_matrix(words, known=True)) == label).mean()
        sys.stderr.write(f"held-out {group}: {len(words)}, judged right {right:.3f}\n")
    write_weights(fit(examples), out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
