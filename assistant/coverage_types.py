"""The vocabulary of coverage: what the decisions kept touch, and what they do not.

Nothing here speaks of how a decision ended: coverage counts where decisions stand, never what they say.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from corpus.links import Change
from corpus.references.resolved import Reason
from corpus.types import DocumentType, Kind, Span


class Age(StrEnum):
    """How old a decision is on the day of the report, in whole years."""

    UNDER_1 = "0-1"
    UNDER_3 = "1-3"
    UNDER_5 = "3-5"
    UNDER_10 = "5-10"
    OLDER = "10-"
    UNDATED = "undated"


class Listing(StrEnum):
    """What stands behind a cell of the report."""

    ACT = "act"  # places that cite an act, one of its §§, or what is in no § of the version shown
    CHANGED = "changed"  # places that cite a wording which has changed since
    UNRESOLVED = "unresolved"  # places that cite what the corpus does not hold
    SUPERSEDED = "superseded"  # places that cite a decision which no longer stands
    DECISIONS = "decisions"  # decisions of an authority, a year, a field
    DOCUMENTS = "documents"  # documents of a collection and a type


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the report: what is listed, and what it is held to. None means: not held to that.

    Args:
        work: id of an act.
        place: slug of a § of the version shown (``par-15``), or ``ELSEWHERE``.
        year: year of the decision; ``before`` takes that year and all before it.
    """

    listing: Listing
    work: str | None = None
    place: str | None = None
    age: Age | None = None
    change: Change | None = None
    reason: Reason | None = None
    name: str | None = None
    decision: str | None = None
    authority: str | None = None
    field: str | None = None
    year: int | None = None
    before: int | None = None
    collection: str | None = None
    type: DocumentType | None = None


ELSEWHERE = "elsewhere"  # the act as a whole, rules of transition, annexes, and what stands in it no more


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as a list names it. ``field`` is its first subject; ``historic``: it no longer stands."""

    key: int
    id: str
    kind: Kind
    type: DocumentType
    citation: str
    title: str
    date: dt.date | None
    authority: str
    field: str
    collection: str
    url: str
    historic: bool
    fictional: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A document in a list, and where it applies the words in it that cite.

    ``words`` are verbatim, ``span`` their place in the document. ``cited`` is the id of what is cited (of
    a provision, of a document, or empty where the corpus has it not) and ``cited_citation`` its citation,
    or what was named. ``change`` is what became of the cited wording by the day of the report, ``since``
    the day of its last change, ``now`` the ids of what stands in its place.
    """

    document: Listed
    span: Span | None = None
    words: str = ""
    cited: str = ""
    cited_citation: str = ""
    change: Change | None = None
    since: dt.date | None = None
    now: tuple[str, ...] = ()
    reason: Reason | None = None
    after: bool | None = None  # of a decision cited: whether it no longer stood when it was cited


@dataclass(frozen=True, slots=True)
class PlaceList:
    """A page of what stands behind a cell; ``next`` is the ``after`` of the following page."""

    cell: Cell
    documents: int  # different ones, on all pages
    total: int  # places, on all pages
    places: tuple[Place, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class ActSummary:
    """One act: the version shown and how many of its §§ decisions touch.

    ``in_force`` None: the source gives no dates. Counts are of different decisions. ``paragraphs`` are the
    §§ of the version that are not repealed; ``changed`` counts decisions on a wording changed since.
    """

    work: str
    document: str
    citation: str
    title: str
    in_force: bool | None
    fictional: bool
    paragraphs: int
    touched: int
    decisions: int
    changed: int
    newest: dt.date | None

    @property
    def untouched(self) -> int:
        """§§ in force that no decision touches."""
        return self.paragraphs - self.touched


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A § on the map: different decisions that touch it, by age in the order of ``Age``, and by year.

    ``heading`` is its own, or else that of its chapter; ``chapter`` is empty where the act has none.
    ``years`` has those with any, oldest first.
    """

    id: str
    place: str
    locator: str
    heading: str
    chapter: str
    span: Span
    repealed: bool
    decisions: int
    ages: tuple[int, ...]
    years: tuple[tuple[int, int], ...]
    changed: int
    newest: dt.date | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision on the time line of an act: its day and the position of the § it touches on the map."""

    day: dt.date
    row: int
    changed: bool


@dataclass(frozen=True, slots=True)
class ActMap:
    """The map of one act. ``elsewhere`` counts by age what touches no § of the version shown."""

    summary: ActSummary
    as_of: dt.date
    rows: tuple[ParagraphRow, ...]
    elsewhere: int
    elsewhere_ages: tuple[int, ...]
    elsewhere_changed: int
    years: tuple[tuple[int, int], ...]  # (year, different decisions), every year from first to last
    versions: tuple[tuple[str, dt.date], ...]  # (id, first day), oldest first
    marks: tuple[Mark, ...]
    changes: tuple[ChangeCount, ...]


@dataclass(frozen=True, slots=True)
class ChangeCount:
    """Decisions and places that cite a wording of which this has become by the day of the report."""

    change: Change
    decisions: int
    places: int


@dataclass(frozen=True, slots=True)
class NamedCount:
    """What decisions cite and the corpus does not hold: as it was named, why not, by how many."""

    name: str
    reason: Reason
    decisions: int
    places: int


@dataclass(frozen=True, slots=True)
class SupersededDecision:
    """A decision that no longer stands and that others cite.

    ``replaced`` and ``set_aside`` name what took its place or set it aside, by id where it is kept, else
    by number; both are empty where only the source marks it as historic. ``since`` is the first day.
    """

    decision: Listed
    replaced: tuple[str, ...]
    set_aside: tuple[str, ...]
    since: dt.date | None
    cited_by: int
    after: int  # of them, those made on or after ``since``


@dataclass(frozen=True, slots=True)
class GridRow:
    """Decisions of one authority or field: before the first year shown, in each year, and without a date."""

    name: str
    before: int
    counts: tuple[int, ...]
    undated: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.before + sum(self.counts) + self.undated


@dataclass(frozen=True, slots=True)
class Grid:
    """Decisions by name and year; a 0 between others is a gap.

    ``held``: the field that a grid of authorities is held to, or the authority that one of fields is.
    """

    years: tuple[int, ...]
    rows: tuple[GridRow, ...]
    held: str | None = None


@dataclass(frozen=True, slots=True)
class SourceAge:
    """How fresh one collection is for one type of document, as the store is now."""

    collection: str
    type: DocumentType
    documents: int
    undated: int
    oldest: dt.date | None
    newest: dt.date | None
    first_read: dt.datetime
    last_read: dt.datetime


@dataclass(frozen=True, slots=True)
class Coverage:
    """The report over the whole corpus, on one day. ``later`` decisions are after it and left out.

    Of ``unlinked`` decisions no citation is counted yet: they came in after the index was built.
    """

    as_of: dt.date
    decisions: int
    undated: int
    later: int
    unlinked: int
    acts: tuple[ActSummary, ...]
    changes: tuple[ChangeCount, ...]
    unresolved: tuple[NamedCount, ...]
    superseded: tuple[SupersededDecision, ...]
    authorities: Grid
    fields: Grid
    sources: tuple[SourceAge, ...]
