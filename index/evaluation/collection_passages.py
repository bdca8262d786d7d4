"""A test collection's documents as passages, and the vectors of those passages.

The documents go the way of our own decisions without sections: normalised, cut at blocks and sentences,
the title as context, each different passage encoded once and kept in the vector cache.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.parsing.text import TextBuilder
from corpus.types import DocumentType, Kind, Metadata, Provenance, StoredDocument
from index.encoders import Encoder
from index.evaluation.types import Collection, CollectionDocument
from index.passages import passages
from index.types import Passage
from index.vector_cache import VectorCache

ENCODED_AT_ONCE = 256  # passages between two writes to the cache: what a stop can lose
Progress = Callable[[int, int], None]  # done, of


@dataclass(frozen=True, slots=True)
class CollectionPassages:
    """Every passage of a collection, document after document. A passage may occur more than once.

    ``owners[i]`` is the number of the document that passage ``i`` stands in; it never falls.
    """

    passages: tuple[Passage, ...]
    owners: NDArray[np.int64]


def cut(collection: Collection) -> CollectionPassages:
    """The passages of all documents. A document without words has none and can never be found."""
    found: list[Passage] = []
    owners: list[int] = []
    for number, document in enumerate(collection.documents):
        for located in passages(*_as_stored(collection.name, document), (), ()):
            found.append(located.passage)
            owners.append(number)
    return CollectionPassages(tuple(found), np.array(owners, dtype=np.int64))


def encode(
    wanted: Sequence[Passage], encoder: Encoder, cache: VectorCache, progress: Progress | None = None
) -> None:
    """Encode the passages that the cache does not know. A stopped run goes on where it was."""
    known = cache.known([passage.key for passage in wanted])
    different = {p.key: p for p, k in zip(wanted, known, strict=True) if not k}
    # Texts of like length in one batch waste the least on padding.
    missing = sorted(different.values(), key=lambda p: (len(p.context) + len(p.text), p.key))
    for start in range(0, len(missing), ENCODED_AT_ONCE):
        batch = missing[start : start + ENCODED_AT_ONCE]
        cache.put([p.key for p in batch], encoder.encode_passages([encoded_text(p) for p in batch]))
        if progress:
            progress(start + len(batch), len(missing))


def encoded_text(passage: Passage) -> str:
    """What the encoder reads of a passage: its context, if any, and its words."""
    return f"{passage.context}: {passage.text}" if passage.context else passage.text


def document_text(document: CollectionDocument) -> str:
    """The normalised text of a document: each of its lines is a block."""
    builder = TextBuilder()
    for line in document.text.splitlines():
        builder.add(line)
        builder.end_block()
    return builder.build()[0]


def _as_stored(collection: str, document: CollectionDocument) -> tuple[StoredDocument, str]:
    text = document_text(document)
    metadata = Metadata(title=document.title, type=DocumentType.OTHER, kind=Kind.PRECEDENT, language="")
    provenance = Provenance(
        address=f"{collection}#{document.id}",
        media_type="application/jsonl",
        checksum="",
        size=len(text),
        parser="",
        ingested_at=dt.datetime.fromtimestamp(0, dt.UTC),
    )
    stored = StoredDocument(
        key=0,
        id=document.id,
        revision=1,
        current=True,
        work_id=document.id,
        collection=collection,
        metadata=metadata,
        provenance=provenance,
        warnings=(),
        length=len(text),
    )
    return stored, text
