"""The records of the coverage report, the same at every door. None of them says how a decision ended."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from api.schemas import Record, SpanRecord
from assistant import coverage_types as views
from assistant.coverage_types import Age, Listing
from corpus.links import Change
from corpus.references.resolved import Reason
from corpus.types import DocumentType, Kind


class ListedRecord(Record):
    """A document as a list names it."""

    id: str
    kind: Kind
    type: DocumentType
    citation: str
    title: str
    date: dt.date | None
    authority: str
    field: str = Field(description="Its first subject.")
    collection: str
    url: str
    historic: bool = Field(description="The source marks it as historic.")
    fictional: bool

    @classmethod
    def of(cls, document: views.Listed) -> ListedRecord:
        return cls(**{name: getattr(document, name) for name in cls.model_fields})


class PlaceRecord(Record):
    """A document in a list, and where it applies the words in it that cite."""

    document: ListedRecord
    span: SpanRecord | None
    words: str = Field(description="Verbatim, at `span` in the document.")
    cited: str = Field(description="Id of what is cited; empty where it is not kept.")
    cited_citation: str
    change: Change | None = Field(description="What became of the cited wording by the day of the report.")
    since: dt.date | None = Field(description="The day of its last change.")
    now: list[str] = Field(description="Ids of what stands in its place.")
    reason: Reason | None = Field(description="Why the reference leads nowhere.")
    after: bool | None = Field(description="Whether the decision cited no longer stood when it was cited.")

    @classmethod
    def of(cls, place: views.Place) -> PlaceRecord:
        return cls(
            document=ListedRecord.of(place.document),
            span=SpanRecord.of(place.span) if place.span else None,
            words=place.words,
            cited=place.cited,
            cited_citation=place.cited_citation,
            change=place.change,
            since=place.since,
            now=list(place.now),
            reason=place.reason,
            after=place.after,
        )


class PlacesResponse(Record):
    """One page of what stands behind a cell, newest first; `next` is the `after` of the following page."""

    listing: Listing
    documents: int = Field(description="Different documents on all pages.")
    total: int = Field(description="Places on all pages.")
    places: list[PlaceRecord]
    next: int | None

    @classmethod
    def of(cls, found: views.PlaceList) -> PlacesResponse:
        return cls(
            listing=found.cell.listing,
            documents=found.documents,
            total=found.total,
            places=[PlaceRecord.of(p) for p in found.places],
            next=found.next,
        )


class ActSummaryRecord(Record):
    """One act: the version shown and how many of its §§ decisions touch. Counts are of decisions."""

    work: str
    document: str
    citation: str
    title: str
    in_force: bool | None
    fictional: bool
    paragraphs: int = Field(description="§§ of the version that are not repealed.")
    touched: int
    untouched: int
    decisions: int
    changed: int = Field(description="Decisions that cite a wording changed since.")
    newest: dt.date | None

    @classmethod
    def of(cls, act: views.ActSummary) -> ActSummaryRecord:
        return cls(**{name: getattr(act, name) for name in cls.model_fields})


class ParagraphRecord(Record):
    """A § on the map."""

    id: str
    place: str = Field(description="What `place` of a list takes.")
    locator: str
    heading: str
    chapter: str
    span: SpanRecord
    repealed: bool
    decisions: int
    ages: dict[Age, int] = Field(description="Decisions by age in whole years.")
    years: dict[int, int] = Field(description="Decisions by year, of years with any.")
    changed: int
    newest: dt.date | None

    @classmethod
    def of(cls, row: views.ParagraphRow) -> ParagraphRecord:
        return cls(
            id=row.id,
            place=row.place,
            locator=row.locator,
            heading=row.heading,
            chapter=row.chapter,
            span=SpanRecord.of(row.span),
            repealed=row.repealed,
            decisions=row.decisions,
            ages=dict(zip(Age, row.ages, strict=True)),
            years=dict(row.years),
            changed=row.changed,
            newest=row.newest,
        )


class ChangeRecord(Record):
    """Decisions and places that cite a wording of which this has become."""

    change: Change
    decisions: int
    places: int

    @classmethod
    def of(cls, count: views.ChangeCount) -> ChangeRecord:
        return cls(change=count.change, decisions=count.decisions, places=count.places)


class VersionStartRecord(Record):
    """A version of the act and its first day."""

    id: str
    start: dt.date


class YearRecord(Record):
    """Different decisions of one year that touch the act."""

    year: int
    decisions: int


class ActMapRecord(Record):
    """The map of one act."""

    summary: ActSummaryRecord
    paragraphs: list[ParagraphRecord]
    elsewhere: int = Field(description="Decisions that touch the act in no § of the version shown.")
    elsewhere_ages: dict[Age, int]
    elsewhere_changed: int
    years: list[YearRecord]
    versions: list[VersionStartRecord]
    changes: list[ChangeRecord]

    @classmethod
    def of(cls, act: views.ActMap) -> ActMapRecord:
        return cls(
            summary=ActSummaryRecord.of(act.summary),
            paragraphs=[ParagraphRecord.of(row) for row in act.rows],
            elsewhere=act.elsewhere,
            elsewhere_ages=dict(zip(Age, act.elsewhere_ages, strict=True)),
            elsewhere_changed=act.elsewhere_changed,
            years=[YearRecord(year=year, decisions=count) for year, count in act.years],
            versions=[VersionStartRecord(id=id, start=start) for id, start in act.versions],
            changes=[ChangeRecord.of(c) for c in act.changes],
        )


class NamedRecord(Record):
    """What decisions cite and the corpus does not hold."""

    name: str = Field(description="The act as it was named; empty where none was.")
    reason: Reason
    decisions: int
    places: int


class SupersededRecord(Record):
    """A decision that no longer stands and that others cite."""

    decision: ListedRecord
    replaced: list[str] = Field(description="Ids or numbers of what took its place.")
    set_aside: list[str] = Field(description="Ids or numbers of what set it aside.")
    since: dt.date | None
    cited_by: int
    after: int = Field(description="Of them, those made on or after `since`.")


class GridRowRecord(Record):
    """Decisions of one authority or field, by year."""

    name: str
    before: int
    counts: list[int]
    undated: int
    total: int


class GridRecord(Record):
    """Decisions by name and year."""

    years: list[int]
    rows: list[GridRowRecord]
    held: str | None = Field(description="The field, or the authority, that it is held to.")

    @classmethod
    def of(cls, grid: views.Grid) -> GridRecord:
        rows = [
            GridRowRecord(
                name=r.name, before=r.before, counts=list(r.counts), undated=r.undated, total=r.total
            )
            for r in grid.rows
        ]
        return cls(years=list(grid.years), rows=rows, held=grid.held)


class SourceRecord(Record):
    """How fresh one collection is for one type of document, as the store is now."""

    collection: str
    type: DocumentType
    documents: int
    undated: int
    oldest: dt.date | None
    newest: dt.date | None
    first_read: dt.datetime
    last_read: dt.datetime


class CoverageResponse(Record):
    """The report over the whole corpus on one day; `next` is the `after` of the following acts."""

    as_of: dt.date
    decisions: int
    undated: int
    later: int = Field(description="Decisions after `as_of`, which are left out.")
    unlinked: int = Field(description="Decisions whose references wait for the next build of the index.")
    acts_total: int
    acts: list[ActSummaryRecord] = Field(description="The acts that most decisions touch come first.")
    next: int | None
    act: ActMapRecord | None = Field(description="The map of the act asked for.")
    changes: list[ChangeRecord]
    unresolved: list[NamedRecord]
    superseded: list[SupersededRecord]
    authorities: GridRecord
    fields: GridRecord
    sources: list[SourceRecord]

    @classmethod
    def of(
        cls, coverage: views.Coverage, act: views.ActMap | None, after: int = 0, limit: int | None = None
    ) -> CoverageResponse:
        end = len(coverage.acts) if limit is None else after + limit
        return cls(
            as_of=coverage.as_of,
            decisions=coverage.decisions,
            undated=coverage.undated,
            later=coverage.later,
            unlinked=coverage.unlinked,
            acts_total=len(coverage.acts),
            acts=[ActSummaryRecord.of(a) for a in coverage.acts[after:end]],
            next=end if end < len(coverage.acts) else None,
            act=ActMapRecord.of(act) if act else None,
            changes=[ChangeRecord.of(c) for c in coverage.changes],
            unresolved=[
                NamedRecord(name=u.name, reason=u.reason, decisions=u.decisions, places=u.places)
                for u in coverage.unresolved
            ],
            superseded=[
                SupersededRecord(
                    decision=ListedRecord.of(s.decision),
                    replaced=list(s.replaced),
                    set_aside=list(s.set_aside),
                    since=s.since,
                    cited_by=s.cited_by,
                    after=s.after,
                )
                for s in coverage.superseded
            ],
            authorities=GridRecord.of(coverage.authorities),
            fields=GridRecord.of(coverage.fields),
            sources=[
                SourceRecord(**{name: getattr(s, name) for name in SourceRecord.model_fields})
                for s in coverage.sources
            ],
        )
