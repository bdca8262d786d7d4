"""Everything the corpus keeps, in one embedded SQLite database.

The store is the truth: indexes are derived from it and can be rebuilt. Each document is written in one
transaction, so a crash leaves either the whole document or nothing of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from corpus import codec
from corpus.claims import Claim, Relation, read_claims
from corpus.errors import NotFoundError, StoreError
from corpus.types import (
    Footnote,
    Kind,
    Level,
    Locator,
    OffsetMap,
    Page,
    ParsedDocument,
    Part,
    Provenance,
    Provision,
    RawRecord,
    Section,
    SectionRole,
    Span,
    StoredDocument,
)

SCHEMA_VERSION = 1
BUSY_TIMEOUT_S = 30  # how long a writer waits for another before it gives up
_SCHEMA = """
CREATE TABLE blobs (
    checksum TEXT PRIMARY KEY,
    data BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    current INTEGER NOT NULL,
    precedence INTEGER NOT NULL,
    work_id TEXT NOT NULL,
    collection TEXT NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT,
    metadata TEXT NOT NULL,
    address TEXT NOT NULL,
    media_type TEXT NOT NULL,
    checksum TEXT NOT NULL REFERENCES blobs (checksum),
    size INTEGER NOT NULL,
    parser TEXT NOT NULL,
    ingested_at TEXT NOT NULL,
    warnings TEXT NOT NULL,
    length INTEGER NOT NULL,
    UNIQUE (id, revision)
);
CREATE UNIQUE INDEX one_current ON documents (id) WHERE current;
CREATE INDEX documents_work ON documents (work_id) WHERE current;
CREATE INDEX documents_checksum ON documents (checksum);
CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
    text BLOB NOT NULL,
    offsets BLOB NOT NULL,
    layout BLOB NOT NULL
);
CREATE TABLE provisions (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    level TEXT NOT NULL,
    part TEXT NOT NULL,
    block INTEGER NOT NULL,
    paragraph TEXT NOT NULL,
    stk INTEGER,
    nr TEXT,
    litra TEXT,
    pkt INTEGER,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    body_start INTEGER NOT NULL,
    body_stop INTEGER NOT NULL,
    context INTEGER NOT NULL,
    repealed INTEGER NOT NULL,
    PRIMARY KEY (document, slug)
) WITHOUT ROWID;
CREATE TABLE sections (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    role TEXT NOT NULL,
    title TEXT NOT NULL,
    case_number TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE TABLE claims (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    relation TEXT NOT NULL,
    number INTEGER NOT NULL,
    year INTEGER NOT NULL,
    date TEXT,
    work TEXT NOT NULL,
    place TEXT NOT NULL,
    day TEXT,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX claims_target ON claims (year, number);
CREATE INDEX claims_work ON claims (work, relation);
CREATE INDEX documents_number ON documents
    (json_extract(metadata, '$.number'), json_extract(metadata, '$.year')) WHERE current;
CREATE TABLE alignments (
    old INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    new INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    rules INTEGER NOT NULL,
    links BLOB NOT NULL,
    PRIMARY KEY (old, new)
) WITHOUT ROWID;
CREATE TABLE citations (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    unit TEXT NOT NULL,
    status TEXT NOT NULL,
    ground TEXT NOT NULL,
    reason TEXT NOT NULL,
    target INTEGER REFERENCES documents (key) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    last TEXT NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    locator TEXT NOT NULL,
    name TEXT NOT NULL,
    candidates TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX citations_target ON citations (target, low, high);
CREATE TABLE linked (
    document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
    titles TEXT NOT NULL,
    names TEXT NOT NULL,
    rules TEXT NOT NULL,
    cases TEXT NOT NULL
);
CREATE TABLE erasures (
    id TEXT NOT NULL,
    erased_at TEXT NOT NULL,
    reason TEXT NOT NULL
);
"""


class Outcome(StrEnum):
    """What became of a document given to the store."""

    ADDED = "added"  # first revision of this document
    UNCHANGED = "unchanged"  # the very bytes are stored already; nothing was written
    SUPERSEDED = "superseded"  # a new revision took the place of the current one, which is kept
    SHADOWED = "shadowed"  # stored, but a source of higher precedence stays current


@dataclass(frozen=True, slots=True)
class Stored:
    """The store's answer to ``put``."""

    id: str
    outcome: Outcome
    revision: int


@dataclass(frozen=True, slots=True)
class Known:
    """A revision that was read from bytes met again."""

    id: str
    revision: int
    parser: str


class Store:
    """The repository of documents. One object may be used from several threads.

    Args:
        path: the database file; its folder is made where it is missing.

    Raises:
        StoreError: the file is not ours, was written by a later version, or cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare()
        except StoreError:
            self.close()
            raise
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise StoreError(
                f"the store {path} cannot be opened: {error}.",
                "Check that the folder exists, is writable and holds a Hjemmel database.",
            ) from error

    def _prepare(self) -> None:
        connection = self._connection()
        connection.execute("PRAGMA journal_mode = WAL")
        with self._transaction() as db:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in _SCHEMA.split(";\n"):
                    if statement.strip():
                        db.execute(statement)
                db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            elif version != SCHEMA_VERSION:
                raise StoreError(
                    f"the store {self.path} has schema {version}, this version reads {SCHEMA_VERSION}.",
                    "Use the version of Hjemmel that wrote it, or ingest into a new data folder.",
                )

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self.path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # erased text must not stay in free pages
            self._local.connection = connection
            with self._lock:
                self._connections.append(connection)
        return connection

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        db = self._connection()
        try:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(
                f"the store {self.path} could not be written: {error}.",
                "Nothing of this document was kept. Check free disk space and other writers, then repeat.",
            ) from error

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """For modules of the corpus that keep tables of their own here: all of it is written or nothing."""
        return self._transaction()

    def select(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of the tables that other modules of the corpus keep here."""
        return self._connection().execute(query, values).fetchall()

    def close(self) -> None:
        """Close every connection; the object cannot be used afterwards."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Writing

    def put(
        self,
        document: ParsedDocument,
        record: RawRecord,
        *,
        document_id: str,
        work_id: str,
        collection: str,
        precedence: int = 0,
    ) -> Stored:
        """Keep one parsed document with its raw bytes, in one transaction.

        Of several revisions the one with the highest ``precedence`` is current (official XML before a
        derived record of the same document); among equals the last one given.
        """
        with self._transaction() as db:
            rows = db.execute(
                "SELECT key, revision, checksum, parser, current, precedence, collection"
                " FROM documents WHERE id = ? ORDER BY revision",
                (document_id,),
            ).fetchall()
            for _, revision, checksum, parser, _, _, kept_in in rows:
                if (checksum, parser, kept_in) == (record.checksum, document.parser, collection):
                    return Stored(document_id, Outcome.UNCHANGED, revision)
            current = next((row for row in rows if row[4]), None)
            wins = current is None or precedence >= current[5]
            if current is not None and wins:
                db.execute("UPDATE documents SET current = 0 WHERE key = ?", (current[0],))
            revision = rows[-1][1] + 1 if rows else 1
            self._insert(db, document, record, document_id, revision, wins, precedence, work_id, collection)
        if not rows:
            return Stored(document_id, Outcome.ADDED, revision)
        return Stored(document_id, Outcome.SUPERSEDED if wins else Outcome.SHADOWED, revision)

    def _insert(
        self,
        db: sqlite3.Connection,
        document: ParsedDocument,
        record: RawRecord,
        document_id: str,
        revision: int,
        current: bool,
        precedence: int,
        work_id: str,
        collection: str,
    ) -> None:
        meta = document.metadata
        db.execute(
            "INSERT OR IGNORE INTO blobs VALUES (?, ?)", (record.checksum, codec.compress(record.data))
        )
        cursor = db.execute(
            "INSERT INTO documents (id, revision, current, precedence, work_id, collection, kind, type,"
            " title, date, metadata, address, media_type, checksum, size, parser, ingested_at, warnings,"
            " length) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document_id,
                revision,
                int(current),
                precedence,
                work_id,
                collection,
                meta.kind,
                meta.type,
                meta.title,
                meta.date.isoformat() if meta.date else None,
                codec.dump_metadata(meta),
                record.address,
                record.media_type,
                record.checksum,
                len(record.data),
                document.parser,
                dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                codec.dump_json(document.warnings),
                len(document.text),
            ),
        )
        key = cursor.lastrowid
        contexts: dict[tuple[str, str], int] = {}
        provisions = [
            (
                key,
                p.locator.slug,
                ordinal,
                p.level,
                p.locator.part,
                p.locator.block,
                p.locator.paragraph,
                p.locator.stk,
                p.locator.nr,
                p.locator.litra,
                p.locator.pkt,
                p.span.start,
                p.span.end,
                p.body.start,
                p.body.end,
                contexts.setdefault((p.chapter, p.heading), len(contexts)),
                int(p.repealed),
            )
            for ordinal, p in enumerate(document.provisions)
        ]
        db.executemany(
            "INSERT INTO provisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", provisions
        )
        db.executemany(
            "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (key, i, s.role, s.title, s.case_number, s.span.start, s.span.end)
                for i, s in enumerate(document.sections)
            ],
        )
        db.executemany(
            "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(key, i, *_claim_row(claim)) for i, claim in enumerate(read_claims(document))],
        )
        layout = codec.Layout(tuple(contexts), document.footnotes, document.pages, document.preamble)
        db.execute(
            "INSERT INTO texts VALUES (?, ?, ?, ?)",
            (
                key,
                codec.compress(document.text.encode()),
                codec.dump_offsets(document.offsets),
                codec.dump_layout(layout),
            ),
        )

    def erase(self, document_id: str, reason: str) -> int:
        """Remove every revision of a document, its text and its raw bytes. Returns the revisions removed.

        A blob that another document was read from too (one file, several records share no blob) stays.
        The identifier, the day and the reason are kept as a record that something was erased.

        Raises:
            NotFoundError: no such document.
        """
        with self._transaction() as db:
            sums = [
                row[0] for row in db.execute("SELECT checksum FROM documents WHERE id = ?", (document_id,))
            ]
            if not sums:
                raise _unknown(document_id)
            db.execute("DELETE FROM documents WHERE id = ?", (document_id,))
            db.executemany(
                "DELETE FROM blobs WHERE checksum = ?1"
                " AND NOT EXISTS (SELECT 1 FROM documents WHERE checksum = ?1)",
                [(checksum,) for checksum in sums],
            )
            db.execute(
                "INSERT INTO erasures VALUES (?, ?, ?)",
                (document_id, dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), reason),
            )
        # The write-ahead log still holds the old pages until it is folded in and cut off.
        self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(sums)

    # Reading

    def documents(
        self,
        *,
        kinds: Sequence[Kind] = (),
        collections: Sequence[str] = (),
        work_id: str = "",
        after: str = "",
        limit: int = -1,
    ) -> list[StoredDocument]:
        """Current documents in order of id, after the id ``after``; ``limit`` -1 means all."""
        where, values = ["current", "id > ?"], [after]
        for column, wanted in (("kind", kinds), ("collection", collections)):
            if wanted:
                where.append(f"{column} IN ({', '.join('?' * len(wanted))})")
                values.extend(wanted)
        if work_id:
            where.append("work_id = ?")
            values.append(work_id)
        query = f"SELECT {_COLUMNS} FROM documents WHERE {' AND '.join(where)} ORDER BY id LIMIT ?"  # noqa: S608
        return [_stored(row) for row in self._connection().execute(query, [*values, limit])]

    def document(self, document_id: str, revision: int | None = None) -> StoredDocument:
        """The current (or the named) revision of a document. Raises NotFoundError."""
        which, values = (
            ("current", [document_id]) if revision is None else ("revision = ?", [document_id, revision])
        )
        row = (
            self._connection()
            .execute(f"SELECT {_COLUMNS} FROM documents WHERE id = ? AND {which}", values)  # noqa: S608
            .fetchone()
        )
        if row is None:
            raise _unknown(document_id)
        return _stored(row)

    def find(self, checksum: str, collection: str) -> Known | None:
        """The latest revision in ``collection`` that was read from bytes with this checksum."""
        row = (
            self._connection()
            .execute(
                "SELECT id, revision, parser FROM documents WHERE checksum = ? AND collection = ?"
                " ORDER BY key DESC LIMIT 1",
                (checksum, collection),
            )
            .fetchone()
        )
        return Known(*row) if row else None

    def collection_of(self, document_id: str) -> str | None:
        """The collection that a document is kept in, ``None`` where there is no such document."""
        row = (
            self._connection()
            .execute("SELECT collection FROM documents WHERE id = ? AND current", (document_id,))
            .fetchone()
        )
        return str(row[0]) if row else None

    def revisions(self, document_id: str) -> list[StoredDocument]:
        """All revisions of a document, oldest first. Raises NotFoundError."""
        query = f"SELECT {_COLUMNS} FROM documents WHERE id = ? ORDER BY revision"  # noqa: S608
        found = [_stored(row) for row in self._connection().execute(query, (document_id,))]
        if not found:
            raise _unknown(document_id)
        return found

    def by_key(self, key: int) -> StoredDocument | None:
        """A revision by the store's own number; ``None`` once it was erased."""
        row = (
            self._connection()
            .execute(f"SELECT {_COLUMNS} FROM documents WHERE key = ?", (key,))  # noqa: S608
            .fetchone()
        )
        return _stored(row) if row else None

    def text(self, key: int) -> str:
        """The normalised text of a revision."""
        return codec.decompress(self._text_column(key, "text")).decode()

    def offsets(self, key: int) -> OffsetMap:
        """The way back to the raw file."""
        return codec.load_offsets(self._text_column(key, "offsets"))

    def raw(self, key: int) -> bytes:
        """The raw bytes that the revision was read from."""
        row = (
            self._connection()
            .execute("SELECT data FROM blobs JOIN documents USING (checksum) WHERE documents.key = ?", (key,))
            .fetchone()
        )
        if row is None:
            raise _unknown(f"revision {key}")
        return codec.decompress(row[0])

    def footnotes(self, key: int) -> tuple[Footnote, ...]:
        """Footnotes of a revision."""
        return self._layout(key).footnotes

    def pages(self, key: int) -> tuple[Page, ...]:
        """Pages of a revision; empty where the source has none."""
        return self._layout(key).pages

    def provisions(self, key: int, level: Level | None = None) -> list[Provision]:
        """The provisions of a revision in text order."""
        contexts = self._layout(key).contexts
        query, values = f"SELECT {_PROVISION} FROM provisions WHERE document = ?", [key]  # noqa: S608
        if level is not None:
            query += " AND level = ?"
            values.append(level)  # type: ignore[arg-type]
        rows = self._connection().execute(query + " ORDER BY ordinal", values)
        return [_provision(row, contexts) for row in rows]

    def provision(self, key: int, slug: str) -> Provision:
        """One provision by ``Locator.slug``. Raises NotFoundError."""
        row = (
            self._connection()
            .execute(f"SELECT {_PROVISION} FROM provisions WHERE document = ? AND slug = ?", (key, slug))  # noqa: S608
            .fetchone()
        )
        if row is None:
            raise NotFoundError(
                f"there is no provision {slug!r} in this document.",
                "List the document's provisions, or write the address as par-36.stk-1.",
            )
        return _provision(row, self._layout(key).contexts)

    def sections(self, key: int) -> list[Section]:
        """The sections of a decision in text order."""
        rows = self._connection().execute(
            "SELECT role, title, case_number, start, stop FROM sections WHERE document = ? ORDER BY ordinal",
            (key,),
        )
        return [
            Section(SectionRole(role), title, Span(start, stop), case)
            for role, title, case, start, stop in rows
        ]

    def numbered(self, number: int, year: int) -> list[StoredDocument]:
        """Current rules and amending acts with this number of this year, in order of id."""
        rows = self._connection().execute(
            f"SELECT {_COLUMNS} FROM documents WHERE current AND json_extract(metadata, '$.number') = ?"  # noqa: S608
            " AND json_extract(metadata, '$.year') = ? AND kind <> ? ORDER BY id",
            (str(number), year, Kind.PRECEDENT),
        )
        return [_stored(row) for row in rows]

    def claims(self, key: int | None = None) -> dict[int, tuple[Claim, ...]]:
        """What current documents (or one revision) say of others, by the store's number of the revision."""
        query, values = f"SELECT document, {_CLAIM} FROM claims", []  # noqa: S608
        if key is None:
            query += " JOIN documents ON key = document WHERE current"
        else:
            query, values = query + " WHERE document = ?", [key]
        found: dict[int, list[Claim]] = {}
        for row in self._connection().execute(query + " ORDER BY document, ordinal", values):
            found.setdefault(row[0], []).append(_claim(row[1:]))
        return {document: tuple(claims) for document, claims in found.items()}

    def claimants(
        self, relation: Relation, *, number: int = 0, year: int = 0, work: str = ""
    ) -> list[tuple[StoredDocument, Claim]]:
        """Who says this of the document with ``number`` of ``year``, or of the work titled ``work``."""
        where, values = (
            ("work = ?", [work]) if work else ("claims.number = ? AND claims.year = ?", [number, year])
        )
        rows = self._connection().execute(
            f"SELECT {_qualified(_COLUMNS)}, {_CLAIM} FROM claims JOIN documents ON key = document"  # noqa: S608
            f" WHERE current AND relation = ? AND {where} ORDER BY documents.date, id, ordinal",
            [relation, *values],
        )
        width = len(_COLUMNS.split(","))
        return [(_stored(row[:width]), _claim(row[width:])) for row in rows]

    def alignment(self, old: int, new: int, rules: int) -> bytes | None:
        """The kept alignment of two revisions; None where there is none by these rules."""
        row = (
            self._connection()
            .execute(
                "SELECT links FROM alignments WHERE old = ? AND new = ? AND rules = ?", (old, new, rules)
            )
            .fetchone()
        )
        return codec.decompress(row[0]) if row else None

    def keep_alignment(self, old: int, new: int, rules: int, links: bytes) -> None:
        """Keep the alignment of two revisions, which never change; an erased one takes it along."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO alignments VALUES (?, ?, ?, ?)",
                (old, new, rules, codec.compress(links)),
            )

    def counts(self) -> dict[str, int]:
        """Current documents by kind."""
        rows = self._connection().execute("SELECT kind, COUNT(*) FROM documents WHERE current GROUP BY kind")
        return dict(rows.fetchall())

    def collections(self) -> list[str]:
        """Names of the collections that hold current documents."""
        rows = self._connection().execute(
            "SELECT DISTINCT collection FROM documents WHERE current ORDER BY collection"
        )
        return [row[0] for row in rows]

    def fingerprint(self) -> str:
        """A checksum over the ids and bytes of all current revisions: changes when the corpus does."""
        digest = hashlib.sha256()
        rows = self._connection().execute(
            "SELECT id, checksum, parser, collection FROM documents WHERE current ORDER BY id"
        )
        for row in rows:
            digest.update("\0".join(row).encode() + b"\n")
        return digest.hexdigest()

    def check(self) -> list[str]:
        """What SQLite finds wrong with the file; empty when it is sound."""
        rows = self._connection().execute("PRAGMA quick_check").fetchall()
        return [row[0] for row in rows if row[0] != "ok"]

    def _text_column(self, key: int, column: str) -> bytes:
        row = (
            self._connection().execute(f"SELECT {column} FROM texts WHERE document = ?", (key,)).fetchone()  # noqa: S608
        )
        if row is None:
            raise _unknown(f"revision {key}")
        return bytes(row[0])

    def _layout(self, key: int) -> codec.Layout:
        return codec.load_layout(self._text_column(key, "layout"))


_COLUMNS = (
    "key, id, revision, current, work_id, collection, metadata, address, media_type, checksum, size,"
    " parser, ingested_at, warnings, length"
)
_PROVISION = (
    "level, part, block, paragraph, stk, nr, litra, pkt, start, stop, body_start, body_stop, context,"
    " repealed"
)

_CLAIM = (
    "claims.relation, claims.number, claims.year, claims.date, claims.work, claims.place, claims.day,"
    " claims.start, claims.stop"
)


def _qualified(columns: str) -> str:
    return ", ".join(f"documents.{name.strip()}" for name in columns.split(","))


def _claim_row(claim: Claim) -> tuple[object, ...]:
    date, day = (d.isoformat() if d else None for d in (claim.date, claim.day))
    span = (claim.span.start, claim.span.end)
    return claim.relation, claim.number, claim.year, date, claim.work, claim.place, day, *span


def _claim(row: Sequence[object]) -> Claim:
    relation, number, year, date, work, place, day, start, stop = row
    date_, day_ = (dt.date.fromisoformat(str(d)) if d else None for d in (date, day))
    span = Span(int(str(start)), int(str(stop)))
    return Claim(
        Relation(str(relation)), span, int(str(number)), int(str(year)), date_, str(work), str(place), day_
    )


def _stored(row: Sequence[object]) -> StoredDocument:
    (
        key,
        id_,
        revision,
        current,
        work,
        collection,
        meta,
        address,
        media,
        checksum,
        size,
        parser,
        at,
        warn,
        n,
    ) = row
    return StoredDocument(
        key=int(str(key)),
        id=str(id_),
        revision=int(str(revision)),
        current=bool(current),
        work_id=str(work),
        collection=str(collection),
        metadata=codec.load_metadata(str(meta)),
        provenance=Provenance(
            str(address),
            str(media),
            str(checksum),
            int(str(size)),
            str(parser),
            dt.datetime.fromisoformat(str(at)),
        ),
        warnings=codec.load_strings(str(warn)),
        length=int(str(n)),
    )


def _provision(row: Sequence[object], contexts: Sequence[tuple[str, str]]) -> Provision:
    level, part, block, paragraph, stk, nr, litra, pkt, start, stop, body, body_stop, context, repealed = row
    chapter, heading = contexts[int(str(context))]
    return Provision(
        Locator(
            str(paragraph),
            int(str(stk)) if stk is not None else None,
            str(nr) if nr is not None else None,
            str(litra) if litra is not None else None,
            int(str(pkt)) if pkt is not None else None,
            Part(str(part)),
            int(str(block)),
        ),
        Level(str(level)),
        Span(int(str(start)), int(str(stop))),
        Span(int(str(body)), int(str(body_stop))),
        chapter,
        heading,
        bool(repealed),
    )


def _unknown(document_id: str) -> NotFoundError:
    return NotFoundError(
        f"there is no document {document_id!r} in the store.",
        "Look it up with a search, or list what is kept with GET /v1/documents.",
    )
