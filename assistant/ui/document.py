"""The HTML document that gradio serves, made one that loads nothing from elsewhere.

gradio's own document names other hosts in its metadata, tells nothing of the page's language and
runs inline scripts. Here the metadata goes, language and style sheet come in, and a content
security policy lets exactly these inline scripts run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.api.security import content_security_policy
from assistant.ui.rendering import render

if TYPE_CHECKING:
    from assistant.ui.brand import Brand
    from prompts.texts import Texts

METADATA = re.compile(r"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>\s*", re.DOTALL)
MANIFEST = re.compile(r"<link rel=\"manifest\"[^>]*>\s*")
BASE = re.compile(r"<base [^>]*>\s*")
ASSET = re.compile(r"((?:src|href)=\")\./assets/")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is put into gradio's document to make it a page of ours.

    Attributes:
        language: of the page.
        folder: where gradio stands, such as `/da`.
        head: HTML for the head.
        body: HTML before gradio's own.
    """

    language: str
    folder: str
    head: str
    body: str


def frame_document(html: str, frame: Frame) -> str:
    """What gradio serves, `html`, in a frame."""
    for pattern in (METADATA, MANIFEST, BASE):
        html = pattern.sub("", html)
    html = ASSET.sub(rf"\g<1>{frame.folder}/assets/", html)
    html = html.replace('lang="en"', f'lang="{frame.language}"', 1)
    html = html.replace("</head>", f"{frame.head}</head>", 1)
    return html.replace("<gradio-app", f"{frame.body}<gradio-app", 1)


def frame_patients_page(texts: Texts, brand: Brand, emergency_number: str) -> Frame:
    """The frame of a language's page for patients."""
    head = render(
        "head",
        title=texts["page.title"],
        brand=brand,
        sheets=("page", "paper"),
        metadata={"description": texts.fill("page.can", clinic=brand.name)},
        script="page",
    )
    body = render("waiting", texts=texts, emergency_number=emergency_number)
    return Frame(texts.language, f"/{texts.language}", head, body)


def document_policy(html: str, frame_ancestors: str) -> str:
    """The content security policy that lets the inline scripts of `html` run, and no others."""
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in INLINE_SCRIPT.findall(html)
    ]
    return content_security_policy(frame_ancestors, hashes)
