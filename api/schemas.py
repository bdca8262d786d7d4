"""The records that leave the system, the same at every door: HTTP, ``--json`` and Python."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from corpus.types import Span
from index import types as index


class Record(BaseModel):
    """Base of all records."""

    model_config = ConfigDict(extra="forbid")


class SpanRecord(Record):
    """A range of code points in the document's normalised text."""

    start: int
    end: int

    @classmethod
    def of(cls, span: Span) -> SpanRecord:
        return cls(start=span.start, end=span.end)


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
    reranker: str = Field(description="The model that read the best passages once more; empty without one.")
    newest: dt.date | None

    @classmethod
    def of(cls, state: index.CorpusState) -> CorpusRecord:
        return cls(**{name: getattr(state, name) for name in cls.model_fields})


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
