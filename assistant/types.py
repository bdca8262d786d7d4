"""The vocabulary of the assistant: what is laid before the caseworker."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.brief_types import Quote
from corpus.decision_links import LinkKind
from corpus.links import Change
from corpus.references.resolved import Ground
from corpus.types import Footnote, Kind, Page, RawSpan, Section, Span, StoredDocument


@dataclass(frozen=True, slots=True)
class Validity:
    """When a version is the one to read: ``[start, end)``, and whether that holds on ``as_of``."""

    as_of: dt.date
    in_force: bool | None
    start: dt.date | None
    end: dt.date | None
    replaced_by: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a work, as an entry of its list of versions."""

    id: str
    citation: str
    date: dt.date | None
    start: dt.date | None
    end: dt.date | None


@dataclass(frozen=True, slots=True)
class ProvisionEntry:
    """A § in a document's outline."""

    id: str
    locator: str
    chapter: str
    heading: str
    span: Span
    repealed: bool


@dataclass(frozen=True, slots=True)
class Instruction:
    """The words of an amending act that touch a provision.

    ``span`` is their place in ``revision`` of the act; both are missing where it is known by name only.
    """

    act_id: str  # empty where the act is known by name only
    citation: str
    place: str  # «§ 1, nr. 5»
    text: str
    effect: dt.date | None = None
    reason: str = ""
    revision: int = 0
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """What has become of a provision since the wording that was read.

    ``change`` compares its wording in its own version with that of ``until``; None where that cannot be
    told, and ``text`` says why. ``text`` is one Danish sentence and ``english`` its twin; both are empty
    where nothing is known to have changed. ``day`` is the first day of the version in which it last changed,
    ``now`` the ids of what it is in the version of ``until``.
    """

    id: str
    as_of: dt.date
    until: dt.date
    change: Change | None
    day: dt.date | None
    now: tuple[str, ...]
    text: str
    english: str
    pending: tuple[Instruction, ...]  # what the wording of ``as_of`` or of ``until`` does not show yet

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The words of the pending amendments; an act whose text is not kept has none."""
        return tuple(
            Quote(p.act_id, p.revision, p.span, p.text, p.place, f"{p.place}, i {p.citation}")
            for p in self.pending
            if p.span is not None
        )


@dataclass(frozen=True, slots=True)
class RelatedDecision:
    """Another decision that this one replaces or sets aside, or the other way round.

    ``document_id`` is empty where none or several with the number are kept; ``candidates`` names several.
    ``words`` are those of ``source`` at ``span`` that say so, missing where likeness alone speaks for it.
    """

    kind: LinkKind
    text: str  # «Genudgivet eller afløst som 1-26»
    number: str
    document_id: str
    citation: str
    date: dt.date | None
    candidates: tuple[str, ...]
    source: str
    span: Span | None
    words: str
    likeness: float | None


@dataclass(frozen=True, slots=True)
class OwnReference:
    """What a decision refers to, in the wording that it applied, and what has become of that since.

    ``provisions`` are ids in the version in force on the decision's day, or in the one that its text names;
    of a range all on its level; none where another decision is cited. ``spans`` are all places that cite it.
    """

    words: str
    spans: tuple[Span, ...]
    document_id: str
    provisions: tuple[str, ...]
    citation: str
    ground: Ground | None
    change: Change | None  # None for a decision, or where it cannot be told
    since: str  # one Danish sentence
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document opened: identity, validity, outline and provenance, without its text.

    Of a decision: ``standing`` is one Danish sentence where another decision took its place or wording that
    it cites has changed; ``superseded`` marks one that another took the place of, or that its source marks
    as historic. ``unresolved`` counts references that lead nowhere.
    """

    document: StoredDocument
    kind: Kind
    citation: str
    validity: Validity
    versions: tuple[Version, ...]  # of the same work, oldest first; empty for decisions
    outline: tuple[ProvisionEntry, ...]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    pages: tuple[Page, ...]
    standing: str = ""
    superseded: bool = False
    related: tuple[RelatedDecision, ...] = ()
    references: tuple[OwnReference, ...] = ()
    unresolved: int = 0


@dataclass(frozen=True, slots=True)
class TextView:
    """A stretch of a document's text, verbatim, with its way back to the raw file."""

    document_id: str
    revision: int
    span: Span
    text: str
    raw: tuple[RawSpan, ...]
    address: str
    checksum: str  # of the raw file


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """A provision opened at its words."""

    id: str
    document_id: str
    locator: str
    citation: str
    title: str
    chapter: str
    heading: str
    text: str
    span: Span
    repealed: bool
    part: str
    validity: Validity
    children: tuple[str, ...]  # ids of the provisions one level down
    fictional: bool
    since: ChangedSince | None = None  # None where the document has no versions
