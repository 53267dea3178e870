import json
from pathlib import Path

import pytest

QUESTION = "How does magnesium help?"
QUOTE = "passing signals between nerves"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WIDE = {"viewport": {"width": 1280, "height": 860}}
# With `--screenshots` each state is looked at in both widths, light and dark.
LOOKS = [
    pytest.param({**WIDE, "color_scheme": "dark", "locale": "da-DK"}, "da", id="wide-dark-da"),
    pytest.param({**PHONE, "color_scheme": "light", "locale": "sv-SE"}, "sv", id="phone-light-sv"),
    pytest.param({**PHONE, "color_scheme": "dark", "locale": "fr-FR"}, "en", id="phone-dark-fr"),
]
HEADINGS = {
    "en": "Questions about the gut and the brain",
    "da": "Spørgsmål om tarmen og hjernen",
    "sv": "Frågor om tarmen och hjärnan",
}
DATES = {"en": "January 2026", "da": "januar 2026", "sv": "januari 2026"}


@pytest.mark.parametrize(("look", "language"), LOOKS)
def test_a_question_is_answered_in_every_look_and_language(visitors, server_url, look, language):
    visitor = visitors(server_url, **look)
    page = visitor.open()
    page.wait_for_selector(".suggestions .ask")
    assert page.evaluate("document.documentElement.lang") == language
    assert page.locator("h1").inner_text() == HEADINGS[language]
    assert page.locator(".foreign-library").count() == (language != "en")
    visitor.check("welcome")

    answer = visitor.ask(QUESTION)
    item = answer.locator(".body li", has_text=QUOTE)
    assert item.count() == 1
    answer.locator("[data-level=detailed]").click()
    assert "absorbed draws in water" in visitor.answer().inner_text()
    assert answer.locator(".level-note").is_visible()

    item.locator(".chip").click()
    panel = page.locator("#panel")
    assert panel.locator("mark").inner_text() == QUOTE
    assert panel.locator(".card-title").inner_text().startswith("Magnesium")
    assert DATES[language] in panel.locator(".facts").inner_text()
    visitor.check("source")
    page.keyboard.press("Escape")

    refusal = visitor.ask("What is the capital of France?")
    assert refusal.locator(".abstain h3").is_visible()
    assert refusal.locator(".body .chip").count() == 0
    for word in ("privacy", "delete"):
        page.locator(f"[data-action={word}]").click()
        assert page.locator("dialog.word[open] h2").is_visible()
        visitor.check(word)
        page.keyboard.press("Escape")
    visitor.check("abstention")


