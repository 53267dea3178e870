"""Bytes → text, or the reason why they are no text."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from index.errors import EmptySource, UnreadableSource

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP, Word or EPUB file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
)
_DECLARED = re.compile(rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["'])([A-Za-z0-9_.:-]+)""")
_NO_CHARSETS = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "utf-7"})
_SINGLE_BYTE = ["cp1252", "cp1250", "latin_1", "iso8859_15", "mac_roman", "cp850", "cp1251"]
_BEYOND_ASCII = re.compile("[\u0080-\U0010ffff]")
_WESTERN = frozenset(
    "åäöæøéèêëáàâãíìîïóòôõúùûüýÿñçßðþœšžÅÄÖÆØÉÈÊËÁÀÂÃÍÌÎÏÓÒÔÕÚÙÛÜÝÑÇÐÞŒŠŽ"
    "“”‘’„‚«»‹›–—…•·°½¼¾€£§©®™²³¹µ×±´¨ª¿¡\u00a0\u00ad"
)
"""What Western texts use beyond ASCII. Statistics on a short text mistake it for Eastern European
as often as not, so Windows-1252 is taken where it gives nothing else than these."""
_MOJIBAKE = re.compile("[ÃÂâ][\u0080-\u00bf\u2018-\u203a\u20ac\u2122\u0152-\u0178\u02c6\u02dc]")
_MAX_SAMPLE_BYTES = 100_000
_MAX_ODD_SHARE = 0.25
"""Share of characters beyond ASCII above which a guess at a Western encoding is no text in it:
Danish, Swedish and German texts have 3 to 6 %."""
_MAX_CONTROL_SHARE = 0.005


def decode(data: bytes, *, source: str, content_type: str | None = None) -> tuple[str, bool]:
    """The text that `data` holds, and whether its encoding had to be guessed or mended.

    Raises:
        EmptySource: there is nothing but white space.
        UnreadableSource: the bytes are an image, a PDF …, or no text in any likely encoding.
    """
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise EmptySource(f"{source}: is empty; give a file or page with an article in it")
    for magic, what in _BINARY:
        if data.startswith(magic):
            message = f"{source}: is {what}; readable are HTML, Markdown, text and WordPress JSON"
            raise UnreadableSource(message)
    text, guessed = _decode(data, _declared(data, content_type))
    if text is None or _is_binary(text, guessed=guessed):
        message = f"{source}: is not text in a known encoding; save it as UTF-8 and try again"
        raise UnreadableSource(message)
    mended = _mend(text)
    if not mended.strip("\ufeff \t\r\n"):
        raise EmptySource(f"{source}: is empty; give a file or page with an article in it")
    return mended.replace("\r\n", "\n").replace("\r", "\n"), guessed or mended != text


def _declared(data: bytes, content_type: str | None) -> str | None:
    """The encoding that the server or the document names, if Python knows it."""
    match = _DECLARED.search((content_type or "").encode("ascii", "ignore"))
    match = match or _DECLARED.search(data[:2048])
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else None
    except LookupError:
        return None
    return None if name in _NO_CHARSETS else name


def _decode(data: bytes, declared: str | None) -> tuple[str | None, bool]:
    """Text and whether it is a guess: byte order mark, UTF-8, as declared, mended, guessed."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _try(data, encoding), False
    if (wide := _wide_encoding(data)) is not None:
        return _try(data, wide), True
    # UTF-8 before what is declared: bytes beyond ASCII that happen to be valid UTF-8 are UTF-8.
    for name in filter(None, ("utf-8", declared)):
        text = _try(data, name)
        if text is not None:
            return text, False
    mixed = _mixed(data)
    if mixed is not None:
        return mixed, True
    western = _try(data, "cp1252")
    if western is not None and not set(_BEYOND_ASCII.findall(western)) - _WESTERN:
        return western, True
    best = from_bytes(data[:_MAX_SAMPLE_BYTES], cp_isolation=_SINGLE_BYTE).best()
    return (_try(data, best.encoding) if best else None), True


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError, LookupError):
        return None


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a byte order mark, told by the zeros that Western text has in it."""
    sample = data[:4000]
    zeros = [sample[0::2].count(0), sample[1::2].count(0)]
    half = max(1, len(sample) // 2)
    if max(zeros) < 0.6 * half or min(zeros) > 0.1 * half:
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def _mixed(data: bytes) -> str | None:
    """UTF-8 with a few bytes of Windows-1252 in it, as copying and pasting leaves behind."""
    text = data.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= character <= "\udcff" for character in text)
    proper = sum(character > "\u007f" for character in text) - strays
    if proper < strays or strays > 0.01 * len(text):
        return None
    return re.sub("[\udc80-\udcff]", _as_windows, text)


def _as_windows(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")


def _is_binary(text: str, *, guessed: bool) -> bool:
    """Whether decoded text holds what no text holds."""
    sample = text[:_MAX_SAMPLE_BYTES]
    control = sum(character < " " and character not in "\t\n\r\f\v" for character in sample)
    broken = sample.count("\ufffd")
    odd = sum(character > "\u007f" for character in sample) if guessed else 0
    size = len(sample)
    return control + broken > max(3, _MAX_CONTROL_SHARE * size) or odd > _MAX_ODD_SHARE * size


def _mend(text: str) -> str:
    """Undoes UTF-8 that was once read as Windows-1252 (`fÃ¸lelse` → `følelse`)."""
    if len(_MOJIBAKE.findall(text)) < 2:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
