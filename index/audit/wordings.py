"""What a finding says to a person: templates with names, so that it can be said in any language.

The desk's texts (`prompts/staff`) have each of them under the same name; a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Final = {
    "cites-without-list": "The text cites [{number}], but it has no reference list.",
    "cites-beyond-list": "The text cites [{number}], but its list has only {first} to {last}.",
    "cites-beyond-one": "The text cites [{number}], but its list has only {first}.",
    "lists-one-uncited": "The article lists 1 work and cites none in its text, so no sentence can "
    "be traced to its source.",
    "lists-all-uncited": "The article lists {count} works and cites none in its text, so no "
    "sentence can be traced to its source.",
    "listed-uncited": "Reference {number} is listed but never cited.",
    "same-number": "Two entries of the list have the number {number}.",
    "same-pmid": "References {number} and {second} have the same PubMed number, {pmid}.",
    "same-doi": "References {number} and {second} have the same DOI, {doi}.",
    "same-work": "References {number} and {second} are the same work.",
    "cited-early": "The text cites [{number}] before it has cited [{expected}].",
    "listed-behind": "Reference {number} stands behind reference {previous}.",
    "pmid-form": "Reference {number}: {pmid} is no PubMed number, which has one to eight digits.",
    "pmid-too-high": "Reference {number}: PubMed has not given out a number as high as {pmid} yet.",
    "pmid-early": "Reference {number}: PubMed gave the number {pmid} to a work of about {year}, "
    "and this one is of {stated}.",
    "doi-form": "Reference {number}: {doi} does not have a DOI's form.",
    "retracted": "Reference {number} has been retracted.",
    "other-work": "Reference {number} names another work than its identifier: {said}.",
    "unknown-identifier": "Reference {number}: nobody knows {identifiers}.",
    "corrected": "Reference {number} was corrected: {erratum}.",
    "link-no-server": "The link to {url} leads nowhere: there is no such server.",
    "link-status": "The link to {url} leads nowhere: its server answers {status}.",
    "uncited-figure": "It gives a figure (“{figure}”) and no reference for it.",
    "certain-uncited": "It says “{words}”, and cites nothing for it.",
    "certain-one": "It says “{words}”, and what stands behind it is one reference ({kinds}).",
    "certain-several": "It says “{words}”, and what stands behind it is {count} references "
    "({kinds}).",
    "no-author": "The article does not say who wrote it.",
    "no-date": "The article does not say when it was written or last reviewed.",
    "old": "The article was last changed in {date}, {months} months ago; the limit is {limit}.",
    "hidden": "The page holds text that its readers cannot see. It was not taken into the library.",
    "mixed-letters": "“{said}” mixes Latin letters with others that look like them.",
    "asks-to-buy": "The article names a price and asks to buy.",
    "sells": "The article links to shops or products ({count}; here to {host}).",
    "sells-and-writes": "The article links to shops or products ({count}; here to {host}) and "
    "writes about what it sells.",
    "grade": "The text reads at school grade {value}; the limit is {limit}.",
    "lix": "The text reads at LIX {value}; the limit is {limit}.",
    "long-section": "The section “{section}” has {count} words under one heading; the limit is "
    "{limit}.",
    "long-start": "The text before any heading has {count} words; the limit is {limit}.",
    "long-quote": "This has {count} words in one piece; the limit is {limit}.",
    "numbers-differ": "It says “{own}”; {title} says “{other}” of the same thing.",
}
"""Why something is a finding."""

REMEDIES: Final = {
    "put-numbers": "Put the numbers of the works behind the sentences that rest on them.",
    "likely-pmid": "Most likely PubMed {pmid} is meant: “{title}”. Compare, and correct it.",
}
"""What to do, where it is not what the check always advises."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence for a person: the name of its template, and what stands in it."""

    name: str
    values: Mapping[str, str | int]

    @property
    def text(self) -> str:
        """In English."""
        template = REASONS.get(self.name) or REMEDIES[self.name]
        return template.format_map(self.values)


def word(name: str, **values: str | int) -> Wording:
    """The wording of a name with its values."""
    return Wording(name, values)
