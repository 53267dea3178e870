"""The patients' page in one language.

gradio reads the annotations of the functions that it calls, so they are not deferred here.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import gradio as gr

from assistant.api.provider import AssistantProvider
from assistant.generation import asks_elsewhere, is_recorded_outside
from assistant.ui.brand import Brand
from assistant.ui.forgetting import make_forgetter
from assistant.ui.phones import PhoneBook
from assistant.ui.rendering import render, render_welcome
from assistant.ui.turns import Turn, answer_turn
from prompts.texts import Texts

# Runs once the component is on the page. The script draws each turn that comes as a value into
# the log, so the template itself never changes and gradio leaves the log alone.
ON_LOAD = """
import("{script}").then(({{ mount }}) => mount({{
  element, language: props.language, texts: props.texts,
  ask: (request) => trigger("ask", request),
  onTurn: (draw) => watch("value", () => draw(props.value)),
}}));
"""
SCRIPT_TEXTS = (
    "answer.question",
    "answer.searching",
    "answer.stopped",
    "answer.lost",
    "answer.too_many",
    "answer.retry",
    "answer.copied",
    "answer.copy",
    "answer.copy_failed",
    "answer.cleared",
    "feedback.thanks",
    "feedback.failed",
    "sources.panel",
    "sources.panel_numbered",
    "sources.related",
)
SUGGESTIONS_PATIENCE_SECONDS = 120


def create_patients_page(
    provider: AssistantProvider,
    texts: Texts,
    phones: PhoneBook,
    brand: Brand,
    languages: Sequence[tuple[str, str, str]],
) -> gr.Blocks:
    """The page; `languages` are the code, own name and address of every language's page."""
    settings = provider.settings
    page: gr.Blocks
    with gr.Blocks(
        title=f"{texts['page.title']} – {brand.name}",
        analytics_enabled=False,
        fill_width=True,
    ) as page:
        with gr.Column(elem_id="page"):
            header = render(
                "header",
                texts=texts,
                phones=phones,
                brand=brand,
                languages=languages,
            )
            _create_text("header", header)
            welcome = _create_text("welcome", render_welcome(texts, (), preparing=True))
            conversation = gr.HTML(
                None,
                html_template=render("conversation", texts=texts, brand=brand),
                apply_default_css=False,
                js_on_load=ON_LOAD.format(script="/ui/page.js"),
                elem_id="conversation",
                language=texts.language,
                texts={key: texts[key] for key in SCRIPT_TEXTS},
            )
            composer = _create_composer(texts, settings.max_question_characters)
        asked = conversation.ask(
            _answerer(provider, texts, phones),
            outputs=conversation,
            show_progress="hidden",
            trigger_mode="multiple",
            concurrency_limit=settings.max_concurrent_answers,
            api_visibility="private",
        )
        _bind_composer(composer, asked)
        page.load(
            _welcomer(provider, texts),
            outputs=welcome,
            show_progress="hidden",
            api_visibility="private",
            concurrency_limit=None,
        )
        page.unload(make_forgetter(page))
    return page


def _create_text(elem_id: str, html: str) -> gr.HTML:
    return gr.HTML(html, apply_default_css=False, js_on_load=None, elem_id=elem_id)


def _create_composer(texts: Texts, max_characters: int) -> dict[str, Any]:
    with gr.Column(elem_id="dock"):
        with gr.Row(elem_id="composer"):
            question = gr.Textbox(
                label=texts["composer.label"],
                show_label=False,
                container=False,
                placeholder=texts["composer.placeholder"],
                lines=1,
                max_lines=8,
                max_length=max_characters,
                elem_id="question",
                scale=1,
            )
            send = gr.Button(texts["composer.send"], variant="primary", elem_id="send", scale=0)
            stop = gr.Button(texts["composer.stop"], elem_id="stop", scale=0)
        _create_text("footer", render("footer", texts=texts))
    return {"question": question, "send": send, "stop": stop}


def _bind_composer(composer: dict[str, Any], asked: Any) -> None:
    question = composer["question"]
    submit = "(text) => window.gutbrain.submit(text)"
    browser_only = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    for event in (question.submit, composer["send"].click):
        event(None, inputs=question, outputs=question, js=submit, **browser_only)
    composer["stop"].click(None, cancels=asked, js="() => window.gutbrain.stop()", **browser_only)


def _answerer(
    provider: AssistantProvider, texts: Texts, phones: PhoneBook
) -> Callable[[gr.EventData], Iterator[Turn]]:
    def answer(event: gr.EventData) -> Iterator[Turn]:
        yield from answer_turn(provider, texts, phones, event._data)  # noqa: SLF001 - gradio's way

    return answer


def _welcomer(provider: AssistantProvider, texts: Texts) -> Callable[[], str]:
    def welcome() -> str:
        suggestions = provider.suggestions(texts.language, SUGGESTIONS_PATIENCE_SECONDS)
        keeping = provider.records.keeping
        return render_welcome(
            texts,
            suggestions,
            provider.article_languages(),
            preparing=False,
            feedback=keeping.feedback,
            kept_days=keeping.days if keeping.unanswered or keeping.conversations else None,
            hosted=asks_elsewhere(provider.settings),
            recorded=is_recorded_outside(provider.settings),
        )

    return welcome
