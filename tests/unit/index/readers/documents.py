"""One article as a file of every format that is read, made as other programs make them.

An article is a title and its parts in order: `("heading", words)`, `("paragraph", words)`,
`("list", items)`, `("table", rows)` with the header as first row, and `("references", entries)`.
"""

# ruff: noqa: E501 - the files that are made here are written as their formats have them

import importlib.util
import io
import json
import re
import textwrap
import zipfile
from html import escape
from pathlib import Path

spec = importlib.util.spec_from_file_location(
    "pdf_documents", Path(__file__).with_name("pdf_documents.py")
)
pdf_documents = importlib.util.module_from_spec(spec)
spec.loader.exec_module(pdf_documents)
make_pdf, written, frame = pdf_documents.make_pdf, pdf_documents.written, pdf_documents.frame

PARAGRAPHS = {
    "What fibre does": "Fibre feeds the bacteria of the large bowel, and they make butyrate of it.",
    "How much is enough": "Adults in one trial ate thirty grams a day, and most of them felt well.",
}
ITEMS = ("Oats and rye bread", "Beans and lentils", "Onions, leeks and garlic")
ROWS = (("Food", "Fibre per 100 g"), ("Oats", "10 g"), ("Beans", "7 g"))
REFERENCES = ("Holm A. Fibre and the gut. Gut. 2020. PMID: 12345678", "Berg B. Oats. Diet. 2021.")
TITLE = "Fibre and the gut"
(_ONE, _FIRST), (_TWO, _SECOND) = PARAGRAPHS.items()
FIBRE = (
    TITLE,
    (
        ("heading", _ONE),
        ("paragraph", f"{_FIRST} [1]"),
        ("paragraph", "Good sources are:"),
        ("list", ITEMS),
        ("heading", _TWO),
        ("paragraph", _SECOND),
        ("table", ROWS),
        ("references", REFERENCES),
    ),
)


def words_of(article):
    """All words of an article, marks left out."""
    title, parts = article
    said = [title]
    for kind, content in parts:
        said += ["References"] if kind == "references" else []
        for one in [content] if isinstance(content, str) else content:
            said += [one] if isinstance(one, str) else one
    return re.findall(r"\w+", re.sub(r"\s*\[\d+\]", "", " ".join(said)))


def article_pdf(article=FIBRE, new_page_at=None):
    """Pages with a running head and a page number."""
    title, parts = article
    drawn = [(40, written(60, 0, [title], 20))]
    for kind, content in parts:
        if kind == "heading":
            drawn += [(10_000, [])] if content == new_page_at else []
            drawn.append((30, written(60, 14, [content], 14, bold=True)))
        elif kind == "paragraph":
            lines = textwrap.wrap(content, 88, break_on_hyphens=False)
            drawn.append((12 * len(lines) + 14, written(60, 0, lines)))
        elif kind == "list":
            lines = [line for item in content for line in _hanging(f"\u2022 {item}")]
            drawn.append((12 * len(lines) + 14, written(60, 0, lines)))
        elif kind == "table":
            widths = [8 + 5.6 * max(len(row[i]) for row in content) for i in range(len(content[0]))]
            drawn.append((20 * len(content) + 18, frame(60, 0, widths, 20, content)))
        else:
            lines = [
                line for n, entry in enumerate(content, 1) for line in _hanging(f"{n}. {entry}")
            ]
            drawn.append((30, written(60, 14, ["References"], 14, bold=True)))
            drawn.append((12 * len(lines) + 14, written(60, 0, lines)))
    return make_pdf(list(_pages(drawn)))


def _hanging(text):
    return textwrap.wrap(text, 86, break_on_hyphens=False, subsequent_indent="   ")


def _pages(drawn):
    """Parts below each other, a new page where one does not fit."""
    page, top, number = [], 90, 1
    for height, marks in [*drawn, (10_000, [])]:
        if top + height > 750:
            yield [
                (60, 30, 8, False, "Harbour Clinic leaflet"),
                *page,
                (290, 780, 8, False, f"Page {number}"),
            ]
            page, top, number = [], 90, number + 1
        page += [_moved(mark, top) for mark in marks]
        top += height if marks else 0


def _moved(mark, down):
    if len(mark) == 4:
        return (mark[0], mark[1] + down, mark[2], mark[3] + down)
    return (mark[0], mark[1] + down, *mark[2:])


def body_html(article=FIBRE):
    """The parts as HTML, well-formed XML."""
    made = []
    for kind, content in article[1]:
        if kind == "heading":
            made.append(f"<h2>{escape(content)}</h2>")
        elif kind == "paragraph":
            made.append(f"<p>{escape(content)}</p>")
        elif kind == "list":
            made.append(f"<ul>{_each('li', content)}</ul>")
        elif kind == "table":
            rows = [_each("td" if n else "th", row) for n, row in enumerate(content)]
            made.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        else:
            made.append(f"<h2>References</h2><ol>{_each('li', content)}</ol>")
    return "".join(made)


def _each(tag, texts):
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)


def article_html(article=FIBRE):
    return f"<html><body><main><h1>{escape(article[0])}</h1>{body_html(article)}</main></body></html>".encode()


def article_wordpress(article=FIBRE):
    """A post as the REST API gives it."""
    post = {
        "id": 1,
        "link": "https://clinic.example/fibre/",
        "status": "publish",
        "title": {"rendered": escape(article[0])},
        "content": {"rendered": body_html(article), "protected": False},
    }
    return json.dumps([post]).encode()


