"""The vocabulary of citations that are laid before a reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from corpus.references.resolved import Ground, LinkStatus, Reason
from corpus.types import Kind, Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several places between which the words do not decide; ``id`` is empty where none is kept."""

    id: str
    citation: str


@dataclass(frozen=True, slots=True)
class CitedTarget:
    """What one target of a reference comes to.

    ``printed`` is the pointer as it reads in full, empty for an act or a case as a whole. ``text`` is
    verbatim, the first characters of ``text_span`` in the document. ``message`` says in
    Danish why there is no place, or what a reader must know; empty where there is nothing to say.
    """

    status: LinkStatus
    ground: Ground | None
    reason: Reason | None
    printed: str
    name: str
    document_id: str
    provisions: tuple[str, ...]
    citation: str
    text: str
    text_span: Span | None
    repealed: bool
    in_force: bool | None
    valid_from: dt.date | None
    valid_until: dt.date | None
    replaced_by: str
    candidates: tuple[Candidate, ...]
    message: str
    fictional: bool


@dataclass(frozen=True, slots=True)
class CitedReference:
    """A reference in the text given: where it stands in it, its words and what they lead to."""

    span: Span
    words: str
    targets: tuple[CitedTarget, ...]


@dataclass(frozen=True, slots=True)
class CitingPlace:
    """A place that cites: the words, the line around them, and the version they mean.

    ``place`` is the id of the provision or section that the words stand in, else of the document.
    ``same_version`` False: the place cites another version of the work, in which the same provision can
    stand under another number and in other words; ``cited`` and ``cited_citation`` say where.
    """

    document_id: str
    kind: Kind
    citation: str
    authority: str
    date: dt.date | None
    place: str
    locator: str
    words: str
    span: Span
    context: str
    context_span: Span
    cited: tuple[str, ...]
    cited_citation: str
    same_version: bool
    ground: Ground | None
    fictional: bool


@dataclass(frozen=True, slots=True)
class CitedBy:
    """One page of the places that cite; ``next`` is the ``after`` of the following page."""

    id: str
    citation: str
    total: int
    places: tuple[CitingPlace, ...]
    next: str | None
