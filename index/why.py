"""Why a result was found: the words, the facts and the citations that tie it to the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from corpus.identifiers import cite_document, cite_provision, parse_provision_id
from corpus.sentences import sentences
from corpus.store import Store
from corpus.types import Section, SectionRole, Span
from index.analysis import Analyzer
from index.bm25 import lucene_idf
from index.graph import Graph
from index.lexical import LexicalIndex
from index.table import Table
from index.thesaurus.expansion import LawTerm
from index.types import Linked, MatchedFact, MatchedTerm

TERMS_SHOWN = 8  # of one result
MOST_FACTS = 8_000  # characters of a decision's facts, about three pages, that are read for it: 2 ms


class QueryWords:
    """The words of the query behind each term, worked out when first asked for, and what it cites.

    ``cited``: the words that cite, by the id of the § or decision that they lead to. ``terms``: what is
    searched for, with weights. ``law``: those of them that a thesaurus added. ``weights``: what each term of
    the query's own words is worth, see ``rarities``. ``links``: the citations between the first results.
    """

    def __init__(
        self,
        analyzer: Analyzer,
        text: str,
        cited: Mapping[str, str],
        *,
        terms: Mapping[str, float],
        law: Mapping[str, LawTerm],
        weights: Mapping[str, float],
        links: Links,
    ) -> None:
        self.analyzer = analyzer
        self.cited = cited
        self.terms = terms
        self._law = law
        self.weights = weights
        self.links = links
        self._text = text
        self._words: dict[str, tuple[str, ...]] | None = None

    def of(self, term: str) -> tuple[str, ...]:
        """The forms in which ``term`` stands in the query, or the words that it is the law's word for."""
        own = self._own(term)
        return own or (self._law[term].words if term in self._law else ())

    def rephrased(self, term: str) -> bool:
        """Whether a thesaurus leads to ``term`` and not a word of the query."""
        return not self._own(term) and term in self._law

    def _own(self, term: str) -> tuple[str, ...]:
        if self._words is None:
            self._words = words_by_term(self.analyzer, self._text)
        return self._words.get(term, ())


def rarities(terms: Mapping[str, float], lexical: LexicalIndex) -> dict[str, float]:
    """What each weighted term of a query is worth where it stands: its weight times its rarity."""
    return {
        term: weight * lucene_idf(lexical.document_frequency(term), lexical.passages)
        for term, weight in terms.items()
    }


def matched_terms(
    shares: Mapping[str, float], quoted: str, analyzer: Analyzer, query: QueryWords
) -> tuple[MatchedTerm, ...]:
    """The terms that carried a passage's lexical score, heaviest first.

    Args:
        shares: what each term of the query gave to the score.
        quoted: the words of the result that are shown.
    """
    total = sum(shares.values())
    if total <= 0:
        return ()
    here = words_by_term(analyzer, quoted)
    heaviest = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        MatchedTerm(term, query.of(term), here.get(term, ()), share / total, query.rephrased(term))
        for term, share in heaviest[:TERMS_SHOWN]
        if share > 0
    )


def matched_fact(
    text: str, sections: Sequence[Section], weights: Mapping[str, float], analyzer: Analyzer
) -> MatchedFact | None:
    """The sentence of the facts that shares most with the query; the first of equals, None if none does.

    Args:
        text: the decision's text; where it has no section of facts its summary is read.
        weights: what each term of the query is worth.
    """
    best, most, left = None, 0.0, MOST_FACTS
    for section in _facts(sections):
        if left <= 0:
            break
        end = min(section.span.end, section.span.start + left)
        left -= end - section.span.start
        for span in sentences(text, Span(section.span.start, end)):
            if span.end == end < section.span.end:
                break  # cut by the limit: no sentence
            worth = sum(weights.get(term, 0.0) for term in set(analyzer.terms(span.of(text))))
            if worth > most:
                best, most = span, worth
    if best is None:
        return None
    words = [
        words
        for term, forms in words_by_term(analyzer, best.of(text)).items()
        if term in weights
        for words in forms
    ]
    return MatchedFact(best.of(text), best, tuple(dict.fromkeys(words)))


def _facts(sections: Sequence[Section]) -> list[Section]:
    facts = [s for s in sections if s.role is SectionRole.FACTS]
    return facts or [s for s in sections if s.role is SectionRole.SUMMARY]


class Links:
    """The citations between the first results of one search, and results named as people cite them.

    Args:
        found: their nodes, best first.
    """

    def __init__(self, table: Table, graph: Graph, store: Store, found: Iterable[int]) -> None:
        self._table = table
        self._graph = graph
        self._store = store
        self._found = tuple(found)
        self._told: dict[int, Linked | None] = {}

    def cites(self, node: int) -> tuple[Linked, ...]:
        """Those that a result cites."""
        return self._among(self._graph.cited_by(node).tolist(), node)

    def cited_by(self, node: int) -> tuple[Linked, ...]:
        """Those that cite a result."""
        return self._among(self._graph.citing(node).tolist(), node)

    def named(self, nodes: Iterable[int]) -> tuple[Linked, ...]:
        """Results as people cite them, in the order given."""
        return tuple(linked for linked in map(self._name, nodes) if linked is not None)

    def _among(self, near: list[int], node: int) -> tuple[Linked, ...]:
        here = set(near) - {node}
        return self.named(other for other in self._found if other in here)

    def _name(self, node: int) -> Linked | None:
        if node not in self._told:
            self._told[node] = self._tell(node)
        return self._told[node]

    def _tell(self, node: int) -> Linked | None:
        """A result as people cite it; ``None`` when its document was erased meanwhile."""
        indexed = self._table.document_of(node)
        document = self._store.by_key(indexed.key)
        if document is None:
            return None
        id = self._table.result_id(node)
        citation = cite_document(document.metadata)
        if ":" in id:
            citation = cite_provision(document.metadata, parse_provision_id(id)[1], single_stk=True)
        return Linked(id, indexed.kind, citation)


def words_by_term(analyzer: Analyzer, text: str) -> dict[str, tuple[str, ...]]:
    """For each term the different words of ``text`` it was made from, in order."""
    words: dict[str, dict[str, None]] = {}
    for token in analyzer.analyze(text):
        words.setdefault(token.term, {})[text[token.start : token.end]] = None
    return {term: tuple(forms) for term, forms in words.items()}
