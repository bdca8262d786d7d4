"""The records of a brief and of a journal note."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from api.schemas import CorpusRecord, Record, SpanRecord
from assistant.brief import BriefRequest
from assistant.brief_types import Author, Brief, Connective, ElementKind
from assistant.note import NoteRequest
from corpus.privacy.types import DataClass
from corpus.types import DocumentType

MAX_OWN_WORDS = 20_000  # characters of own considerations: some eight pages
MAX_MARKED = 200  # ids; what one search can show
# The longest id is made of a file's name, which no file system lets be longer.
Id = Annotated[str, StringConstraints(max_length=300)]


class BriefAsked(Record):
    """What a brief is asked for."""

    text: str = Field(
        description="The case in plain words. CPR, phone and account numbers and e-mail are replaced first.",
        examples=["Borgeren udeblev fra samtalen og siger, at hun var syg, men meldte ikke afbud."],
    )
    as_of: dt.date | None = Field(default=None, description="The case's date; today if left out.")
    collections: list[Id] = Field(default=[], description="Use these collections only.")
    exclude: list[Id] = Field(default=[], description="Ids of documents or provisions not to find.")
    own_view: str = Field(
        default="",
        max_length=MAX_OWN_WORDS,
        description="Own considerations, noted before precedents are shown. Needed where the authority"
        " wants them first (`HJEMMEL_OWN_VIEW_FIRST`); never stored.",
    )
    opened: list[Id] = Field(
        default=[], max_length=MAX_MARKED, description="Ids of sources opened, for the audit log."
    )

    def request(self) -> BriefRequest:
        """The request it makes."""
        return BriefRequest(
            self.text,
            self.as_of,
            tuple(self.collections),
            tuple(self.exclude),
            self.own_view,
            tuple(self.opened),
        )


class NoteFormat(StrEnum):
    """What a note is written as."""

    MARKDOWN = "markdown"
    DOCX = "docx"


class NoteAsked(BriefAsked):
    """What a journal note is asked for. Nothing of it is stored."""

    considerations: str = Field(
        default="",
        max_length=MAX_OWN_WORDS,
        description="Main considerations, in the caseworker's own words.",
    )
    marked: list[Id] = Field(
        default=[], max_length=MAX_MARKED, description="Ids of the rules and decisions to quote; all if none."
    )
    format: NoteFormat = NoteFormat.MARKDOWN

    def request(self) -> BriefRequest:
        """The brief that the note is made of, with what is to be quoted in it."""
        return replace(BriefAsked.request(self), marked=tuple(self.marked))

    def note(self) -> NoteRequest:
        """What the caseworker adds."""
        return NoteRequest(self.own_view, self.considerations, tuple(self.marked), tuple(self.opened))


class QuoteRecord(Record):
    """Words of a document, verbatim: that revision's normalised text at `span`."""

    document_id: str
    revision: int
    span: SpanRecord
    text: str
    locator: str
    citation: str


class CaseSentenceRecord(Record):
    """A sentence of the case as read."""

    number: int
    span: SpanRecord
    text: str


class ReplacementRecord(Record):
    """Personal data that was replaced; what stood there is not kept."""

    kind: DataClass
    pseudonym: str
    span: SpanRecord


class CaseRecord(Record):
    """The case as read, after personal data was replaced."""

    text: str
    replaced: list[ReplacementRecord]
    sentences: list[CaseSentenceRecord]
    as_of: dt.date


class ElementRecord(Record):
    """A condition, exception, discretion, duty or open standard of a provision."""

    kind: ElementKind
    quote: QuoteRecord
    cue: SpanRecord = Field(description="The word that shows it, in the document's text.")
    connective: Connective = Field(description="How the parts of its enumeration stand to each other.")


class BearingRecord(Record):
    """An element beside the sentences of the case that speak to it; none: not described in the case."""

    element: ElementRecord
    sentences: list[CaseSentenceRecord]
    parts: list[BearingRecord]


class RuleEntryRecord(Record):
    """A § in the wording of the case's date."""

    provision_id: str = Field(description="Of the §; of a document without provisions, as guidance, its own.")
    type: DocumentType
    quote: QuoteRecord
    chapter: str
    heading: str
    matched: list[str] = Field(description="Locators of the units whose words the case was found by.")
    in_force: bool | None
    changed_since: str
    pending: list[QuoteRecord]
    conditions: list[BearingRecord]
    fictional: bool


class AlikeRecord(Record):
    """Two sentences that tell of the same thing."""

    case: CaseSentenceRecord
    decision: QuoteRecord
    words: list[str]


class LikenessRecord(Record):
    """The facts of the case beside those of a decision."""

    alike: list[AlikeRecord]
    only_case: list[CaseSentenceRecord]
    only_decision: list[QuoteRecord]


class PrecedentEntryRecord(Record):
    """A past decision beside the case."""

    document_id: str
    citation: str
    title: str
    authority: str
    date: dt.date | None
    outcome: list[str] = Field(description="As the authority recorded it; never inferred, never counted.")
    standing: str = Field(description="Where it was set aside, reissued or rests on changed wording.")
    rules: list[str]
    quotes: list[QuoteRecord]
    reasons: list[QuoteRecord]
    likeness: LikenessRecord
    counter: bool = Field(
        description="Went another way than the nearest decision, under a rule that bears on the case."
    )
    fictional: bool


class DutyRecord(Record):
    """A duty of procedure, as a question with its basis."""

    topic: str
    question: str
    basis: list[QuoteRecord]


class GapRecord(Record):
    """Something missing or weak."""

    code: str
    text: str
    about: list[str]


class StatementRecord(Record):
    """A sentence of the overview with its evidence."""

    text: str
    evidence: list[QuoteRecord]
    author: Author


class RemovedRecord(Record):
    """How many sentences of a model's text did not hold, by reason."""

    reason: str
    count: int


class OverviewRecord(Record):
    """What the sources say, in a few sentences."""

    statements: list[StatementRecord]
    generator: str
    removed: list[RemovedRecord]
    fell_back: bool


class TraceRecord(Record):
    """How the brief was made."""

    id: str = Field(description="Of the entry in the audit log.")
    snapshot: str
    encoder: str
    reranker: str = Field(description="The model that read the best passages once more; empty without one.")
    version: str
    shown: list[str]


class BriefRecord(Record):
    """What a person needs to decide well, and not the decision."""

    case: CaseRecord
    rules: list[RuleEntryRecord]
    procedure: list[DutyRecord]
    precedents: list[PrecedentEntryRecord]
    overview: OverviewRecord
    gaps: list[GapRecord]
    corpus: CorpusRecord
    trace: TraceRecord
    withheld: bool
    no_verdict: str

    @classmethod
    def of(cls, brief: Brief) -> BriefRecord:
        """The record of a brief: the same names, all the way down."""
        return cls.model_validate(brief, from_attributes=True)
