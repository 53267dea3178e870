from __future__ import annotations

import codecs

import pytest

from index.errors import EmptySource, UnreadableSource
from index.readers.decode import decode

DANISH = "Følelser i maven hænger sammen med hjernen. Mave og hjerne taler sammen hele dagen. " * 3

ENCODED = {
    "utf-8": (DANISH.encode(), False),
    "utf-8 with mark": (codecs.BOM_UTF8 + DANISH.encode(), False),
    "utf-16 with mark": (DANISH.encode("utf-16"), False),
    "utf-16 without mark": (DANISH.encode("utf-16-le"), True),
    "windows-1252": (DANISH.encode("cp1252"), True),
    "utf-8 with a stray windows byte": (DANISH.encode() + "é".encode("cp1252"), True),
    "utf-8 read as windows-1252": (DANISH.encode().decode("cp1252").encode(), True),
}


@pytest.mark.parametrize(("data", "guessed"), ENCODED.values(), ids=ENCODED.keys())
def test_text_comes_out_whatever_its_encoding(data, guessed):
    text, was_guessed = decode(data, source="a.txt")
    assert text.startswith(DANISH.strip()[:60])
    assert was_guessed is guessed


def test_a_declared_encoding_is_used():
    page = '<meta charset="iso-8859-1"><p>Blåbær'.encode("latin-1")
    assert decode(page, source="a.html") == ('<meta charset="iso-8859-1"><p>Blåbær', False)
    text, _ = decode("Żółć".encode("cp1250"), source="a", content_type="text/html; charset=cp1250")
    assert text == "Żółć"


def test_utf_8_is_preferred_to_a_wrong_declaration():
    page = '<meta charset="iso-8859-1"><p>Blåbær'.encode()
    assert "Blåbær" in decode(page, source="a.html")[0]


def test_line_ends_become_line_feeds():
    assert decode(b"a\r\nb\rc", source="a")[0] == "a\nb\nc"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF8 + b"\n", b"\x00" * 20])
def test_nothing_is_reported_as_empty(data):
    with pytest.raises(EmptySource, match=r"^a\.txt: is empty; give"):
        decode(data, source="a.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 x",
        b"PK\x03\x04....",
        b"\x89PNG\r\n",
        bytes(range(128, 256)) * 20,
        b"ab\x00\x01\x02" * 50,
    ],
    ids=["pdf", "zip", "png", "high bytes", "control characters"],
)
def test_binary_is_refused_with_what_to_do(data):
    with pytest.raises(UnreadableSource, match=r"^a\.txt: is .*(readable are|save it as UTF-8)"):
        decode(data, source="a.txt")
