from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from assistant.answer import Answer, CitedReference, Source
from assistant.api import WebSettings
from assistant.ui.phones import open_phone_book
from assistant.ui.rendering import (
    open_answer_templates,
    render_answer,
    render_welcome,
    templates,
)
from prompts.texts import load_texts

ENGLISH = load_texts("en")
PHONES = open_phone_book(WebSettings(country="DK"))
ATTACK = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>{{7*7}}${7*7}"


def parse(answer, *, complete=True):
    return LexborHTMLParser(render_answer(answer, ENGLISH, PHONES, complete=complete))


def test_lists_are_lists_and_markers_are_buttons(answer):
    page = parse(answer)
    assert page.css_first(".body p").text() == "It helps because it:"
    chip = page.css_first(".body li .chip")
    assert chip.text() == "1"
    assert chip.attributes["aria-label"] == "Source 1: Magnesium & sleep"


def test_each_source_has_a_card_with_its_quote(answer):
    html = render_answer(answer, ENGLISH, PHONES, complete=True)
    assert 'data-card="1" data-quote="calms the stress axis"' in html
    assert "<mark>calms the stress axis</mark>" in html


def test_links_to_elsewhere_open_apart_and_tell_nothing(answer):
    html = render_answer(answer, ENGLISH, PHONES, complete=True)
    assert html.count('target="_blank"') == html.count('rel="noopener noreferrer"') == 3


def test_a_streamed_answer_has_no_actions_yet(answer):
    page = parse(answer, complete=False)
    assert page.css_first(".actions") is None
    assert page.css_first(".asks") is None


def test_an_abstention_has_its_own_look_and_cites_nothing(abstention):
    page = parse(abstention)
    assert page.css_first(".abstain") is not None
    assert page.css_first(".abstain h3").text() == "Not found in our articles"
    assert page.css(".chip") == []
    assert page.css_first('.sources-related [data-source="r1"]') is not None


def test_an_emergency_can_be_called_with_one_touch(emergency):
    page = parse(emergency)
    assert page.css_first(".care-emergency h3").text() == "Call for help now"
    call = page.css_first(".care-emergency .call")
    assert (call.text(), call.attributes["href"]) == ("Call 112", "tel:112")
    assert page.css_first(".body") is None


def test_what_else_is_to_be_known_stands_outside_the_guidance(answer):
    urgent = replace(answer, urgency="urgent", notice="See a doctor.\nCall 1813.\n\nNo new pills.")
    page = parse(urgent)
    assert "No new pills." not in page.css_first(".care").text()
    assert page.css_first(".notice").text(strip=True) == "No new pills."


@pytest.mark.parametrize(
    ("languages", "told"), [(("en",), True), (("en", "da"), False), ((), False)]
)
def test_a_library_in_another_language_is_told(languages, told):
    html = render_welcome(load_texts("da"), ("What is it?",), languages, preparing=False)
    page = LexborHTMLParser(html)
    assert (page.css_first(".foreign-library") is not None) == told
    assert page.css_first(".ask").attributes["lang"] == ("en" if told else "da")


def test_on_paper_every_source_is_written_out(answer):
    html = render_answer(answer, ENGLISH, PHONES, complete=True)
    paper = html.split("<template data-paper>")[1].split("</template>")[0]
    assert "<button" not in paper
    assert "calms the stress axis [1]" in paper
    for part in ("June 2026", "https://pubmed.ncbi.nlm.nih.gov/12345678/", "meta-analysis"):
        assert part in paper


def test_urgent_guidance_stands_above_the_answer(answer):
    urgent = replace(answer, urgency="urgent", notice="Call 1813 today.")
    html = render_answer(urgent, ENGLISH, PHONES, complete=True)
    assert 0 < html.index("care-urgent") < html.index("It helps because")
    assert 'href="tel:1813"' in html
    assert 'class="notice"' not in html


def test_a_table_is_a_table_on_the_page_and_lines_in_what_is_copied(answer):
    text = "| | Men | Women |\n| --- | --- | --- |\n| Oats | 40 g | 30 g [1] |"
    html = render_answer(replace(answer, text=text), ENGLISH, PHONES, complete=True)
    [table] = LexborHTMLParser(html).css(".body table")
    assert [cell.text() for cell in table.css("th[scope=col]")] == ["Men", "Women"]
    assert [cell.text().strip() for cell in table.css("th[scope=row]")] == ["Oats"]
    assert table.css("td[data-name=Women] button.chip")
    assert "- Oats – Men: 40 g; Women: 30 g [1]" in html


def test_choices_can_be_picked(answer):
    vague = replace(answer, kind="abstain", text="Which?", sources=(), choices=("A?", "B?"))
    page = parse(vague)
    assert [b.attributes["data-ask"] for b in page.css(".asks-choices .ask")] == ["A?", "B?"]
    assert page.css_first(".abstain") is None


def test_the_plain_answer_holds_the_sources(answer):
    html = render_answer(answer, ENGLISH, PHONES, complete=True)
    plain = html.split("<template data-plain>")[1].split("</template>")[0]
    assert "[1] Magnesium &amp; sleep. Sample Clinic · June 2026. https://clinic.dk" in plain


def hostile(words: str) -> Answer:
    source = Source(
        1, words, words, f"javascript:{words}", words, words, words, words, (words,), words,
        5, 5 + len(words), words, 5, f"javascript:{words}",
        (CitedReference(1, words, words, words, f"data:{words}", words),), words, True, words,
    )  # fmt: skip
    return Answer(
        words, words, "answer", "none", f"{words} [1]", sources=(source,),
        related=(replace(source, n=None),), follow_ups=(words,), choices=(words,), notice=words,
    )  # fmt: skip


@pytest.mark.parametrize("words", [ATTACK, "</template><script>alert(1)</script>", "'\"`<>&"])
def test_nothing_of_an_article_or_a_question_becomes_markup(words):
    answer = replace(
        hostile(words),
        sources=tuple(
            replace(
                source,
                references=tuple(replace(r, check="unchecked") for r in source.references),
            )
            for source in hostile(words).sources
        ),
        related=(),
    )
    harmless = replace(answer, text="words [1]")
    page = LexborHTMLParser(render_answer(answer, ENGLISH, PHONES, complete=True))
    assert page.css("script, img, iframe, object, style") == []
    assert [
        name for node in page.css("*") for name in node.attributes if name.startswith("on")
    ] == []
    assert [
        a
        for a in page.css("a")
        if not a.attributes["href"].startswith(("https://", "tel:", "/articles/"))
    ] == []
    assert len(page.css("button")) == len(
        LexborHTMLParser(render_answer(harmless, ENGLISH, PHONES, complete=True)).css("button")
    )


@given(st.text(max_size=60))
def test_the_question_is_kept_letter_by_letter_and_only_as_text(words):
    html = render_welcome(ENGLISH, (words,), preparing=False)
    [button] = LexborHTMLParser(html).css("button")
    assert button.attributes.keys() == {"type", "class", "data-ask", "lang"}


def test_the_start_says_that_questions_leave_the_clinic_and_only_then():
    said = ENGLISH["welcome.hosted"]
    assert said in render_welcome(ENGLISH, (), preparing=False, hosted=True)
    assert said not in render_welcome(ENGLISH, (), preparing=False)


def test_all_that_an_answer_is_drawn_with_can_be_opened_before(answer):
    templates.cache_clear()
    open_answer_templates()
    opened = len(templates().cache)
    render_answer(answer, ENGLISH, PHONES, complete=True)
    assert len(templates().cache) == opened
