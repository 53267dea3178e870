"""Drops what gradio keeps of a closed tab; it would keep the last value shown for an hour."""

from collections.abc import Callable

import gradio as gr


def make_forgetter(page: gr.Blocks) -> Callable[[gr.Request], None]:
    """What a page does when its tab is closed."""

    def forget(request: gr.Request) -> None:
        page.state_holder.session_data.pop(request.session_hash or "", None)

    return forget
