"""Citations for whoever checks them: what a text cites, and by whom a provision is cited."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Sequence
from weakref import WeakKeyDictionary

from assistant.citation_types import Candidate, CitedBy, CitedReference, CitedTarget, CitingPlace
from assistant.cited_words import cite_range, listed, print_range, print_target, why_not
from assistant.evidence import today
from corpus import citations as graph
from corpus.errors import CitationError, InputError, NotFoundError, TooLargeError
from corpus.history import genealogy_of
from corpus.identifiers import (
    cite_document,
    cite_provision,
    parse_locator,
    parse_provision_id,
    parse_slug,
    provision_id,
    work_title,
)
from corpus.linking import learnt_names
from corpus.parsing.text import TextBuilder, blocks
from corpus.references.catalogue import Catalogue
from corpus.references.resolve import Resolved, resolve
from corpus.references.resolved import LinkStatus, Reason, Resolution
from corpus.store import Store
from corpus.types import Kind, Locator, OffsetMap, Provision, Span, StoredDocument

MAX_CITED_CHARACTERS = 50_000  # what a search takes as well: some twenty pages
SHORT_TEXT = 600  # characters of a provision shown with a citation; the whole is one click away
_LISTED = 100  # provisions named of a range; the longest chapters have fewer §§
_AROUND = 140  # characters of the line shown on each side of the words that cite
_ALIKE = 3  # acts named where a popular name is not known
_POPULAR = re.compile(r"([a-zæøå]{4,40}?)s?loven")
_LEAD_IN = "jf. "
_OLDEST = dt.date(1683, 1, 1)  # Danske Lov; an earlier day is a slip


_catalogues: WeakKeyDictionary[Store, tuple[object, Catalogue]] = WeakKeyDictionary()
_lock = threading.Lock()


def catalogue_of(store: Store) -> Catalogue:
    """What the store's references can lead to, held until the store changes."""
    learnt = learnt_names(store)
    state = (store.fingerprint(), tuple(sorted(learnt.items())))
    with _lock:
        held = _catalogues.get(store)
        if held is None or held[0] != state:
            held = _catalogues[store] = (state, Catalogue(store, learnt))
        return held[1]


def resolve_text(store: Store, text: str, as_of: dt.date | None = None) -> tuple[CitedReference, ...]:
    """The references in a user's text, each with its provision in the wording of ``as_of`` (today if none).

    A version that the text itself names goes before ``as_of``. Spans count code points of ``text``.

    Raises:
        InputError: the text is empty, or the day lies before any law.
        TooLargeError: the text has over ``MAX_CITED_CHARACTERS``.
    """
    if not text.strip():
        raise InputError("Teksten er tom.", "Skriv en henvisning, fx «§ 36 i lov om aktiv socialpolitik».")
    if len(text) > MAX_CITED_CHARACTERS:
        raise TooLargeError(
            f"Teksten er på {len(text)} tegn, og grænsen er {MAX_CITED_CHARACTERS}.", "Del den i flere."
        )
    day = as_of or today()
    if day < _OLDEST:
        raise InputError(f"Datoen {day} ligger før {_OLDEST}.", "Skriv den som 2024-03-01.")
    catalogue = catalogue_of(store)
    if locator := _bare_locator(text):
        # Alone at the head of a text it would be taken for the printed number of a provision.
        whole = Span(len(text) - len(text.lstrip()), len(text.rstrip()))
        found = resolve(f"{_LEAD_IN}{locator}", catalogue, day=day)
        return tuple(_cited_reference(store, catalogue, text, whole, resolved, day) for resolved in found)
    plain, offsets = _normalised(text)
    references = []
    for resolved in resolve(plain, catalogue, day=day):
        raw = offsets.to_raw(resolved.reference.span)
        span = Span(raw[0].start, raw[-1].end)
        references.append(_cited_reference(store, catalogue, text, span, resolved, day))
    return tuple(references)


def open_cited_by(
    store: Store,
    identifier: str,
    kinds: Sequence[Kind] = (),
    as_of: dt.date | None = None,
    after: str = "",
    limit: int = 50,
) -> CitedBy:
    """A page of the places that cite a document or a provision, newest first.

    Args:
        identifier: ``lta-2023-1031``, or ``lta-2023-1031:par-36`` with all below it.
        as_of: leave out what is later than this day, and rules that were not in force on it.
        after: ``next`` of the page before.

    Raises:
        CitationError: not the form of an id.
        NotFoundError: no such document or provision.
        InputError: ``after`` is not from a page of this list.
    """
    document, locator, single = _opened(store, identifier)
    catalogue = catalogue_of(store)
    rule = document.metadata.kind is Kind.RULE
    genealogy = genealogy_of(store)
    versions = genealogy.timeline(document).versions if rule else ()
    counterparts = genealogy.counterparts if rule else graph.same_provision
    found = graph.cited_by(store, document, locator, kinds, counterparts, versions)
    if as_of is not None:
        found = [citing for citing in found if _readable(catalogue, citing.source, as_of)]
    start = _position(found, after)
    page = found[start : start + limit]
    more = start + limit < len(found)
    meta = document.metadata
    return CitedBy(
        identifier,
        cite_provision(meta, locator, single) if locator else cite_document(meta),
        len(found),
        tuple(_citing_place(store, catalogue, document, citing) for citing in page),
        _cursor(page[-1]) if more else None,
    )


