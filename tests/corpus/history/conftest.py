"""Fictional acts, amending acts and decisions, put into a store without any parser."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.identifiers import work_id
from corpus.ingest import ingest
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
    Provision,
    RawRecord,
    Span,
    Status,
    StoredDocument,
)

TITLE = "Bekendtgørelse af lov om fiskekort"


class Archive:
    """A store with short ways to put fiction into it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def put(self, document: ParsedDocument, document_id: str, collection: str = "standard") -> StoredDocument:
        data = f"{document_id} {document.text}".encode()
        record = RawRecord(document_id, data, "text/plain", hashlib.sha256(data).hexdigest())
        self.store.put(
            document,
            record,
            document_id=document_id,
            work_id=work_id(document.metadata) or document_id,
            collection=collection,
        )
        return self.store.document(document_id)

    def act(
        self,
        number: int,
        date: str | None,
        body: str,
        preamble: str = "",
        *,
        title: str = TITLE,
        type: DocumentType = DocumentType.CONSOLIDATED_ACT,
        collection: str = "standard",
        suffix: str = "",
        **fields: object,
    ) -> StoredDocument:
        """An act or order; its id is «a» and its number."""
        text = f"{preamble}\n{body}" if preamble else body
        day = dt.date.fromisoformat(date) if date else None
        metadata = Metadata(
            title, type, Kind.RULE, number=str(number), year=day.year if day else None, date=day
        )
        start = len(preamble) + 1 if preamble else 0
        document = ParsedDocument(
            replace(metadata, **fields),  # type: ignore[arg-type]
            text,
            provisions=tuple(find_provisions(text, Span(start, len(text)))),
            preamble=Span(0, len(preamble)) if preamble else None,
            parser="test/1",
        )
        return self.put(document, f"a{number}{suffix}", collection)

    def amending(self, number: int, date: str, sections: list[str]) -> StoredDocument:
        """An amending act: each section is a §, its instructions the lines that begin with «N. »."""
        day = dt.date.fromisoformat(date)
        metadata = Metadata(
            "Lov om ændring af lov om fiskekort",
            DocumentType.AMENDING_ACT,
            Kind.AMENDMENT,
            number=str(number),
            year=day.year,
            date=day,
        )
        text, provisions = "", []
        for count, section in enumerate(sections, start=1):
            text += f"§ {count}\n"
            start = len(text)
            text += section
            span = Span(start, len(text))
            provisions.append(Provision(Locator(str(count)), Level.PARAGRAPH, span, span))
            heads = list(re.finditer(r"^(\d+)\. (?=\S)", section, re.MULTILINE))
            ends = [head.start() - 1 for head in heads[1:]] + [len(section)]
            for head, end in zip(heads, ends, strict=False):
                stop = start + end
                locator = Locator(str(count), 1, nr=head[1])
                provisions.append(
                    Provision(
                        locator, Level.NR, Span(start + head.start(), stop), Span(start + head.end(), stop)
                    )
                )
            text += "\n"
        document = ParsedDocument(metadata, text, provisions=tuple(provisions), parser="test/1")
        return self.put(document, f"l{number}")

    def decision(
        self, number: str, date: str, text: str, status: Status = Status.VALID, collection: str = "standard"
    ) -> StoredDocument:
        """A decision of a fictional board; its id is «d» and its number."""
        metadata = Metadata(
            f"Afgørelse {number}",
            DocumentType.DECISION,
            Kind.PRECEDENT,
            date=dt.date.fromisoformat(date),
            authority="Fiskenævnet",
            decision_number=number,
            status=status,
        )
        suffix = "" if collection == "standard" else f"@{collection}"
        return self.put(ParsedDocument(metadata, text, parser="test/1"), f"d{number}{suffix}", collection)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Store(tmp_path / "corpus.db") as store:
        yield Archive(store)


@pytest.fixture(scope="module")
def fiction(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The starter corpus without an index."""
    with Store(tmp_path_factory.mktemp("starter") / "corpus.db") as store, starter.folder() as folder:
        ingest([folder / "acts", folder / "decisions"], store)
        yield store
