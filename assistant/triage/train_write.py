"""Writes trained triage weights: `weights.npz` (half precision, no pickle) and `about.json`."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.triage.records import FloatArray


def write_weights(
    folder: Path,
    levels: LogisticRegression,
    rarities: tuple[FloatArray, FloatArray],
    thresholds: tuple[float, float],
    *,
    topics: Sequence[str],
    network_share: float,
    rule_part_names: tuple[str, ...],
) -> None:
    """Writes both files; `thresholds` are for whole messages and for windows of long ones."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        folder / "weights.npz",
        level_weights=levels.coef_.astype(np.float16),
        level_bias=levels.intercept_.astype(np.float32),
        character_rarity=rarities[0].astype(np.float16),
        word_rarity=rarities[1].astype(np.float16),
    )
    about = {
        "threshold": round(thresholds[0], 4),
        "window_threshold": round(thresholds[1], 4),
        "network_share": network_share,
        "topics": list(topics),
        "rule_part_names": list(rule_part_names),
    }
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
