"""The vocabulary of the corpus: what a parsed legal text is made of.

Every offset in this module counts Unicode code points (Python string indices) in one text:
``ParsedDocument.text``, the NFC-normalised text of the document. The way back from there to the raw
file is ``OffsetMap``.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a document is to a caseworker."""

    RULE = "rule"  # an act, an executive order, guidance: something that binds or guides
    PRECEDENT = "precedent"  # a past decision
    AMENDMENT = "amendment"  # an amending act: a fragment that is read with the act it amends


class DocumentType(StrEnum):
    """Document types, in the order of rank of the sources of law."""

    ACT = "act"  # LOV
    CONSOLIDATED_ACT = "consolidated_act"  # LBK
    AMENDING_ACT = "amending_act"  # LOV Æ
    ORDER = "order"  # BEK, an executive order
    CIRCULAR = "circular"  # CIR, CIS
    GUIDANCE = "guidance"  # VEJ, SKR, the tax authority's legal guide
    DECISION = "decision"  # an administrative decision (KEN, AFG, principmeddelelse)
    JUDGMENT = "judgment"  # a court's judgment or order
    OTHER = "other"


class Status(StrEnum):
    """Status as the source states it; what is in force on a date is worked out from the dates."""

    VALID = "valid"
    HISTORIC = "historic"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """The part of a document that a provision stands in. Numbers restart in each part."""

    MAIN = "main"
    TRANSITIONAL = "transitional"  # entry-into-force rules of amending acts, printed after the act
    ANNEX = "annex"


class Level(StrEnum):
    """Level of a provision. Chapter and heading are context and stand on the provision itself."""

    PARAGRAPH = "paragraph"  # §
    STK = "stk"
    NR = "nr"
    LITRA = "litra"
    PKT = "pkt"  # a sentence


