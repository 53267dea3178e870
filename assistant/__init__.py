"""Question and history → answer, from the index alone, with citations to exact sentences.

Knows nothing of file formats; only `assistant.ui` knows gradio.
"""
