"""A brief for an article that is missing: what was asked, what there is, what it must say. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prompts.dates import write_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.ui.desk.clusters import Cluster
    from prompts.texts import Texts


def write_brief(
    cluster: Cluster, nearest: Sequence[dict[str, Any]], texts: Texts, page: Texts
) -> str:
    """The brief as Markdown, for whoever writes the article; `page` are the page's texts."""
    asked = list(dict.fromkeys(each.question for each in cluster.questions))
    comments = dict.fromkeys(each.comment for each in cluster.questions if each.comment)
    oldest, newest = (write_date(cluster.questions[n].created, page) for n in (-1, 0))
    count = texts.fill("brief.asked", count=len(cluster.questions), since=oldest, until=newest)
    there = [
        f"- {one['title']}" + (f" ({one['section']})" if one["section"] else "") for one in nearest
    ]
    parts = [
        f"# {cluster.central.question}",
        count,
        _section(texts["brief.questions"], [f"- {question}" for question in asked]),
        _section(texts["brief.comments"], [f"- {comment}" for comment in comments]),
        _section(texts["brief.nearest"], there),
        _section(texts["brief.must"], [texts["brief.checklist"].strip()]),
    ]
    return "\n\n".join(part for part in parts if part)


def _section(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([f"## {heading}", *lines]) if lines else ""
