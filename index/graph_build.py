"""Store to citation graph: the stored citations as edges between the results of a snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from corpus.citations import Citation, cites
from corpus.identifiers import parse_slug
from corpus.linking import link
from corpus.references.outline import rank
from corpus.store import Store
from corpus.timelines import distinct_versions, timeline_of
from corpus.types import Kind, Level, Locator, Part, StoredDocument
from corpus.wording import words_without_pointers
from index.graph import Graph
from index.table import TableBuilder

_WIDEST = 30  # §§ of a range that is counted as cited; a wider one («§§ 1-99») points at an act
_SAME = 0.6  # likeness from which a § that kept its number is the same one
_ALIKE = 0.4  # least likeness of a § and what became of it; unlike §§ of one act share a fifth of their words


def graph_of(store: Store, table: TableBuilder) -> Graph:
    """The graph of what the store's documents cite, the citations being brought up to date first."""
    link(store)
    numbers = {d.key: i for i, d in enumerate(table.documents)}
    follow = _Follower(store)
    edges: set[tuple[int, int]] = set()
    citing: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for number, indexed in enumerate(table.documents):
        document = store.by_key(indexed.key)
        if document is not None and indexed.kind is Kind.RULE:
            edges.update(_within(store, table, number, document))
        elif document is not None and (source := table.node(number, "")) is not None:
            for cited in _cited_paragraphs(store, document, follow):
                citing[cited].append(source)
    edges.update(_through_versions(store, table, numbers, citing, follow))
    pairs = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)
    return Graph(pairs[:, 0], pairs[:, 1])


def _through_versions(
    store: Store,
    table: TableBuilder,
    numbers: Mapping[int, int],
    citing: Mapping[tuple[int, str], Sequence[int]],
    follow: _Follower,
) -> Iterator[tuple[int, int]]:
    """The edges from decisions to the §§ they cite, in every version; one work after the other."""
    versions = {key: version for key in {k for k, _ in citing} if (version := store.by_key(key))}
    rules = [(key, slug) for key, slug in citing if key in versions]
    for key, slug in sorted(rules, key=lambda cited: (versions[cited[0]].work_id, cited)):
        if versions[key].metadata.kind is not Kind.RULE:
            continue
        for place, there in follow.everywhere(versions[key], slug):
            node = table.node(numbers[place], f":{there}") if place in numbers else None
            if node is not None:
                yield from ((source, node) for source in citing[key, slug])


def _within(
    store: Store, table: TableBuilder, number: int, document: StoredDocument
) -> Iterator[tuple[int, int]]:
    """The edges between the §§ of one version."""
    homes = [
        (p.span.start, p.span.end, p.locator.slug) for p in store.provisions(document.key, Level.PARAGRAPH)
    ]
    starts = [start for start, _, _ in homes]
    for citation in cites(store, document):
        if citation.target != document.key or not citation.slug:
            continue
        home = int(np.searchsorted(starts, citation.span.start, side="right")) - 1
        if home < 0 or citation.span.start >= homes[home][1]:
            continue
        source = table.node(number, f":{homes[home][2]}")
        for slug in _paragraphs(citation, [h[2] for h in homes]):
            target = table.node(number, f":{slug}")
            if source is not None and target is not None and source != target:
                yield source, target


def _cited_paragraphs(store: Store, document: StoredDocument, follow: _Follower) -> set[tuple[int, str]]:
    """The §§ that a decision cites: the store's number of the version, and the slug."""
    found = set()
    for citation in cites(store, document):
        if citation.target is not None and citation.slug and citation.target != document.key:
            slugs = follow.paragraphs(citation.target) if citation.last else []
            found |= {(citation.target, slug) for slug in _paragraphs(citation, slugs)}
    return found


