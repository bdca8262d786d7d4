"""What all decisions cite, and the size of each version, read at once for a report over the corpus."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from corpus.references.resolved import Ground, LinkStatus, Reason
from corpus.store import Store
from corpus.types import Kind, Level, Part, Span


@dataclass(frozen=True, slots=True)
class DecisionCitation:
    """One edge of the citation graph that begins in a decision; see ``corpus.citations.Citation``.

    ``document`` and ``target`` are the store's numbers of revisions.
    """

    document: int
    span: Span
    status: LinkStatus
    ground: Ground | None
    reason: Reason | None
    target: int | None
    slug: str
    last: str
    name: str


def decision_citations(store: Store) -> list[DecisionCitation]:
    """The edges of all current decisions, by document and in text order."""
    rows = store.select(
        "SELECT document, start, stop, status, ground, reason, target, slug, last, name"
        " FROM documents JOIN citations ON document = key WHERE current AND kind = ?"
        " ORDER BY document, ordinal",
        [Kind.PRECEDENT],
    )
    return [
        DecisionCitation(
            document,
            Span(start, stop),
            LinkStatus(status),
            Ground(ground) if ground else None,
            Reason(reason) if reason else None,
            target,
            *printed,
        )
        for document, start, stop, status, ground, reason, target, *printed in rows
    ]


def unlinked(store: Store) -> frozenset[int]:
    """Current decisions whose references have not been resolved yet: a build of the index does that."""
    rows = store.select(
        "SELECT key FROM documents WHERE current AND kind = ? AND key NOT IN (SELECT document FROM linked)",
        [Kind.PRECEDENT],
    )
    return frozenset(row[0] for row in rows)


def citation_state(store: Store) -> tuple[int, int]:
    """Differs when the citation graph does: read from its index."""
    row = store.select_one("SELECT COUNT(*), TOTAL(target) FROM citations")
    return (int(row[0]), int(row[1])) if row else (0, 0)


def paragraphs_in_force(store: Store) -> dict[int, int]:
    """How many §§ of its main part each current document prints that are not repealed."""
    rows = store.select(
        "SELECT document, COUNT(*) FROM documents JOIN provisions ON document = key"
        " WHERE current AND level = ? AND part = ? AND NOT repealed GROUP BY document",
        [Level.PARAGRAPH, Part.MAIN],
    )
    return dict(rows)


def repealed_paragraphs(store: Store) -> dict[int, frozenset[str]]:
    """The slugs of the §§ of its main part that each current document prints as repealed."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for document, slug in store.select(
        "SELECT document, slug FROM documents JOIN provisions ON document = key"
        " WHERE current AND level = ? AND part = ? AND repealed",
        [Level.PARAGRAPH, Part.MAIN],
    ):
        found[document].add(slug)
    return {document: frozenset(slugs) for document, slugs in found.items()}


def slugs_between(store: Store, key: int, first: str, last: str) -> tuple[str, ...]:
    """The provisions of one level from ``first`` to ``last``, both included, in text order."""
    rows = store.select(
        "SELECT p.slug FROM provisions p, provisions a, provisions b WHERE p.document = ?1"
        " AND a.document = ?1 AND a.slug = ?2 AND b.document = ?1 AND b.slug = ?3"
        " AND p.level = a.level AND p.ordinal BETWEEN a.ordinal AND b.ordinal ORDER BY p.ordinal",
        [key, first, last],
    )
    return tuple(row[0] for row in rows)