class SectionRole(StrEnum):
    """What a section of a decision is for."""

    SUMMARY = "summary"  # resumé, "Principmeddelelsen fastslår"
    FACTS = "facts"  # sagsfremstilling, oplysninger i sagen
    RULES = "rules"  # reglerne, lov, retsgrundlag
    PRACTICE = "practice"  # praksis, andre principafgørelser
    REASONING = "reasoning"  # begrundelse, vurdering
    OUTCOME = "outcome"  # afgørelse, konklusion, resultat
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points in ``ParsedDocument.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words the span covers in ``text``."""
        return text[self.start : self.end]

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where one stretch of the text came from.

    ``part`` names a place in the raw file; offsets count characters of that part's text:

    * XML, HTML, Markdown, plain text: part ``""``, the raw file decoded, without a byte-order mark.
    * JSON records: a JSON pointer (``/provisions/12/content``), the string value it points to.
    * PDF: ``page:3`` (counted from 1), that page's text as pypdf extracts it.
    * DOCX: ``paragraph:12`` (counted from 1 through the body, tables included), its text.

    Where ``exact`` is true the stretch has the same length on both sides and maps point for point;
    otherwise (an entity, a composed letter) only the ends correspond.
    """

    start: int
    end: int
    part: str
    raw_start: int
    raw_end: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class RawSpan:
    """A place in the raw file: see ``Anchor`` for the meaning of ``part`` and what offsets count."""

    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way from the normalised text back to the raw file: anchors sorted by ``start``."""

    anchors: tuple[Anchor, ...] = ()

    def to_raw(self, span: Span) -> tuple[RawSpan, ...]:
        """The places in the raw file that ``span`` was made from, in order, neighbours joined.

        Characters that the parser put in itself (the line breaks between blocks) have no origin and
        are skipped, so an empty result means that nothing of the span stands in the raw file.
        """
        found: list[RawSpan] = []
        # Anchors do not overlap, so their ends are sorted like their starts.
        first = bisect_right(self.anchors, span.start, key=lambda a: a.end)
        last = bisect_left(self.anchors, span.end, key=lambda a: a.start)
        for anchor in self.anchors[first:last]:
            raw_start, raw_end = anchor.raw_start, anchor.raw_end
            if anchor.exact:
                raw_start += max(0, span.start - anchor.start)
                raw_end -= max(0, anchor.end - span.end)
            previous = found[-1] if found else None
            if previous and previous.part == anchor.part and previous.end == raw_start:
                found[-1] = RawSpan(anchor.part, previous.start, raw_end)
            else:
                found.append(RawSpan(anchor.part, raw_start, raw_end))
        return tuple(found)


@dataclass(frozen=True, slots=True, order=True)
class Locator:
    """The path to a provision inside one part of a document.

    Numbers are kept as printed, without the point: paragraph ``"40 a"``, nr ``"2"`` or ``"2 a"``,
    litra ``"b"``. ``stk`` and ``pkt`` count from 1. A § without a printed «Stk.» has an implicit
    stk. 1. ``paragraph`` is empty only for text of an annex, addressed by ``part`` and ``block``.
    ``block`` tells apart the transitional rules of several amending acts (counted from 1), whose §
    numbers collide, and the annexes. In the main part it is 0, or counts the repetitions of a number that
    is printed again.
    """

    paragraph: str
    stk: int | None = None
    nr: str | None = None
    litra: str | None = None
    pkt: int | None = None
    part: Part = Part.MAIN
    block: int = 0

    def __str__(self) -> str:
        """As a Danish lawyer writes it: ``§ 40 a, stk. 5, nr. 2, litra b, 2. pkt.``"""
        bits = [f"§ {self.paragraph}"] if self.paragraph else [f"bilag {self.block}"]
        if self.stk is not None:
            bits.append(f"stk. {self.stk}")
        if self.nr is not None:
            bits.append(f"nr. {self.nr}")
        if self.litra is not None:
            bits.append(f"litra {self.litra}")
        if self.pkt is not None:
            bits.append(f"{self.pkt}. pkt.")
        return ", ".join(bits)

    @property
    def slug(self) -> str:
        """An address-safe form, unique in a document: ``par-40a.stk-5.nr-2.lit-b.pkt-2``."""
        bits = []
        if self.part is Part.TRANSITIONAL:
            bits.append(f"trans-{self.block}")
        elif self.part is Part.ANNEX:
            bits.append(f"annex-{self.block}")
        elif self.block:
            bits.append(f"again-{self.block}")
        if self.paragraph:
            bits.append("par-" + self.paragraph.replace(" ", ""))
        for name, value in (("stk", self.stk), ("nr", self.nr), ("lit", self.litra), ("pkt", self.pkt)):
            if value is not None:
                bits.append(f"{name}-{str(value).replace(' ', '')}")
        return ".".join(bits)

    @property
    def level(self) -> Level:
        """The level of the provision the locator points to."""
        if self.pkt is not None:
            return Level.PKT
        if self.litra is not None:
            return Level.LITRA
        if self.nr is not None:
            return Level.NR
        return Level.STK if self.stk is not None else Level.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Provision:
    """One addressable legal unit of a version of a work.

    ``span`` covers the whole unit with all its children (a § with its stk., a stk. with its list).
    ``body`` covers its words without its printed number («§ 36.», «Stk. 2.», «1)»). ``chapter`` is
    the printed chapter number and heading («Kapitel 4 Rådighed»), ``heading`` the heading printed
    over the § or its group. ``repealed`` is true for «(Ophævet)» and the like, and for the §§ of a
    repealed run, each of which gets a provision of its own sharing the run's span.
    """

    locator: Locator
    level: Level
    span: Span
    body: Span
    chapter: str = ""
    heading: str = ""
    repealed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a decision. ``span`` covers its text without the heading ``title``."""

    role: SectionRole
    title: str
    span: Span
    case_number: str = ""  # where one document holds several cases: the case's own number


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, kept apart: ``text`` is not part of the document's text, ``position`` is."""

    label: str
    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged document: its printed order from 1 and its span."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class ActReference:
    """Another document named in metadata: amended by, concerns, consolidates."""

    relation: str  # "changed_by", "concerns", "consolidates"
    title: str = ""
    accession_number: str = ""
    citation: str = ""  # as printed: "LOV nr 1000 af 30/08/2015"
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document besides its text. Empty means that the source does not say."""

    title: str
    type: DocumentType
    kind: Kind
    identifier: str = ""  # the address-safe id where the source gives an official one; see identifiers.py
    number: str = ""  # LBK 1031, BEK 1239
    year: int | None = None
    date: dt.date | None = None  # signed, or decided
    published: dt.date | None = None
    ended: dt.date | None = None  # marked historic by the source on this day
    status: Status = Status.UNKNOWN
    accession_number: str = ""
    eli: str = ""  # /eli/lta/2023/1031
    url: str = ""
    popular_title: str = ""
    authority: str = ""
    ministry: str = ""
    journal_number: str = ""
    decision_number: str = ""  # 28-24, B-5-07
    outcomes: tuple[str, ...] = ()  # as recorded by the authority, never inferred beyond its words
    subjects: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()  # the rules a decision's metadata names, as printed
    relations: tuple[ActReference, ...] = ()
    language: str = "da"
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What a parser makes of one document: normalised text, structure and the way back.

    ``text`` is NFC, without NUL, with ``\\n`` between blocks and no other line breaks or runs of
    blanks. ``warnings`` are things a person should know (a page without text, a § number printed
    twice); they never mean that text was dropped silently.
    """

    metadata: Metadata
    text: str
    offsets: OffsetMap = field(default_factory=OffsetMap)
    provisions: tuple[Provision, ...] = ()
    sections: tuple[Section, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    pages: tuple[Page, ...] = ()
    preamble: Span | None = None  # what stands before § 1: "Herved bekendtgøres …"
    parser: str = ""  # name and version: "lexdania/1"
    warnings: tuple[str, ...] = ()

    def walk(self, level: Level) -> Iterator[Provision]:
        """The provisions of one level in text order."""
        return (p for p in self.provisions if p.level is level)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One document's raw bytes as a source yields them.

    ``address`` says where the bytes lie (a path, and for a record in a file ``path#line``).
    ``media_type`` chooses the parser. ``checksum`` is the sha256 of ``data``.
    """

    address: str
    data: bytes
    media_type: str
    checksum: str
    modified: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a stored document came from: address, date and checksum of its bytes, and who read them."""

    address: str
    media_type: str
    checksum: str  # sha256 of the raw bytes
    size: int  # bytes
    parser: str  # name and version
    ingested_at: dt.datetime  # UTC


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One revision of a document as the store keeps it.

    ``revision`` counts from 1 within ``id``. Only one revision is ``current``; the others are kept so
    that what was cited once can be opened again. ``key`` is the store's own number of the revision.
    """

    key: int
    id: str
    revision: int
    current: bool
    work_id: str
    collection: str
    metadata: Metadata
    provenance: Provenance
    warnings: tuple[str, ...]
    length: int  # code points of the text
