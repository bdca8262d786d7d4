"""Everything the corpus keeps, in one embedded SQLite database.

The store is the truth: indexes are derived from it and can be rebuilt. Each document is written in one
transaction, so a crash leaves either the whole document or nothing of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus import codec
from corpus.claims import Claim, Relation, read_claims
from corpus.database import Database
from corpus.errors import NotFoundError
from corpus.rows import (
    CLAIM_COLUMNS,
    COLUMNS,
    PROVISION_COLUMNS,
    claim_of,
    claim_row,
    document_of,
    provision_of,
    qualified,
)
from corpus.types import (
    Footnote,
    Kind,
    Level,
    OffsetMap,
    Page,
    ParsedDocument,
    Provision,
    RawRecord,
    Section,
    SectionRole,
    Span,
    StoredDocument,
)


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


class Store(Database):
    """The repository of documents; see ``Database`` for what it takes and raises."""

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
        with self.transaction() as db:
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
            [(key, i, *claim_row(claim)) for i, claim in enumerate(read_claims(document))],
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
        with self.transaction() as db:
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
        self.select("PRAGMA wal_checkpoint(TRUNCATE)")
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
        query = f"SELECT {COLUMNS} FROM documents WHERE {' AND '.join(where)} ORDER BY id LIMIT ?"  # noqa: S608
        return [document_of(row) for row in self.select(query, [*values, limit])]

    def document(self, document_id: str, revision: int | None = None) -> StoredDocument:
        """The current (or the named) revision of a document. Raises NotFoundError."""
        which, values = (
            ("current", [document_id]) if revision is None else ("revision = ?", [document_id, revision])
        )
        row = self.select_one(f"SELECT {COLUMNS} FROM documents WHERE id = ? AND {which}", values)  # noqa: S608
        if row is None:
            raise _unknown(document_id)
        return document_of(row)

    def find(self, checksum: str, collection: str) -> Known | None:
        """The latest revision in ``collection`` that was read from bytes with this checksum."""
        row = self.select_one(
            "SELECT id, revision, parser FROM documents WHERE checksum = ? AND collection = ?"
            " ORDER BY key DESC LIMIT 1",
            (checksum, collection),
        )
        return Known(*row) if row else None

    def collection_of(self, document_id: str) -> str | None:
        """The collection that a document is kept in, ``None`` where there is no such document."""
        row = self.select_one("SELECT collection FROM documents WHERE id = ? AND current", (document_id,))
        return str(row[0]) if row else None

    def revisions(self, document_id: str) -> list[StoredDocument]:
        """All revisions of a document, oldest first. Raises NotFoundError."""
        query = f"SELECT {COLUMNS} FROM documents WHERE id = ? ORDER BY revision"  # noqa: S608
        found = [document_of(row) for row in self.select(query, (document_id,))]
        if not found:
            raise _unknown(document_id)
        return found

    def by_key(self, key: int) -> StoredDocument | None:
        """A revision by the store's own number; ``None`` once it was erased."""
        row = self.select_one(f"SELECT {COLUMNS} FROM documents WHERE key = ?", (key,))  # noqa: S608
        return document_of(row) if row else None

    def text(self, key: int) -> str:
        """The normalised text of a revision."""
        return codec.decompress(self._text_column(key, "text")).decode()

    def offsets(self, key: int) -> OffsetMap:
        """The way back to the raw file."""
        return codec.load_offsets(self._text_column(key, "offsets"))

    def raw(self, key: int) -> bytes:
        """The raw bytes that the revision was read from."""
        row = self.select_one(
            "SELECT data FROM blobs JOIN documents USING (checksum) WHERE documents.key = ?", (key,)
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

    def provisions(
        self, key: int, level: Level | None = None, paragraph: str | None = None
    ) -> list[Provision]:
        """The provisions of a revision in text order; of one level or of the §§ with one number alone."""
        contexts = self._layout(key).contexts
        query = f"SELECT {PROVISION_COLUMNS} FROM provisions WHERE document = ?"  # noqa: S608
        values: list[object] = [key]
        for column, value in (("level", level), ("paragraph", paragraph)):
            if value is not None:
                query += f" AND {column} = ?"
                values.append(value)
        rows = self.select(query + " ORDER BY ordinal", values)
        return [provision_of(row, contexts) for row in rows]

    def provision(self, key: int, slug: str) -> Provision:
        """One provision by ``Locator.slug``. Raises NotFoundError."""
        row = self.select_one(
            f"SELECT {PROVISION_COLUMNS} FROM provisions WHERE document = ? AND slug = ?",  # noqa: S608
            (key, slug),
        )
        if row is None:
            raise NotFoundError(
                f"Dokumentet har ingen bestemmelse med adressen «{slug[:80]}».",
                "Se dets indholdsfortegnelse, eller skriv adressen som par-36.stk-1.",
            )
        return provision_of(row, self._layout(key).contexts)

    def sections(self, key: int) -> list[Section]:
        """The sections of a decision in text order."""
        rows = self.select(
            "SELECT role, title, case_number, start, stop FROM sections WHERE document = ? ORDER BY ordinal",
            (key,),
        )
        return [
            Section(SectionRole(role), title, Span(start, stop), case)
            for role, title, case, start, stop in rows
        ]

    def numbered(self, number: int, year: int) -> list[StoredDocument]:
        """Current rules and amending acts with this number of this year, in order of id."""
        rows = self.select(
            f"SELECT {COLUMNS} FROM documents WHERE current AND json_extract(metadata, '$.number') = ?"  # noqa: S608
            " AND json_extract(metadata, '$.year') = ? AND kind <> ? ORDER BY id",
            (str(number), year, Kind.PRECEDENT),
        )
        return [document_of(row) for row in rows]

    def claims(self, key: int | None = None) -> dict[int, tuple[Claim, ...]]:
        """What current documents (or one revision) say of others, by the store's number of the revision."""
        query, values = f"SELECT document, {CLAIM_COLUMNS} FROM claims", []  # noqa: S608
        if key is None:
            query += " JOIN documents ON key = document WHERE current"
        else:
            query, values = query + " WHERE document = ?", [key]
        found: dict[int, list[Claim]] = {}
        for row in self.select(query + " ORDER BY document, ordinal", values):
            found.setdefault(row[0], []).append(claim_of(row[1:]))
        return {document: tuple(claims) for document, claims in found.items()}

    def claimants(
        self, relation: Relation, *, number: int = 0, year: int = 0, work: str = ""
    ) -> list[tuple[StoredDocument, Claim]]:
        """Who says this of the document with ``number`` of ``year``, or of the work titled ``work``."""
        where, values = (
            ("work = ?", [work]) if work else ("claims.number = ? AND claims.year = ?", [number, year])
        )
        rows = self.select(
            f"SELECT {qualified(COLUMNS)}, {CLAIM_COLUMNS} FROM claims JOIN documents ON key = document"  # noqa: S608
            f" WHERE current AND relation = ? AND {where} ORDER BY documents.date, id, ordinal",
            [relation, *values],
        )
        width = len(COLUMNS.split(","))
        return [(document_of(row[:width]), claim_of(row[width:])) for row in rows]

    def alignment(self, old: int, new: int, rules: int) -> bytes | None:
        """The kept alignment of two revisions; None where there is none by these rules."""
        row = self.select_one(
            "SELECT links FROM alignments WHERE old = ? AND new = ? AND rules = ?", (old, new, rules)
        )
        return codec.decompress(row[0]) if row else None

    def keep_alignment(self, old: int, new: int, rules: int, links: bytes) -> None:
        """Keep the alignment of two revisions, which never change; an erased one takes it along."""
        with self.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO alignments VALUES (?, ?, ?, ?)",
                (old, new, rules, codec.compress(links)),
            )

    def counts(self) -> dict[str, int]:
        """Current documents by kind."""
        rows = self.select("SELECT kind, COUNT(*) FROM documents WHERE current GROUP BY kind")
        return dict(rows)

    def collections(self) -> list[str]:
        """Names of the collections that hold current documents."""
        rows = self.select("SELECT DISTINCT collection FROM documents WHERE current ORDER BY collection")
        return [row[0] for row in rows]

    def fingerprint(self) -> str:
        """A checksum over the ids and bytes of all current revisions: changes when the corpus does."""
        digest = hashlib.sha256()
        rows = self.select("SELECT id, checksum, parser, collection FROM documents WHERE current ORDER BY id")
        for row in rows:
            digest.update("\0".join(row).encode() + b"\n")
        return digest.hexdigest()

    def check(self) -> list[str]:
        """What SQLite finds wrong with the file; empty when it is sound."""
        rows = self.select("PRAGMA quick_check")
        return [row[0] for row in rows if row[0] != "ok"]

    def _text_column(self, key: int, column: str) -> bytes:
        row = (
            self.select_one(f"SELECT {column} FROM texts WHERE document = ?", (key,))  # noqa: S608
        )
        if row is None:
            raise _unknown(f"revision {key}")
        return bytes(row[0])

    def _layout(self, key: int) -> codec.Layout:
        return codec.load_layout(self._text_column(key, "layout"))


def _unknown(document_id: str) -> NotFoundError:
    return NotFoundError(
        f"Samlingen har intet dokument «{document_id[:80]}».",
        "Søg efter det, eller se listen over dokumenter.",
    )
