"""The records of documents and provisions opened, the same at every door."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import Field

from api.schemas import Record, SpanRecord
from api.standing_records import ChangedSinceRecord, OwnReferenceRecord, RelatedDecisionRecord
from assistant import types as views
from corpus.types import Kind, RawSpan, StoredDocument


class ValidityRecord(Record):
    """When a version is the one to read."""

    as_of: dt.date
    in_force: bool | None
    valid_from: dt.date | None
    valid_until: dt.date | None
    replaced_by: str

    @classmethod
    def of(cls, validity: views.Validity) -> ValidityRecord:
        return cls(
            as_of=validity.as_of,
            in_force=validity.in_force,
            valid_from=validity.start,
            valid_until=validity.end,
            replaced_by=validity.replaced_by,
        )


class DocumentSummary(Record):
    """A document as an entry of a list."""

    id: str
    kind: Kind
    type: str
    title: str
    date: dt.date | None
    authority: str
    outcome: list[str]
    collection: str
    fictional: bool

    @classmethod
    def of(cls, document: StoredDocument) -> DocumentSummary:
        meta = document.metadata
        return cls(
            id=document.id,
            kind=meta.kind,
            type=meta.type,
            title=meta.title,
            date=meta.date,
            authority=meta.authority or meta.ministry,
            outcome=list(meta.outcomes),
            collection=document.collection,
            fictional=meta.fictional,
        )


class DocumentList(Record):
    """One page of documents in order of id; `next` is the `after` of the following page."""

    documents: list[DocumentSummary]
    next: str | None


class VersionRecord(Record):
    """One version of a work."""

    id: str
    citation: str
    date: dt.date | None
    valid_from: dt.date | None
    valid_until: dt.date | None


class OutlineRecord(Record):
    """A § of the document."""

    id: str
    locator: str
    chapter: str
    heading: str
    span: SpanRecord
    repealed: bool


class SectionRecord(Record):
    """A section of a decision."""

    id: str
    role: str
    title: str
    case_number: str
    span: SpanRecord


class FootnoteRecord(Record):
    """A footnote, kept apart from the text; `position` is where its mark stood."""

    label: str
    text: str
    position: int


class PageRecord(Record):
    """A page of a paged document."""

    number: int
    span: SpanRecord


class ProvenanceRecord(Record):
    """Where the document came from."""

    address: str
    media_type: str
    checksum: str = Field(description="sha256 of the raw bytes.")
    size: int
    parser: str
    ingested_at: dt.datetime


class DocumentRecord(Record):
    """A document opened: identity, validity, outline and provenance; its words are at `/text`."""

    id: str
    revision: int
    work_id: str
    kind: Kind
    type: str
    title: str
    citation: str
    url: str
    authority: str
    ministry: str
    date: dt.date | None
    status: str
    number: str
    accession_number: str
    decision_number: str
    journal_number: str
    outcome: list[str]
    subjects: list[str]
    legal_basis: list[str]
    collection: str
    fictional: bool
    length: int
    validity: ValidityRecord
    versions: list[VersionRecord]
    outline: list[OutlineRecord]
    sections: list[SectionRecord]
    footnotes: list[FootnoteRecord]
    pages: list[PageRecord]
    warnings: list[str]
    provenance: ProvenanceRecord
    standing: str = Field(
        description="One Danish sentence where another decision took this one's place or wording that it"
        " cites has changed; else empty."
    )
    superseded: bool = Field(
        description="Another decision took its place, or its source marks it as historic."
    )
    related: list[RelatedDecisionRecord]
    references: list[OwnReferenceRecord] = Field(description="Of a decision: what it cites.")
    unresolved: int = Field(description="Of a decision: references that lead nowhere.")

    @classmethod
    def of(cls, view: views.DocumentView) -> DocumentRecord:
        document, meta = view.document, view.document.metadata
        return cls(
            id=document.id,
            revision=document.revision,
            work_id=document.work_id,
            kind=view.kind,
            type=meta.type,
            title=meta.title,
            citation=view.citation,
            url=meta.url,
            authority=meta.authority,
            ministry=meta.ministry,
            date=meta.date,
            status=meta.status,
            number=meta.number,
            accession_number=meta.accession_number,
            decision_number=meta.decision_number,
            journal_number=meta.journal_number,
            outcome=list(meta.outcomes),
            subjects=list(meta.subjects),
            legal_basis=list(meta.legal_basis),
            collection=document.collection,
            fictional=meta.fictional,
            length=document.length,
            validity=ValidityRecord.of(view.validity),
            versions=[
                VersionRecord(
                    id=v.id, citation=v.citation, date=v.date, valid_from=v.start, valid_until=v.end
                )
                for v in view.versions
            ],
            outline=[
                OutlineRecord(
                    id=p.id,
                    locator=p.locator,
                    chapter=p.chapter,
                    heading=p.heading,
                    span=SpanRecord.of(p.span),
                    repealed=p.repealed,
                )
                for p in view.outline
            ],
            sections=[
                SectionRecord(
                    id=f"{document.id}:section-{number}",
                    role=s.role,
                    title=s.title,
                    case_number=s.case_number,
                    span=SpanRecord.of(s.span),
                )
                for number, s in enumerate(view.sections, start=1)
            ],
            footnotes=[
                FootnoteRecord(label=f.label, text=f.text, position=f.position) for f in view.footnotes
            ],
            pages=[PageRecord(number=p.number, span=SpanRecord.of(p.span)) for p in view.pages],
            warnings=list(document.warnings),
            provenance=ProvenanceRecord(
                **{name: getattr(document.provenance, name) for name in ProvenanceRecord.model_fields}
            ),
            standing=view.standing,
            superseded=view.superseded,
            related=[RelatedDecisionRecord.of(r) for r in view.related],
            references=[OwnReferenceRecord.of(r) for r in view.references],
            unresolved=view.unresolved,
        )


class RawRecord(Record):
    """A place in the raw file; see docs/formats.md for what `part` names and the offsets count."""

    part: str
    start: int
    end: int

    @classmethod
    def of(cls, raw: RawSpan) -> RawRecord:
        return cls(part=raw.part, start=raw.start, end=raw.end)


class TextRecord(Record):
    """Words of a document, verbatim, with their way back to the raw file."""

    id: str
    revision: int
    span: SpanRecord
    text: str
    raw: list[RawRecord]
    address: str
    checksum: str

    @classmethod
    def of(cls, view: views.TextView) -> TextRecord:
        return cls(
            id=view.document_id,
            revision=view.revision,
            span=SpanRecord.of(view.span),
            text=view.text,
            raw=[RawRecord.of(r) for r in view.raw],
            address=view.address,
            checksum=view.checksum,
        )


class ProvisionRecord(Record):
    """A provision opened at its words."""

    id: str
    document_id: str
    locator: str
    citation: str
    title: str
    chapter: str
    heading: str
    part: str
    text: str
    span: SpanRecord
    repealed: bool
    validity: ValidityRecord
    children: list[str]
    fictional: bool
    since: ChangedSinceRecord | None = Field(description="Null where the document has no versions.")

    @classmethod
    def of(cls, view: views.ProvisionView) -> ProvisionRecord:
        plain: dict[str, Any] = {
            name: getattr(view, name)
            for name in cls.model_fields
            if name not in ("span", "validity", "children", "since")
        }
        return cls(
            **plain,
            span=SpanRecord.of(view.span),
            validity=ValidityRecord.of(view.validity),
            children=list(view.children),
            since=ChangedSinceRecord.of(view.since) if view.since else None,
        )
