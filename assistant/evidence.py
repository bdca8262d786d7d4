"""Opens what a citation points to: a document, its words, a provision. Everything shown is verbatim."""

from __future__ import annotations

import datetime as dt

from assistant.changes import changed_since
from assistant.standing import (
    is_superseded,
    own_references,
    related_decisions,
    standing,
    unresolved_references,
)
from assistant.types import DocumentView, ProvisionEntry, ProvisionView, TextView, Validity, Version
from assistant.wordings import single_stk as single_stk
from assistant.wordings import today as today
from corpus.errors import InputError, NotFoundError
from corpus.history import genealogy_of
from corpus.identifiers import cite_document, cite_provision, parse_provision_id, provision_id, work_title
from corpus.store import Store
from corpus.types import Kind, Level, Locator, Span, Status, StoredDocument
from corpus.versions import Validity as Interval


class RangeError(InputError):
    """A range of characters that a text does not have; ``values`` are document, start, end and length."""

    def __init__(self, document: str, start: int, end: int, length: int) -> None:
        self.values = {"document": document, "start": start, "end": end, "length": length}
        super().__init__(
            f"Tegnene {start} til {end} findes ikke i {document}, som har {length} tegn.",
            "Vælg et sted i teksten.",
        )


def open_document(store: Store, document_id: str, as_of: dt.date | None = None) -> DocumentView:
    """A document with its validity on ``as_of`` (today where ``None``), versions and outline.

    Raises:
        NotFoundError: no such document.
    """
    document = store.document(document_id)
    day = as_of or today()
    timeline = genealogy_of(store).timeline(document)
    precedent = document.metadata.kind is Kind.PRECEDENT
    references = own_references(store, document, day) if precedent else ()
    outline = tuple(
        ProvisionEntry(
            provision_id(document.id, p.locator), str(p.locator), p.chapter, p.heading, p.span, p.repealed
        )
        for p in store.provisions(document.key, Level.PARAGRAPH)
    )
    listed = timeline.versions if document.metadata.kind is Kind.RULE else ()
    return DocumentView(
        document=document,
        kind=document.metadata.kind,
        citation=cite_document(document.metadata),
        validity=_validity(timeline.validity[document.id], document, day),
        versions=tuple(
            Version(v.id, cite_document(v.metadata), v.metadata.date, i.start, i.end)
            for v in listed
            for i in [timeline.validity[v.id]]
        ),
        outline=outline,
        sections=tuple(store.sections(document.key)),
        footnotes=store.footnotes(document.key),
        pages=store.pages(document.key),
        standing=standing(store, document, day, references),
        superseded=is_superseded(store, document),
        related=related_decisions(store, document) if precedent else (),
        references=references,
        unresolved=unresolved_references(store, document) if precedent else 0,
    )


def open_text(store: Store, document_id: str, start: int = 0, end: int | None = None) -> TextView:
    """The words of a document from ``start`` to ``end`` (code points; to its end where ``None``).

    Raises:
        NotFoundError: no such document.
        RangeError: the range lies outside the text.
    """
    document = store.document(document_id)
    text = store.text(document.key)
    stop = len(text) if end is None else end
    if not 0 <= start <= stop <= len(text):
        raise RangeError(document.id, start, stop, len(text))
    span = Span(start, stop)
    return TextView(
        document_id=document.id,
        revision=document.revision,
        span=span,
        text=span.of(text),
        raw=store.offsets(document.key).to_raw(span),
        address=document.provenance.address,
        checksum=document.provenance.checksum,
    )


def open_provision(store: Store, identifier: str, as_of: dt.date | None = None) -> ProvisionView:
    """A provision by its id, such as ``lta-2023-1031:par-36.stk-1``.

    Raises:
        CitationError: not the form of a provision's id.
        NotFoundError: no such document or provision.
    """
    document_id, locator = parse_provision_id(identifier)
    document = store.document(document_id)
    try:
        provision = store.provision(document.key, locator.slug)
    except NotFoundError:
        raise genealogy_of(store).missing(document, locator) from None
    interval = genealogy_of(store).timeline(document).validity[document.id]
    rule = document.metadata.kind is Kind.RULE
    inside = store.provisions(document.key, paragraph=locator.paragraph)
    below = [p for p in inside if _is_child(p.locator, locator)]
    return ProvisionView(
        id=identifier,
        document_id=document.id,
        locator=str(locator),
        citation=cite_provision(document.metadata, locator, single_stk(store, document, locator)),
        title=work_title(document.metadata.title),
        chapter=provision.chapter,
        heading=provision.heading,
        text=provision.span.of(store.text(document.key)),
        span=provision.span,
        repealed=provision.repealed,
        part=provision.locator.part,
        validity=_validity(interval, document, as_of or today()),
        children=tuple(provision_id(document.id, p.locator) for p in below),
        fictional=document.metadata.fictional,
        since=changed_since(store, identifier, as_of or today()) if rule else None,
    )


def open_at(store: Store, identifier: str) -> tuple[StoredDocument, Span]:
    """The document an id of a document or a provision points to, and the span to open it at.

    Raises:
        CitationError: not the form of an id.
        NotFoundError: no such document or provision.
    """
    if ":" not in identifier:
        document = store.document(identifier)
        return document, Span(0, 0)
    document_id, locator = parse_provision_id(identifier)
    document = store.document(document_id)
    return document, store.provision(document.key, locator.slug).span


def _validity(interval: Interval, document: StoredDocument, day: dt.date) -> Validity:
    precedent = document.metadata.kind is Kind.PRECEDENT
    in_force: bool | None
    if precedent and document.metadata.status is Status.HISTORIC:
        in_force = False
    elif interval.start is None and interval.end is None:
        in_force = None
    elif precedent:
        in_force = interval.end is None or day < interval.end
    else:
        in_force = interval.covers(day)
    return Validity(day, in_force, interval.start, interval.end, interval.replaced_by)


def _is_child(child: Locator, parent: Locator) -> bool:
    """Whether ``child`` stands one level below ``parent``: a litra may hang on a nr. or on a stk."""
    if child == parent or (child.part, child.block, child.paragraph) != (
        parent.part,
        parent.block,
        parent.paragraph,
    ):
        return False
    path = [(n, v) for n, v in _path(child) if v is not None]
    return path[:-1] == [(n, v) for n, v in _path(parent) if v is not None]


def _path(locator: Locator) -> list[tuple[str, int | str | None]]:
    return [("stk", locator.stk), ("nr", locator.nr), ("litra", locator.litra), ("pkt", locator.pkt)]
