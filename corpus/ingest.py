"""The one path from a source to the store. Read this file first to see how a file becomes a document."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import HjemmelError, InputError
from corpus.identifiers import slug_of, work_id
from corpus.parsing import registry
from corpus.parsing.limits import Limits
from corpus.sources import folder
from corpus.store import Outcome, Store, Stored
from corpus.types import ParsedDocument, RawRecord

DEFAULT_COLLECTION = "standard"
_COLLECTION = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that gave no document: where it lies, what was wrong and what to do."""

    address: str
    reason: str
    remedy: str


@dataclass(slots=True)
class Summary:
    """What came of an ingest. Every record that was met is counted exactly once."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)  # (document id, what to know)

    @property
    def read(self) -> int:
        """Records met, those that failed included."""
        return self.outcomes.total() + len(self.failures)


Progress = Callable[[str, int], None]  # address and bytes of the record just finished


def ingest(
    paths: Iterable[Path],
    store: Store,
    *,
    collection: str = DEFAULT_COLLECTION,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Read files and folders into the store; one bad record never stops the others.

    Args:
        paths: files or folders.
        collection: where the documents belong; see ``check_collection``.
        progress: called after each record.
    """
    check_collection(collection)
    limits = limits or Limits()
    summary = Summary()
    for item in folder.read(paths, limits):
        if isinstance(item, folder.Unread):
            summary.failures.append(_failure(item.address, item.error))
            continue
        try:
            stored, document = ingest_record(item, store, collection=collection, limits=limits)
        except HjemmelError as error:
            summary.failures.append(_failure(item.address, error))
        else:
            summary.outcomes[stored.outcome] += 1
            if document is not None:
                summary.warnings.extend((stored.id, warning) for warning in document.warnings)
        if progress is not None:
            progress(item.address, len(item.data))
    return summary


def ingest_record(
    record: RawRecord, store: Store, *, collection: str, limits: Limits | None = None
) -> tuple[Stored, ParsedDocument | None]:
    """Parse and keep one record. The document is ``None`` when its very bytes were kept already.

    Raises:
        InputError: the record cannot be read.
        StoreError: the store cannot be written.
    """
    known = store.find(record.checksum, collection)
    if known is not None and known.parser in registry.VERSIONS:
        return Stored(known.id, Outcome.UNCHANGED, known.revision), None
    document = registry.parse(record, limits or Limits())
    identity = document_id(document, record, collection)
    if store.collection_of(identity) not in (None, collection):
        identity = f"{identity}@{collection}"  # the same document, kept a second time for this collection
    stored = store.put(
        document,
        record,
        document_id=identity,
        work_id=work_id(document.metadata) or identity,
        collection=collection,
        precedence=registry.precedence(document.parser),
    )
    return stored, document


def document_id(document: ParsedDocument, record: RawRecord, collection: str) -> str:
    """The official identifier where the source gives one, else one made from title and address.

    A file without an official identifier keeps its id as long as it keeps its place, so that a changed
    file becomes a new revision of the same document.
    """
    if document.metadata.identifier:
        return document.metadata.identifier
    place = hashlib.sha256(f"{collection}\0{record.address}".encode()).hexdigest()[:8]
    return f"{slug_of(document.metadata.title)[:48].strip('-') or 'dokument'}-{place}"


def check_collection(name: str) -> None:
    """Refuse a collection name that could not stand in an address.

    Raises:
        InputError: not 1-64 of ``a-z 0-9 . _ -``, or not begun by a letter or digit.
    """
    if not _COLLECTION.fullmatch(name):
        raise InputError(
            f"the collection name {name!r} cannot be used.",
            "Use 1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or a digit.",
        )


def _failure(address: str, error: HjemmelError) -> Failure:
    return Failure(address, error.what, error.remedy)