def _bare_locator(text: str) -> Locator | None:
    """The locator that a text consists of, in the printed form or a sloppy one."""
    try:
        return parse_locator(text.strip())
    except CitationError:
        return None


def _normalised(text: str) -> tuple[str, OffsetMap]:
    """The text as references are found in it, line by line, with the way back."""
    builder = TextBuilder()
    for line in blocks(text):
        builder.add(line.of(text), raw_start=line.start)
        builder.end_block()
    return builder.build()


def _cited_reference(
    store: Store, catalogue: Catalogue, text: str, span: Span, resolved: Resolved, day: dt.date
) -> CitedReference:
    targets = tuple(_cited_target(store, catalogue, r, day) for r in resolved.resolutions)
    return CitedReference(span, span.of(text), targets)


def _cited_target(store: Store, catalogue: Catalogue, resolution: Resolution, day: dt.date) -> CitedTarget:
    document, first = resolution.document, resolution.first
    last = resolution.last or first
    span = Span(first.span.start, last.span.end) if first and last else None
    text = span.of(store.text(document.key))[:SHORT_TEXT] if span and document else ""
    interval = catalogue.validity(document) if document else None
    candidates = [_candidate(catalogue, label) for label in resolution.candidates]
    if resolution.reason is Reason.UNKNOWN_WORK and not candidates:
        candidates = _alike(catalogue, resolution.name, day)
    citation = ""
    if document and resolution.status is LinkStatus.RESOLVED:
        citation = _cite(catalogue, document, resolution)
    return CitedTarget(
        status=resolution.status,
        ground=resolution.ground if resolution.status is LinkStatus.RESOLVED else None,
        reason=resolution.reason,
        printed=print_target(resolution.unit, resolution.target) if resolution.target else "",
        name=resolution.name,
        document_id=document.id if document else "",
        provisions=tuple(
            provision_id(document.id, p.locator) for p in _between(catalogue, document, resolution)
        )
        if document
        else (),
        citation=citation,
        text=text,
        text_span=span,
        repealed=bool(first and first.repealed),
        in_force=interval.covers(day) if interval and (interval.start or interval.end) else None,
        valid_from=interval.start if interval else None,
        valid_until=interval.end if interval else None,
        replaced_by=interval.replaced_by if interval else "",
        candidates=tuple(candidates),
        message=why_not(catalogue, resolution, [_told_apart(c, candidates) for c in candidates]),
        fictional=bool(document and document.metadata.fictional),
    )


def _between(catalogue: Catalogue, document: StoredDocument, resolution: Resolution) -> list[Provision]:
    if resolution.first is None:
        return []
    if resolution.last is None:
        return [resolution.first]
    return catalogue.outline(document).between(resolution.first, resolution.last)[:_LISTED]


def _cite(catalogue: Catalogue, document: StoredDocument, resolution: Resolution) -> str:
    if resolution.first is None:
        return cite_document(document.metadata)
    if resolution.last is not None:
        return cite_range(
            document.metadata, resolution.unit, resolution.target, resolution.first, resolution.last
        )
    single = catalogue.outline(document).single_stk(resolution.first.locator)
    return cite_provision(document.metadata, resolution.first.locator, single)


def _candidate(catalogue: Catalogue, label: str) -> Candidate:
    """A candidate by what was kept of it: an id of a document or a provision, or a name."""
    document_id, _, slug = label.partition(":")
    document = catalogue.by_id.get(document_id)
    if document is None:
        return Candidate("", label)
    if not slug:
        return Candidate(label, cite_document(document.metadata))
    locator = parse_slug(slug)
    single = catalogue.outline(document).single_stk(locator)
    return Candidate(label, cite_provision(document.metadata, locator, single))


def _told_apart(candidate: Candidate, others: Sequence[Candidate]) -> str:
    """The citation, with the id where others are cited alike: a § that is printed twice."""
    alike = sum(candidate.citation == other.citation for other in others) > 1
    return f"{candidate.citation} [{candidate.id}]" if alike else candidate.citation


