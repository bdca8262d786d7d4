"""Query to results. Read this file first to see how a search goes.

lexical and dense scores → candidates of either → one weighted score → results of a § or a decision.
Rules and precedents are ranked apart, each among the passages that a search may answer with on its day.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from corpus.identifiers import cite_document, cite_provision, parse_provision_id, work_title
from corpus.parsing.text import normalise
from corpus.store import Store
from corpus.types import Kind, StoredDocument
from index.analysis import Analyzer
from index.encoders import Encoder
from index.errors import QueryError, QueryFault
from index.fusion import weighted_sum, z_score
from index.lexical import query_terms
from index.snapshot import Snapshot
from index.table import IndexedDocument, Mask
from index.types import (
    CorpusState,
    MatchedTerm,
    Occurrence,
    PassageHit,
    Query,
    Result,
    SearchResults,
    Why,
)

MAX_QUERY_CHARACTERS = 50_000  # some 20 pages: a case description, not a case file
MAX_TOP = 200
EARLIEST = dt.date(1600, 1, 1)  # Danske Lov is of 1683; an earlier day is a slip of the pen
CANDIDATES = 400  # of each way of scoring; see docs/evaluation.md
DENSE_WEIGHT = 0.3  # share of the similarity in the fused score; see docs/evaluation.md
PASSAGES_SHOWN = 3  # of one result
TERMS_SHOWN = 8  # of one result
_CACHED_FILTERS = 64

Floats = npt.NDArray[np.float32]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage with its fused score and its cosine, if it has a vector."""

    passage: int
    score: float
    similarity: float | None


@dataclass(slots=True)
class _Group:
    """The hits of one result while it is being collected."""

    document: IndexedDocument
    result_id: str
    hits: list[tuple[_Candidate, Occurrence]]


