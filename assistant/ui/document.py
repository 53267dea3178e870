"""The HTML document that gradio serves, made one that loads nothing from elsewhere.

gradio's own document names other hosts in its metadata, tells nothing of the page's language and
runs inline scripts. Here the metadata goes, language and style sheet come in, and a content
security policy lets exactly these inline scripts run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from typing import TYPE_CHECKING

from assistant.api.security import content_security_policy

if TYPE_CHECKING:
    from assistant.ui.brand import Brand
    from prompts.texts import Texts

METADATA = re.compile(r"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>\s*", re.DOTALL)
MANIFEST = re.compile(r"<link rel=\"manifest\"[^>]*>\s*")
BASE = re.compile(r"<base [^>]*>\s*")
ASSET = re.compile(r"((?:src|href)=\")\./assets/")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)

HEAD = """<title>{title}</title>
<link rel="icon" href="/ui/icon.svg" type="image/svg+xml">
<meta name="color-scheme" content="light dark">
<meta name="description" content="{description}">
<link rel="stylesheet" href="/ui/page.css">
<link rel="stylesheet" href="/ui/paper.css">
<link rel="modulepreload" href="/ui/page.js">
<style>:root {{ {style} }}</style>
</head>"""
LOADING = """<noscript><p class="no-script">{no_script}</p></noscript>
<p id="loading" role="status">{loading}</p>
<gradio-app"""


def rewrite_document(html: str, texts: Texts, brand: Brand, emergency_number: str) -> str:
    """What gradio serves for a language, `html`, as the document of that language's page."""
    for pattern in (METADATA, MANIFEST, BASE):
        html = pattern.sub("", html)
    html = ASSET.sub(rf"\g<1>/{texts.language}/assets/", html)
    html = html.replace('lang="en"', f'lang="{texts.language}"', 1)
    head = HEAD.format(
        title=escape(f"{texts['page.title']} – {brand.name}"),
        description=escape(texts.fill("page.can", clinic=brand.name)),
        style=brand.style,
    )
    html = html.replace("</head>", head, 1)
    no_script = texts.fill("page.no_script", number=emergency_number)
    loading = LOADING.format(no_script=escape(no_script), loading=escape(texts["page.loading"]))
    return html.replace("<gradio-app", loading, 1)


def document_policy(html: str, frame_ancestors: str) -> str:
    """The content security policy that lets the inline scripts of `html` run, and no others."""
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in INLINE_SCRIPT.findall(html)
    ]
    return content_security_policy(frame_ancestors, hashes)
