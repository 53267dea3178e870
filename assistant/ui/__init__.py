"""The pages, made with gradio: the only package that knows it.

Knows nothing of retrieval or of how an answer is made; it shows the `Answer` record.
"""

from assistant.ui.mounting import mount_pages

__all__ = ["mount_pages"]