class Searcher:
    """Searches one snapshot. Immutable, so several threads may share it.

    Args:
        store: where the words of the passages are read from.
        snapshot: the index.
        analyzer: the same analyser as the snapshot was built with.
        encoder: the same encoder as the snapshot was built with; ``None`` searches lexically alone.
        dense_weight: share of the similarity in the fused score; 0 ranks by words, 1 by meaning alone.
    """

    def __init__(
        self,
        store: Store,
        snapshot: Snapshot,
        analyzer: Analyzer,
        encoder: Encoder | None,
        dense_weight: float = DENSE_WEIGHT,
    ) -> None:
        self.snapshot = snapshot
        self._dense_weight = dense_weight
        self._store = store
        self._analyzer = analyzer
        self._encoder = encoder
        self._filters: OrderedDict[object, tuple[Mask, Mask]] = OrderedDict()

    def search(self, query: Query) -> SearchResults:
        """The rules and precedents closest to the query, best first.

        Raises:
            QueryError: the text is empty or too long, or ``top`` or ``as_of`` is out of range.
        """
        text = check(query)
        day = query.as_of or dt.datetime.now(dt.UTC).date()
        terms = query_terms(text, self._analyzer, self.snapshot.lexical)
        lexical = self.snapshot.lexical.scores(terms)
        vector = self._encode(text)
        words = _QueryWords(self._analyzer, text)
        found: dict[Kind, tuple[Result, ...]] = {Kind.RULE: (), Kind.PRECEDENT: ()}
        for kind in query.kinds:
            documents, keep = self._filter(kind, day, query)
            candidates = self._candidates(lexical, vector, keep)
            groups = self._group(candidates, documents, query)
            results = (self._result(g, day, terms, words) for g in groups)
            found[kind] = tuple(r for r in results if r is not None)
        return SearchResults(
            found[Kind.RULE], found[Kind.PRECEDENT], self.state(day), self._notes(query, day, found)
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
        )

    def _encode(self, text: str) -> Floats | None:
        if self._encoder is None or not len(self.snapshot.dense):
            return None
        vector: Floats = self._encoder.encode_queries([text])[0]
        return vector

    def _filter(self, kind: Kind, day: dt.date, query: Query) -> tuple[Mask, Mask]:
        """The documents and the passages that may answer, kept for the next search of the same kind."""
        key = (kind, day, query.collections, query.exclude)
        if key in self._filters:
            return self._filters[key]
        table = self.snapshot.table
        documents = table.documents_where(kind, day, query.collections, frozenset(query.exclude))
        self._filters[key] = documents, table.passages_in(documents)
        while len(self._filters) > _CACHED_FILTERS:
            self._filters.popitem(last=False)
        return self._filters[key]

    def _candidates(self, lexical: Floats, vector: Floats | None, keep: Mask) -> list[_Candidate]:
        """Passages found by either way, scored by both, best first."""
        ids = _best(np.where(keep, lexical, 0.0), CANDIDATES)
        if vector is None:
            return [_Candidate(int(i), float(lexical[i]), None) for i in ids]
        near, _ = self.snapshot.dense.search(vector, CANDIDATES, keep)
        ids = np.union1d(ids, near).astype(np.int64)
        if not len(ids):
            return []
        similar = self.snapshot.dense.similarities(vector, ids)  # NaN: no vector yet
        fused = weighted_sum(
            [z_score(lexical[ids].astype(np.float64)), z_score(similar.astype(np.float64))],
            [1 - self._dense_weight, self._dense_weight],
        )
        order = np.lexsort((ids, -fused))
        return [
            _Candidate(int(ids[i]), float(fused[i]), None if np.isnan(similar[i]) else float(similar[i]))
            for i in order
        ]

    def _group(self, candidates: Sequence[_Candidate], documents: Mask, query: Query) -> list[_Group]:
        """The first ``top`` results, each ranked by its best passage."""
        groups: dict[str, _Group] = {}
        for candidate in candidates:
            for document, place in self.snapshot.table.occurrences(candidate.passage, documents):
                if place.result_id in query.exclude:
                    continue
                group = groups.get(place.result_id)
                if group is None:
                    if len(groups) >= query.top:
                        continue
                    group = groups[place.result_id] = _Group(document, place.result_id, [])
                if len(group.hits) < PASSAGES_SHOWN:
                    group.hits.append((candidate, place))
        return list(groups.values())

    def _result(
        self, group: _Group, day: dt.date, terms: dict[str, float], words: _QueryWords
    ) -> Result | None:
        """The result with its words from the store; ``None`` when the document was erased meanwhile."""
        document = self._store.by_key(group.document.key)
        if document is None:
            return None
        text = self._store.text(document.key)
        hits = tuple(
            PassageHit(place.span.of(text), place.span, place.locator, place.page, candidate.score)
            for candidate, place in group.hits
        )
        best = group.hits[0][0]
        why = Why(
            terms=self._matched(best.passage, hits, terms, words),
            similarity=max((c.similarity for c, _ in group.hits if c.similarity is not None), default=None),
        )
        valid_from, valid_until = _day(group.document.valid_from), _day(group.document.valid_until)
        return Result(
            id=group.result_id,
            kind=group.document.kind,
            document_id=document.id,
            title=work_title(document.metadata.title)
            if document.metadata.kind is Kind.RULE
            else document.metadata.title,
            citation=cite(document, group.hits[0][1]),
            url=document.metadata.url,
            authority=document.metadata.authority or document.metadata.ministry,
            date=document.metadata.date,
            in_force=in_force(group.document, day),
            outcome=document.metadata.outcomes,
            passages=hits,
            why=why,
            score=best.score,
            collection=document.collection,
            fictional=document.metadata.fictional,
            valid_from=valid_from,
            valid_until=valid_until,
        )

    def _matched(
        self, passage: int, hits: Sequence[PassageHit], terms: dict[str, float], words: _QueryWords
    ) -> tuple[MatchedTerm, ...]:
        """The terms that carried the lexical score of the best passage, heaviest first."""
        shares = self.snapshot.lexical.term_contributions(passage, terms)
        total = sum(shares.values())
        if total <= 0:
            return ()
        here = _words_by_term(self._analyzer, " ".join(h.text for h in hits))
        heaviest = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            MatchedTerm(term, words.of(term), here.get(term, ()), share / total)
            for term, share in heaviest[:TERMS_SHOWN]
            if share > 0
        )

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
        if any(r.date and r.date > day for r in found[Kind.PRECEDENT]):
            notes.append("later-precedents")
        return tuple(notes)


