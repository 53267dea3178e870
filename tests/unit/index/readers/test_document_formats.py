"""PDF, Word, EPUB, exports, JATS and ZIP: the same article out of each, and nothing lost."""

# ruff: noqa: E501 - the files that are made here are written as their formats have them

import importlib.util
import zlib
from pathlib import Path

import pytest

from index.errors import NotAnArticle, SourceError, SourceTooLarge, UnreadableSource
from index.loaded import Loaded, Request
from index.readers import Problem, read
from index.sources import load

spec = importlib.util.spec_from_file_location("documents", Path(__file__).with_name("documents.py"))
documents = importlib.util.module_from_spec(spec)
spec.loader.exec_module(documents)

STRUCTURED = {name: make for name, make in documents.FORMATS.items() if name not in {"text", "zip"}}


@pytest.fixture(params=STRUCTURED, scope="module")
def found(request):
    """The same article out of each format."""
    return read(STRUCTURED[request.param](), source="fibre").articles[0]


def texts(article, kind):
    return [article.text[b.start : b.end] for b in article.blocks if b.kind == kind]


def test_structure_is_the_same_out_of_every_format(found):
    assert found.title == documents.TITLE
    assert texts(found, "heading")[1:3] == list(documents.PARAGRAPHS)
    assert [t for t in texts(found, "paragraph") if t != "Good sources are:"] == list(
        documents.PARAGRAPHS.values()
    )
    assert texts(found, "list_item") == list(documents.ITEMS)
    assert texts(found, "table_row") == [" | ".join(row) for row in documents.ROWS[1:]]
    assert next(b.header for b in found.blocks if b.kind == "table_row") == documents.ROWS[0]
    assert [(r.number, r.text) for r in found.references] == list(
        enumerate(documents.REFERENCES, 1)
    )
    assert found.references[0].pmid == "12345678"
    assert [mark.numbers for mark in found.marks] == [(1,)]


def test_what_a_document_says_of_itself():
    word = read(documents.article_export(), source="export.xml")
    (article,) = word.articles
    assert (article.url, article.author) == ("https://clinic.example/fibre-1/", "Ada Holm")
    assert (article.publisher, article.published) == ("Harbour Clinic", "2026-03-01")
    assert [problem.failed for problem in word.problems] == [False, False]
    jats = read(documents.article_jats(), source="a.nxml").articles[0]
    assert (jats.url, jats.author) == ("https://doi.org/10.1234/gut.5", "Ada Holm")
    assert (jats.publisher, jats.published) == ("Gut letters", "2026-03")
    book = read(documents.article_epub(), source="b.epub").articles
    assert [(one.publisher, one.author) for one in book] == [("Leaflets", "Ada Holm")]


def test_a_packed_pdf_is_read_as_an_unpacked_one():
    page = packed_pdf(b"BT /F1 12 Tf 50 700 Td (The gut talks on.) Tj ET")
    (article,) = read(page, source="p").articles
    assert texts(article, "paragraph") == ["The gut talks on."]


def test_blocks_of_a_pdf_know_their_pages_and_running_lines_are_gone():
    pdf = documents.article_pdf(new_page_at="How much is enough")
    article = read(pdf, source="fibre.pdf").articles[0]
    pages = {article.block_text(i): b.page for i, b in enumerate(article.blocks)}
    assert (pages["What fibre does"], pages["How much is enough"], pages["Beans | 7 g"]) == (
        1,
        2,
        2,
    )
    assert "leaflet" not in article.text
    assert "Page" not in article.text


LEFT = ["Bacteria in the bowel live", "on fibre and make acids that", "feed the cells of the wall,", "which then keep the bar-"]  # fmt: skip
RIGHT = ["rier whole. Nerves tell the", "brain of it, and the brain", "answers through the vagus", "nerve within seconds."]  # fmt: skip


def test_columns_are_read_one_after_the_other():
    page = [*documents.written(60, 100, ["A title that runs over both of the columns"], 20),
            *documents.written(60, 150, LEFT), *documents.written(320, 150, RIGHT)]  # fmt: skip
    article = read(documents.make_pdf([page]), source="two.pdf").articles[0]
    assert texts(article, "paragraph") == [
        "Bacteria in the bowel live on fibre and make acids that feed the cells of the wall, which "
        "then keep the barrier whole. Nerves tell the brain of it, and the brain answers through the "
        "vagus nerve within seconds."
    ]


def test_a_word_written_with_a_hyphen_keeps_it():
    lines = [
        "The follow-up was long, and each of the follow-",
        "up visits took an hour of the day.",
    ]
    article = read(
        documents.make_pdf([documents.written(60, 100, lines)]), source="h.pdf"
    ).articles[0]
    assert "each of the follow-up visits" in article.text


