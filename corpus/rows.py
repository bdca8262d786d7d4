"""Rows of the database as the values they stand for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from corpus import codec
from corpus.claims import Claim, Relation
from corpus.types import Level, Locator, Part, Provenance, Provision, Span, StoredDocument

COLUMNS = (
    "key, id, revision, current, work_id, collection, metadata, address, media_type, checksum, size,"
    " parser, ingested_at, warnings, length"
)
PROVISION_COLUMNS = (
    "level, part, block, paragraph, stk, nr, litra, pkt, start, stop, body_start, body_stop, context,"
    " repealed"
)

CLAIM_COLUMNS = (
    "claims.relation, claims.number, claims.year, claims.date, claims.work, claims.place, claims.day,"
    " claims.start, claims.stop"
)


def qualified(columns: str) -> str:
    """Columns of ``documents`` for a query over several tables."""
    return ", ".join(f"documents.{name.strip()}" for name in columns.split(","))


def claim_row(claim: Claim) -> tuple[object, ...]:
    """A claim as the columns of ``claims`` without its document."""
    date, day = (d.isoformat() if d else None for d in (claim.date, claim.day))
    span = (claim.span.start, claim.span.end)
    return claim.relation, claim.number, claim.year, date, claim.work, claim.place, day, *span


def claim_of(row: Sequence[object]) -> Claim:
    """A claim from CLAIM_COLUMNS."""
    relation, number, year, date, work, place, day, start, stop = row
    date_, day_ = (dt.date.fromisoformat(str(d)) if d else None for d in (date, day))
    span = Span(int(str(start)), int(str(stop)))
    return Claim(
        Relation(str(relation)), span, int(str(number)), int(str(year)), date_, str(work), str(place), day_
    )


def document_of(row: Sequence[object]) -> StoredDocument:
    """A revision from COLUMNS."""
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


def provision_of(row: Sequence[object], contexts: Sequence[tuple[str, str]]) -> Provision:
    """A provision from PROVISION_COLUMNS; ``contexts`` are its document\'s (chapter, heading) pairs."""
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
