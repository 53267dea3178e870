"""The assistant: question and history → answer. A LangChain `Runnable`.

`invoke` and `ainvoke` take `{"question": …, "history": [{"role", "content"}, …]}` and give an
`Answer`; `stream` gives answers that grow by a sentence each, the last one whole. With `"mode":
"extractive"` no chat model is asked; `"answer_threshold"` goes before the setting of that name.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableConfig, ensure_config

from assistant.answer import Answer
from assistant.conversation import Conversation, parse_conversation
from assistant.explaining import explain
from assistant.generation import (
    Interpreter,
    Suggester,
    counting_tokens,
    open_writer,
    reads_along,
    recording,
    rehearse,
)
from assistant.knowledge import Knowledge
from assistant.pipeline import answer_question
from assistant.reader import open_reader
from assistant.redacting import redact_answer, redact_conversation
from assistant.stages import in_stage, timing_stages
from assistant.suggestions import suggest_questions
from assistant.tracing import spanning, start_tracing, tracing_answer
from assistant.triage.language import detect_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from assistant.generation import Writer
    from assistant.settings import Settings
    from assistant.tracing import Trace
    from index.records import Article


class Assistant(Runnable[dict[str, Any], Answer]):
    """Answers questions from the library of one home."""

    def __init__(
        self, settings: Settings, knowledge: Knowledge, writer: Writer | None = None
    ) -> None:
        self.settings = settings
        self._writer = writer
        self._knowledge = knowledge
        self._interpreter: Interpreter | None = None
        self._suggester: Suggester | None = None
        if writer is not None and reads_along(settings):
            self._interpreter = Interpreter(writer.chat, settings)
            self._suggester = Suggester(writer.chat, settings)

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """Opens the library and loads the models.

        Raises:
            HomeError: if the library is empty or cannot be opened.
            ModelError: if the embedding model cannot be used.
            ChatModelError: if a chat model is set and cannot be used.
            TracingError: if spans are to be sent and cannot be.
        """
        start_tracing(settings)
        writer = open_writer(settings)
        knowledge = Knowledge.open(settings)
        open_reader()  # else the first question waits for it
        if writer is not None:
            rehearse()  # and a chat model's first sentence for this
            explain(knowledge)
        return cls(settings, knowledge, writer)

    def invoke(
        self,
        input: dict[str, Any],
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> Answer:
        """The answer to a question.

        Raises:
            BadInput: if the question or the history cannot be answered as it is.
        """
        return self._run(self._answer, input, config)

    def stream(
        self,
        input: dict[str, Any],
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> Iterator[Answer]:
        """The answer as it grows by a sentence each time; the last one is whole."""
        if self._writer_for(input) is None:
            yield from grow(self.invoke(input, config))
            return
        with tracing_answer() as trace:
            with trace.current():
                extractive = self._run(self._extract, input, config)
            yield from self._word(extractive, input, trace)

    @property
    def knowledge(self) -> Knowledge:
        """The library as it is published now, with its search."""
        return self._fresh()

    def suggestions(self, language: str = "en") -> tuple[str, ...]:
        """Questions to start from that the library answers, in a language where it has any."""
        return suggest_questions(self._fresh().library, language)

    def article_languages(self) -> tuple[str, ...]:
        """Languages of the library's articles, the most frequent first."""
        return self._fresh().library.languages

    def glossary(self) -> dict[str, str]:
        """Terms that the articles define and short forms that they spell out, with the meaning."""
        return explain(self._fresh())

    def article(self, article_id: str) -> Article | None:
        """An article of the library, or None where it has none of that id."""
        entry = self._fresh().library.entries.get(article_id)
        return entry.article if entry else None

    @property
    def chat_state(self) -> dict[str, Any] | None:
        """How the chat model is and what it used today; None where there is none."""
        return self._writer.chat.state.to_dict() if self._writer else None

    def _run(
        self,
        step: Callable[[dict[str, Any]], Answer],
        record: dict[str, Any],
        config: RunnableConfig | None,
    ) -> Answer:
        """A step as a run of LangChain's. Whatever listens to it is told no personal data."""
        if not ensure_config(config).get("callbacks"):
            with recording(on=False):
                return step(record)
        answers: list[Answer] = []

        def tell(_: dict[str, Any]) -> Answer:
            answers.append(step(record))
            return redact_answer(answers[0])

        self._call_with_config(tell, self._redact(record), config)
        return answers[0]

    def _redact(self, record: dict[str, Any]) -> dict[str, Any]:
        conversation = redact_conversation(self._parse(record))
        turns = [{"role": turn.role, "content": turn.content} for turn in conversation.history]
        return {"question": conversation.question, "history": turns}

    def _answer(self, record: dict[str, Any]) -> Answer:
        with tracing_answer() as trace:
            with trace.current():
                extractive = self._extract(record)
            *_, last = self._word(extractive, record, trace)
        return last

    def _word(self, extractive: Answer, record: dict[str, Any], trace: Trace) -> Iterator[Answer]:
        """An extractive answer in the chat model's words, as it grows; as it is without one."""
        last = extractive
        writer = self._writer_for(record)
        if writer is None:
            yield extractive
        else:
            started = time.perf_counter()
            for answer in self._write(writer, extractive, self._parse(record), trace):
                spent = (time.perf_counter() - started) * 1000
                last = replace(answer, latency_ms=round(extractive.latency_ms + spent, 1))
                yield last
        trace.tell(last)

    def _write(
        self, writer: Writer, extractive: Answer, conversation: Conversation, trace: Trace
    ) -> Iterator[Answer]:
        """The answer as the writer words it; the last one with the questions to go on with."""
        language = detect_language(extractive.question)
        sent = conversation if self._suggester else replace(conversation, history=())
        last = extractive
        with in_stage("wording", trace.step("wording")):
            for last in writer.write(extractive, sent, self._knowledge, language):
                yield last
        if last.mode == "generative" and self._suggester is not None:
            asked = [turn.content for turn in conversation.history if turn.role == "user"]
            with (
                trace.current(),
                in_stage("follow_ups", spanning("follow_ups")),
                counting_tokens() as tokens,
            ):
                follow_ups = self._suggester.suggest(
                    last, asked, self._knowledge, self._ask_plainly
                )
            yield replace(last, follow_ups=follow_ups, tokens=last.tokens + sum(tokens))

    def _ask_plainly(self, question: str) -> Answer:
        """The extractive answer to a question that nobody has asked yet."""
        with timing_stages():  # Its stages are not those of the answer that is given.
            return answer_question(Conversation(question), self._knowledge, self.settings)

    def _extract(self, record: dict[str, Any]) -> Answer:
        started = time.perf_counter()
        interpreter = self._interpreter if self._writer_for(record) else None
        with counting_tokens() as tokens:
            answer = answer_question(
                self._parse(record), self._fresh(), self._settings_for(record), interpreter
            )
        spent = (time.perf_counter() - started) * 1000
        return replace(answer, tokens=sum(tokens), latency_ms=round(spent, 1))

    def _writer_for(self, record: dict[str, Any]) -> Writer | None:
        """The writer, unless whoever asks wants the articles' own sentences."""
        return None if record.get("mode") == "extractive" else self._writer

    def _settings_for(self, record: dict[str, Any]) -> Settings:
        """The settings, with the threshold that holds for this question."""
        threshold = record.get("answer_threshold")
        if threshold is None:
            return self.settings
        return self.settings.model_copy(update={"answer_threshold": threshold})

    def _parse(self, record: dict[str, Any]) -> Conversation:
        return parse_conversation(record, self.settings.max_question_characters)

    def _fresh(self) -> Knowledge:
        """The knowledge of the library as it is published now."""
        if self._knowledge.outdated(self.settings):
            self._knowledge = self._knowledge.reopen(self.settings)
        return self._knowledge


def grow(answer: Answer) -> Iterator[Answer]:
    """An answer with one, two, … of its sentences, each a whole valid answer, at last all."""
    end = 0
    for count, sentence in enumerate(answer.sentences[:-1], start=1):
        marker = f"[{sentence.citations[-1]}]" if sentence.citations else sentence.text
        end = answer.text.index(marker, answer.text.index(sentence.text, end)) + len(marker)
        said = answer.sentences[:count]
        cited = {number for part in said for number in part.citations}
        yield replace(
            answer,
            text=answer.text[:end],
            sentences=said,
            sources=tuple(source for source in answer.sources if source.n in cited),
        )
    yield answer
