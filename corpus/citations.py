"""The citation graph: what each document cites, and by what it is cited.

``corpus.linking`` writes it; here it is read. An edge is one target of one reference: it leads to a
document and a provision, or says why it leads nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus import codec
from corpus.identifiers import parse_slug
from corpus.references.outline import rank
from corpus.references.resolved import Ground, LinkStatus, Reason, Resolution
from corpus.references.types import Unit
from corpus.store import Store
from corpus.types import Kind, Locator, Span, StoredDocument

_COLUMNS = (
    "document, ordinal, start, stop, unit, status, ground, reason, target, slug, last, locator, name,"
    " candidates"
)
INSERT = (
    "INSERT INTO citations (document, ordinal, start, stop, unit, status, ground, reason, target, slug, last,"
    " low, high, locator, name, candidates) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One edge of the graph.

    ``document`` and ``target`` are the store's numbers of revisions; ``target`` None: it leads nowhere.
    ``slug`` and, for a range, ``last`` are the provisions cited, empty for the whole document. Where it
    leads nowhere, ``locator``, ``name`` and ``candidates`` say what was printed and what it could be.
    """

    document: int
    ordinal: int
    span: Span
    unit: Unit
    status: LinkStatus
    ground: Ground | None = None
    reason: Reason | None = None
    target: int | None = None
    slug: str = ""
    last: str = ""
    locator: str = ""
    name: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citing:
    """A place that cites: its edges, the document whose words it holds and the version that they lead to.

    One reference can have several targets («§ 15, stk. 1 og 2»), so there can be several edges.
    """

    citations: tuple[Citation, ...]
    source: StoredDocument
    target: StoredDocument


def citation_of(document: int, ordinal: int, span: Span, resolution: Resolution) -> Citation:
    """The edge of a resolved reference."""
    resolved = resolution.status is LinkStatus.RESOLVED
    return Citation(
        document,
        ordinal,
        span,
        resolution.unit,
        resolution.status,
        resolution.ground if resolved else None,
        resolution.reason,
        resolution.document.key if resolved and resolution.document else None,
        resolution.first.locator.slug if resolution.first else "",
        resolution.last.locator.slug if resolution.last else "",
        "" if resolved or resolution.target is None else str(resolution.target),
        "" if resolved else resolution.name,
        resolution.candidates,
    )


def row_of(citation: Citation) -> tuple[object, ...]:
    """The edge as a row of the store's table."""
    low, high = _reach(citation.slug, citation.last)
    return (
        citation.document,
        citation.ordinal,
        citation.span.start,
        citation.span.end,
        citation.unit,
        citation.status,
        citation.ground or "",
        citation.reason or "",
        citation.target,
        citation.slug,
        citation.last,
        low,
        high,
        citation.locator,
        citation.name,
        codec.dump_json(citation.candidates) if citation.candidates else "",
    )


def cites(store: Store, document: StoredDocument) -> list[Citation]:
    """What a document cites, in text order; empty before the corpus has been linked."""
    query = f"SELECT {_COLUMNS} FROM citations WHERE document = ? ORDER BY ordinal"  # noqa: S608
    return [_citation(row) for row in store.select(query, [document.key])]


Counterparts = Callable[[StoredDocument, Locator, StoredDocument], Sequence[Locator]]
"""Where a provision of one version stands in another version of the same work."""


def same_provision(document: StoredDocument, locator: Locator, version: StoredDocument) -> Sequence[Locator]:
    """The counterpart of a provision by its printed number alone.

    A renumbering can have given the number to other words: ``corpus.history.Genealogy.counterparts``
    follows the provision itself.
    """
    del document, version  # the number is the same in each
    return (locator,)


