"""The vocabulary of the assistant: what is laid before the caseworker."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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
class DocumentView:
    """A document opened: identity, validity, outline and provenance, without its text."""

    document: StoredDocument
    kind: Kind
    citation: str
    validity: Validity
    versions: tuple[Version, ...]  # of the same work, oldest first; empty for decisions
    outline: tuple[ProvisionEntry, ...]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    pages: tuple[Page, ...]


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
