"""PDFs that say little and cost much are refused, whichever way they take."""

import re
import zlib
from base64 import a85encode

import pytest

from index.errors import SourceTooLarge
from index.readers import read

SMALL_GROUPS = re.compile(rb"(?:z|[^z]{5}){1,2}|[^z]{1,4}")
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 7 0 R>>>>"
RANGE = b"1 beginbfrange <00000000> <7fffffff> <0041> endbfrange"
CID_FONT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)>>%s>>"
)
FLOODS = "unpacks to too much for its size"
DRAWS = "has a page that draws too much"
DEEP = "is nested too deeply"
MAPS = "has fonts of too many characters"


def stream(data, facts=b""):
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), facts, data)


def pdf(content, facts=b"", *more, font=b"/Type1/BaseFont/Helvetica"):
    """A PDF of one page; `more` are its objects from the sixth on, the first is drawn by /X Do."""
    named = b"<</XObject<</X 6 0 R>>/Font<</F 5 0 R>>>>"
    page = b"<</Type/Page/MediaBox[0 0 600 800]/Contents 4 0 R/Resources%s>>" % named
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page,
        stream(content, facts), b"<</Type/Font/Subtype%s>>" % font, *more,
    )  # fmt: skip
    numbered = (b"%d 0 obj%s\nendobj\n" % (at, one) for at, one in enumerate(objects, 1))
    return b"%PDF-1.5\n" + b"".join(numbered) + b"trailer<</Root 1 0 R>>\n%%EOF"


def written(words, font=b"/Type1/BaseFont/Helvetica", *more):
    return pdf(b"BT /F 9 Tf 9 99 Td (%s) Tj ET" % words, b"", *more, font=font)


def of_many(font, to_unicode=b""):
    """Words in a font of the sixth object, whose characters the seventh gives a meaning."""
    kind = b"/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R"
    return written(b"ab", kind, CID_FONT % font, stream(to_unicode))


UNPACKED = {"MAX_UNPACKED_BYTES": 50_000}
DRAWN = {"MAX_DRAWN": 100}
HUGE_ROWS = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000>>"
X20 = b"/X Do " * 20
CASES = {
    "base 85": (pdf(b"z" * 20_000, b"/Filter/ASCII85Decode"), UNPACKED, FLOODS),
    "hexadecimal": (pdf(b"00" * 60_000, b"/Filter/ASCIIHexDecode"), UNPACKED, FLOODS),
    "runs of a byte": (pdf(b"\x81a" * 1_000, b"/Filter/RunLengthDecode"), UNPACKED, FLOODS),
    "content": (pdf(b" " * 5_000), {"MAX_PAGE_BYTES": 4_000}, DRAWS),
    "characters": (written(b"a" * 200), DRAWN, DRAWS),
    "lists in each other": (pdf(b"[" * 600), {}, DEEP),
    "lists outside of the page": (written(b"ab", b"/X" + b"[" * 600), {}, DEEP),
    "kept states": (pdf(b"q " * 200), DRAWN, DRAWS),
    "forms that draw each other": (
        pdf(X20, b"", stream(X20, FORM), stream(b"1 g", FORM)), DRAWN, DRAWS),
    "time within a page": (written(b"ab"), {"MAX_PAGE_SECONDS": -1.0}, "has a page that takes"),
    "time": (written(b"ab"), {"MAX_SECONDS": -1.0}, "takes longer than"),
    "rows of a predictor": (
        pdf(zlib.compress(b"a" * 99), HUGE_ROWS), {},
        "has rows that are too long"),
    "widths of characters": (of_many(b"/W[0 2000000000 500]"), {}, MAPS),
    "meanings of characters": (of_many(b"", RANGE), {"MAX_MAPPED": 1_000}, MAPS),
}  # fmt: skip


@pytest.mark.parametrize(("data", "limits", "reason"), CASES.values(), ids=CASES.keys())
def test_a_pdf_that_costs_too_much_is_refused(data, limits, reason, monkeypatch):
    for name, value in limits.items():
        monkeypatch.setattr(f"index.readers.pdf_limits.{name}", value)
    with pytest.raises(SourceTooLarge, match=reason):
        read(data, source="flood.pdf")


@pytest.mark.parametrize(
    ("corners", "found"), [(9, True), (8, False)], ids=["a table", "a drawing"]
)
def test_tables_are_not_looked_for_among_too_many_lines(corners, found, monkeypatch):
    grid = b"".join(b"%d 0 m %d 80 l S 0 %d m 80 %d l S " % (at, at, at, at) for at in (0, 40, 80))
    words = b"BT /F 9 Tf 9 9 Td (One) Tj 40 0 Td (two) Tj -40 40 Td (three) Tj 40 0 Td (four) Tj"
    monkeypatch.setattr("index.readers.pdf_limits.MAX_CORNERS", corners)
    article = read(
        pdf(grid + words + b" 0 99 Td (A word above it.) Tj ET"), source="grid.pdf"
    ).articles[0]
    assert any(block.kind.startswith("table") for block in article.blocks) is found


def test_base_85_is_read_in_pieces_as_it_is_at_once(monkeypatch):
    monkeypatch.setattr("index.readers.pdf_limits._BASE85_GROUPS", SMALL_GROUPS)
    words = b"BT /F 9 Tf 9 99 Td (The gut talks to the brain \0\0\0\0\0\0\0\0 over a nerve.) Tj ET"
    packed = a85encode(words, wrapcol=20, adobe=True)
    assert (
        "over a nerve"
        in read(pdf(packed, b"/Filter/ASCII85Decode"), source="a.pdf").articles[0].text
    )
