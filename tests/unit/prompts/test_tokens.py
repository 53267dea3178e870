import subprocess
import sys

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from prompts.tokens import ENCODING_NAME, count_tokens, keep_newest, load_encoding
from prompts.tokens.tiktoken_ext.gutbrain import VOCABULARY, load_gutbrain


def test_encoding_is_found_by_tiktoken_under_its_name():
    assert load_encoding().name == ENCODING_NAME
    assert tiktoken.get_encoding(ENCODING_NAME) is load_encoding()
    assert ENCODING_NAME in tiktoken.list_encoding_names()


def test_encodings_of_tiktoken_itself_are_still_known():
    load_encoding()
    assert "cl100k_base" in tiktoken.list_encoding_names()


@given(st.text())
def test_any_text_survives_encoding_and_decoding(text):
    encoding = load_encoding()
    tokens = encoding.encode_ordinary(text)
    assert encoding.decode(tokens) == text
    assert count_tokens(text) == len(tokens)


@pytest.mark.parametrize(
    ("text", "most"),
    [("", 0), ("gut", 1), (" patients", 1), ("The vagus nerve links gut and brain.", 10)],
)
def test_common_words_take_few_tokens(text, most):
    assert count_tokens(text) <= most


def test_what_looks_like_a_special_token_is_plain_text():
    assert count_tokens("<|endoftext|>") > 1


def test_vocabulary_holds_every_byte_and_each_token_once():
    ranks = load_gutbrain()["mergeable_ranks"]
    assert {bytes([byte]) for byte in range(256)} <= set(ranks)
    assert sorted(ranks.values()) == list(range(len(ranks)))


def test_a_changed_vocabulary_is_not_hidden_by_a_copy_in_the_temporary_folder(tmp_path):
    command = (
        "from pathlib import Path; from prompts.tokens import load_encoding; load_encoding(); "
        f"print(len(list(Path({str(tmp_path)!r}).rglob('*'))))"
    )
    environment = {"PYTHONPATH": str(VOCABULARY.parents[2]), "TMPDIR": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", command], env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "0"


def test_one_long_word_is_counted_soon():
    assert count_tokens("a" * 50_000) > 100


@pytest.mark.parametrize(
    ("texts", "budget", "kept"),
    [
        ([], 10, 0),
        (["gut", "gut"], 0, 0),
        (["gut", "gut", "gut"], 2, 2),
        (["gut", "gut"], 100, 2),
        (["gut", "a longer text about the gut"], 1, 0),
        (["", ""], 0, 2),
    ],
)
def test_newest_texts_are_kept_while_they_fit(texts, budget, kept):
    assert keep_newest(texts, budget) == kept
