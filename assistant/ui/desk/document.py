"""The HTML document of the desk: gradio's own, with the desk's frame and nothing from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from assistant.ui.desk.events import STAFF_TEXTS
from assistant.ui.document import ASSET, BASE, MANIFEST, METADATA
from assistant.ui.rendering import render
from prompts.texts import load_texts

if TYPE_CHECKING:
    from assistant.records.entries import Role
    from assistant.ui.brand import Brand
    from assistant.ui.desk.events import Desk
    from assistant.ui.desk.viewers import Viewer

TABS: tuple[tuple[str, Role], ...] = (
    ("answer", "staff"),
    ("inbox", "staff"),
    ("library", "staff"),
    ("quality", "staff"),
    ("settings", "staff"),
)
"""The tabs from left to right, and the role that sees each."""

HEAD = """<title>{title}</title>
<link rel="icon" href="/ui/icon.svg" type="image/svg+xml">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<link rel="stylesheet" href="/ui/page.css">
<link rel="stylesheet" href="/ui/desk.css">
<link rel="modulepreload" href="/ui/desk.js">
<style>:root {{ {style} }}</style>
</head>"""


def rewrite_desk_document(
    html: str, language: str, viewer: Viewer, desk: Desk, brand: Brand
) -> str:
    """What gradio serves as the desk, with the frame for this viewer in this language."""
    texts = load_texts(language, STAFF_TEXTS)
    for pattern in (METADATA, MANIFEST, BASE):
        html = pattern.sub("", html)
    html = ASSET.sub(r"\g<1>/staff/assets/", html)
    html = html.replace('lang="en"', f'lang="{language}"', 1)
    title = escape(f"{texts['frame.title']} – {brand.name}")
    html = html.replace("</head>", HEAD.format(title=title, style=brand.style), 1)
    frame = render(
        "desk/frame",
        texts=texts,
        page_texts=load_texts(language),
        brand=brand,
        viewer=viewer,
        tabs=[name for name, role in TABS if viewer.may(role)],
        languages=desk.settings.languages,
        names={code: load_texts(code)["page.language_name"] for code in desk.settings.languages},
    )
    return html.replace("<gradio-app", f"{frame}<gradio-app", 1)
