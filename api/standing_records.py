"""The records of how provisions and decisions stand today, the same at every door."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from api.history_records import InstructionRecord, instruction_record
from api.schemas import Record, SpanRecord
from assistant import types as views


class ChangedSinceRecord(Record):
    """What has become of a provision since the wording shown."""

    as_of: dt.date
    until: dt.date = Field(description="The day up to which changes count.")
    change: str | None = Field(
        description="`same`, `reworded`, `moved`, `moved_reworded`, `split`, `merged`, `repealed` or"
        " `absent`; null where it cannot be told."
    )
    day: dt.date | None = Field(description="First day of the version in which it last changed.")
    now: list[str] = Field(description="Ids of what it is in the version of `until`.")
    text: str = Field(description="One Danish sentence; empty where nothing is known to have changed.")
    pending: list[InstructionRecord] = Field(
        description="Amendments that the wording of `as_of` or of `until` does not show yet."
    )

    @classmethod
    def of(cls, since: views.ChangedSince) -> ChangedSinceRecord:
        return cls(
            as_of=since.as_of,
            until=since.until,
            change=since.change,
            day=since.day,
            now=list(since.now),
            text=since.text,
            pending=[instruction_record(p) for p in since.pending],
        )


class RelatedDecisionRecord(Record):
    """Another decision that this one replaces or sets aside, or the other way round, as the texts say."""

    kind: str = Field(description="`replaced_by`, `replaces`, `sets_aside` or `set_aside_by`.")
    text: str
    number: str
    document_id: str = Field(description="Empty where none or several with the number are kept.")
    citation: str
    date: dt.date | None
    candidates: list[str] = Field(description="Ids, where several bear the number.")
    source: str = Field(description="Id of the document that says so, in `words` at `span`.")
    span: SpanRecord | None
    words: str
    likeness: float | None = Field(description="Share of words in common, where likeness alone speaks.")

    @classmethod
    def of(cls, related: views.RelatedDecision) -> RelatedDecisionRecord:
        kept = {
            name: getattr(related, name) for name in cls.model_fields if name not in ("span", "candidates")
        }
        span = SpanRecord.of(related.span) if related.span else None
        return cls(**kept, span=span, candidates=list(related.candidates))


class OwnReferenceRecord(Record):
    """What a decision cites, in the wording that it applied, and what has become of that since."""

    words: str
    spans: list[SpanRecord] = Field(description="All places of the decision that cite it.")
    document_id: str
    provisions: list[str] = Field(
        description="Ids in the version in force on the decision's day, or in the one its text names."
    )
    citation: str
    ground: str | None
    change: str | None = Field(description="As in `since` of a provision; null for a decision.")
    since: str = Field(description="One Danish sentence.")
    now: list[str] = Field(description="Ids of what it is in the version of `as_of`.")

    @classmethod
    def of(cls, reference: views.OwnReference) -> OwnReferenceRecord:
        return cls(
            words=reference.words,
            spans=[SpanRecord.of(span) for span in reference.spans],
            document_id=reference.document_id,
            provisions=list(reference.provisions),
            citation=reference.citation,
            ground=reference.ground,
            change=reference.change,
            since=reference.since,
            now=list(reference.now),
        )