def test_raised_numbers_in_a_pdf_are_reference_marks():
    page = [*documents.written(60, 70, [documents.TITLE], 20),
        *documents.written(60, 100, ["Fibre helps the bowel"]), (156.5, 96, 6, False, "1"),
            *documents.written(60, 130, ["References"], 14, bold=True), *documents.written(60, 150, ["1. Holm A. Gut. 2020."])]  # fmt: skip
    article = read(documents.make_pdf([page]), source="r.pdf").articles[0]
    assert [mark.numbers for mark in article.marks] == [(1,)]


def test_the_classic_editor_s_blank_lines_are_paragraphs():
    content = "First paragraph of the post.\nStill the first one.\n\nA second paragraph.\n\n<ul>\n<li>one</li>\n</ul>"
    (article,) = read(
        documents.export_of(documents.export_item(content, "A post")), source="e.xml"
    ).articles
    assert len(texts(article, "paragraph")) == 2
    assert texts(article, "list_item") == ["one"]


def packed_pdf(content):
    """A PDF with one page, its content packed."""
    page = documents.make_pdf([[(10, 10, 10, False, "x")]])
    start, end = page.index(b"stream\n") + 7, page.index(b"\nendstream")
    packed = zlib.compress(content, 9)
    length = f"/Length {end - start}".encode()
    new = page[:start].replace(length, b"/Filter /FlateDecode /Length %d" % len(packed))
    return new + packed + page[end:]


def displace(packed):
    """A ZIP whose first file would lie before its begin."""
    place = packed.rfind(b"PK\5\6") + 16
    offset = int.from_bytes(packed[place : place + 4], "little") + 5
    return packed[:place] + offset.to_bytes(4, "little") + packed[place + 4 :]


BOMB = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel>&b;</channel></rss>'
REFUSED = {
    "a scan": (documents.make_pdf([[(10, 10, 500, 700)]]), "is a scanned PDF"),
    "a PDF that floods": (packed_pdf(b" " * 6_000_000), "unpacks to too much for its size"),
    "a broken PDF": (b"%PDF-1.4\nnothing", "is a (broken|scanned) PDF"),
    "a broken Word file": (documents.pack({"word/document.xml": "<w:doc", "[Content_Types].xml": "x"}), "is a broken Word file"),
    "a Word file with entities": (
        documents.pack({"word/document.xml": BOMB, "[Content_Types].xml": "x"}), "declares XML entities"),
    "a Word file with entities in UTF-16": (
        documents.pack({"word/document.xml": BOMB.decode().encode("utf-16"), "[Content_Types].xml": "x"}), "declares XML entities"),
    "a Word file that begins before itself": (displace(documents.article_docx()), "is damaged"),
    "a book without a table of contents": (documents.pack({"META-INF/container.xml": "<a/>"}), "lacks its part"),
    "XML of another kind": (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "is XML of an unknown kind"),
    "XML that is nested without end": (b'<rss version="2.0"><channel>' + b"<a>" * 300, "is nested too deeply"),
    "a picture in XML": (b'<svg xmlns="http://www.w3.org/2000/svg"><text>Take all of it.</text></svg>', "is XML of an unknown kind"),
    "XML behind a long document type": (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"a" * 5000 + b'">]><urlset>&a;</urlset>', "is XML of an unknown kind"),
    "a spreadsheet": (documents.pack({"[Content_Types].xml": "x", "xl/a.xml": "x"}), "ZIP, Word or EPUB"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(SourceError, match=reason):
        read(data, source="file")


def test_xml_of_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr("index.readers.xml_source.MAX_ELEMENTS", 100)
    with pytest.raises(SourceTooLarge, match="more than 100 XML elements; split it"):
        read(b'<rss version="2.0"><channel>' + b"<a/>" * 100, source="wide.xml")


def test_entities_are_not_expanded():
    with pytest.raises((UnreadableSource, NotAnArticle)):
        read(BOMB, source="bomb.xml")


@pytest.fixture
def load_zip(tmp_path):
    def run(files, **options):
        path = tmp_path / "all.zip"
        path.write_bytes(documents.pack(files))
        return list(load(str(path), Request(**options)))

    return run


def test_the_files_in_a_zip_are_read_as_if_they_lay_in_a_folder(load_zip):
    *found, others = load_zip(
        {"a/x.md": "# A\n\nText.", "b.docx": documents.article_docx(), ".h.md": "x", "i.png": "x"}
    )
    assert [(one.name, type(one)) for one in found] == [
        ("all.zip/a/x.md", Loaded),
        ("all.zip/b.docx", Loaded),
    ]
    assert found[0].source.endswith("all.zip (a/x.md)")
    assert others.reason == "holds files of kinds that are not read: 1 .png (i.png)"


def test_a_zip_that_floods_is_refused(load_zip):
    (problem,) = load_zip({"a.txt": b" " * 5_000_000})
    assert isinstance(problem, Problem)
    assert "too much for its size" in problem.reason
    (problem,) = load_zip({"inner.zip": documents.pack({"a.md": "x"})})
    assert "is a ZIP in a ZIP" in problem.reason
