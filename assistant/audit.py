"""The audit log: what was shown, when, on which index. Append-only; every entry holds the one before it.

An entry's hash covers the hash of the entry before, so a changed, removed or added entry breaks the chain
from there on. It holds no case text: of what was asked only a keyed digest, which proves that a text is the
one without telling which text it was. The key lies beside the log; who can read both can test a guess.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import NotFoundError, StoreError

GENESIS = "0" * 64  # what the first entry names as the one before it
BUSY_TIMEOUT_S = 30  # how long a writer waits for another before it gives up
_KEY_BYTES = 32
_TABLES = """
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS secret (key BLOB NOT NULL);
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
"""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that is to be accounted for.

    ``text`` is what was asked, after personal data was replaced; the log keeps its digest alone.
    """

    action: str  # "brief", "note"
    text: str
    as_of: dt.date
    snapshot: str
    generator: str
    shown: tuple[str, ...]  # ids of documents and provisions
    opened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as the log keeps it."""

    number: int  # from 1, without gaps
    id: str
    at: dt.datetime  # UTC
    action: str
    digest: str
    as_of: dt.date
    snapshot: str
    generator: str
    shown: tuple[str, ...]
    opened: tuple[str, ...]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place where the chain does not hold."""

    number: int
    reason: str


class AuditLog:
    """The log in one SQLite file. Safe to share between threads and between processes.

    Raises:
        StoreError: the file cannot be opened or is not an audit log.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_TABLES)
            with _writing(connection):
                row = connection.execute("SELECT key FROM secret").fetchone()
                self._key: bytes = row[0] if row else secrets.token_bytes(_KEY_BYTES)
                if row is None:
                    connection.execute("INSERT INTO secret VALUES (?)", (self._key,))

    def append(self, event: Event) -> Entry:
        """Write an event; once this returns it is on disk.

        Raises:
            StoreError: it cannot be written, so what it accounts for must not be shown.
        """
        with self._connection() as connection, _writing(connection):
            last = connection.execute(
                "SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1"
            ).fetchone()
            number, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
            identifier = secrets.token_hex(8)
            body = json.dumps(
                {
                    "number": number,
                    "id": identifier,
                    "at": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
                    "action": event.action,
                    "digest": self.digest(event.text),
                    "as_of": event.as_of.isoformat(),
                    "snapshot": event.snapshot,
                    "generator": event.generator,
                    "shown": list(event.shown),
                    "opened": list(event.opened),
                    "previous": previous,
                },
                ensure_ascii=False,
                sort_keys=True,
            )
            hashed = _hash(body)
            connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", (number, identifier, body, hashed))
        return _entry(body, hashed)

    def digest(self, text: str) -> str:
        """The keyed digest of a text: equal for equal texts of this log, and no use without its key."""
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def entries(self) -> Iterator[Entry]:
        """Every entry, oldest first."""
        with self._connection() as connection:
            for _, body, hashed in connection.execute(
                "SELECT number, body, hash FROM entries ORDER BY number"
            ):
                yield _entry(body, hashed)

    def entry(self, identifier: str) -> Entry:
        """The entry with this id.

        Raises:
            NotFoundError: the log has none such.
        """
        with self._connection() as connection:
            row = connection.execute("SELECT body, hash FROM entries WHERE id = ?", (identifier,)).fetchone()
        if row is None:
            raise NotFoundError(f"Loggen har ingen post {identifier}.", "Se hjemmel audit show.")
        return _entry(*row)

    def verify(self) -> Broken | None:
        """The first place where the chain does not hold; ``None`` where every entry is as it was written.

        What is cut off the end leaves a shorter chain that holds: keep the last hash elsewhere to see it.
        """
        previous, expected = GENESIS, 1
        with self._connection() as connection:
            for number, identifier, body, hashed in connection.execute(
                "SELECT number, id, body, hash FROM entries ORDER BY number"
            ):
                if number != expected:
                    return Broken(expected, "the entry is missing")
                if _hash(body) != hashed:
                    return Broken(number, "the entry is not what was written")
                said = json.loads(body)
                if (said["number"], said["id"]) != (number, identifier):
                    return Broken(number, "the entry stands under another number or id")
                if said["previous"] != previous:
                    return Broken(number, "the entry before it is another one")
                previous, expected = hashed, number + 1
        return None

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(
                sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
            ) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                yield connection
        except sqlite3.Error as error:
            raise StoreError(
                f"the audit log {self.path.name} cannot be used: {error}.",
                "Check free space and permissions of the data folder.",
            ) from error


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that no other writer can come between."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _entry(body: str, hashed: str) -> Entry:
    said = json.loads(body)
    return Entry(
        number=said["number"],
        id=said["id"],
        at=dt.datetime.fromisoformat(said["at"]),
        action=said["action"],
        digest=said["digest"],
        as_of=dt.date.fromisoformat(said["as_of"]),
        snapshot=said["snapshot"],
        generator=said["generator"],
        shown=_texts(said["shown"]),
        opened=_texts(said["opened"]),
        previous=said["previous"],
        hash=hashed,
    )


def _texts(said: Sequence[str]) -> tuple[str, ...]:
    return tuple(said)
