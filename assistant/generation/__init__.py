"""A chat model words the answer; what it says is shown only where the sources bear it.

It is given what the extractive answer was made of, never more, and never a message that triage
holds for a danger. Knows nothing of screens and of HTTP; one file alone knows LangChain's models.
"""

from assistant.generation.chat_models import ChatModelError
from assistant.generation.writer import Writer, open_writer

__all__ = ["ChatModelError", "Writer", "open_writer"]
