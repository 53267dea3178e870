"""An article as it stands in the index, and its JSON form."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from index.passages import CHUNKING_VERSION, Limits, cut_passages
from index.records import Article, Block, Link, Passage, Reference, ReferenceMark, Sentence
from index.sentences import find_sentences

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Entry:
    """An article, its sentences and passages, and the version that they are of."""

    article: Article
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    version: str

    def quote(self, sentence: Sentence) -> str:
        """The exact words of a sentence."""
        return self.article.text[sentence.start : sentence.end]

    def passage_id(self, number: int) -> str:
        """Id of a passage's row in the store."""
        return f"{self.article.id}@{self.version}#p{number}"

    def sentence_id(self, number: int) -> str:
        """Id of a sentence's row in the store."""
        return f"{self.article.id}@{self.version}#s{number}"


def make_entry(
    article: Article, count_tokens: Callable[[str], int], max_tokens: int, model_checksum: str
) -> Entry:
    """Cuts an article into sentences and passages."""
    sentences = find_sentences(article)
    passages = cut_passages(article, sentences, count_tokens, Limits(max_tokens))
    return Entry(article, sentences, passages, version_of(article, model_checksum))


def version_of(article: Article, model_checksum: str) -> str:
    """A name for an article's content, cut and embedded as this program does it; 16 hex digits."""
    content = json.dumps([asdict(article), CHUNKING_VERSION, model_checksum], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def to_json(entry: Entry) -> str:
    """The JSON form of an entry, the same bytes for the same entry."""
    return json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Entry:
    """The entry that `to_json` wrote."""
    record = json.loads(text)
    return Entry(
        article=_article(record["article"]),
        sentences=tuple(
            Sentence(**{**row, "references": tuple(row["references"])})
            for row in record["sentences"]
        ),
        passages=tuple(
            Passage(
                **{**row, "section": tuple(row["section"]), "sentences": tuple(row["sentences"])}
            )
            for row in record["passages"]
        ),
        version=record["version"],
    )


def _article(record: dict[str, Any]) -> Article:
    blocks = tuple(
        Block(**{**row, "section": tuple(row["section"]), "header": tuple(row["header"])})
        for row in record["blocks"]
    )
    parts = {
        "blocks": blocks,
        "references": tuple(Reference(**row) for row in record["references"]),
        "marks": tuple(
            ReferenceMark(row["offset"], tuple(row["numbers"])) for row in record["marks"]
        ),
        "links": tuple(Link(**row) for row in record["links"]),
        "flags": tuple(record["flags"]),
        "translations": tuple(record.get("translations", ())),
    }
    return Article(**{**record, **parts})
