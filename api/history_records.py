"""The records of a provision's line through time, the same at every door."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from api.schemas import Record
from assistant import history as views
from assistant.types import Instruction
from assistant.wordings import Wording


class WordingRecord(Record):
    """A provision in one version, verbatim."""

    id: str
    document_id: str
    locator: str
    citation: str
    text: str


class StretchRecord(Record):
    """A stretch of the difference: `equal` stands on both sides, `deleted` before, `inserted` after."""

    kind: str
    text: str


class InstructionRecord(Record):
    """The words of an amending act that touch the provision."""

    act_id: str = Field(description="Empty where the act is known by name only.")
    citation: str
    place: str
    text: str
    effect: dt.date | None
    reason: str


class StepRecord(Record):
    """What happened between two versions, with the grounds for saying so."""

    day: dt.date | None
    from_document: str
    to_document: str
    change: str = Field(
        description="`same`, `reworded`, `moved`, `moved_reworded`, `split`, `merged`, `new`, `repealed`, …"
    )
    summary: str
    evidence: list[str]
    similarity: float
    before: list[WordingRecord]
    after: list[WordingRecord]
    difference: list[StretchRecord]
    candidates: list[str]
    instructions: list[InstructionRecord]


class HistoryRecord(Record):
    """The line of a provision through all versions that are kept."""

    id: str
    citation: str
    followed: str = Field(description="Id of the unit followed: of a litra the nr. or stk. that holds it.")
    as_of: dt.date
    now: list[str] = Field(description="Ids of what it is in the version that applies on `as_of`.")
    now_summary: str
    steps: list[StepRecord]
    pending: list[InstructionRecord] = Field(description="Amendments that the version does not show yet.")
    warnings: list[str]

    @classmethod
    def of(cls, view: views.HistoryView) -> HistoryRecord:
        return cls(
            id=view.id,
            citation=view.citation,
            followed=view.followed,
            as_of=view.as_of,
            now=list(view.now.provisions) if view.now else [],
            now_summary=view.now_summary,
            steps=[_step(step) for step in view.steps],
            pending=[instruction_record(i) for i in view.pending],
            warnings=list(view.warnings),
        )


def _step(step: views.HistoryStep) -> StepRecord:
    return StepRecord(
        day=step.day,
        from_document=step.from_document,
        to_document=step.to_document,
        change=step.change,
        summary=step.summary,
        evidence=list(step.evidence),
        similarity=round(step.similarity, 4),
        before=[_wording(w) for w in step.before],
        after=[_wording(w) for w in step.after],
        difference=[StretchRecord(kind=s.edit, text=s.text) for s in step.difference],
        candidates=list(step.candidates),
        instructions=[instruction_record(i) for i in step.instructions],
    )


def _wording(wording: Wording) -> WordingRecord:
    return WordingRecord(**{name: getattr(wording, name) for name in WordingRecord.model_fields})


def instruction_record(instruction: Instruction) -> InstructionRecord:
    return InstructionRecord(**{name: getattr(instruction, name) for name in InstructionRecord.model_fields})
