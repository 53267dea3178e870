"""gradio's theme, bound to the variables of `static/page.css`: one place for colour and type."""

from __future__ import annotations

import gradio as gr

# Names of system fonts alone: a font that gradio would have to fetch is none of them.
SYSTEM_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica", "sans-serif")
MONOSPACE_FONTS = ("ui-monospace", "Consolas", "monospace")


def make_theme() -> gr.themes.Base:
    """A quiet theme whose every colour is a variable that follows light and dark."""
    theme = gr.themes.Base(
        font=list(SYSTEM_FONTS), font_mono=list(MONOSPACE_FONTS), radius_size="lg"
    )
    both = {
        "body_background_fill": "var(--page)",
        "body_text_color": "var(--text)",
        "body_text_color_subdued": "var(--text-soft)",
        "background_fill_primary": "var(--page)",
        "background_fill_secondary": "var(--surface)",
        "block_background_fill": "transparent",
        "border_color_primary": "var(--line)",
        "link_text_color": "var(--accent)",
        "input_background_fill": "var(--surface)",
        "input_background_fill_focus": "var(--surface)",
        "input_border_color": "var(--line-strong)",
        "input_border_color_focus": "var(--accent)",
        "input_placeholder_color": "var(--text-soft)",
        "button_primary_background_fill": "var(--accent)",
        "button_primary_background_fill_hover": "var(--accent-strong)",
        "button_primary_text_color": "var(--on-accent)",
        "button_secondary_background_fill": "transparent",
        "button_secondary_background_fill_hover": "var(--surface)",
        "button_secondary_border_color": "var(--line-strong)",
        "button_secondary_text_color": "var(--text)",
    }
    dark = {f"{name}_dark": value for name, value in both.items()}
    return theme.set(**both, **dark, block_border_width="0px", block_shadow="none")
