"""Filters over documents: exact, before anything is ranked.

What a document is filed under comes from its source alone: its subjects, its ministry and, for a rule, the
title of its work. Few decisions name a ministry or a work, so a decision belongs also to the fields of the
rules that it cites. Letters may be large or small.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from corpus.identifiers import work_title
from corpus.types import Kind, Metadata
from index.errors import IndexMismatchError
from index.graph import Graph
from index.manifest import REBUILD
from index.table import IndexedDocument, Mask, Table
from index.types import Facet, Facets, Query


def fields_of(metadata: Metadata) -> tuple[str, ...]:
    """What a document is filed under, as its source writes it, each once."""
    rule = metadata.kind is Kind.RULE
    names = [*metadata.subjects, metadata.ministry, *([work_title(metadata.title)] if rule else [])]
    return tuple(dict.fromkeys(name for name in names if name))


def restriction(table: Table, graph: Graph, kind: Kind, query: Query) -> Mask | None:
    """The documents of ``kind`` that the filters of a query leave, outcomes apart; ``None``: all.

    Raises:
        IndexMismatchError: an older version built the index, without what documents are filed under.
    """
    masks = []
    if query.fields:
        masks.append(_in_fields(table, graph, kind, query.fields))
    if kind is Kind.PRECEDENT:
        if query.authorities:
            wanted = _folded(query.authorities)
            masks.append(_where(table, [d.authority.casefold() in wanted for d in table.documents]))
        if query.decided_from is not None or query.decided_to is not None:
            first, last = query.decided_from or dt.date.min, query.decided_to or dt.date.max
            start, end = first.isoformat(), last.isoformat()
            masks.append(np.array([d.date is not None and start <= d.date <= end for d in table.documents]))
    return np.logical_and.reduce(masks) if masks else None


def with_outcomes(table: Table, outcomes: Sequence[str]) -> Mask:
    """The documents that record at least one of these outcomes."""
    wanted = _folded(outcomes)
    return _where(table, [any(o.casefold() in wanted for o in d.outcomes) for d in table.documents])


def facets(table: Table) -> Facets:
    """What the documents of an index can be filtered by, the commonest value first."""
    _where(table, [])
    precedents = [d for d in table.documents if d.kind is Kind.PRECEDENT]
    days = sorted(d.date for d in precedents if d.date)
    return Facets(
        authorities=_counted(d.authority for d in precedents if d.authority),
        fields=_counted(name for d in table.documents for name in d.fields),
        outcomes=tuple(sorted({o for d in precedents for o in d.outcomes})),
        decided_from=dt.date.fromisoformat(days[0]) if days else None,
        decided_to=dt.date.fromisoformat(days[-1]) if days else None,
    )


def _in_fields(table: Table, graph: Graph, kind: Kind, fields: Sequence[str]) -> Mask:
    wanted = _folded(fields)
    own = _where(table, [_filed(document, wanted) for document in table.documents])
    if kind is Kind.PRECEDENT:
        # Citations lead to the cited § in every version of its act, so any of them tells the field.
        citing, cited = graph.documents()
        by_citation = np.zeros_like(own)
        by_citation[citing[own[cited]]] = True
        own = own | by_citation
    return own


def _filed(document: IndexedDocument, wanted: frozenset[str]) -> bool:
    return any(name.casefold() in wanted for name in document.fields)


def _folded(values: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(value.split()).casefold() for value in values)


def _counted(values: Iterable[str]) -> tuple[Facet, ...]:
    counts = Counter(values)
    return tuple(Facet(value, n) for value, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _where(table: Table, kept: Sequence[bool]) -> Mask:
    """A mask, after it was seen that the table knows what is asked of it."""
    if not table.filed:
        raise IndexMismatchError("the index does not hold what documents are filed under.", REBUILD)
    return np.array(kept, dtype=np.bool_)
