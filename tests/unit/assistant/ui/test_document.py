import base64
import hashlib
import re
from importlib import resources

import pytest

from assistant.api import WebSettings
from assistant.ui.brand import make_brand
from assistant.ui.document import document_policy, frame_document, frame_patients_page
from prompts.texts import load_texts


@pytest.fixture(scope="module")
def document():
    template = resources.files("gradio") / "templates/frontend/index.html"
    brand = make_brand(WebSettings(clinic_name="A <b> & B"))
    return frame_document(template.read_text(), frame_patients_page(load_texts("da"), brand, "112"))


def test_the_document_names_no_other_host(document):
    assert re.findall(r"https?://[^\s\"'<]+", document) == []


def test_the_document_has_its_language_and_its_own_style(document):
    assert 'lang="da"' in document
    assert '<link rel="stylesheet" href="/ui/page.css">' in document
    assert "A &lt;b&gt; &amp; B" in document


def test_gradios_assets_are_found_from_any_address(document):
    assert "./assets/" not in document
    assert 'src="/da/assets/index-' in document


def test_each_inline_script_may_run_and_no_other():
    html = (
        '<script>let a = "é";</script><script src="/x.js"></script><script type="module">b</script>'
    )
    policy = document_policy(html, "'self'")
    hashes = re.findall(r"'sha256-([^']+)'", policy)
    expected = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in ('let a = "é";', "b")
    ]
    assert hashes == expected
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
