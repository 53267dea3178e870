"""The staff desk's page: one gradio component that the tabs are drawn into.

gradio reads the annotations of the functions that it calls, so they are not deferred here.
"""

from collections.abc import Callable, Iterator

import gradio as gr

from assistant.ui.desk.dispatch import Reply, handle_event
from assistant.ui.desk.events import Desk
from assistant.ui.forgetting import make_forgetter

ON_LOAD = """
import("/ui/desk.js").then(({ mount }) => mount({
  element, act: (request) => trigger("act", request),
  onReply: (draw) => watch("value", () => draw(props.value)),
}));
"""
# The frame is drawn by the script, in the document's language: the page itself is one for all.
FRAME = '<div id="desk-frame"></div><p id="desk-status" class="sr-only" role="status"></p>'
MAX_EVENTS = 8


def create_desk_page(desk: Desk) -> gr.Blocks:
    """The page; what it shows is asked of the server with each event."""
    page: gr.Blocks
    with gr.Blocks(title="", analytics_enabled=False, fill_width=True) as page:
        frame = gr.HTML(
            None,
            html_template=FRAME,
            apply_default_css=False,
            js_on_load=ON_LOAD,
            elem_id="desk",
        )
        frame.act(
            _handler(desk),
            outputs=frame,
            show_progress="hidden",
            trigger_mode="multiple",
            concurrency_limit=MAX_EVENTS,
            api_visibility="private",
        )
        page.unload(make_forgetter(page))
    return page


def _handler(desk: Desk) -> Callable[[gr.EventData, gr.Request], Iterator[Reply]]:
    def handle(event: gr.EventData, request: gr.Request) -> Iterator[Reply]:
        headers = dict(request.headers.items())
        yield from handle_event(desk, event._data, headers)  # noqa: SLF001 - gradio's way

    return handle
