"""Trains the triage weights from the exemplars and writes them to `weights/`.

Run `python -m assistant.triage.train`: measures by grouped cross-validation (paraphrases and
translations of one seed stay in one fold), picks the thresholds from the same folds, then fits on
everything. `--only-measure` writes nothing. Needs scikit-learn; triage itself does not.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from assistant.triage.assessment import split_windows, vectorise
from assistant.triage.augment import augment
from assistant.triage.exemplars import Exemplar, load_exemplars
from assistant.triage.features import BUCKETS, EMBEDDING_SIZE, hash_ngrams
from assistant.triage.measure import Scored, describe, load_embed, pick_threshold
from assistant.triage.reading import Reader, Reading
from assistant.triage.records import URGENCIES, Embed, FloatArray
from assistant.triage.train_write import write_weights

SEED = 20260101
FOLDS = 3
INVERSE_REGULARISATION = 2.0
# Copies with the rule part blanked keep the model from leaning on the rules alone, which were
# written beside a part of the exemplars and look better there than they are.
COPY_WEIGHT, BLANKED_WEIGHT = 0.5, 0.5
MAX_HARD_FALSE_ALARMS, MAX_WINDOW_FALSE_ALARMS = 0.08, 0.08
SAME_MEANING = 0.7
AS_TYPED = ("voices_", "plain_")


class TrainingSet:
    """Exemplars, their harder copies and the windows of long copies, all as vectors."""

    def __init__(self, exemplars: Sequence[Exemplar], reader: Reader, embed: Embed) -> None:
        """Reads and embeds everything once."""
        copies = augment_typed(exemplars)
        texts = [one.message for one in exemplars] + [text for _, text in copies]
        owners = [*range(len(exemplars)), *(index for index, _ in copies)]
        pieces = [(row, window) for row, text in enumerate(texts) for window in split_windows(text)]
        self.exemplars = list(exemplars)
        self.owners = np.array(owners)
        self.window_rows = np.array([row for row, _ in pieces])
        readings = [reader.read(text) for text in texts]
        window_readings = [reader.read(window) for _, window in pieces]
        self.rarities = compute_rarities(readings[: len(exemplars)])
        self.rule_size = len(reader.rule_part_names)
        self.vectors, embeddings = self._vectorise(readings, reader, embed)
        self.windows, _ = self._vectorise(window_readings, reader, embed)
        self.labels = np.array([URGENCIES.index(exemplars[owner].urgency) for owner in owners])
        self.groups = merge_translations(exemplars, embeddings[: len(exemplars)])

    def _vectorise(
        self, readings: list[Reading], reader: Reader, embed: Embed
    ) -> tuple[sparse.csr_matrix, FloatArray]:
        embeddings = embed([reading.plain or "." for reading in readings])
        rows = [
            sparse.csr_matrix(vectorise(reading, embedding, reader, self.rarities))
            for reading, embedding in zip(readings, embeddings, strict=True)
        ]
        return sparse.vstack(rows).tocsr(), embeddings

    def fit(self, rows: npt.NDArray[np.intp]) -> LogisticRegression:
        """Fits the levels on these rows, and on their originals without the rule part."""
        originals = rows[rows < len(self.exemplars)]
        keep = np.ones(self.vectors.shape[1])
        keep[-self.rule_size :] = 0
        blanked = self.vectors[originals] @ sparse.diags(keep)
        weights = np.where(rows < len(self.exemplars), 1.0, COPY_WEIGHT)
        model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=150, tol=1e-3)
        return model.fit(
            sparse.vstack([self.vectors[rows], blanked]).tocsr(),
            np.concatenate([self.labels[rows], self.labels[originals]]),
            sample_weight=np.concatenate([weights, np.full(len(originals), BLANKED_WEIGHT)]),
        )

    def cross_validate(self) -> tuple[FloatArray, FloatArray]:
        """Gives (rows, 4) and (windows, 4) probabilities from models that saw no paraphrase."""
        rows = np.zeros((len(self.labels), len(URGENCIES)), np.float32)
        windows = np.zeros((len(self.window_rows), len(URGENCIES)), np.float32)
        base = self.labels[: len(self.exemplars)]
        splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
        for _, held in splitter.split(base, base, self.groups):
            out = np.isin(self.owners, held)
            model = self.fit(np.flatnonzero(~out))
            rows[out] = model.predict_proba(self.vectors[out])
            inside = out[self.window_rows]
            if inside.any():
                windows[inside] = model.predict_proba(self.windows[inside])
        return rows, windows


def augment_typed(exemplars: Sequence[Exemplar]) -> list[tuple[int, str]]:
    """Gives the harder copies; none of messages that are themselves typed in many ways."""
    chosen = [row for row, one in enumerate(exemplars) if not one.id.startswith(AS_TYPED)]
    copies = augment([exemplars[row] for row in chosen], SEED)
    return [(chosen[index], text) for index, text in copies]


def compute_rarities(readings: list[Reading]) -> tuple[FloatArray, FloatArray]:
    """Gives the smoothed inverse document frequency of character and word buckets."""
    seen = np.ones((2, BUCKETS), dtype=np.float32)
    for reading in readings:
        seen += np.stack(hash_ngrams(reading.plain))
    rare: FloatArray = (np.log((len(readings) + 1) / seen) + 1).astype(np.float32)
    return rare[0], rare[1]


def merge_translations(exemplars: Sequence[Exemplar], embeddings: FloatArray) -> list[str]:
    """Gives the groups, those joined whose Danish and Swedish messages mean the same."""
    parent = {one.group: one.group for one in exemplars}

    def root(group: str) -> str:
        while parent[group] != group:
            group = parent[group]
        return group

    danish, swedish = (
        [row for row, one in enumerate(exemplars) if one.language == language]
        for language in ("da", "sv")
    )
    near = np.argwhere(embeddings[danish] @ embeddings[swedish].T > SAME_MEANING)
    for first, second in near:
        one, other = exemplars[danish[first]].group, exemplars[swedish[second]].group
        parent[root(one)] = root(other)
    return [root(one.group) for one in exemplars]


def fit_topics(data: TrainingSet) -> LogisticRegression:
    """Fits the topic of dangerous messages on embedding and rule part."""
    rows = [row for row, one in enumerate(data.exemplars) if one.urgency != "none"]
    chosen = data.vectors[rows]
    short = sparse.hstack([chosen[:, :EMBEDDING_SIZE], chosen[:, -data.rule_size :]]).tocsr()
    model = LogisticRegression(C=5.0, max_iter=150, tol=1e-3)
    return model.fit(short, [data.exemplars[row].topic for row in rows])


def pick_window_threshold(
    data: TrainingSet, rows: FloatArray, windows: FloatArray, threshold: float
) -> float:
    """Gives the threshold for windows at which long harmless copies alarm no more than allowed."""
    highest = np.zeros(len(data.labels))
    np.maximum.at(highest, data.window_rows, 1 - windows[:, 0])
    long = np.unique(data.window_rows)
    harmless = long[data.labels[long] == 0]
    already = 1 - rows[harmless, 0] >= threshold
    allowed = max(0.0, MAX_WINDOW_FALSE_ALARMS - float(already.mean()))
    return max(threshold, float(np.quantile(highest[harmless[~already]], 1 - allowed)))


def main() -> None:
    """Measures, and writes the weights unless told not to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only-measure", action="store_true")
    parser.add_argument("--weights", type=Path, default=Path(__file__).parent / "weights")
    options = parser.parse_args()
    reader = Reader()
    exemplars = [one for one in load_exemplars() if not one.history]
    data = TrainingSet(exemplars, reader, load_embed())
    rows, windows = data.cross_validate()
    scored = [Scored(one, row) for one, row in zip(exemplars, rows, strict=False)]
    threshold = pick_threshold(scored, MAX_HARD_FALSE_ALARMS)
    window_threshold = pick_window_threshold(data, rows, windows, threshold)
    print(f"{len(exemplars)} messages in {len(set(data.groups))} groups; thresholds")
    print(f"{threshold:.3f} whole, {window_threshold:.3f} window\n{describe(scored, threshold)}")
    if not options.only_measure:
        everything = data.fit(np.arange(len(data.labels)))
        thresholds = (threshold, window_threshold)
        names = reader.rule_part_names
        write_weights(
            options.weights,
            everything,
            fit_topics(data),
            data.rarities,
            thresholds,
            rule_part_names=names,
        )


if __name__ == "__main__":
    main()