def _alike(catalogue: Catalogue, name: str, day: dt.date) -> list[Candidate]:
    """The acts whose title begins like a popular name that nobody bears, in the version of the day.

    «retssikkerhedsloven» may be «lov om retssikkerhed og …»; which it is, the reader says.
    """
    match = _POPULAR.fullmatch(name.lower())
    if match is None:
        return []
    begun = f"lov om {match[1]}"
    works = {d.work_id for d in catalogue.documents if work_title(d.metadata.title).lower().startswith(begun)}
    versions = [version for work in sorted(works) for version in catalogue.in_force(work, day)]
    return [Candidate(v.id, cite_document(v.metadata)) for v in versions[:_ALIKE]]


def _opened(store: Store, identifier: str) -> tuple[StoredDocument, Locator | None, bool]:
    """The document and the locator that an id names, and whether the § has one stk. only."""
    if ":" not in identifier:
        return store.document(identifier), None, False
    document_id, locator = parse_provision_id(identifier)
    document = store.document(document_id)
    outline = catalogue_of(store).outline(document)
    if not outline.look_up(locator).found:
        raise NotFoundError(
            f"{locator} findes ikke i {cite_document(document.metadata)}.",
            "Indholdsfortegnelsen viser, hvilke §§ der findes.",
        )
    return document, locator, outline.single_stk(locator)


def _readable(catalogue: Catalogue, source: StoredDocument, day: dt.date) -> bool:
    """Whether a document could be read on ``day``: a rule in force on it, anything else made by then."""
    if source.metadata.kind is Kind.RULE:
        return catalogue.validity(source).covers(day)
    return source.metadata.date is None or source.metadata.date <= day


def _cursor(citing: graph.Citing) -> str:
    return f"{citing.source.id}~{citing.citations[0].ordinal}"


def _position(found: Sequence[graph.Citing], after: str) -> int:
    if not after:
        return 0
    for index, citing in enumerate(found):
        if _cursor(citing) == after:
            return index + 1
    raise InputError(f"«{after[:80]}» er ikke fra en side af denne liste.", "Begynd forfra uden after.")


def _citing_place(
    store: Store, catalogue: Catalogue, document: StoredDocument, citing: graph.Citing
) -> CitingPlace:
    citation, source, target = citing.citations[0], citing.source, citing.target
    text = store.text(source.key)
    place, locator = _place(store, catalogue, source, citation.span.start)
    around = _around(text, citation.span)
    meta = source.metadata
    ends = [parse_slug(slug) for edge in citing.citations for slug in (edge.slug, edge.last) if slug]
    return CitingPlace(
        document_id=source.id,
        kind=meta.kind,
        citation=cite_document(meta),
        authority=meta.authority or meta.ministry,
        date=meta.date,
        place=place,
        locator=locator,
        words=citation.span.of(text),
        span=citation.span,
        context=around.of(text),
        context_span=around,
        cited=tuple(provision_id(target.id, end) for end in ends) or (target.id,),
        cited_citation=_cited_citation(catalogue, target, citing.citations),
        same_version=target.id.partition("@")[0] == document.id.partition("@")[0],
        ground=citation.ground,
        fictional=meta.fictional,
    )


def _cited_citation(catalogue: Catalogue, target: StoredDocument, edges: Sequence[graph.Citation]) -> str:
    """What is cited and in which version, of several provisions each: «§ 15, stk. 1; § 18 i lov om …»."""
    if not edges[0].slug:
        return cite_document(target.metadata)
    outline = catalogue.outline(target)
    if len(edges) == 1 and not edges[0].last:
        locator = parse_slug(edges[0].slug)
        return cite_provision(target.metadata, locator, outline.single_stk(locator))
    ends = [(parse_slug(edge.slug), parse_slug(edge.last or edge.slug)) for edge in edges]
    named = [str(first) if first == last else print_range(first, last) for first, last in ends]
    return f"{listed(named)} i {cite_document(target.metadata)}"


def _place(store: Store, catalogue: Catalogue, source: StoredDocument, offset: int) -> tuple[str, str]:
    """The id of the provision or section at ``offset``, else of the document, and how it is called."""
    provision = catalogue.outline(source).at(offset)
    if provision is not None:
        return provision_id(source.id, provision.locator), str(provision.locator)
    for number, section in enumerate(store.sections(source.key), start=1):
        if section.span.start <= offset < section.span.end:
            return f"{source.id}:section-{number}", section.title
    return source.id, ""


def _around(text: str, span: Span) -> Span:
    """The line around ``span``, cut between words where it is long."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
    line_end = text.find("\n", span.end)
    end = min(len(text) if line_end < 0 else line_end, span.end + _AROUND)
    if start == span.start - _AROUND:
        blank = text.find(" ", start, span.start)
        start = blank + 1 if blank >= 0 else start
    if end == span.end + _AROUND:
        blank = text.rfind(" ", span.end, end)
        end = blank if blank >= 0 else end
    return Span(start, end)
