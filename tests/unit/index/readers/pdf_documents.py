"""PDFs as programs write them, from words and lines at their places."""

# ruff: noqa: E501 - the files that are made here are written as their format has them

import re


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
