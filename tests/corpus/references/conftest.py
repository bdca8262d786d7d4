"""Stores with fictional law to resolve references in: the starter corpus, and a small world of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.identifiers import work_id
from corpus.ingest import ingest
from corpus.linking import link
from corpus.sources import starter
from corpus.store import Store
from corpus.structure import find_provisions
from corpus.types import (
    DocumentType,
    Kind,
    Level,
    Locator,
    Metadata,
    ParsedDocument,
    Part,
    Provision,
    RawRecord,
    Span,
    StoredDocument,
)


class Shelf:
    """A store with short ways to put fiction into it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def put(
        self, id: str, text: str, metadata: Metadata, provisions: tuple[Provision, ...] = ()
    ) -> StoredDocument:
        document = ParsedDocument(metadata, text, provisions=provisions, parser="test/1")
        data = f"{id}\n{text}".encode()
        record = RawRecord(id, data, "text/plain", hashlib.sha256(data).hexdigest())
        self.store.put(
            document, record, document_id=id, work_id=work_id(metadata) or id, collection="standard"
        )
        return self.store.document(id)

    def rule(
        self,
        id: str,
        title: str,
        number: int,
        date: str,
        text: str,
        type: DocumentType = DocumentType.CONSOLIDATED_ACT,
        more: tuple[Provision, ...] = (),
    ) -> StoredDocument:
        """An act or order; the §§ of ``text`` begin at «§ 1.», ``more`` come from elsewhere in it."""
        day = dt.date.fromisoformat(date)
        kind = Kind.AMENDMENT if type is DocumentType.AMENDING_ACT else Kind.RULE
        metadata = Metadata(title, type, kind, number=str(number), year=day.year, date=day)
        start = text.index("§ 1.")
        end = min((p.span.start for p in more), default=len(text))
        found = tuple(find_provisions(text, Span(start, end)))
        return self.put(id, text, metadata, found + more)

    def decision(self, id: str, date: str, text: str, number: str = "", **fields: object) -> StoredDocument:
        metadata = Metadata(
            f"Ankestyrelsens principmeddelelse {number or id}",
            DocumentType.DECISION,
            Kind.PRECEDENT,
            date=dt.date.fromisoformat(date),
            authority="Ankestyrelsen",
            decision_number=number,
            **fields,  # type: ignore[arg-type]
        )
        return self.put(id, text, metadata)

    @staticmethod
    def transitional(text: str, heading: str, block: int) -> Provision:
        """The § that stands on the line after ``heading``, as a transitional rule."""
        start = text.index("§", text.index(heading) + len(heading))
        end = text.find("\n", start)
        span = Span(start, len(text) if end < 0 else end)
        number = text[start + 2 : text.index(".", start)]
        return Provision(Locator(number, part=Part.TRANSITIONAL, block=block), Level.PARAGRAPH, span, span)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with Store(tmp_path / "corpus.db") as store:
        yield Shelf(store)


@pytest.fixture(scope="session")
def fiction(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The starter corpus, linked. Not to be changed."""
    with Store(tmp_path_factory.mktemp("fiction") / "corpus.db") as store:
        with starter.folder() as folder:
            summary = ingest([folder / part for part in starter.PARTS], store, collection=starter.COLLECTION)
        assert not summary.failures
        link(store)
        yield store