class _QueryWords:
    """The words of the query behind each term, worked out when first asked for."""

    def __init__(self, analyzer: Analyzer, text: str) -> None:
        self._make: Callable[[], dict[str, tuple[str, ...]]] = lambda: _words_by_term(analyzer, text)
        self._words: dict[str, tuple[str, ...]] | None = None

    def of(self, term: str) -> tuple[str, ...]:
        if self._words is None:
            self._words = self._make()
        return self._words.get(term, ())


def check(query: Query) -> str:
    """The query's text, normalised, after its limits were checked.

    Raises:
        QueryError: what is out of range, the limit and the remedy.
    """
    text = normalise(query.text)
    if not any(c.isalnum() for c in text):
        raise QueryError(QueryFault.EMPTY, "Sagen er tom.", "Skriv først, hvad den handler om.")
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryError(
            QueryFault.TOO_LONG,
            f"Sagen er på {len(text)} tegn, og grænsen er {MAX_QUERY_CHARACTERS}.",
            "Forkort den til de vigtige oplysninger.",
            length=len(text),
            limit=MAX_QUERY_CHARACTERS,
        )
    if not 1 <= query.top <= MAX_TOP:
        raise QueryError(
            QueryFault.TOP,
            f"Der er bedt om {query.top} resultater, og det skal være fra 1 til {MAX_TOP}.",
            "Vælg et andet antal.",
            value=query.top,
            limit=MAX_TOP,
        )
    if not query.kinds or any(k not in (Kind.RULE, Kind.PRECEDENT) for k in query.kinds):
        raise QueryError(
            QueryFault.KINDS,
            "Der er ikke valgt noget at søge efter.",
            "Vælg regler (rule), afgørelser (precedent) eller begge.",
        )
    if query.as_of is not None and query.as_of < EARLIEST:
        raise QueryError(
            QueryFault.DATE,
            f"Datoen {query.as_of} ligger før {EARLIEST}.",
            "Skriv den som 2024-03-01.",
            value=query.as_of,
            limit=EARLIEST,
        )
    return text


def cite(document: StoredDocument, place: Occurrence) -> str:
    """The citation of a passage's provision, or of its decision, as a Danish lawyer writes it."""
    if ":" not in place.result_id:
        return cite_document(document.metadata)
    _, locator = parse_provision_id(place.unit_id)
    return cite_provision(document.metadata, locator, single_stk="stk." not in place.locator)


def in_force(document: IndexedDocument, day: dt.date) -> bool | None:
    """Whether the document is the version in force on ``day``; ``None`` where no date tells."""
    if document.valid_from is None and document.valid_until is None:
        return None
    start, end = _day(document.valid_from), _day(document.valid_until)
    if document.kind is Kind.PRECEDENT:
        return end is None or day < end
    return (start is None or start <= day) and (end is None or day < end)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _best(scores: Floats, k: int) -> npt.NDArray[np.int64]:
    """Positions of the ``k`` highest scores above 0, best first; ties in order of position."""
    k = min(k, len(scores))
    if k == 0:
        return np.zeros(0, dtype=np.int64)
    top = np.argpartition(-scores, k - 1)[:k]
    top = top[scores[top] > 0]
    return top[np.lexsort((top, -scores[top]))].astype(np.int64)


def _words_by_term(analyzer: Analyzer, text: str) -> dict[str, tuple[str, ...]]:
    """For each term the different words of ``text`` it was made from, in order."""
    words: dict[str, dict[str, None]] = {}
    for token in analyzer.analyze(text):
        words.setdefault(token.term, {})[text[token.start : token.end]] = None
    return {term: tuple(forms) for term, forms in words.items()}
