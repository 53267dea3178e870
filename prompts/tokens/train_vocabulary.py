"""Trains the byte-pair vocabulary `gutbrain.tiktoken`.

    python -m prompts.tokens.train_vocabulary TEXT_FILE… [--size 16384]

The shipped one was trained on the questions and answers of MedQuAD (Ben Abacha and
Demner-Fushman 2019, CC BY 4.0) and the sample articles in index/starter. Byte-pair encoding after
Sennrich, Haddow and Birch (2016), on bytes.
"""

from __future__ import annotations

import argparse
import base64
from pathlib import Path
from typing import TYPE_CHECKING

from prompts.tokens.tiktoken_ext.gutbrain import SPLIT, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Sequence


def train(files: Sequence[Path], size: int) -> list[bytes]:
    """The tokens of a vocabulary in the order of their ranks: all bytes, then the merges."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train([str(file) for file in files], trainer)
    vocabulary = tokenizer.get_vocab()
    letters = _letters_to_bytes()
    return [
        bytes(letters[letter] for letter in token)
        for token in sorted(vocabulary, key=lambda token: vocabulary[token])
    ]


def _letters_to_bytes() -> dict[str, int]:
    """The letters that stand for bytes in byte-level vocabularies (Radford et al. 2019)."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    letters = {chr(byte): byte for byte in printable}
    return letters | {chr(256 + i): byte for i, byte in enumerate(others)}


def main() -> None:
    """Trains and writes the vocabulary."""
    parser = argparse.ArgumentParser(description="Trains the vocabulary of the token counter.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--size", type=int, default=16_384)
    given = parser.parse_args()
    tokens = train(given.files, given.size)
    lines = [f"{base64.b64encode(token).decode()} {rank}" for rank, token in enumerate(tokens)]
    VOCABULARY.write_text("\n".join(lines) + "\n", encoding="ascii")
    print(f"{len(tokens)} tokens in {VOCABULARY}")


if __name__ == "__main__":
    main()