def article_markdown(article=FIBRE):
    made = [f"# {article[0]}"]
    for kind, content in article[1]:
        if kind in {"heading", "paragraph"}:
            made.append(f"## {content}" if kind == "heading" else content)
        elif kind == "list":
            made.append("\n".join(f"- {item}" for item in content))
        elif kind == "table":
            head, *rows = content
            lines = [head, ["---"] * len(head), *rows]
            made.append("\n".join(f"| {' | '.join(row)} |" for row in lines))
        else:
            entries = "\n".join(f"{n}. {entry}" for n, entry in enumerate(content, 1))
            made += ["## References", entries]
    return "\n\n".join(made).encode()


def article_text(article=FIBRE):
    made = [article[0]]
    for kind, content in article[1]:
        if kind == "heading":
            made.append(f"{content}\n{'=' * len(content)}")
        elif kind == "paragraph":
            made.append(content)
        elif kind == "list":
            made.append("\n".join(f"- {item}" for item in content))
        elif kind == "table":
            made.append("\n".join(" | ".join(row) for row in content))
        else:
            made += [
                "References\n==========",
                "\n".join(f"[{n}] {entry}" for n, entry in enumerate(content, 1)),
            ]
    return "\n\n".join(made).encode()


def pack(files, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def article_docx(article=FIBRE):
    def paragraph(text, style="", extra=""):
        style = f'<w:pStyle w:val="{style}"/>' if style else ""
        return f"<w:p><w:pPr>{style}{extra}</w:pPr><w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"

    def item(text, number):
        return paragraph(
            text, extra=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        )

    def table(rows):
        lines = (
            ("" if n else "<w:trPr><w:tblHeader/></w:trPr>")
            + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row)
            for n, row in enumerate(rows)
        )
        return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"

    made = [paragraph(article[0], "Heading1")]
    for kind, content in article[1]:
        if kind in {"heading", "paragraph"}:
            made.append(paragraph(content, "Heading2" if kind == "heading" else ""))
        elif kind == "table":
            made.append(table(content))
        else:
            made += [paragraph("References", "Heading2")] if kind == "references" else []
            made += [item(one, 1 if kind == "list" else 2) for one in content]
    body = "".join(made)
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


def article_epub(article=FIBRE):
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
            "OPS/text/a.xhtml": page.format(f"<h1>{escape(article[0])}</h1>{body_html(article)}"),
        }
    )


def export_item(content, title, kind="post", status="publish", locked_by="", number=1):
    return (
        f"<item><title>{escape(title)}</title><link>https://clinic.example/fibre-{number}/</link>"
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


def article_export(article=FIBRE):
    title = article[0]
    return export_of(
        export_item(
            f"[vc_row][vc_column_text]{body_html(article)}[/vc_column_text][/vc_row]", title
        ),
        export_item("<p>Not finished at all yet.</p>", title, status="draft", number=2),
        export_item("<p>For some eyes only, this is.</p>", title, locked_by="x", number=3),
        export_item("a picture", title, kind="attachment", number=4),
    )


def article_jats(article=FIBRE):
    title, parts = article
    made, refs, is_open = [], "", False
    for kind, content in parts:
        if kind == "heading":
            made.append(f"{'</sec>' if is_open else ''}<sec><title>{escape(content)}</title>")
            is_open = True
        elif kind == "paragraph":
            mark = r'<xref ref-type="bibr" rid="B\1">[\1]</xref>'
            text = re.sub(r"\[(\d+)\]", mark, escape(content))
            made.append(f"<p>{text}</p>")
        elif kind == "list":
            items = "".join(f"<list-item><p>{escape(item)}</p></list-item>" for item in content)
            made.append(f'<list list-type="bullet">{items}</list>')
        elif kind == "table":
            cells = "".join(f"<tr>{_each('td', row)}</tr>" for row in content[1:])
            made.append(
                f"<table-wrap><label>Table 1</label><table><thead><tr>{_each('th', content[0])}</tr></thead><tbody>{cells}</tbody></table></table-wrap>"
            )
        else:
            refs = "".join(
                f'<ref id="B{n}"><label>{n}</label><mixed-citation>{escape(text)}</mixed-citation></ref>'
                for n, text in enumerate(content, 1)
            )
    body = "".join(made) + ("</sec>" if is_open else "")
    return f"""<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.2//EN" "JATS.dtd">
<article article-type="review-article" xml:lang="en"><front><journal-meta><journal-title-group>
<journal-title>Gut letters</journal-title></journal-title-group></journal-meta><article-meta>
<article-id pub-id-type="doi">10.1234/gut.5</article-id><title-group><article-title>{escape(title)}</article-title>
</title-group><contrib-group><contrib contrib-type="author"><name><surname>Holm</surname>
<given-names>Ada</given-names></name></contrib></contrib-group><pub-date><month>3</month><year>2026</year>
</pub-date></article-meta></front><body>{body}</body><back><ref-list>{refs}</ref-list></back></article>""".encode()


def article_zip(article=FIBRE):
    """The files in it are read one by one, as sources are."""
    return pack({"leaflets/fibre.md": article_markdown(article)})


FORMATS = {
    "pdf": article_pdf,
    "docx": article_docx,
    "epub": article_epub,
    "export": article_export,
    "jats": article_jats,
    "html": article_html,
    "wordpress": article_wordpress,
    "markdown": article_markdown,
    "text": article_text,
    "zip": article_zip,
}
