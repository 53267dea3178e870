"""Every check with its name, why it matters and what to do: the one list that all else follows."""

from __future__ import annotations

from typing import Final

from index.audit.checks.claims import find_overcertain_claims, find_uncited_numbers
from index.audit.checks.dating import find_missing_author, find_missing_date, find_review_due
from index.audit.checks.identifiers import (
    find_early_pmids,
    find_malformed_dois,
    find_malformed_pmids,
)
from index.audit.checks.looked_up import (
    find_dead_links,
    find_errata,
    find_mismatches,
    find_retracted,
    find_unknown_identifiers,
)
from index.audit.checks.openness import (
    find_commercial_interest,
    find_hidden_text,
    find_mixed_letters,
)
from index.audit.checks.readability import find_hard_to_read, find_long_quotes, find_long_sections
from index.audit.checks.reference_list import (
    find_cited_not_listed,
    find_duplicates,
    find_listed_not_cited,
    find_out_of_order,
)
from index.audit.findings import Check

CHECKS: Final = (
    Check(
        "cited-not-listed",
        "error",
        "Cited but not listed",
        "A reader who follows the number finds nothing.",
        "Add the work to the reference list, or correct the number.",
        find_cited_not_listed,
    ),
    Check(
        "listed-not-cited",
        "warning",
        "Listed but never cited",
        "Nothing shows what the work is to support.",
        "Put its number behind the sentence that rests on it, or take it off the list.",
        find_listed_not_cited,
    ),
    Check(
        "duplicate-reference",
        "warning",
        "The same work listed twice",
        "One work looks like two that agree.",
        "Keep one entry and let every marker name it.",
        find_duplicates,
    ),
    Check(
        "out-of-order",
        "note",
        "Out of order",
        "Numbers that skip make a lost or moved reference look like a wrong one.",
        "Number the works in the order in which the text first cites them.",
        find_out_of_order,
    ),
    Check(
        "malformed-pmid",
        "error",
        "Not a PubMed number",
        "The work cannot be found by it.",
        "Look the work up on PubMed and copy its number.",
        find_malformed_pmids,
    ),
    Check(
        "early-pmid",
        "warning",
        "PubMed number older than the work",
        "PubMed numbers rise with time, so this one most likely names another work.",
        "Look the work up on PubMed and copy its number.",
        find_early_pmids,
    ),
    Check(
        "malformed-doi",
        "error",
        "Not a DOI",
        "The work cannot be found by it.",
        "Copy the DOI from the publisher's page: it starts with 10. and holds a slash.",
        find_malformed_dois,
    ),
    Check(
        "retracted",
        "error",
        "Retracted work",
        "The work was withdrawn: what rests on it is not known.",
        "Take out the reference and whatever only it supports.",
        find_retracted,
    ),
    Check(
        "wrong-work",
        "error",
        "The identifier names another work",
        "A reader who follows it finds something else and cannot check the claim.",
        "Look the work up on PubMed and correct number or title.",
        find_mismatches,
    ),
    Check(
        "identifier-not-found",
        "error",
        "No work has this identifier",
        "The work cannot be found, and may not exist.",
        "Look the work up by its title; take it out if there is none.",
        find_unknown_identifiers,
    ),
    Check(
        "erratum",
        "note",
        "Corrected since",
        "A figure taken from the work may be one that was corrected.",
        "Read the correction and compare it with what the article says.",
        find_errata,
    ),
    Check(
        "dead-link",
        "warning",
        "Dead link",
        "Readers who want to know more end up nowhere.",
        "Link to the page's new address, or take the link out.",
        find_dead_links,
    ),
    Check(
        "number-without-reference",
        "warning",
        "A figure without a source",
        "Patients take figures for facts; somebody must have measured this one.",
        "Cite where the figure comes from, or leave it out.",
        find_uncited_numbers,
    ),
    Check(
        "certainty-beyond-evidence",
        "warning",
        "More certain than its sources",
        "A single trial or a review of opinion does not make a fact.",
        "Say what the works found and how sure they are, or cite a meta-analysis or guideline.",
        find_overcertain_claims,
    ),
    Check(
        "review-due",
        "warning",
        "Due for review",
        "What was right may have been overtaken.",
        "Read the article against today's evidence and give it a new date.",
        find_review_due,
    ),
    Check(
        "missing-author",
        "warning",
        "No author",
        "Readers judge health information by who stands behind it.",
        "Name the author with profession or degree.",
        find_missing_author,
    ),
    Check(
        "missing-date",
        "warning",
        "No date",
        "Nobody can tell whether the article is still right.",
        "Give the date when it was written or last reviewed.",
        find_missing_date,
    ),
    Check(
        "hidden-text",
        "error",
        "Hidden text",
        "Text that people cannot see is a sign of manipulation, or of a page gone wrong.",
        "Find it in the page's source; show it or delete it, and ask how it came there.",
        find_hidden_text,
    ),
    Check(
        "mixed-letters",
        "warning",
        "Letters of two alphabets in a word",
        "Such a word looks right and is another: a slip of copying, or a way past filters.",
        "Type the word again.",
        find_mixed_letters,
    ),
    Check(
        "commercial-interest",
        "warning",
        "Sells what it writes about",
        "Whoever sells a product has a reason to praise it; answers from the article say so.",
        "Take the links to products out of the article, or state the interest in it.",
        find_commercial_interest,
    ),
    Check(
        "long-section",
        "note",
        "Section too long to cite",
        "A citation names the heading, and here that leaves too much to search.",
        "Divide it with headings that say what each part answers.",
        find_long_sections,
    ),
    Check(
        "long-quote",
        "note",
        "Sentence too long to quote",
        "Answers quote whole sentences; nobody reads one this long.",
        "Make several sentences of it, one thought each.",
        find_long_quotes,
    ),
    Check(
        "hard-to-read",
        "note",
        "Hard to read",
        "Many patients will not understand it.",
        "Use shorter sentences and everyday words; explain the words that must stay.",
        find_hard_to_read,
    ),
)
"""The checks on single articles, in the order in which docs/audit.md explains them."""


CONTRADICTION: Final = Check(
    "contradiction",
    "warning",
    "Two articles give different numbers",
    "Patients get the one or the other, and cannot know which is right.",
    "Find out which is right and correct the other; if both are, say what each is about.",
)
"""Found between articles, by `index.audit.contradictions`."""

ALL_CHECKS: Final = (*CHECKS, CONTRADICTION)
