"""The records of a search and its results, the same at every door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from pydantic import Field

from api.schemas import CorpusRecord, Record, SpanRecord
from api.standing_records import ChangedSinceRecord
from assistant.found import NOTHING, Told
from corpus.types import Kind
from index import types as index


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
    authorities: list[str] = Field(default=[], description="Decisions of these authorities only.")
    decided_from: dt.date | None = Field(default=None, description="Decisions of this day or later only.")
    decided_to: dt.date | None = Field(default=None, description="Decisions of this day or earlier only.")
    fields: list[str] = Field(
        default=[],
        description="Filed under one of these only: a subject, a ministry or the title of an act."
        " A decision also belongs where the rules it cites do. `/v1/facets` lists the values.",
    )
    outcomes: list[str] = Field(
        default=[],
        description="Decisions with one of these recorded outcomes. The best decision of every other"
        " recorded outcome is still shown, marked `other_outcome`.",
    )

    def query(self) -> index.Query:
        """The query it asks for."""
        return index.Query(
            text=self.text,
            kinds=tuple(dict.fromkeys(self.kinds)),
            top=self.top,
            as_of=self.as_of,
            collections=tuple(self.collections),
            exclude=tuple(self.exclude),
            authorities=tuple(self.authorities),
            decided_from=self.decided_from,
            decided_to=self.decided_to,
            fields=tuple(self.fields),
            outcomes=tuple(self.outcomes),
        )


class PassageRecord(Record):
    """A passage quoted verbatim, and where it stands."""

    text: str
    span: SpanRecord
    page: int | None
    locator: str


class TermRecord(Record):
    """A term of the query, or the law's word for one, in the result: the words as they stand in each."""

    term: str
    in_query: list[str]
    in_result: list[str]
    rephrased: bool = Field(
        description="Whether a list of everyday words leads from the words of the query to those of the"
        " result; else they are forms of one word."
    )


class FactRecord(Record):
    """The sentence of a decision's facts that shares most words with the case, verbatim at its span."""

    text: str
    span: SpanRecord
    words: list[str] = Field(description="That the case has too, as they stand in the sentence.")


class LinkedRecord(Record):
    """Another result: tied by a citation, or with the same words."""

    id: str
    kind: Kind
    citation: str

    @classmethod
    def of(cls, linked: index.Linked) -> LinkedRecord:
        return cls(id=linked.id, kind=linked.kind, citation=linked.citation)


class WhyRecord(Record):
    """Why a result was found. Says how alike the words are, nothing about how the case should end."""

    terms: list[TermRecord]
    similarity: float | None = Field(description="Cosine of the encoder's vectors, -1 to 1.")
    shared_citations: list[str]
    fact: FactRecord | None = Field(description="Decisions only.")
    cites: list[LinkedRecord] = Field(description="Of the first results, those that this one cites.")
    cited_by: list[LinkedRecord] = Field(description="Of the first results, those that cite this one.")

    @classmethod
    def of(cls, why: index.Why) -> WhyRecord:
        found = why.fact
        fact = (
            FactRecord(text=found.text, span=SpanRecord.of(found.span), words=list(found.words))
            if found
            else None
        )
        return cls(
            terms=[
                TermRecord(
                    term=t.term,
                    in_query=list(t.in_query),
                    in_result=list(t.in_result),
                    rephrased=t.rephrased,
                )
                for t in why.terms
            ],
            similarity=None if why.similarity is None else round(why.similarity, 4),
            shared_citations=list(why.shared_citations),
            fact=fact,
            cites=[LinkedRecord.of(each) for each in why.cites],
            cited_by=[LinkedRecord.of(each) for each in why.cited_by],
        )


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
    also: list[LinkedRecord] = Field(
        description="Other results that say the same in the same words, folded into this one."
    )
    other_outcome: bool = Field(description="Shown although the search chose other outcomes.")
    since: ChangedSinceRecord | None = Field(
        description="Of a provision: what has become of it since the wording shown, up to today."
    )
    standing: str = Field(
        description="One Danish sentence of a decision that was set aside, reissued or marked as historic,"
        " or that cites wording changed since; empty where nothing of the kind is known."
    )
    superseded: bool = Field(
        description="Another decision took the place of this one, or its source marks it as historic."
    )

    @classmethod
    def of(cls, result: index.Result, told: Told = NOTHING) -> ResultRecord:
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
            why=WhyRecord.of(result.why),
            collection=result.collection,
            fictional=result.fictional,
            also=[LinkedRecord.of(each) for each in result.also],
            other_outcome=result.other_outcome,
            since=ChangedSinceRecord.of(told.since) if told.since else None,
            standing=told.standing,
            superseded=told.superseded,
        )


class SearchResponse(Record):
    """Rules and precedents apart, each best first."""

    rules: list[ResultRecord]
    precedents: list[ResultRecord]
    corpus: CorpusRecord
    notes: list[str] = Field(description="Codes of what the reader must know, such as `no-precedents`.")

    @classmethod
    def of(cls, results: index.SearchResults, told: Mapping[str, Told]) -> SearchResponse:
        return cls(
            rules=[ResultRecord.of(r, told.get(r.id, NOTHING)) for r in results.rules],
            precedents=[ResultRecord.of(r, told.get(r.id, NOTHING)) for r in results.precedents],
            corpus=CorpusRecord.of(results.corpus),
            notes=list(results.notes),
        )


class FacetRecord(Record):
    """A value to filter by, and how many documents have it."""

    value: str
    documents: int


class FacetsRecord(Record):
    """What a search can be filtered by."""

    authorities: list[FacetRecord]
    fields: list[FacetRecord]
    outcomes: list[str] = Field(description="Never counted.")
    decided_from: dt.date | None = Field(description="Day of the oldest decision.")
    decided_to: dt.date | None = Field(description="Day of the newest decision.")

    @classmethod
    def of(cls, facets: index.Facets) -> FacetsRecord:
        return cls(
            authorities=[FacetRecord(value=f.value, documents=f.documents) for f in facets.authorities],
            fields=[FacetRecord(value=f.value, documents=f.documents) for f in facets.fields],
            outcomes=list(facets.outcomes),
            decided_from=facets.decided_from,
            decided_to=facets.decided_to,
        )
