"""The records that leave the system, the same at every door: HTTP, ``--json`` and Python."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant import types as views
from corpus.types import Kind, RawSpan, Span, StoredDocument
from index import types as index


class Record(BaseModel):
    """Base of all records."""

    model_config = ConfigDict(extra="forbid")


class SearchRequest(Record):
    """What to search for."""

    text: str = Field(
        description="The case in plain words, or a question.",
        examples=["Borgeren udeblev fra samtalen og siger, at hun var syg, men meldte ikke afbud."],
    )
    kinds: list[Kind] = Field(
        default=[Kind.RULE, Kind.PRECEDENT], description="What to find: `rule`, `precedent` or both."
    )
    top: int = Field(default=10, description="Results of each kind, 1 to 200.")
    as_of: dt.date | None = Field(
        default=None, description="The case's date: rules are shown in the wording then in force."
    )
    collections: list[str] = Field(default=[], description="Search in these collections only.")
    exclude: list[str] = Field(default=[], description="Ids of documents or provisions not to find.")

    def query(self) -> index.Query:
        """The query it asks for."""
        return index.Query(
            text=self.text,
            kinds=tuple(dict.fromkeys(self.kinds)),
            top=self.top,
            as_of=self.as_of,
            collections=tuple(self.collections),
            exclude=tuple(self.exclude),
        )


class SpanRecord(Record):
    """A range of code points in the document's normalised text."""

    start: int
    end: int

    @classmethod
    def of(cls, span: Span) -> SpanRecord:
        return cls(start=span.start, end=span.end)


class PassageRecord(Record):
    """A passage quoted verbatim, and where it stands."""

    text: str
    span: SpanRecord
    page: int | None
    locator: str


class TermRecord(Record):
    """A term that query and result share, as the words stand in each."""

    term: str
    in_query: list[str]
    in_result: list[str]


class WhyRecord(Record):
    """Why a result was found. Says how alike the words are, nothing about how the case should end."""

    terms: list[TermRecord]
    similarity: float | None = Field(description="Cosine of the encoder's vectors, -1 to 1.")
    shared_citations: list[str]


class ResultRecord(Record):
    """One rule (a §) or one past decision."""

    id: str
    kind: Kind
    document_id: str
    title: str
    citation: str
    url: str
    authority: str
    date: dt.date | None
    in_force: bool | None = Field(description="On the day asked for; null where no source tells.")
    valid_from: dt.date | None
    valid_until: dt.date | None = Field(description="First day the wording no longer applies.")
    outcome: list[str] = Field(description="As the authority recorded it; never inferred, never counted.")
    passages: list[PassageRecord]
    why: WhyRecord
    collection: str
    fictional: bool

    @classmethod
    def of(cls, result: index.Result) -> ResultRecord:
        return cls(
            id=result.id,
            kind=result.kind,
            document_id=result.document_id,
            title=result.title,
            citation=result.citation,
            url=result.url,
            authority=result.authority,
            date=result.date,
            in_force=result.in_force,
            valid_from=result.valid_from,
            valid_until=result.valid_until,
            outcome=list(result.outcome),
            passages=[
                PassageRecord(text=p.text, span=SpanRecord.of(p.span), page=p.page, locator=p.locator)
                for p in result.passages
            ],
            why=WhyRecord(
                terms=[
                    TermRecord(term=t.term, in_query=list(t.in_query), in_result=list(t.in_result))
                    for t in result.why.terms
                ],
                similarity=None if result.why.similarity is None else round(result.why.similarity, 4),
                shared_citations=list(result.why.shared_citations),
            ),
            collection=result.collection,
            fictional=result.fictional,
        )


class CorpusRecord(Record):
    """What was searched."""

    snapshot: str
    as_of: dt.date
    documents: int
    rules: int = Field(description="Documents with rules in force on `as_of`.")
    precedents: int
    passages: int
    vectors: int
    encoder: str
    newest: dt.date | None

    @classmethod
    def of(cls, state: index.CorpusState) -> CorpusRecord:
        return cls(**{name: getattr(state, name) for name in cls.model_fields})


class SearchResponse(Record):
    """Rules and precedents apart, each best first."""

    rules: list[ResultRecord]
    precedents: list[ResultRecord]
    corpus: CorpusRecord
    notes: list[str] = Field(description="Codes of what the reader must know, such as `no-precedents`.")

    @classmethod
    def of(cls, results: index.SearchResults) -> SearchResponse:
        return cls(
            rules=[ResultRecord.of(r) for r in results.rules],
            precedents=[ResultRecord.of(r) for r in results.precedents],
            corpus=CorpusRecord.of(results.corpus),
            notes=list(results.notes),
        )


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

    @classmethod
    def of(cls, view: views.ProvisionView) -> ProvisionRecord:
        plain: dict[str, Any] = {
            name: getattr(view, name)
            for name in cls.model_fields
            if name not in ("span", "validity", "children")
        }
        return cls(
            **plain,
            span=SpanRecord.of(view.span),
            validity=ValidityRecord.of(view.validity),
            children=list(view.children),
        )


class ProblemRecord(BaseModel):
    """An error, as RFC 9457 has it, with the remedy as a member of its own."""

    type: str
    title: str
    status: int
    detail: str
    remedy: str
    code: str


class Health(Record):
    """Whether the process lives, or is ready to answer searches."""

    status: str
    detail: str = ""
