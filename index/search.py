"""Query to results. Read this file first to see how a search goes.

query and the law's words for it → lexical and dense scores → candidates of either, on one scale
(index.candidates) → pooled to §§ and decisions → what citations add → folded → results with their words.
Rules and precedents are ranked apart, each among the passages that a search may answer with on its day.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from corpus.store import Store
from corpus.types import Kind
from index.abstain import evidence, is_weak
from index.analysis import Analyzer
from index.candidates import Candidates, Floats, Scored, pooled
from index.duplicates import Folded, fold
from index.encoders import Encoder
from index.filters import restriction, with_outcomes
from index.graph import GRAPH_WEIGHTS, GraphWeights, Ranked, View, neighbours, raised
from index.lexical import query_terms
from index.limits import check
from index.priors import standing
from index.query_terms import with_law
from index.rerank import Reranker, best_first, dealt, words_of
from index.results import Near, result_of
from index.shared_citations import CitedInCase
from index.snapshot import Snapshot
from index.table import NODE_SHIFT, Mask
from index.thesaurus.expansion import LawTerm, Thesaurus
from index.types import (
    CorpusState,
    Query,
    Result,
    SearchResults,
)
from index.weights import LAW_BY_WORDS_ALONE, weights_of
from index.why import Links, QueryWords, rarities

LINKED = 10  # results of each kind between which citations are told
_CACHED_FILTERS = 64


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """What a query says to the indexes of one snapshot.

    ``own``: the weighted terms of its words. ``terms``: these and the law's terms for them, called up by
    what ``law`` tells. ``vector``: ``None`` without an encoder.
    """

    text: str
    day: dt.date
    own: dict[str, float]
    law: Mapping[str, LawTerm]
    terms: dict[str, float]
    vector: Floats | None


class Searcher:
    """Searches one snapshot. Immutable, so several threads may share it.

    Args:
        store: where the words of the passages are read from.
        snapshot: the index.
        analyzer: the same analyser as the snapshot was built with.
        encoder: the same encoder as the snapshot was built with; ``None`` searches lexically alone.
        dense_weight: share of the similarity in the fused score; 0 ranks by words, 1 by meaning alone, by
            default what was measured for the encoder.
        graph: what citations count; ``None`` leaves them out.
        reranker: reads the best passages of each kind once more; ``None`` leaves them in their order.
        thesaurus: adds the words of the law to those of a query; ``None`` asks by its own words alone.
    """

    def __init__(
        self,
        store: Store,
        snapshot: Snapshot,
        analyzer: Analyzer,
        encoder: Encoder | None,
        dense_weight: float | None = None,
        graph: GraphWeights | None = GRAPH_WEIGHTS,
        reranker: Reranker | None = None,
        thesaurus: Thesaurus | None = None,
    ) -> None:
        self.snapshot = snapshot
        weights = weights_of(encoder.name if encoder else "")
        self.dense_weight = weights.dense if dense_weight is None else dense_weight
        self._law_weight = weights.law
        self._store = store
        self._analyzer = analyzer
        self._encoder = encoder
        self._graph = graph
        self._reranker = reranker
        self.thesaurus = thesaurus
        self._cited = CitedInCase(store)
        self._collections = frozenset(d.collection for d in snapshot.table.documents)
        self._filters: OrderedDict[object, tuple[Mask, Mask]] = OrderedDict()

    def search(self, query: Query) -> SearchResults:
        """The rules and precedents closest to the query, best first.

        Raises:
            QueryError: the text is empty or too long, or ``top`` or ``as_of`` is out of range.
        """
        read = self.read(query)
        day = read.day
        # Outcomes choose among precedents alone: they must not move a rule, nor hide the other outcomes.
        candidates, ranking = self._rank(read, replace(query, outcomes=()))
        words = QueryWords(
            self._analyzer,
            read.text,
            self._cited.read(read.text, day),
            terms=read.terms,
            law=read.law,
            weights=rarities(read.own, self.snapshot.lexical),
            links=self._links(ranking, day, query),
        )
        found: dict[Kind, tuple[Result, ...]] = {Kind.RULE: (), Kind.PRECEDENT: ()}
        others: list[tuple[int, float]] = []
        of_others = candidates[Kind.PRECEDENT]
        if query.outcomes:
            everyone = self._weighed(ranking[Kind.PRECEDENT], day)
            others = self._other_outcomes(everyone, query)
            chosen, ranked_chosen = self._rank(read, query)
            candidates[Kind.PRECEDENT] = chosen[Kind.PRECEDENT]
            ranking[Kind.PRECEDENT] = ranked_chosen[Kind.PRECEDENT]
        for kind in query.kinds:
            ranked = self._in_order(self._weighed(ranking[kind], day), query)
            folded = fold(ranked, self._words_of, query.top)
            results = [self._result(candidates[kind], f, day, words) for f in folded]
            if kind is Kind.PRECEDENT:
                marked = (self._result(of_others, Folded(n, s), day, words) for n, s in others)
                results += [replace(r, other_outcome=True) for r in marked if r is not None]
            found[kind] = tuple(r for r in results if r is not None)
        return SearchResults(
            found[Kind.RULE], found[Kind.PRECEDENT], self.state(day), self._notes(query, day, found)
        )

    def order(self, query: Query, read: ReadQuery | None = None) -> dict[Kind, list[str]]:
        """The ids of the first results of each kind in the order of ``search``, without their words.

        What is folded into a result stands right behind it: a reader is shown both. For measuring.

        Args:
            query: without chosen outcomes, which show decisions outside the order too.
            read: the query as another searcher of the same snapshot has read it, with the same thesaurus.
        """
        read = read or self.read(query)
        _, ranking = self._rank(read, query)
        folded = {
            kind: fold(
                self._in_order(self._weighed(ranking[kind], read.day), query), self._words_of, query.top
            )
            for kind in query.kinds
        }
        name = self.snapshot.table.result_id
        return {k: [name(node) for f in found for node in (f.node, *f.also)] for k, found in folded.items()}

    def read(self, query: Query) -> ReadQuery:
        """What ``query`` says to the indexes. Raises ``QueryError`` as ``search``."""
        text = check(query, self._collections)
        day = query.as_of or dt.datetime.now(dt.UTC).date()
        own = query_terms(text, self._analyzer, self.snapshot.lexical)
        if self.thesaurus is None:
            return ReadQuery(text, day, own, {}, own, self._encode(text))
        more = self.thesaurus.expand(text)
        vector = self._encode(more.text)
        weight = LAW_BY_WORDS_ALONE if vector is None else self._law_weight
        terms = with_law(own, more.law, self.snapshot.lexical, weight)
        return ReadQuery(text, day, own, more.law, terms, vector)

    def weighted(self, dense_weight: float, graph: GraphWeights | None) -> Searcher:
        """The same search with other weights."""
        return Searcher(
            self._store,
            self.snapshot,
            self._analyzer,
            self._encoder,
            dense_weight,
            graph,
            self._reranker,
            self.thesaurus,
        )

    def state(self, day: dt.date) -> CorpusState:
        """What a search as of ``day`` looks through."""
        manifest = self.snapshot.manifest
        documents = self.snapshot.table.documents
        in_force = self.snapshot.table.documents_where(Kind.RULE, day, (), frozenset())
        newest = max((d.date for d in documents if d.date), default=None)
        return CorpusState(
            snapshot=manifest.name,
            as_of=day,
            documents=manifest.documents,
            rules=int(in_force.sum()),
            precedents=sum(d.kind is Kind.PRECEDENT for d in documents),
            passages=manifest.passages,
            vectors=manifest.vectors,
            encoder=manifest.encoder_name,
            newest=dt.date.fromisoformat(newest) if newest else None,
            reranker=self._reranker.name if self._reranker is not None else "",
        )

    def _encode(self, text: str) -> Floats | None:
        if self._encoder is None or not len(self.snapshot.dense):
            return None
        vector: Floats = self._encoder.encode_queries([text])[0]
        return vector

    def _filter(self, kind: Kind, day: dt.date, query: Query) -> tuple[Mask, Mask]:
        """The documents and the passages that may answer, kept for the next search of the same kind."""
        key = (kind, replace(query, text="", kinds=(), top=1, as_of=day))
        if key in self._filters:
            return self._filters[key]
        table = self.snapshot.table
        documents = table.documents_where(kind, day, query.collections, frozenset(query.exclude))
        left = restriction(table, self.snapshot.graph, kind, query)
        if left is not None:
            documents = documents & left
        if query.outcomes and kind is Kind.PRECEDENT:
            documents = documents & with_outcomes(table, query.outcomes)
        self._filters[key] = documents, table.passages_in(documents)
        while len(self._filters) > _CACHED_FILTERS:
            self._filters.popitem(last=False)
        return self._filters[key]

    def _rank(self, read: ReadQuery, query: Query) -> tuple[dict[Kind, Candidates], dict[Kind, Ranked]]:
        """The candidates of each kind and their results, ranked with what the citation graph adds.

        Kinds are ranked together also where one alone is asked for: precedents tell of rules.
        """
        filters = {kind: self._filter(kind, read.day, query) for kind in (Kind.RULE, Kind.PRECEDENT)}
        scored = Scored(self.snapshot, read.terms, read.vector, self.dense_weight)
        candidates = scored.candidates(filters)
        if self._reranker is not None:
            candidates = {k: self._reranked(self._reranker, query.text, c) for k, c in candidates.items()}
        ranking = {kind: pooled(kind, c) for kind, c in candidates.items()}
        if self._graph is None:
            return candidates, ranking
        view = View(self.snapshot.graph, filters[Kind.RULE][0], filters[Kind.PRECEDENT][0])
        rules, precedents = ranking[Kind.RULE], ranking[Kind.PRECEDENT]
        near = neighbours(view, rules, precedents, self._graph.seeds)
        for kind, nodes in zip((Kind.RULE, Kind.PRECEDENT), near, strict=True):
            candidates[kind] = scored.joined(candidates[kind], nodes, filters[kind][0])
        rules, precedents = (pooled(kind, candidates[kind]) for kind in (Kind.RULE, Kind.PRECEDENT))
        rules, precedents = raised(view, rules, precedents, self._graph)
        return candidates, {Kind.RULE: rules, Kind.PRECEDENT: precedents}

    def _reranked(self, reranker: Reranker, text: str, found: Candidates) -> Candidates:
        """The candidates with the scores of the best dealt out anew, as the reranker orders them."""
        first = best_first(found.scores)
        at = np.searchsorted(found.places.which, first)
        words = words_of(self._store, self.snapshot.table, found.places.nodes[at], found.places.rows[at])
        return replace(found, scores=dealt(found.scores, first, reranker.relevance(text, words)))

    def _weighed(self, ranked: Ranked, day: dt.date) -> Ranked:
        """The ranking with what each source weighs beside others that fit as well."""
        documents = (self.snapshot.table.document_of(int(node)) for node in ranked.nodes)
        shares = [standing(document, day) for document in documents]
        return Ranked(ranked.nodes, ranked.scores * np.array(shares))

    def _first(self, ranked: Ranked, query: Query) -> list[tuple[int, float]]:
        """The first ``top`` results with their scores."""
        return list(islice(self._in_order(ranked, query), query.top))

    def _in_order(self, ranked: Ranked, query: Query) -> Iterator[tuple[int, float]]:
        """The results that may be shown, with their scores, best first; equal ones as the index has them."""
        for i in np.lexsort((ranked.nodes, -ranked.scores)):
            node = int(ranked.nodes[i])
            if self.snapshot.table.result_id(node) not in query.exclude:
                yield node, float(ranked.scores[i])

    def _words_of(self, node: int) -> str:
        """What a result says: the text of its § or of its decision; "" when it was erased meanwhile."""
        document = self._store.by_key(self.snapshot.table.document_of(node).key)
        if document is None:
            return ""
        text = self._store.text(document.key)
        _, provision, slug = self.snapshot.table.result_id(node).partition(":")
        return self._store.provision(document.key, slug).span.of(text) if provision else text

    def _other_outcomes(self, ranked: Ranked, query: Query) -> list[tuple[int, float]]:
        """The best precedent of each recorded outcome that the query did not choose, best first."""
        chosen = with_outcomes(self.snapshot.table, query.outcomes)
        seen: set[str] = set()
        found = []
        for node, score in self._first(ranked, replace(query, top=len(ranked.nodes))):
            if chosen[node >> NODE_SHIFT]:
                continue
            outcomes = set(self.snapshot.table.document_of(node).outcomes)
            if outcomes - seen:
                found.append((node, score))
                seen |= outcomes
        return found

    def _result(self, found: Candidates, folded: Folded, day: dt.date, words: QueryWords) -> Result | None:
        """The result with its words from the store; ``None`` when the document was erased meanwhile."""
        here = np.flatnonzero(found.places.nodes == folded.node)
        which, rows = found.places.which[here], found.places.rows[here]
        near = Near(found.passages[which], found.similar[which], found.scores[which], rows)
        return result_of(self._store, self.snapshot, folded, near, day, words)

    def _links(self, ranking: dict[Kind, Ranked], day: dt.date, query: Query) -> Links:
        """The citations between the first results of both kinds."""
        asked = replace(query, top=LINKED)
        first = [n for ranked in ranking.values() for n, _ in self._first(self._weighed(ranked, day), asked)]
        return Links(self.snapshot.table, self.snapshot.graph, self._store, first)

    def _is_weak(self, kind: Kind, query: Query, day: dt.date, results: tuple[Result, ...]) -> bool:
        found = evidence(query.text, results, self._analyzer, self.snapshot.lexical)
        _, passages = self._filter(kind, day, query)
        return is_weak(kind, found, self.snapshot.manifest.encoder_name, int(passages.sum()))

    def _notes(self, query: Query, day: dt.date, found: dict[Kind, tuple[Result, ...]]) -> tuple[str, ...]:
        """Codes of what the reader must know; the doors put them into words."""
        notes = []
        manifest = self.snapshot.manifest
        if self._encoder is None or manifest.vectors == 0:
            notes.append("lexical-only")
        elif manifest.vectors < manifest.passages:
            notes.append("vectors-incomplete")
        for kind in query.kinds:
            if not found[kind]:
                notes.append(f"no-{kind}s")
                if kind is Kind.RULE and not self.state(day).rules:
                    notes.append("none-in-force")
            elif self._is_weak(kind, query, day, found[kind]):
                notes.append(f"weak-{kind}s")
        if query.outcomes and Kind.PRECEDENT in query.kinds:
            notes.append("outcome-filter")
        if any(r.date and r.date > day for r in found[Kind.PRECEDENT]):
            notes.append("later-precedents")
        return tuple(notes)