def _paragraphs(citation: Citation, slugs: list[str]) -> Iterator[str]:
    """The §§ that a citation names; of a range those of ``slugs`` that lie in it."""
    first = _paragraph(parse_slug(citation.slug))
    if not citation.last:
        yield first.slug
        return
    last = _paragraph(parse_slug(citation.last))
    low, high = rank(first.paragraph), rank(last.paragraph)
    inside = [
        slug
        for slug in slugs
        if (found := parse_slug(slug)).part is first.part
        and found.block == first.block
        and low <= rank(found.paragraph) <= high
    ]
    yield from inside if len(inside) <= _WIDEST else ()


def _paragraph(locator: Locator) -> Locator:
    return Locator(locator.paragraph, part=locator.part, block=locator.block)


class _Follower:
    """Follows §§ through the versions of their works; one work's words are held at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._slugs: dict[int, list[str]] = {}
        self._work: tuple[str, _Work] | None = None

    def paragraphs(self, key: int) -> list[str]:
        """The slugs of the §§ of a version."""
        if key not in self._slugs:
            self._slugs[key] = [p.locator.slug for p in self._store.provisions(key, Level.PARAGRAPH)]
        return self._slugs[key]

    def everywhere(self, document: StoredDocument, slug: str) -> list[tuple[int, str]]:
        """A § in its own version and its counterparts in all others: number of the version, slug."""
        if parse_slug(slug).part is not Part.MAIN:
            return [(document.key, slug)]
        if self._work is None or self._work[0] != document.work_id:
            self._work = (document.work_id, _Work(self._store, document))
        return [(document.key, slug), *self._work[1].counterparts(document.key, slug)]


class _Work:
    """The versions of one work; §§ are followed by their words from each version to the next."""

    def __init__(self, store: Store, document: StoredDocument) -> None:
        self._store = store
        versions = distinct_versions(timeline_of(store, document), document)
        self._keys = [v.key for v in versions]
        twins = {(v.metadata.date, v.metadata.number): i for i, v in enumerate(versions)}
        self._same: defaultdict[int, list[int]] = defaultdict(list)  # the same version, kept twice
        self._places: dict[int, int] = {}
        for other in store.documents(work_id=document.work_id):
            place = twins.get((other.metadata.date, other.metadata.number))
            if place is not None:
                self._places[other.key] = place
                self._same[place].append(other.key)
        self._wordings: dict[int, dict[str, frozenset[str]]] = {}

    def counterparts(self, key: int, slug: str) -> Iterator[tuple[int, str]]:
        """The § in the other versions."""
        start = self._places.get(key)
        if start is None:
            return
        yield from ((twin, slug) for twin in self._same[start])
        for places in (range(start + 1, len(self._keys)), range(start - 1, -1, -1)):
            here, words = slug, self._wording(start).get(slug, frozenset())
            for place in places:
                there = counterpart(here, words, self._wording(place))
                if there is None:
                    break
                here, words = there, self._wording(place)[there]
                yield from ((twin, here) for twin in self._same[place])

    def _wording(self, place: int) -> dict[str, frozenset[str]]:
        if place not in self._wordings:
            key = self._keys[place]
            text = self._store.text(key)
            self._wordings[place] = {
                p.locator.slug: frozenset(words_without_pointers(p.body.of(text)))
                for p in self._store.provisions(key, Level.PARAGRAPH)
                if p.locator.part is Part.MAIN and not p.repealed
            }
        return self._wordings[place]


def counterpart(slug: str, words: frozenset[str], wording: dict[str, frozenset[str]]) -> str | None:
    """The § of another version that holds most of the same words; ``None`` where none holds enough.

    A § that kept its number and most of its words is taken without a look at the others.
    """
    if likeness(words, wording.get(slug, frozenset())) >= _SAME:
        return slug
    best = max(wording, key=lambda other: likeness(words, wording[other]), default=None)
    return best if best is not None and likeness(words, wording[best]) >= _ALIKE else None


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Words in both over words in either (Jaccard); 0 where there is none."""
    return len(a & b) / len(a | b) if a and b else 0.0
