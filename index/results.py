"""A result as the reader has it: its words out of the store, where they stand, and why it was found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from corpus.identifiers import cite_document, cite_provision, parse_provision_id, work_title
from corpus.store import Store
from corpus.types import Kind, StoredDocument
from index.duplicates import Folded
from index.fusion import Scores
from index.priors import day_of, in_force
from index.shared_citations import shared
from index.snapshot import Snapshot
from index.table import Numbers
from index.types import Occurrence, PassageHit, Result, Why
from index.why import QueryWords, matched_fact, matched_terms

PASSAGES_SHOWN = 3  # of one result


@dataclass(frozen=True, slots=True)
class Near:
    """The passages of one result that were found, side by side.

    ``similar`` is the cosine of each, NaN where it has no vector; ``rows`` is where each stands.
    """

    passages: Numbers
    similar: Scores
    scores: Scores
    rows: Numbers


def result_of(
    store: Store, snapshot: Snapshot, folded: Folded, near: Near, day: dt.date, words: QueryWords
) -> Result | None:
    """The result with its words; ``None`` when the document was erased meanwhile."""
    indexed = snapshot.table.document_of(folded.node)
    document = store.by_key(indexed.key)
    if document is None:
        return None
    text = store.text(document.key)
    order = np.lexsort((near.rows, -near.scores))[:PASSAGES_SHOWN]
    places = [snapshot.table.occurrence(int(near.rows[i])) for i in order]
    hits = tuple(
        PassageHit(p.span.of(text), p.span, p.locator, p.page, float(near.scores[i]))
        for i, p in zip(order, places, strict=True)
    )
    shares = snapshot.lexical.term_contributions(int(near.passages[order[0]]), words.terms)
    why = Why(
        terms=matched_terms(shares, " ".join(h.text for h in hits), words.analyzer, words),
        similarity=None if np.isnan(near.similar).all() else float(np.nanmax(near.similar)),
        shared_citations=shared(words.cited, folded.node, snapshot.table, snapshot.graph),
        fact=matched_fact(text, store.sections(document.key), words.weights, words.analyzer)
        if indexed.kind is Kind.PRECEDENT
        else None,
        cites=words.links.cites(folded.node),
        cited_by=words.links.cited_by(folded.node),
    )
    valid_from, valid_until = day_of(indexed.valid_from), day_of(indexed.valid_until)
    metadata = document.metadata
    return Result(
        id=places[0].result_id,
        kind=indexed.kind,
        document_id=document.id,
        title=work_title(metadata.title) if metadata.kind is Kind.RULE else metadata.title,
        citation=cite(document, places[0]),
        url=metadata.url,
        authority=metadata.authority or metadata.ministry,
        date=metadata.date,
        in_force=in_force(indexed, day),
        outcome=metadata.outcomes,
        passages=hits,
        why=why,
        score=folded.score,
        also=words.links.named(folded.also),
        collection=document.collection,
        fictional=metadata.fictional,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def cite(document: StoredDocument, place: Occurrence) -> str:
    """The citation of a passage's provision, or of its decision, as a Danish lawyer writes it."""
    if ":" not in place.result_id:
        return cite_document(document.metadata)
    _, locator = parse_provision_id(place.unit_id)
    return cite_provision(document.metadata, locator, single_stk="stk." not in place.locator)
