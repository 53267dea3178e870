from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np

from assistant.records import Citation, Feedback, Unanswered
from assistant.ui.desk.briefs import write_brief
from assistant.ui.desk.clusters import (
    InboxQuestion,
    cluster_questions,
    collect_questions,
    count_weeks,
)
from assistant.ui.desk.inbox_tab import judge_citations
from index.records import Article
from prompts.texts import load_texts


def unanswered(row, created, question):
    return Unanswered(row, created, "en", "page", question, "new")


def feedback(row, created, thumb, question):
    return Feedback(
        row, created, "en", thumb, None, "Nothing on zinc", question, "answer", (), "new"
    )


def test_thumbs_down_with_words_join_the_unanswered_newest_first():
    found = collect_questions(
        [unanswered(1, "2026-01-02T00:00:00Z", "A?")],
        [
            feedback(1, "2026-01-03T00:00:00Z", "down", "B?"),
            feedback(2, "2026-01-03T00:00:00Z", "up", "C?"),
            feedback(3, "2026-01-03T00:00:00Z", "down", None),
        ],
    )
    assert [each.key for each in found] == ["feedback:1", "unanswered:1"]


def test_near_questions_share_a_cluster_and_the_largest_comes_first():
    angles = [0.0, 0.1, 1.4, -0.1]  # one question lies far from the others
    vectors = np.array([[np.cos(a), np.sin(a)] for a in angles], dtype=np.float32)
    questions = collect_questions(
        [unanswered(n, f"2026-01-0{n}T00:00:00Z", f"Q{n}?") for n in (4, 3, 2, 1)], ()
    )
    near, far = cluster_questions(questions, vectors)
    assert [each.question for each in near.questions] == ["Q4?", "Q3?", "Q1?"]
    assert near.central.question == "Q4?"
    assert [each.question for each in far.questions] == ["Q2?"]
    assert cluster_questions([], np.zeros((0, 2), dtype=np.float32)) == ()


def test_weeks_are_counted_up_to_the_present_one():
    now = datetime(2026, 3, 31, 12, tzinfo=UTC)
    moments = ["2026-03-31T11:00:00Z", "2026-03-20T00:00:00Z", "2025-01-01T00:00:00Z"]
    assert count_weeks(moments, now) == (*[0] * 10, 1, 1)


def test_a_brief_says_what_was_asked_and_what_is_near():
    rows = [unanswered(2, "2026-01-02T00:00:00Z", "Zinc dose?")]
    questions = collect_questions(
        rows, [feedback(1, "2026-01-01T00:00:00Z", "down", "How much zinc?")]
    )
    (cluster,) = cluster_questions(questions, np.ones((2, 1), dtype=np.float32))
    near = [{"id": "m", "title": "Magnesium", "section": "Doses"}]
    brief = write_brief(cluster, near, load_texts("en", "prompts.staff"), load_texts("en"))
    assert brief.startswith(
        "# Zinc dose?\n\nAsked 2 times between 1 January 2026 and 2 January 2026."
    )
    for line in ("- How much zinc?", "- Nothing on zinc", "- Magnesium (Doses)", "- Name a source"):
        assert line in brief


def test_cited_sentences_are_held_against_their_articles_of_today():
    article = Article(id="a", title="Fibre", text="Fibre feeds bacteria. It is cheap.", blocks=())
    library = SimpleNamespace(entries={"a": SimpleNamespace(article=article)})
    desk = SimpleNamespace(knowledge=SimpleNamespace(library=library))
    cited = (
        Citation("a", 0, 21, "Fibre feeds bacteria.", "2026-06"),
        Citation("a", 22, 40, "It is not cheap."),
        Citation("b", 0, 9, "Oats help."),
        Citation("a", 0, 5),
    )
    question = InboxQuestion("feedback", 1, "", "en", "Fibre?", None, None, "new", cited)
    found = judge_citations(desk, question)
    assert [(one["title"], one["standing"]) for one in found] == [
        ("Fibre", "stands"), ("Fibre", "changed"), ("", "gone"),
    ]  # fmt: skip
