"""The chat on a clinic's own page, which comes from another origin."""

import pytest

PASSAGE = "Magnesium calms the stress axis."


@pytest.mark.parametrize(
    "viewport",
    [{"width": 1280, "height": 860}, {"width": 390, "height": 844}],
    ids=["wide", "phone"],
)
def test_a_launcher_opens_the_chat_and_gives_the_focus_back(
    visitors, served, clinic_site, viewport
):
    visitor = visitors(clinic_site.origin, viewport=viewport)
    visitor.also = (served.url,)
    page = visitor.page
    page.goto(f"{clinic_site.origin}/?home={served.url}")
    launch = page.locator("#gutbrain-chat .launch")
    assert launch.inner_text() == "Stil et spørgsmål", "the page's own language"
    assert [rule for rule in visitor.violations() if "#gutbrain-chat" in str(rule)] == []
    styles = "e => [getComputedStyle(e).textTransform, getComputedStyle(e).letterSpacing]"
    assert launch.evaluate(styles) == ["none", "normal"], "the theme's styles leak in"
    theme = page.get_by_role("button", name="Temaets knap")
    assert theme.evaluate("e => getComputedStyle(e).color") == "rgb(0, 255, 0)", "ours leak out"

    width = page.evaluate("document.documentElement.scrollWidth")
    launch.press("Enter")
    chat = page.frame_locator("#gutbrain-chat iframe")
    chat.locator("body[data-mounted]").wait_for(timeout=60_000)
    assert chat.locator("html").get_attribute("lang") == "da"
    field = chat.locator("#question textarea")
    field.fill("plain thing")
    field.press("Enter")
    chat.get_by_text(PASSAGE).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == width

    field.press("Escape")
    page.locator("#gutbrain-chat dialog").wait_for(state="hidden")
    focused = "document.querySelector('#gutbrain-chat').shadowRoot.activeElement?.className"
    page.wait_for_function(f"{focused} === 'launch'")


def test_a_stranger_gets_neither_launcher_nor_frame(visitors, served, clinic_site):
    visitor = visitors(clinic_site.stranger)
    visitor.also = (served.url,)
    page = visitor.page
    page.goto(f"{clinic_site.stranger}/?home={served.url}")
    page.wait_for_function("document.readyState === 'complete'")
    assert page.locator("#gutbrain-chat").count() == 0
    [warning] = visitor.errors
    assert f"add {clinic_site.stranger} to GUTBRAIN_EMBED_ORIGINS" in warning
    frame = "u => document.body.append(Object.assign(document.createElement('iframe'), {src: u}))"
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.evaluate(frame, f"{served.url}/en/")
    visitor.errors.clear()
