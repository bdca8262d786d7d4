"""A small world of fiction: an act in three versions, what amends it, decisions that cite it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.identifiers import work_id
from corpus.linking import link
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

CARD = "Den, der fisker i søen med stang eller snøre, skal have et gyldigt fiskekort fra kommunen."
PRICE = "Fiskekortet koster 100 kr. om året for voksne og er gratis for børn under 15 år."
DEAR = "Fiskekortet koster 125 kr. om året for voksne og er gratis for børn under 15 år."
CLOSED = "Kommunen kan lukke søen for fiskeri i indtil 3 måneder, når bestanden af gedder er truet."
FINE = "Med bøde straffes den, der overtræder forbuddet mod at fiske uden for sæsonen."


@dataclass(frozen=True, slots=True)
class World:
    """A store with short ways to put fiction into it."""

    store: Store

    def act(self, number: int, date: str | None, body: str, ended: dt.date | None = None) -> StoredDocument:
        """A consolidation of the act; its id is «a» and its number."""
        day = dt.date.fromisoformat(date) if date else None
        metadata = Metadata(
            "Bekendtgørelse af lov om fiskekort",
            DocumentType.CONSOLIDATED_ACT,
            Kind.RULE,
            number=str(number),
            year=day.year if day else None,
            date=day,
            ended=ended,
        )
        provisions = tuple(find_provisions(body, Span(0, len(body))))
        return self._put(f"a{number}", ParsedDocument(metadata, body, provisions=provisions, parser="test/1"))

    def amending(self, number: int, date: str, instruction: str) -> StoredDocument:
        """An act with one § that amends the act by one instruction; its id is «l» and its number."""
        day = dt.date.fromisoformat(date)
        metadata = Metadata(
            "Lov om ændring af lov om fiskekort",
            DocumentType.AMENDING_ACT,
            Kind.AMENDMENT,
            number=str(number),
            year=day.year,
            date=day,
        )
        head = "§ 1\nI lov om fiskekort foretages følgende ændring:\n"
        text = f"{head}1. {instruction}\n"
        whole, item = Span(4, len(text) - 1), Span(len(head), len(text) - 1)
        provisions = (
            Provision(Locator("1"), Level.PARAGRAPH, whole, whole),
            Provision(Locator("1", 1, nr="1"), Level.NR, item, Span(item.start + 3, item.end)),
        )
        return self._put(f"l{number}", ParsedDocument(metadata, text, provisions=provisions, parser="test/1"))

    def decision(self, number: str, date: str, text: str, status: Status = Status.VALID) -> StoredDocument:
        """A decision of a fictional board; its id is «d» and its number."""
        metadata = Metadata(
            f"Principmeddelelse {number} om fiskekort",
            DocumentType.DECISION,
            Kind.PRECEDENT,
            date=dt.date.fromisoformat(date),
            authority="Fiskenævnet",
            decision_number=number,
            status=status,
        )
        return self._put(f"d{number}", ParsedDocument(metadata, text, parser="test/1"))

    def linked(self) -> Store:
        """The store, its references resolved."""
        link(self.store)
        return self.store

    def _put(self, document_id: str, document: ParsedDocument) -> StoredDocument:
        data = f"{document_id} {document.text}".encode()
        record = RawRecord(document_id, data, "text/plain", hashlib.sha256(data).hexdigest())
        work = work_id(document.metadata) or document_id
        self.store.put(document, record, document_id=document_id, work_id=work, collection="standard")
        return self.store.document(document_id)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """An empty world."""
    with Store(tmp_path / "corpus.db") as store:
        yield World(store)


@pytest.fixture
def lake(world: World) -> World:
    """Three versions: § 2 is moved to § 3, then reworded; § 4 is repealed in the last one."""
    world.act(1, "2010-01-01", f"§ 1. {CARD}\n§ 2. {PRICE}\n§ 3. {FINE}")
    world.act(2, "2012-01-01", f"§ 1. {CARD}\n§ 2. {CLOSED}\n§ 3. {PRICE}\n§ 4. {FINE}")
    world.act(3, "2014-01-01", f"§ 1. {CARD}\n§ 2. {CLOSED}\n§ 3. {DEAR}\n§ 4. (Ophævet)")
    return world
