"""The records of citations that leave the system, the same at every door."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from api.schemas import Record, SpanRecord
from assistant import citation_types as views
from corpus.types import Kind


class ResolveRequest(Record):
    """A citation, or a whole paragraph."""

    text: str = Field(
        description="Up to 50,000 characters.",
        examples=["Støtten kan nedsættes, jf. § 15, stk. 1, og § 18 i lov om hverdagsstøtte."],
    )
    as_of: dt.date | None = Field(
        default=None,
        description="The wording of this day, today if left out; a version that the text names goes before.",
        examples=["2024-03-01"],
    )


class CandidateRecord(Record):
    """One of several places between which the words do not decide."""

    id: str = Field(description="Of a document or a provision; empty where none is kept.")
    citation: str


class CitedTargetRecord(Record):
    """What one provision, act or case that is pointed to comes to."""

    status: str = Field(description="`resolved`, `unresolved` or `ambiguous`; nothing is ever guessed.")
    ground: str | None = Field(
        description="Why this act and version: `named`, `in-force`, `own`, `enabling`, `amended`, `context`,"
        " `only-fit` or `number`."
    )
    reason: str | None = Field(
        description="Why not: `unknown-work`, `unknown-version`, `no-version`, `no-provision`, `no-act`,"
        " `no-year`, `no-place`, `two-acts`, `two-provisions` or `not-kept`."
    )
    printed: str = Field(description="The pointer in full: a range with both ends.")
    name: str = Field(description="The act or the case as the text names it.")
    document_id: str
    provisions: list[str] = Field(description="Ids; of a range all on its level.")
    citation: str
    text: str = Field(description="Verbatim, at most the first 600 characters of `text_span`.")
    text_span: SpanRecord | None
    repealed: bool
    in_force: bool | None = Field(description="On `as_of`; null where no source tells.")
    valid_from: dt.date | None
    valid_until: dt.date | None = Field(description="First day the wording no longer applies.")
    replaced_by: str
    candidates: list[CandidateRecord]
    message: str = Field(description="In Danish, why it leads nowhere; empty where it leads somewhere.")
    fictional: bool

    @classmethod
    def of(cls, target: views.CitedTarget) -> CitedTargetRecord:
        kept = {
            name: getattr(target, name)
            for name in cls.model_fields
            if name not in ("text_span", "candidates", "provisions")
        }
        return cls(
            **kept,
            provisions=list(target.provisions),
            text_span=SpanRecord.of(target.text_span) if target.text_span else None,
            candidates=[CandidateRecord(id=c.id, citation=c.citation) for c in target.candidates],
        )


class CitedReferenceRecord(Record):
    """A reference: where it stands in the text given, its words, and what each part of it comes to."""

    span: SpanRecord
    words: str
    targets: list[CitedTargetRecord]

    @classmethod
    def of(cls, reference: views.CitedReference) -> CitedReferenceRecord:
        return cls(
            span=SpanRecord.of(reference.span),
            words=reference.words,
            targets=[CitedTargetRecord.of(target) for target in reference.targets],
        )


class ResolveResponse(Record):
    """The references of a text in its order; none where it holds none."""

    as_of: dt.date
    references: list[CitedReferenceRecord]


class CitingPlaceRecord(Record):
    """A place that cites."""

    document_id: str
    kind: Kind
    citation: str
    authority: str
    date: dt.date | None
    place: str = Field(description="Id of the provision or section it stands in, else of the document.")
    locator: str
    words: str = Field(description="The words that cite, at `span` of the citing document.")
    span: SpanRecord
    context: str = Field(description="Words around them, at `context_span`.")
    context_span: SpanRecord
    cited: list[str] = Field(description="Ids of the provisions cited, of a range its first and last.")
    cited_citation: str = Field(description="What is cited, with the version that is meant.")
    same_version: bool = Field(
        description="False: another version of the act is cited, where the same provision can have another"
        " number and other words."
    )
    ground: str | None
    fictional: bool

    @classmethod
    def of(cls, place: views.CitingPlace) -> CitingPlaceRecord:
        kept = {
            name: getattr(place, name)
            for name in cls.model_fields
            if name not in ("span", "context_span", "cited")
        }
        return cls(
            **kept,
            span=SpanRecord.of(place.span),
            context_span=SpanRecord.of(place.context_span),
            cited=list(place.cited),
        )


class CitedByResponse(Record):
    """One page of the places that cite, newest first; `next` is the `after` of the following page."""

    id: str
    citation: str
    total: int = Field(description="Places on all pages.")
    places: list[CitingPlaceRecord]
    next: str | None

    @classmethod
    def of(cls, view: views.CitedBy) -> CitedByResponse:
        return cls(
            id=view.id,
            citation=view.citation,
            total=view.total,
            places=[CitingPlaceRecord.of(place) for place in view.places],
            next=view.next,
        )
