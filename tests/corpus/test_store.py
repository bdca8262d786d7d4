"""The store keeps every document with its way back, and nothing is lost or mixed."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import NotFoundError, StoreError
from corpus.store import Outcome, Store
from corpus.types import (
    ActReference,
    Anchor,
    DocumentType,
    Footnote,
    Kind,
    Level,
    Locator,
    Metadata,
    OffsetMap,
    Page,
    ParsedDocument,
    Part,
    Provision,
    RawRecord,
    Section,
    SectionRole,
    Span,
    Status,
)

TEXT = "§ 1. Kommunen hjælper.\nStk. 2. Hjælpen ophører."
METADATA = Metadata(
    title="Lov om prøver (FIKTIV)",
    type=DocumentType.ACT,
    kind=Kind.RULE,
    number="7",
    year=2021,
    date=dt.date(2021, 5, 3),
    ended=dt.date(2024, 1, 1),
    status=Status.HISTORIC,
    outcomes=("stadfæstet", "hjemvist"),
    relations=(ActReference("changed_by", "Lov om ændring", date=dt.date(2022, 1, 1)),),
    fictional=True,
)
PROVISIONS = (
    Provision(Locator("1"), Level.PARAGRAPH, Span(0, 47), Span(5, 47), "Kapitel 1 Formål", "Hjælp"),
    Provision(Locator("1", 1), Level.STK, Span(0, 22), Span(5, 22), "Kapitel 1 Formål", "Hjælp"),
    Provision(Locator("1", 2), Level.STK, Span(23, 47), Span(31, 47), "Kapitel 1 Formål", "Hjælp"),
    Provision(Locator("1", part=Part.TRANSITIONAL, block=1), Level.PARAGRAPH, Span(0, 47), Span(5, 47)),
)
DOCUMENT = ParsedDocument(
    METADATA,
    TEXT,
    OffsetMap((Anchor(0, 22, "", 10, 32), Anchor(23, 47, "page:2", 0, 30, exact=False))),
    PROVISIONS,
    (Section(SectionRole.FACTS, "Sagen", Span(0, 22), "12-3"),),
    (Footnote("1)", "En note.", 5),),
    (Page(1, Span(0, 22)), Page(2, Span(22, 47))),
    parser="test/1",
    warnings=("side 3 er tom",),
)


def record(data: bytes = b"raw bytes", checksum: str = "a" * 64) -> RawRecord:
    return RawRecord("mappe/fil.xml", data, "text/xml", checksum)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data" / "corpus.db") as opened:
        yield opened


def put(
    store: Store,
    *,
    data: bytes = b"raw bytes",
    checksum: str = "a" * 64,
    document: ParsedDocument = DOCUMENT,
    precedence: int = 0,
    document_id: str = "lov-7",
) -> Outcome:
    stored = store.put(
        document,
        record(data, checksum),
        document_id=document_id,
        work_id="lov-om-proever",
        collection="standard",
        precedence=precedence,
    )
    return stored.outcome


def test_a_document_comes_back_as_it_was_given(store: Store) -> None:
    assert put(store) is Outcome.ADDED
    kept = store.document("lov-7")
    assert kept.metadata == METADATA
    assert kept.warnings == DOCUMENT.warnings
    assert (kept.revision, kept.current, kept.work_id) == (1, True, "lov-om-proever")
    assert store.text(kept.key) == TEXT
    assert store.offsets(kept.key) == DOCUMENT.offsets
    assert tuple(store.provisions(kept.key)) == PROVISIONS
    assert tuple(store.sections(kept.key)) == DOCUMENT.sections
    assert store.footnotes(kept.key) == DOCUMENT.footnotes
    assert store.pages(kept.key) == DOCUMENT.pages
    assert store.raw(kept.key) == b"raw bytes"


def test_provenance_names_address_checksum_size_and_parser(store: Store) -> None:
    put(store)
    origin = store.document("lov-7").provenance
    assert (origin.address, origin.checksum, origin.size, origin.parser) == (
        "mappe/fil.xml",
        "a" * 64,
        9,
        "test/1",
    )
    assert origin.ingested_at.tzinfo is not None


def test_the_same_bytes_change_nothing(store: Store) -> None:
    put(store)
    before = store.fingerprint()
    assert put(store) is Outcome.UNCHANGED
    assert store.fingerprint() == before
    assert store.document("lov-7").revision == 1


def test_new_bytes_supersede_and_the_old_revision_can_still_be_opened(store: Store) -> None:
    put(store)
    assert put(store, data=b"newer", checksum="b" * 64) is Outcome.SUPERSEDED
    assert store.document("lov-7").revision == 2
    assert store.raw(store.document("lov-7", revision=1).key) == b"raw bytes"
    assert [d.id for d in store.documents()] == ["lov-7"]


def test_a_source_of_lower_precedence_is_kept_but_does_not_become_current(store: Store) -> None:
    put(store, precedence=2)
    assert put(store, data=b"derived", checksum="b" * 64, precedence=1) is Outcome.SHADOWED
    assert store.document("lov-7").revision == 1
    assert put(store, data=b"official", checksum="c" * 64, precedence=2) is Outcome.SUPERSEDED


def test_erasing_leaves_no_byte_of_the_text_in_any_file(store: Store) -> None:
    secret = "Borgeren Q7ZK bor på en hemmelig adresse."
    document = ParsedDocument(METADATA, secret, parser="test/1")
    put(store, document=document, data=secret.encode())
    put(store, document_id="other", data=b"something else", checksum="c" * 64)
    stored = store.raw(store.document("lov-7").key)
    assert stored == secret.encode()
    assert store.erase("lov-7", "anmodning") == 1
    with pytest.raises(NotFoundError, match="lov-7"):
        store.document("lov-7")
    with closing(sqlite3.connect(store.path)) as plain:
        assert plain.execute("SELECT COUNT(*) FROM texts").fetchone() == (1,)
        assert plain.execute("SELECT COUNT(*) FROM blobs").fetchone() == (1,)
        assert plain.execute("SELECT id, reason FROM erasures").fetchall() == [("lov-7", "anmodning")]
    assert b"Q7ZK" not in b"".join(p.read_bytes() for p in store.path.parent.iterdir())


def test_erasing_keeps_raw_bytes_that_another_document_was_read_from(store: Store) -> None:
    put(store)
    put(store, document_id="twin")
    store.erase("lov-7", "prøve")
    assert store.raw(store.document("twin").key) == b"raw bytes"


def test_a_document_whose_writing_fails_midway_leaves_nothing_behind(store: Store) -> None:
    twice = ParsedDocument(METADATA, TEXT, provisions=(PROVISIONS[0], PROVISIONS[0]), parser="test/1")
    with pytest.raises(StoreError, match="could not be written"):
        put(store, document=twice)
    assert store.documents() == []
    assert put(store) is Outcome.ADDED


def test_documents_are_listed_in_pages_by_kind_and_collection(store: Store) -> None:
    for name in ("c", "a", "b"):
        put(store, document_id=name, checksum=name * 64)
    assert [d.id for d in store.documents(limit=2)] == ["a", "b"]
    assert [d.id for d in store.documents(after="b")] == ["c"]
    assert store.documents(kinds=[Kind.PRECEDENT]) == []
    assert store.documents(collections=["andre"]) == []
    assert store.counts() == {"rule": 3}


def test_an_unknown_provision_is_named_with_a_remedy(store: Store) -> None:
    put(store)
    key = store.document("lov-7").key
    assert store.provision(key, "par-1.stk-2").body.of(TEXT) == "Hjælpen ophører."
    with pytest.raises(NotFoundError, match="par-9"):
        store.provision(key, "par-9")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    path.write_bytes(b"this is not a database, it is a shopping list" * 50)
    with pytest.raises(StoreError, match="cannot be"):
        Store(path)
    assert path.read_bytes().startswith(b"this is not")


def test_a_store_written_by_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    Store(path).close()
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA user_version = 99")
    plain.close()
    with pytest.raises(StoreError, match="schema 99"):
        Store(path)
