"""Records → HTML, through templates that escape everything that is put into them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from assistant.rows import ROW_MARK
from assistant.ui.answer_text import mark_terms, split_blocks
from assistant.ui.care_card import make_care_card, split_guidance
from assistant.ui.plain_text import write_plain_answer
from assistant.ui.source_card import group_by_article, make_source_card
from prompts.dates import write_date
from prompts.numbers import write_number, write_percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from assistant.answer import Answer
    from assistant.conversation import Level
    from assistant.ui.phones import PhoneBook
    from prompts.texts import Texts


@cache
def templates() -> Environment:
    """The templates of this package: always escaping, strict about what they are given."""
    environment = Environment(
        loader=PackageLoader("assistant.ui"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=write_number, percent=write_percent, date=write_date)
    return environment


def open_answer_templates() -> None:
    """Compiles what an answer is drawn with, for which the first one would wait."""
    for name in ("answer", "parts", "source", "paper"):
        templates().get_template(f"{name}.html.jinja")


def render(name: str, **values: Any) -> str:
    """The template `name` filled with `values`."""
    return templates().get_template(f"{name}.html.jinja").render(**values)


def render_answer(
    answer: Answer,
    texts: Texts,
    phones: PhoneBook,
    level: Level = "plain",
    glossary: Mapping[str, str] | None = None,
    *,
    complete: bool,
) -> str:
    """The answer's part of a turn; actions and follow-ups only once it is complete."""
    sources = [make_source_card(s, str(s.n), texts) for s in answer.sources if s.n is not None]
    related = [make_source_card(s, f"r{i}", texts) for i, s in enumerate(answer.related, start=1)]
    numbers = {card.number for card in sources if card.number is not None}
    care = make_care_card(answer, phones)
    only_care = care is not None and answer.kind == "guidance"
    notice = split_guidance(answer)[1] if care else answer.notice or ""
    return render(
        "answer",
        answer=answer,
        texts=texts,
        complete=complete,
        level=level,
        levels=offer_levels(answer, level) if complete else {},
        care=care,
        body=() if only_care else mark_terms(split_blocks(answer.text, numbers), glossary or {}),
        notice=split_blocks(notice, phones=phones),
        titles={card.number: card.title for card in sources},
        sources=sources,
        source_groups=group_by_article(sources),
        related=related,
        related_groups=group_by_article(related),
        plain=write_plain_answer(answer, sources, texts),
    )


def offer_levels(answer: Answer, level: Level) -> dict[Level, str]:
    """Each level that a reader may change to or has chosen, with the key of its name.

    Without a chat model no word is made simpler: there are fewer sentences, where there are fewer.
    """
    if answer.kind != "answer" or not answer.sources:
        return {}
    generative = answer.mode == "generative"
    offered: dict[Level, str] = {}
    listed = any(line.startswith(("- ", ROW_MARK)) for line in answer.text.split("\n"))
    can_be_less = len(answer.sentences) > 1 and not listed
    if generative or can_be_less or level == "simple":
        offered["simple"] = "answer.simpler" if generative else "answer.shorter"
    offered["detailed"] = "answer.detailed"
    return offered


def render_message(text: str, state: str) -> str:
    """A line in the place of an answer: waiting, stopped or failed."""
    return render("message", text=text, state=state)


def render_welcome(
    texts: Texts,
    suggestions: Iterable[str],
    languages: Sequence[str] = (),
    *,
    preparing: bool,
    feedback: bool = False,
    kept_days: int | None = None,
    hosted: bool = False,
    recorded: bool = False,
) -> str:
    """What stands in an empty conversation of a library whose articles have these `languages`.

    The most frequent language comes first; `preparing` while the library is still being loaded;
    `feedback` where the clinic keeps what patients say about answers; `kept_days` where it keeps
    what they ask; `hosted` where a chat model outside the clinic is asked; `recorded` where what
    it is sent is recorded outside.
    """
    language = texts.language
    foreign = bool(languages) and language not in languages
    return render(
        "welcome",
        texts=texts,
        suggestions=tuple(suggestions),
        language=languages[0] if foreign else language,
        foreign=texts.get(f"languages.{languages[0]}", languages[0]) if foreign else None,
        preparing=preparing,
        feedback=feedback,
        kept_days=kept_days,
        hosted=hosted,
        recorded=recorded,
    )
