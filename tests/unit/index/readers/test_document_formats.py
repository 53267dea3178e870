"""PDF, Word, EPUB, exports, JATS and ZIP: the same article out of each, and nothing lost."""

# ruff: noqa: E501 - the files that are made here are written as their formats have them

import io
import re
import zipfile

import pytest

from index.errors import NotAnArticle, SourceError, UnreadableSource
from index.loaded import Loaded, Request
from index.readers import Problem, read
from index.sentences import find_sentences
from index.sources import load

PARAGRAPHS = {
    "What fibre does": "Fibre feeds the bacteria of the large bowel, and they make butyrate of it.",
    "How much is enough": "Adults in one trial ate thirty grams a day, and most of them felt well.",
}
ITEMS = ("Oats and rye bread", "Beans and lentils", "Onions, leeks and garlic")
ROWS = (("Food", "Fibre per 100 g"), ("Oats", "10 g"), ("Beans", "7 g"))
REFERENCES = ("Holm A. Fibre and the gut. Gut. 2020. PMID: 12345678", "Berg B. Oats. Diet. 2021.")
TITLE = "Fibre and the gut"


def make_pdf(pages, info=""):
    """A PDF of pages of (x, y from the top, size, bold, text) and of lines (x0, y0, x1, y1)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    fonts = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >> >>"
    kids = []
    for page in pages:
        content = []
        for item in page:
            if len(item) == 4:
                content.append(f"{item[0]} {800 - item[1]} m {item[2]} {800 - item[3]} l S")
                continue
            x, y, size, bold, text = item
            text = re.sub(r"([()\\])", r"\\\1", text)
            content.append(f"BT /F{2 if bold else 1} {size} Tf {x} {800 - y} Td ({text}) Tj ET")
        stream = "\n".join(content)
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R /Resources << /Font {fonts} >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    xref = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{xref}{trailer}\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def written(x, y, lines, size=10, bold=False):
    """Lines of type below each other."""
    return [(x, y + 1.2 * size * n, size, bold, line) for n, line in enumerate(lines)]


def frame(x, y, widths, height, rows):
    """The lines of a table and the words in it."""
    right, bottom = x + sum(widths), y + height * len(rows)
    found = [(x, y + height * n, right, y + height * n) for n in range(len(rows) + 1)]
    edges = [x + sum(widths[:n]) for n in range(len(widths) + 1)]
    found += [(edge, y, edge, bottom) for edge in edges]
    for n, row in enumerate(rows):
        found += [
            (edges[i] + 4, y + height * n + 13, 10, False, cell) for i, cell in enumerate(row)
        ]
    return found


def article_pdf():
    (one, _), (two, second) = PARAGRAPHS.items()
    head = [(60, 30, 8, False, "Harbour Clinic leaflet")]
    return make_pdf(
        [
            [
                *head,
                *written(60, 100, [TITLE], 20),
                *written(60, 140, [one], 14, bold=True),
                *written(60, 160, ["Fibre feeds the bacteria of the large bo-", "wel, and they make butyrate of it. [1]"]),
                *written(60, 200, ["Good sources are:"]),
                *written(60, 220, [f"• {item}" for item in ITEMS]),
                (290, 780, 8, False, "Page 1 of 2"),
            ],
            [
                *head,
                *written(60, 100, [two], 14, bold=True),
                *written(60, 120, [second]),
                *frame(60, 160, (120, 120), 20, ROWS),
                *written(60, 260, ["References"], 14, bold=True),
                *written(60, 280, [f"{n}. {text}" for n, text in enumerate(REFERENCES, 1)]),
                (290, 780, 8, False, "Page 2 of 2"),
            ],
        ]
    )  # fmt: skip


def body_html():
    (one, first), (two, second) = PARAGRAPHS.items()
    rows = "".join(
        "<tr>"
        + "".join(f"<{'td' if n else 'th'}>{cell}</{'td' if n else 'th'}>" for cell in row)
        + "</tr>"
        for n, row in enumerate(ROWS)
    )
    return (
        f"<h2>{one}</h2><p>{first} [1]</p><p>Good sources are:</p>"
        f"<ul>{''.join(f'<li>{item}</li>' for item in ITEMS)}</ul>"
        f"<h2>{two}</h2><p>{second}</p><table>{rows}</table>"
        f"<h2>References</h2><ol>{''.join(f'<li>{text}</li>' for text in REFERENCES)}</ol>"
    )


def pack(files, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def article_docx():
    def paragraph(text, style="", extra=""):
        style = f'<w:pStyle w:val="{style}"/>' if style else ""
        return f"<w:p><w:pPr>{style}{extra}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"

    def item(text, number):
        return paragraph(
            text, extra=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        )

    rows = "".join(
        "<w:tr>"
        + ("<w:trPr><w:tblHeader/></w:trPr>" if not n else "")
        + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for n, row in enumerate(ROWS)
    )
    (one, first), (two, second) = PARAGRAPHS.items()
    body = (
        paragraph(TITLE, "Heading1") + paragraph(one, "Heading2") + paragraph(f"{first} [1]")
        + paragraph("Good sources are:") + "".join(item(text, 1) for text in ITEMS)
        + paragraph(two, "Heading2") + paragraph(second) + f"<w:tbl>{rows}</w:tbl>"
        + paragraph("References", "Heading2") + "".join(item(text, 2) for text in REFERENCES)
    )  # fmt: skip
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>'
        for n in (1, 2)
    )
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
        for n, kind in ((1, "bullet"), (2, "decimal"))
    ) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return pack(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="{types}.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="{types}.numbering+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/styles" Target="styles.xml"/><Relationship Id="r2" Type="{relation}/numbering" Target="numbering.xml"/></Relationships>',
            "word/document.xml": f"<w:document {word}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {word}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {word}>{levels}</w:numbering>",
        }
    )


def article_epub():
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>Leaflets</dc:title><dc:creator>Ada Holm</dc:creator><dc:language>en</dc:language>"
        '</metadata><manifest><item id="c" href="cover.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="a" href="text/a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/><itemref idref="n"/><itemref idref="a"/></spine></package>'
    )
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{}</body></html>'
    return pack(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/p.opf"/></rootfiles></container>',
            "OPS/p.opf": package,
            "OPS/cover.xhtml": page.format('<img src="c.png"/>'),
            "OPS/nav.xhtml": page.format("<nav><ol><li>Fibre</li></ol></nav>"),
            "OPS/text/a.xhtml": page.format(f"<h1>{TITLE}</h1>{body_html()}"),
        }
    )


def export_item(content, kind="post", status="publish", locked_by="", number=1):
    return (
        f"<item><title>{TITLE}</title><link>https://clinic.example/fibre-{number}/</link>"
        f"<dc:creator>ada</dc:creator><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[An excerpt.]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>2026-03-01 09:00:00</wp:post_date><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type><wp:post_password>{locked_by}</wp:post_password>"
        '<category domain="language" nicename="en">English</category></item>'
    )


def export_of(*items):
    spaces = " ".join(
        f'xmlns:{name}="http://{name}.example/{name}/"'
        for name in ("wp", "content", "excerpt", "dc")
    )
    author = "<wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Holm</wp:author_display_name></wp:author>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {spaces}><channel>'
        f"<title>Harbour Clinic</title><wp:wxr_version>1.2</wp:wxr_version>{author}{''.join(items)}"
        "</channel></rss>"
    ).encode()


def article_export():
    return export_of(
        export_item(f"[vc_row][vc_column_text]{body_html()}[/vc_column_text][/vc_row]"),
        export_item("<p>Not finished at all yet.</p>", status="draft", number=2),
        export_item("<p>For some eyes only, this is.</p>", locked_by="x", number=3),
        export_item("a picture", kind="attachment", number=4),
    )


def article_jats():
    (one, first), (two, second) = PARAGRAPHS.items()
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in ROWS[1:])
    head = "".join(f"<th>{cell}</th>" for cell in ROWS[0])
    refs = "".join(
        f'<ref id="B{n}"><label>{n}</label><mixed-citation>{text}</mixed-citation></ref>'
        for n, text in enumerate(REFERENCES, 1)
    )
    return f"""<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS.dtd">