def cited_by(
    store: Store,
    document: StoredDocument,
    locator: Locator | None = None,
    kinds: Sequence[Kind] = (),
    counterparts: Counterparts = same_provision,
    versions: Sequence[StoredDocument] = (),
) -> list[Citing]:
    """Who cites a document, or one of its provisions with all below it, newest first.

    Citations of other versions of the same work are among them where they mean the same provision. A §
    counts as cited by a range that includes it, and by its chapter; a document, by whatever cites it.

    Args:
        counterparts: where the provision stands in other versions.
        versions: all versions of the work, where the caller knows of some under another title.
    """
    if not versions and document.metadata.kind is Kind.RULE:
        versions = store.documents(work_id=document.work_id)
    sources: dict[int, StoredDocument | None] = {}
    found: list[Citing] = []
    for version in versions or [document]:
        wanted = [None] if locator is None else counterparts(document, locator, version)
        places: dict[tuple[int, Span], list[Citation]] = {}
        for citation in _edges(store, version, wanted):
            places.setdefault((citation.document, citation.span), []).append(citation)
        for (key, _), edges in places.items():
            source = sources.setdefault(key, None) or store.by_key(key)
            sources[key] = source
            if source is None or (kinds and source.metadata.kind not in kinds):
                continue
            if edges[0].slug or source.id != version.id:  # a decision names its own number
                found.append(Citing(tuple(sorted(edges, key=lambda c: c.ordinal)), source, version))
    found.sort(key=lambda c: (c.source.id, c.citations[0].ordinal))
    found.sort(key=lambda c: c.source.metadata.date or dt.date.min, reverse=True)
    return found


def _edges(store: Store, version: StoredDocument, wanted: Sequence[Locator | None]) -> Iterator[Citation]:
    """The edges that lead to a version, or to one of the provisions ``wanted`` of it."""
    query = f"SELECT {_COLUMNS} FROM citations JOIN documents ON key = document WHERE current AND target = ?"  # noqa: S608
    met: set[tuple[int, int]] = set()
    for locator in wanted:
        reach, values = "", [version.key]
        if locator is not None:
            reach, values = " AND low <= ? AND high >= ?", [version.key, *[rank(locator.paragraph)] * 2]
        for citation in map(_citation, store.select(query + reach, values)):
            edge = (citation.document, citation.ordinal)
            if edge not in met and (locator is None or leads_to(citation, locator)):
                met.add(edge)
                yield citation


def leads_to(citation: Citation, wanted: Locator) -> bool:
    """Whether an edge leads to ``wanted``, to something below it or to a range around it."""
    if not citation.slug:
        return False
    first, goal = _path(parse_slug(citation.slug)), _path(wanted)
    if not citation.last:
        return first[: len(goal)] == goal
    last = _path(parse_slug(citation.last))
    if len(first) > len(goal):
        return first[: len(goal)] == goal or last[: len(goal)] == goal
    # Both ends stand on the level of the range, under one parent; a § stands under its part.
    level = len(first) - 1
    return first[:level] == goal[:level] and first[level] <= goal[level] <= last[level]


def _path(locator: Locator) -> tuple[tuple[object, ...], ...]:
    """A locator as steps that compare in the order in which they are printed."""
    steps: list[tuple[object, ...]] = [(locator.part, locator.block), (rank(locator.paragraph),)]
    if locator.stk is not None:
        steps.append(("stk", locator.stk))
    if locator.nr is not None:
        steps.append(("nr", rank(locator.nr)))
    if locator.litra is not None:
        steps.append(("litra", locator.litra.lower()))
    if locator.pkt is not None:
        steps.append(("pkt", locator.pkt))
    return tuple(steps)


def _reach(slug: str, last: str) -> tuple[int, int]:
    """The §§ between which an edge lies, by ``rank``; -1 where it leads to no provision."""
    if not slug:
        return -1, -1
    low = rank(parse_slug(slug).paragraph)
    return low, rank(parse_slug(last).paragraph) if last else low


def _citation(row: Sequence[Any]) -> Citation:
    document, ordinal, start, stop, unit, status, ground, reason, target, *printed, more = row
    slug, last, locator, name = printed
    return Citation(
        document,
        ordinal,
        Span(start, stop),
        Unit(unit),
        LinkStatus(status),
        Ground(ground) if ground else None,
        Reason(reason) if reason else None,
        target,
        slug,
        last,
        locator,
        name,
        codec.load_strings(more) if more else (),
    )
