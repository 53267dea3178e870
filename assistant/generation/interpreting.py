"""A chat model reads a question in its conversation, and words it anew for the search.

It is asked only where the assistant's own reading leans on the conversation, or finds nothing, and
puts what is asked in Danish or Swedish of English articles into English; what it says is checked,
and where it fails, or is slow, the own reading stands. Triage comes before it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.conversation import Conversation
from assistant.generation.guarding import Prompt
from assistant.generation.remembering import Recent
from assistant.generation.rewriting import is_faithful, read_lines, read_rewrite
from assistant.generation.streaming import ChatFailure
from assistant.generation.translating import is_translation
from assistant.privacy import redact
from assistant.redacting import redact_conversation
from assistant.stages import stage
from assistant.understanding import understand
from prompts.chat import render
from prompts.tokens import keep_newest

if TYPE_CHECKING:
    from typing import Literal

    from assistant.generation.guarding import GuardedModel
    from assistant.settings import Settings
    from assistant.understanding import Lexicon, Understood

    Rewriting = Literal["rewrite", "translate"]

MAX_CHARACTERS = 600
MAX_VARIANTS = 3
TRANSLATED = "put into English by the chat model"
"""Among the changes of a question that was."""


class Interpreter:
    """Reads questions with one chat model."""

    def __init__(self, chat: GuardedModel, settings: Settings) -> None:
        self._chat = chat
        self._settings = settings
        self._rewrites: Recent[str] = Recent()
        self._variants: Recent[tuple[str, ...]] = Recent()

    def read(
        self, conversation: Conversation, understood: Understood, lexicon: Lexicon
    ) -> Understood:
        """A question that leans on its conversation as the model understands it.

        Args:
            conversation: with the turns that are considered.
            understood: the assistant's own reading, which stands where the model's does not hold.
            lexicon: of the library.
        """
        leans = understood.topic is not None or understood.vague
        if not leans or not conversation.history:
            return understood
        fitted = _fit(conversation, self._settings)
        redacted = redact_conversation(fitted)
        spelt = lexicon.speller.correct(redacted.question.strip())[0]
        rewrite = self._rewrite("rewrite", redacted, personal=redacted != fitted)
        if not rewrite or not is_faithful(rewrite, replace(redacted, question=spelt)):
            return understood
        alone = understand(Conversation(rewrite), lexicon)
        return replace(
            alone,
            question=understood.question,
            topic=understood.topic or alone.standalone,
            changes=(*alone.changes, "completed by the chat model"),
        )

    def translate(
        self, conversation: Conversation, understood: Understood, language: str, lexicon: Lexicon
    ) -> Understood | None:
        """A Danish or Swedish question in English, the articles' language; None where none holds.

        Args:
            conversation: with the turns that are considered.
            understood: the question as read in its own language.
            language: the reader's.
            lexicon: of the library.
        """
        if language not in lexicon.glossaries:
            return None
        asked = replace(conversation, question=understood.standalone)
        redacted = redact_conversation(_fit(asked, self._settings))
        english = self._rewrite("translate", redacted, personal=redacted != asked)
        glossary = lexicon.glossaries[language]
        if not english or not is_translation(english, redacted, glossary, lexicon):
            return None
        return replace(
            understand(Conversation(english), lexicon),
            question=understood.question,
            changes=(*understood.changes, TRANSLATED),
        )

    def vary(self, question: str) -> tuple[str, ...]:
        """Other wordings of a question, to search with; none where the model gives none."""
        redacted = redact(question)
        known = self._variants.recall(redacted.text)
        if known is not None:
            return known
        user = render("variants", "user", question=redacted.text)
        text = self._ask(Prompt.of(render("variants", "system"), user))
        variants = tuple(dict.fromkeys(read_lines(text or "")))[:MAX_VARIANTS]
        if text is not None and not redacted.found:
            self._variants.remember(redacted.text, variants)
        return variants

    def _rewrite(self, task: Rewriting, redacted: Conversation, *, personal: bool) -> str:
        """The question as the model writes it for a task; empty where it does not."""
        user = render(task, "user", turns=redacted.history, question=redacted.question)
        known = self._rewrites.recall((task, user))
        if known is not None:
            return known
        text = self._ask(Prompt.of(render(task, "system"), user))
        rewrite = read_rewrite(text or "")
        if text is not None and not personal:
            self._rewrites.remember((task, user), rewrite)
        return rewrite

    @stage("asking")
    def _ask(self, prompt: Prompt) -> str | None:
        """What the model says; None where it fails."""
        try:
            with self._chat.ask(prompt, self._settings.chat_aside_seconds, aside=True) as exchange:
                return exchange.read_short(MAX_CHARACTERS)
        except ChatFailure:
            return None


def _fit(conversation: Conversation, settings: Settings) -> Conversation:
    """A conversation with the newest turns that half of the budget holds."""
    history = conversation.history
    kept = keep_newest([turn.content for turn in history], settings.chat_max_input_tokens // 2)
    return replace(conversation, history=history[len(history) - kept :])