def test_the_whole_way_by_keyboard(visitor):
    page = visitor.open()
    focused = "document.activeElement"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.tagName") == "TEXTAREA"
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    visitor.answer()
    assert page.evaluate(f"{focused}.tagName") == "TEXTAREA"
    page.wait_for_function(
        f"document.querySelector('#announcer').textContent.includes({json.dumps(QUOTE)})"
    )

    while page.evaluate(f"{focused}.className") != "chip":
        page.keyboard.press("Shift+Tab")
    tooltip = page.locator("#tooltip")
    assert tooltip.is_visible()
    quote = tooltip.inner_text()
    page.evaluate("document.dispatchEvent(new Event('scroll'))")  # as focus scrolls it into view
    assert tooltip.is_visible()
    page.keyboard.press("Escape")
    assert tooltip.is_hidden()

    label = page.evaluate(f"{focused}.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    assert page.locator("#panel mark").inner_text() == quote
    assert page.evaluate(f"{focused}.id") == "panel-heading"
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert page.evaluate(f"{focused}.getAttribute('aria-label')") == label


def test_a_quote_is_shown_on_hover_and_marked_in_its_article(visitor):
    page = visitor.open()
    chip = visitor.ask(QUESTION).locator(".body li", has_text=QUOTE).locator(".chip")
    chip.hover()
    page.wait_for_selector("#tooltip:not([hidden])")
    assert page.locator("#tooltip").inner_text() == QUOTE
    chip.click()
    link = page.locator("#panel .open-article")
    assert link.get_attribute("href").startswith("/articles/magnesium")
    assert link.get_attribute("rel") == "noopener noreferrer"
    with visitor.context.expect_page() as opened:
        link.click()
    article = opened.value
    article.wait_for_load_state()
    assert article.locator("mark").inner_text() == QUOTE
    assert article.locator("h1").inner_text().startswith("Magnesium")
    assert visitor.violations(article) == []


def test_a_suggested_question_is_answered_and_the_answer_copied(visitor):
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open()
    suggestion = page.locator(".suggestions .ask").first
    question = suggestion.inner_text()
    suggestion.click()
    answer = visitor.answer()
    assert page.locator(".turn .asked-words").inner_text() == question
    assert answer.get_attribute("data-kind") == "answer"
    assert page.locator(".suggestions").is_hidden()
    answer.get_by_role("button", name="Copy").click()
    answer.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(question)
    assert "Sources:\n[1] " in copied


def test_a_conversation_outlives_a_reload_and_a_language_but_not_its_deletion(visitor):
    page = visitor.open()
    visitor.ask(QUESTION)
    neighbour = visitor.open(page=visitor.context.new_page())
    assert neighbour.locator(".turn").count() == 0
    page.reload()
    page.wait_for_selector(".turn .chip")
    page.get_by_role("link", name="Dansk").click()
    page.wait_for_url("**/da/")
    page.wait_for_selector("body[data-mounted]")
    assert page.locator("#send").inner_text() == "Spørg"
    assert page.locator(".turn .asked-words").inner_text() == QUESTION

    page.locator("#clear").click()
    page.get_by_role("button", name="Behold").click()
    assert page.locator(".turn").count() == 1
    page.locator("#clear").click()
    page.locator("#deletion").get_by_role("button", name="Slet").click()
    page.locator(".turn").wait_for(state="detached")
    assert page.locator(".suggestions").is_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_the_conversation_can_be_taken_along(visitor):
    page = visitor.open()
    visitor.ask(QUESTION)
    visitor.ask("How much does a gastroscopy cost?")
    with page.expect_download() as saving:
        page.locator("[data-action=save]").click()
    file = Path(saving.value.path()).read_text()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#page").is_hidden()
    printed = page.locator("body > .paper").inner_text()
    for words in (QUESTION, f"{QUOTE} [", "The articles don’t state a price.", "January 2026"):
        assert words in printed
        assert words in file
    assert "<script" not in file
    assert "<button" not in file


def test_markup_in_a_question_stays_text(visitor):
    page = visitor.open()
    words = "<img src=x onerror=alert(1)> ${7*7} {{7*7}} **magnesium** [1]"
    visitor.ask(words)
    assert page.locator(".asked-words").inner_text() == words
    assert page.locator("#conversation img").count() == 0


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_cut_off_on_a_small_or_magnified_page(visitors, server_url, width):
    page = visitors(server_url, viewport={"width": width, "height": 430}).open()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    field = page.locator("#question textarea")
    before = field.bounding_box()["height"]
    field.press_sequentially(QUESTION)
    for _ in range(3):
        field.press("Shift+Enter")
    assert field.input_value() == f"{QUESTION}\n\n\n"
    assert field.bounding_box()["height"] > before * 1.5, "the field does not grow"
    assert page.locator(".turn").count() == 0
    page.locator("#send").click()
    page.wait_for_selector(".turn .chip")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_only_the_inline_scripts_of_the_document_may_run(visitor):
    page = visitor.open()
    page.evaluate(
        """() => { const script = document.createElement("script");
                   script.textContent = "window.injected = true"; document.body.append(script); }"""
    )
    assert page.evaluate("window.injected") is None
    assert len(visitor.errors) == 1
    assert "Content Security Policy" in visitor.errors.pop()


def test_a_browser_without_scripts_is_told_the_emergency_number(chromium, server_url):
    context = chromium.new_context(java_script_enabled=False, locale="da")
    page = context.new_page()
    page.goto(server_url)
    assert "ring 112" in page.locator("body").inner_text()
    context.close()


def test_the_pages_files_name_no_other_host():
    static = Path(__file__).parents[2] / "assistant/ui/static"
    hosts = [
        line
        for file in static.iterdir()
        for line in file.read_text().splitlines()
        if "://" in line and "http://www.w3.org/2000/svg" not in line
    ]
    assert hosts == []
