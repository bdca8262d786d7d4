"""The embedded SQLite database of the corpus: its tables, its connections and its transactions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from corpus.errors import StoreError

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
# Stores made before this table get it when they are opened. It holds only what can be worked out again.
_DERIVED = """CREATE TABLE IF NOT EXISTS derived (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    name TEXT NOT NULL,
    rules INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (document, name)
) WITHOUT ROWID"""


class Database:
    """One database file. One object may be used from several threads.

    Args:
        path: the database file; its folder is made where it is missing.

    Raises:
        StoreError: the file is not ours, was written by a later version, or cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.held: dict[object, Any] = {}  # what was worked out from it and dies with it: ``corpus.derived``
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
        with self.transaction() as db:
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
            db.execute(_DERIVED)

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
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all that is written within it is kept, or nothing. Raises StoreError."""
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

    def select(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises StoreError where the file cannot be read."""
        try:
            return self._connection().execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(
                f"the store {self.path} could not be read: {error}.",
                "Run `hjemmel doctor`; restore the file from a back-up, or ingest into a new data folder.",
            ) from error

    def select_one(self, query: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or ``None``. Raises StoreError where the file cannot be read."""
        rows = self.select(query, values)
        return rows[0] if rows else None

    def close(self) -> None:
        """Close every connection; the object cannot be used afterwards."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
