"""Measures the search on one's own decisions: the facts are the query, the §§ cited are the answers.

Nobody has to judge anything: what a decision cites is what its authors found to govern it. Every reference
in the facts is cut out of the query, and the decision itself cannot be found, nor do its citations count
in the graph. It is silver, not gold: a decision cites what it needed, so a § that it might have cited counts
as wrong, and so does the wording of a § that the decision had no reason to name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from corpus.citations import cites
from corpus.errors import NotFoundError
from corpus.store import Store
from corpus.types import Kind, SectionRole, Span, StoredDocument
from index.evaluation.types import CollectionQuery, Qrels
from index.snapshot import Snapshot
from index.table import NODE_SHIFT, IndexedDocument

LEAST_FACTS = 200  # characters: a shorter section («Sagen handler om § 37.») describes no case
MOST_FACTS = 20_000  # what a caseworker might paste in; longer facts are cut


def from_decisions(store: Store, snapshot: Snapshot) -> tuple[tuple[CollectionQuery, ...], Qrels]:
    """The silver cases of all indexed decisions: queries with their day, and the §§ to find.

    Raises:
        NotFoundError: no decision has both facts and a § that is in the index.
    """
    queries: list[CollectionQuery] = []
    grades: dict[str, dict[str, int]] = {}
    for number, indexed in enumerate(snapshot.table.documents):
        document = store.by_key(indexed.key) if indexed.kind is Kind.PRECEDENT else None
        if document is None or document.metadata.date is None:
            continue
        answers = _answers(snapshot, number, document.metadata.date)
        facts = masked_facts(store, document) if answers else ""
        if len(facts) < LEAST_FACTS:
            continue
        extra = {"as_of": document.metadata.date.isoformat(), "exclude": _same(snapshot, indexed)}
        queries.append(CollectionQuery(indexed.id, facts, extra))
        grades[indexed.id] = dict.fromkeys(answers, 1)
    if not queries:
        raise NotFoundError(
            "there is no decision with a section of facts that cites a provision in the index.",
            "Ingest decisions together with the law that they apply, and run `hjemmel index`.",
        )
    return tuple(queries), Qrels(grades)


def masked_facts(store: Store, document: StoredDocument) -> str:
    """The facts of a decision without any reference to the law or to a case."""
    text = store.text(document.key)
    references = sorted({c.span for c in cites(store, document)})
    facts = [s.span for s in store.sections(document.key) if s.role is SectionRole.FACTS]
    return "\n".join(" ".join(_outside(text, span, references)) for span in facts)[:MOST_FACTS]


def _outside(text: str, span: Span, references: Sequence[Span]) -> Iterator[str]:
    """The words of ``span`` between the references that lie in it."""
    start = span.start
    for reference in references:
        if reference.end > span.start and reference.start < span.end:
            yield text[start : max(start, reference.start)].strip()
            start = max(start, reference.end)
    yield text[start : max(start, span.end)].strip()


def _answers(snapshot: Snapshot, number: int, day: dt.date) -> list[str]:
    """The §§ that a decision cites, in the version in force on its day."""
    table = snapshot.table
    in_force = table.documents_where(Kind.RULE, day, (), frozenset())
    nodes = [n for node in table.nodes_in(number) for n in snapshot.graph.cited_by(node)]
    return sorted({table.result_id(int(n)) for n in nodes if in_force[n >> NODE_SHIFT]})


def _same(snapshot: Snapshot, indexed: IndexedDocument) -> list[str]:
    """The ids of a decision: it may be kept in several collections."""
    own = indexed.id.partition("@")[0]
    return [d.id for d in snapshot.table.documents if d.id.partition("@")[0] == own]
