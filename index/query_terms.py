"""From the words of a query or a case to weighted terms.

A case is long and repeats itself: what its author repeats is not what sets the rule apart. Each term
counts once, and terms that stand in a large share of all passages are dropped while enough others
remain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from index.analysis import Analyzer
from index.bm25 import lucene_idf
from index.thesaurus.expansion import LawTerm


@dataclass(frozen=True, slots=True)
class QueryPolicy:
    """How a query becomes terms.

    ``part_weight``: what a part of a compound counts, against 1 for the word itself. ``common_share``:
    terms in a larger share of all passages are dropped. ``least_terms``: but only while so many whole
    words remain, so that a short question keeps its words. ``repeats``: count every occurrence.
    ``rarity``: the power of its rarity (idf) that a term is weighted by, beside the one that is in BM25; 0
    leaves BM25 as it is.
    """

    part_weight: float = 0.5
    common_share: float = 0.1
    least_terms: int = 30
    stop_words: bool = True
    repeats: bool = False
    rarity: float = 0.0


DEFAULT_POLICY = QueryPolicy()


class Frequencies(Protocol):
    """An index that knows in how many of its passages a term stands."""

    @property
    def passages(self) -> int: ...

    def document_frequency(self, term: str) -> int: ...


def query_terms(
    text: str,
    analyzer: Analyzer,
    index: Frequencies,
    policy: QueryPolicy = DEFAULT_POLICY,
    cases: Frequencies | None = None,
) -> dict[str, float]:
    """The terms to search for, with their weights, in the order of the text.

    ``cases`` tells how rare a term is among cases, for ``policy.rarity``; by default ``index`` tells.

    Terms that no passage holds are left out. A query of nothing but function words keeps them: it may be
    the title of a work («Om at være til»).
    """
    terms: dict[str, float] = {}
    stopped: dict[str, float] = {}
    for token in analyzer.analyze(text):
        stop = policy.stop_words and not token.part and analyzer.is_stop_word(text[token.start : token.end])
        into = stopped if stop else terms
        weight = policy.part_weight if token.part else 1.0
        into[token.term] = (
            into.get(token.term, 0.0) + weight if policy.repeats else max(weight, into.get(token.term, 0.0))
        )
    held = _held(terms, index) or _held(stopped, index)
    chosen = {**terms, **stopped}
    if not policy.rarity:
        return {term: chosen[term] for term in _uncommon(held, index.passages, policy)}
    kept = list(held) if cases else _uncommon(held, index.passages, policy)
    among = cases or index
    return {
        t: chosen[t] * lucene_idf(among.document_frequency(t), among.passages) ** policy.rarity for t in kept
    }


def with_law(
    terms: Mapping[str, float], law: Mapping[str, LawTerm], index: Frequencies, weight: float
) -> dict[str, float]:
    """``terms`` and the terms of the law for what a query says, the first of an entry with ``weight``.

    A word of the query keeps its own weight where that is higher. Terms that no passage holds are left out.
    """
    both = dict(terms)
    for term, called in law.items():
        if index.document_frequency(term):
            both[term] = max(both.get(term, 0.0), weight * called.share)
    return both


def _held(terms: dict[str, float], index: Frequencies) -> dict[str, int]:
    """In how many passages each term stands, for those that stand in any."""
    frequencies = {term: index.document_frequency(term) for term in terms}
    return {term: df for term, df in frequencies.items() if df}


def _uncommon(held: dict[str, int], passages: int, policy: QueryPolicy) -> list[str]:
    """All but the commonest terms; the rarest ``least_terms`` stay however common they are."""
    limit = policy.common_share * passages
    rare = [term for term, df in held.items() if df <= limit]
    if len(rare) >= policy.least_terms:
        return rare
    allowed = set(sorted(held, key=lambda term: (held[term], term))[: policy.least_terms])
    return [term for term in held if term in allowed or held[term] <= limit]
