"""The HTTP interface: readiness, answers, an OpenAI-compatible chat, and metrics.

Knows nothing of pages; a page is given the same `AssistantProvider`.
"""

from assistant.api.application import create_api
from assistant.api.faults import log_types_only
from assistant.api.provider import AssistantProvider
from assistant.api.settings import WebSettings

__all__ = ["AssistantProvider", "WebSettings", "create_api", "log_types_only"]
