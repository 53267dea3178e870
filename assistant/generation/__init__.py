"""A chat model words the answer; what it says is shown only where the sources bear it.

It is given what the extractive answer was made of, and never a message that triage holds for a
danger. Where it may, it also reads questions in their conversation and proposes further ones, each
checked. Knows nothing of screens and of HTTP; one file alone knows LangChain's models.
"""

from assistant.generation.chat_models import ChatModelError, asks_elsewhere
from assistant.generation.guarding import counting_tokens
from assistant.generation.interpreting import TRANSLATED, Interpreter
from assistant.generation.recording import is_recorded_outside, reads_along, recording
from assistant.generation.rehearsing import rehearse
from assistant.generation.suggesting import Suggester
from assistant.generation.writer import Writer, open_writer

__all__ = [
    "TRANSLATED",
    "ChatModelError",
    "Interpreter",
    "Suggester",
    "Writer",
    "asks_elsewhere",
    "counting_tokens",
    "is_recorded_outside",
    "open_writer",
    "reads_along",
    "recording",
    "rehearse",
]
