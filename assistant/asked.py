"""A question on its way through the stages: what was said, what is meant, in which language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer

if TYPE_CHECKING:
    from assistant.answer import Kind
    from assistant.conversation import Conversation
    from assistant.understanding import Reading, Understood


@dataclass(frozen=True, slots=True)
class Asked:
    """What every stage after understanding is given.

    Attributes:
        conversation: as it came, cut to the turns that are considered.
        understood: what the question means there.
        language: the reader's, for the program's own words.
        cited: ids of the articles that the answers to its earlier parts cite, the newest first.
    """

    conversation: Conversation
    understood: Understood
    language: str
    cited: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The question as understood, standing alone."""
        return self.understood.standalone

    @property
    def leans(self) -> bool:
        """Whether it cannot be read without the conversation before it."""
        return self.understood.topic is not None or self.understood.vague

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What it may mean, the meaning by rules first; none where a chat model read it."""
        return self.understood.readings[0] if self.understood.readings else ()

    def part(self, number: int, cited: tuple[str, ...] = ()) -> Asked:
        """One of its parts, asked alone behind others that `cited` articles answered."""
        text = self.understood.parts[number]
        readings = self.understood.readings[number : number + 1]
        part = replace(
            self.understood,
            standalone=text,
            search_text=text,
            parts=(text,),
            readings=readings,
            asked=text,
        )
        return replace(self, understood=part, cited=cited)

    def understand_as(self, understood: Understood) -> Asked:
        """It, as it is understood otherwise."""
        return replace(self, understood=understood)

    def read_as(self, reading: Reading) -> Asked:
        """It, as another reading has it."""
        text, topic = reading.text, reading.carried or None
        read = replace(
            self.understood,
            standalone=text,
            search_text=text,
            parts=(text,),
            vague=False,
            topic=topic,
        )
        return replace(self, understood=read)

    def as_typed(self) -> Asked:
        """It, as it was typed, of what was said before."""
        typed = self.understood.typed
        read = replace(self.understood, standalone=typed, topic=self.understood.topic or typed)
        return replace(self, understood=read)

    def reply(self, kind: Kind, text: str, **fields: Any) -> Answer:
        """An answer to it; `fields` are those of `Answer`."""
        return Answer(
            question=self.conversation.question,
            standalone_question=self.text,
            kind=kind,
            urgency="none",
            text=text,
            **fields,
        )
