"""The trained weights: a logistic regression in numpy, whose scores join those of the network."""

import json
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np

from assistant.triage.records import FloatArray


@dataclass(frozen=True, slots=True)
class Weights:
    """All that training leaves behind.

    Attributes:
        level_weights: (4, n) over the levels none, urgent, crisis, emergency.
        level_bias: (4,).
        topics: Names of the topics, in the order of the network's second head.
        network_share: How much the network's log probabilities count beside the own scores.
        rarities: Inverse document frequency of the character and of the word buckets.
        threshold: From which probability of any danger a message counts as dangerous.
        window_threshold: The same for one part of a long message.
        conversation_threshold: The same for a message with the turns before it.
        rule_part_names: Names of the rule part's entries when trained, to notice a stale file.
    """

    level_weights: FloatArray
    level_bias: FloatArray
    topics: tuple[str, ...]
    network_share: float
    rarities: tuple[FloatArray, FloatArray]
    threshold: float
    window_threshold: float
    conversation_threshold: float
    rule_part_names: tuple[str, ...]


class WeightsMismatchError(ValueError):
    """The packaged weights were trained with other concepts or rules than are installed."""


def load_weights(rule_part_names: tuple[str, ...]) -> Weights:
    """Reads the packaged weights.

    Raises:
        WeightsMismatchError: The word lists changed since training; run the training script.
    """
    folder = files("assistant.triage").joinpath("weights")
    about = json.loads(folder.joinpath("about.json").read_text(encoding="utf-8"))
    conversation = json.loads(folder.joinpath("conversation.json").read_text(encoding="utf-8"))
    if tuple(about["rule_part_names"]) != rule_part_names:
        raise WeightsMismatchError(
            "the triage weights were trained with other concepts or rules than lexicon/ holds; "
            "run `python -m assistant.triage.train` to train them again"
        )
    with (
        as_file(folder.joinpath("weights.npz")) as path,
        np.load(path, allow_pickle=False) as arrays,
    ):
        loaded = {name: arrays[name].astype(np.float32) for name in arrays.files}
    return Weights(
        level_weights=loaded["level_weights"],
        level_bias=loaded["level_bias"],
        topics=tuple(about["topics"]),
        network_share=float(about["network_share"]),
        rarities=(loaded["character_rarity"], loaded["word_rarity"]),
        threshold=float(about["threshold"]),
        window_threshold=float(about["window_threshold"]),
        conversation_threshold=float(conversation["threshold"]),
        rule_part_names=rule_part_names,
    )


def level_probabilities(vector: FloatArray, levels: FloatArray, weights: Weights) -> FloatArray:
    """Gives (4,) probabilities of none, urgent, crisis and emergency.

    The product of two experts (Hinton 2002, Neural Computation 14:1771): one reads words and rules,
    one is the network.

    Args:
        vector: what `features` makes of a reading.
        levels: (4,) scores that the network gives it.
        weights: of the linear classifier.
    """
    own = weights.level_weights @ vector + weights.level_bias
    joint = own + weights.network_share * np.log(softmax(levels))
    return softmax(joint.astype(np.float32))


def softmax(scores: FloatArray) -> FloatArray:
    """Probabilities from scores."""
    raised: FloatArray = np.exp(scores - scores.max()).astype(np.float32)
    total: np.float32 = raised.sum()
    return raised / total
