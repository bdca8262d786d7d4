"""How a decision stands today: what took its place, and what has become of the provisions that it cites.

Decisions are laid side by side with what the texts say of them; nothing here weighs one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.changes import outcome_on
from assistant.cited_words import print_range
from assistant.types import OwnReference, RelatedDecision
from assistant.wordings import single_stk, today
from corpus.citations import Citation, cites
from corpus.decision_links import DecisionLink, LinkKind, decision_links
from corpus.errors import NotFoundError
from corpus.history import Genealogy, genealogy_of
from corpus.identifiers import cite_document, cite_provision, parse_slug, print_date, provision_id
from corpus.links import Change
from corpus.references.resolved import LinkStatus
from corpus.store import Store
from corpus.types import Kind, Locator, Metadata, Span, Status, StoredDocument

_LISTED = 50  # provisions of a range that are followed; a wider range points at a chapter or an act
_NAMED = 3  # provisions named in one sentence; all of them stand with the references
_KEPT = (Change.SAME, Change.MOVED)  # the words still apply
_LINKS = {
    LinkKind.REPLACED_BY: "Genudgivet eller afløst som",
    LinkKind.REPLACES: "Afløser",
    LinkKind.SETS_ASIDE: "Kasserer",
    LinkKind.SET_ASIDE_BY: "Kasseret ved",
}
_HISTORIC = "Kilden markerer afgørelsen som historisk."
_OVER = (LinkKind.SET_ASIDE_BY, LinkKind.REPLACED_BY)


def describe_link(link: DecisionLink) -> str:
    """What another decision is to this one, in Danish."""
    return f"{_LINKS[link.kind]} {link.number}"


def standing(
    store: Store,
    document: StoredDocument,
    as_of: dt.date | None = None,
    references: Sequence[OwnReference] | None = None,
) -> str:
    """One Danish sentence where a decision was set aside, reissued or cites wording that has changed.

    Of several things to say the gravest. Empty for rules, and where nothing of the kind is known.

    Args:
        as_of: the day whose wording counts, today where ``None``; what took a decision's place counts
            whenever that happened.
        references: of the decision on that day, where the caller has them.
    """
    if document.metadata.kind is not Kind.PRECEDENT:
        return ""
    links = decision_links(store).get(document.id, ())
    for link in sorted((k for k in links if k.kind in _OVER), key=lambda k: _OVER.index(k.kind)):
        other = _related(store, link)
        day = f" af {print_date(other.date)}" if other.date else ""
        return f"{_LINKS[link.kind]} {other.citation or link.number}{day}."
    if document.metadata.status is Status.HISTORIC:
        return _HISTORIC
    if references is None:
        references = own_references(store, document, as_of or today())
    changed = [r for r in references if r.change is not None and r.change not in _KEPT]
    if not changed:
        return ""
    names = list(dict.fromkeys(_short(store, r) for r in changed))
    rest = f"; og {len(names) - _NAMED} til" if len(names) > _NAMED else ""
    return f"Henviser til ordlyd, der er ændret eller ophævet siden: {'; '.join(names[:_NAMED])}{rest}."


def related_decisions(store: Store, document: StoredDocument) -> tuple[RelatedDecision, ...]:
    """The decisions that took the place of this one, and those that it took the place of, as texts say."""
    return tuple(_related(store, link) for link in decision_links(store).get(document.id, ()))


def is_superseded(store: Store, document: StoredDocument) -> bool:
    """Whether another decision took the place of this one, or its source marks it as historic."""
    links = decision_links(store).get(document.id, ())
    historic = document.metadata.status is Status.HISTORIC
    return document.metadata.kind is Kind.PRECEDENT and (historic or any(k.kind in _OVER for k in links))


def own_references(store: Store, document: StoredDocument, as_of: dt.date) -> tuple[OwnReference, ...]:
    """What a decision cites, each provision once, in the order of its text.

    Whole acts are left out: their versions tell nothing of a single rule.
    """
    groups: dict[tuple[int, str, str], list[Citation]] = {}
    for citation in cites(store, document):
        if citation.target is not None and citation.target != document.key:
            groups.setdefault((citation.target, citation.slug, citation.last), []).append(citation)
    text = store.text(document.key)
    genealogy = genealogy_of(store)
    found: list[OwnReference] = []
    for (key, slug, last), citations in groups.items():
        target = store.by_key(key)
        if target is None:
            continue
        if slug:
            found.append(_provision_cited(store, genealogy, text, target, slug, last, citations, as_of))
        elif target.metadata.kind is Kind.PRECEDENT:
            found.append(_decision_cited(store, text, target, citations))
    return tuple(found)


def unresolved_references(store: Store, document: StoredDocument) -> int:
    """How many places cite something that could not be led to one provision or decision."""
    return len({c.span for c in cites(store, document) if c.status is not LinkStatus.RESOLVED})


def _related(store: Store, link: DecisionLink) -> RelatedDecision:
    other = _kept(store, link.document)
    source = _kept(store, link.source)
    words = link.span.of(store.text(source.key)) if link.span and source else ""
    return RelatedDecision(
        kind=link.kind,
        text=describe_link(link),
        number=link.number,
        document_id=link.document,
        citation=cite_document(other.metadata) if other else "",
        date=other.metadata.date if other else None,
        candidates=link.candidates,
        source=link.source,
        span=link.span,
        words=words,
        likeness=link.likeness,
    )


def _kept(store: Store, document_id: str) -> StoredDocument | None:
    try:
        return store.document(document_id) if document_id else None
    except NotFoundError:  # erased since
        return None


def _provision_cited(
    store: Store,
    genealogy: Genealogy,
    text: str,
    target: StoredDocument,
    slug: str,
    last: str,
    citations: Sequence[Citation],
    as_of: dt.date,
) -> OwnReference:
    places = list(_places(store, target, parse_slug(slug), parse_slug(last) if last else None))
    ids = tuple(provision_id(target.id, place) for place in places)
    outcomes = [outcome_on(genealogy, identifier, as_of) for identifier in ids]
    told = [o for o in outcomes if o.change not in _KEPT] or outcomes
    if len(told) == 1:
        since = told[0].told
    elif any(o.change not in _KEPT for o in told):
        changed = {str(p): o.told for p, o in zip(places, outcomes, strict=True) if o in told}
        since = " ".join(f"{place}: {said}" for place, said in list(changed.items())[:_NAMED])
        since += f" Og {len(changed) - _NAMED} til." if len(changed) > _NAMED else ""
    else:
        since = "Samme ordlyd i alle bestemmelserne."
    return OwnReference(
        words=citations[0].span.of(text),
        spans=_spans(citations),
        document_id=target.id,
        provisions=ids,
        citation=_cite(store, target, target.metadata, slug, last),
        ground=citations[0].ground,
        change=told[0].change if told else None,
        since=since,
        now=tuple(dict.fromkeys(now for o in outcomes for now in o.now)),
    )


def _places(store: Store, target: StoredDocument, first: Locator, last: Locator | None) -> Iterator[Locator]:
    """The provisions of a range on its own level, or the one provision."""
    if last is None or last == first:
        yield first
        return
    level = [p.locator for p in store.provisions(target.key, first.level)]
    ends = [level.index(end) for end in (first, last) if end in level]
    if len(ends) == 2:
        yield from level[ends[0] : min(ends[1] + 1, ends[0] + _LISTED)]
    else:
        yield from (first, last)


def _decision_cited(
    store: Store, text: str, target: StoredDocument, citations: Sequence[Citation]
) -> OwnReference:
    over = [_related(store, k) for k in decision_links(store).get(target.id, ()) if k.kind in _OVER]
    since = f"{over[0].text}." if over else ""
    if not over and target.metadata.status is Status.HISTORIC:
        since = _HISTORIC
    return OwnReference(
        words=citations[0].span.of(text),
        spans=_spans(citations),
        document_id=target.id,
        provisions=(),
        citation=cite_document(target.metadata),
        ground=citations[0].ground,
        change=None,
        since=since,
        now=tuple(r.document_id for r in over if r.document_id),
    )


def _spans(citations: Sequence[Citation]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(c.span for c in citations))


def _short(store: Store, reference: OwnReference) -> str:
    """«§ 36, stk. 1, i lov om aktiv socialpolitik»: the act by its title alone."""
    target = store.document(reference.document_id)
    slugs = [identifier.partition(":")[2] for identifier in reference.provisions]
    plain = replace(target.metadata, number="")
    return _cite(store, target, plain, slugs[0], slugs[-1] if len(slugs) > 1 else "")


def _cite(store: Store, target: StoredDocument, metadata: Metadata, slug: str, last: str) -> str:
    first = parse_slug(slug)
    if not last or last == slug:
        return cite_provision(metadata, first, single_stk(store, target, first))
    span = print_range(first, parse_slug(last))
    return f"{span}{',' if ', ' in span else ''} i {cite_document(metadata)}"