<article article-type="review-article" xml:lang="en"><front><journal-meta><journal-title-group>
<journal-title>Gut letters</journal-title></journal-title-group></journal-meta><article-meta>
<article-id pub-id-type="doi">10.1234/gut.5</article-id><title-group><article-title>{TITLE}</article-title>
</title-group><contrib-group><contrib contrib-type="author"><name><surname>Holm</surname>
<given-names>Ada</given-names></name></contrib></contrib-group><pub-date><month>3</month><year>2026</year>
</pub-date></article-meta></front><body><sec><title>{one}</title><p>{first}
<xref ref-type="bibr" rid="B1">[1]</xref></p><p>Good sources are:</p><list list-type="bullet">
{"".join(f"<list-item><p>{item}</p></list-item>" for item in ITEMS)}</list></sec><sec><title>{two}</title>
<p>{second}</p><table-wrap><label>Table 1</label><table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody>
</table></table-wrap></sec></body><back><ref-list>{refs}</ref-list></back></article>""".encode()


FORMATS = {
    "pdf": article_pdf,
    "docx": article_docx,
    "epub": article_epub,
    "wordpress": article_export,
    "jats": article_jats,
    "html": f"<html><body><main><h1>{TITLE}</h1>{body_html()}</main></body></html>".encode,
}


@pytest.fixture(params=FORMATS, scope="module")
def found(request):
    """The same article out of each format."""
    return read(FORMATS[request.param](), source=f"fibre.{request.param}").articles[0]


def texts(article, kind):
    return [article.text[b.start : b.end] for b in article.blocks if b.kind == kind]


def test_structure_is_the_same_out_of_every_format(found):
    assert found.title == TITLE
    assert texts(found, "heading")[1:3] == list(PARAGRAPHS)
    assert [t for t in texts(found, "paragraph") if t != "Good sources are:"] == list(
        PARAGRAPHS.values()
    )
    assert texts(found, "list_item") == list(ITEMS)
    assert texts(found, "table_row") == [" | ".join(row) for row in ROWS[1:]]
    assert next(b.header for b in found.blocks if b.kind == "table_row") == ROWS[0]
    assert [(r.number, r.text) for r in found.references] == list(enumerate(REFERENCES, 1))
    assert found.references[0].pmid == "12345678"
    assert [mark.numbers for mark in found.marks] == [(1,)]


def test_every_quote_is_its_slice_and_no_word_is_lost_or_made_up(found):
    said = " ".join((TITLE, *PARAGRAPHS, *PARAGRAPHS.values(), "Good sources are:", *ITEMS,
                     *(cell for row in ROWS for cell in row), "References", *REFERENCES))  # fmt: skip
    words = re.compile(r"\w+").findall
    assert sorted(words(found.text)) == sorted(words(said))
    for sentence in find_sentences(found):
        quote = found.text[sentence.start : sentence.end]
        assert quote
        assert quote == quote.strip()


def test_what_a_document_says_of_itself():
    word = read(article_export(), source="export.xml")
    (article,) = word.articles
    assert (article.url, article.author) == ("https://clinic.example/fibre-1/", "Ada Holm")
    assert (article.publisher, article.published) == ("Harbour Clinic", "2026-03-01")
    assert [problem.failed for problem in word.problems] == [False, False]
    jats = read(article_jats(), source="a.nxml").articles[0]
    assert (jats.url, jats.author) == ("https://doi.org/10.1234/gut.5", "Ada Holm")
    assert (jats.publisher, jats.published) == ("Gut letters", "2026-03")
    book = read(article_epub(), source="b.epub").articles
    assert [(one.publisher, one.author) for one in book] == [("Leaflets", "Ada Holm")]


def test_blocks_of_a_pdf_know_their_pages_and_running_lines_are_gone():
    article = read(article_pdf(), source="fibre.pdf").articles[0]
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
    page = [*written(60, 100, ["A title that runs over both of the columns"], 20),
            *written(60, 150, LEFT), *written(320, 150, RIGHT)]  # fmt: skip
    article = read(make_pdf([page]), source="two.pdf").articles[0]
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
    article = read(make_pdf([written(60, 100, lines)]), source="h.pdf").articles[0]
    assert "each of the follow-up visits" in article.text


def test_raised_numbers_in_a_pdf_are_reference_marks():
    page = [*written(60, 70, [TITLE], 20),
        *written(60, 100, ["Fibre helps the bowel"]), (156.5, 96, 6, False, "1"),
            *written(60, 130, ["References"], 14, bold=True), *written(60, 150, ["1. Holm A. Gut. 2020."])]  # fmt: skip
    article = read(make_pdf([page]), source="r.pdf").articles[0]
    assert [mark.numbers for mark in article.marks] == [(1,)]


def test_the_classic_editor_s_blank_lines_are_paragraphs():
    content = "First paragraph of the post.\nStill the first one.\n\nA second paragraph.\n\n<ul>\n<li>one</li>\n</ul>"
    (article,) = read(export_of(export_item(content)), source="e.xml").articles
    assert len(texts(article, "paragraph")) == 2
    assert texts(article, "list_item") == ["one"]


BOMB = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><channel>&b;</channel></rss>'
REFUSED = {
    "a scan": (make_pdf([[(10, 10, 500, 700)]]), "is a scanned PDF"),
    "a broken PDF": (b"%PDF-1.4\nnothing", "is a (broken|scanned) PDF"),
    "a broken Word file": (pack({"word/document.xml": "<w:doc", "[Content_Types].xml": "x"}), "is a broken Word file"),
    "a Word file with entities": (
        pack({"word/document.xml": BOMB, "[Content_Types].xml": "x"}), "declares XML entities"),
    "a book without a table of contents": (pack({"META-INF/container.xml": "<a/>"}), "lacks its part"),
    "XML of another kind": (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "is XML of an unknown kind"),
    "a spreadsheet": (pack({"[Content_Types].xml": "x", "xl/a.xml": "x"}), "ZIP, Word or EPUB"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_says_why(data, reason):
    with pytest.raises(SourceError, match=reason):
        read(data, source="file")


def test_entities_are_not_expanded():
    with pytest.raises((UnreadableSource, NotAnArticle)):
        read(BOMB, source="bomb.xml")


@pytest.fixture
def load_zip(tmp_path):
    def run(files, **options):
        path = tmp_path / "all.zip"
        path.write_bytes(pack(files))
        return list(load(str(path), Request(**options)))

    return run


def test_the_files_in_a_zip_are_read_as_if_they_lay_in_a_folder(load_zip):
    found = load_zip(
        {"a/x.md": "# A\n\nText.", "b.docx": article_docx(), ".h.md": "x", "i.png": "x"}
    )
    assert [(one.name, type(one)) for one in found] == [
        ("all.zip/a/x.md", Loaded),
        ("all.zip/b.docx", Loaded),
    ]
    assert found[0].source.endswith("all.zip (a/x.md)")


def test_a_zip_that_floods_is_refused(load_zip):
    (problem,) = load_zip({"a.txt": b" " * 5_000_000})
    assert isinstance(problem, Problem)
    assert "too much for its size" in problem.reason
    (problem,) = load_zip({"inner.zip": pack({"a.md": "x"})})
    assert "is a ZIP in a ZIP" in problem.reason
