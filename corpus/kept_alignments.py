"""Alignments of neighbouring versions, made once and kept in the store."""

from __future__ import annotations

import contextlib
import json
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from corpus.alignment import RULES, align
from corpus.errors import StoreError
from corpus.identifiers import parse_slug
from corpus.links import Change, Ground, Link, Wording, read_wording
from corpus.store import Store
from corpus.timelines import distinct_versions
from corpus.types import Kind, Level, Locator, Part, StoredDocument
from corpus.versions import timelines

# Wordings kept while a chain is walked: each is compared with its two neighbours.
_KEPT_WORDINGS = 4
# Alignments held; a long one takes some 0.1 MB, and the longest chain of real law has 30 versions.
_HELD_ALIGNMENTS = 256


class Alignments:
    """The links between versions: read from the store, or worked out and written to it.

    Safe to share between threads; they wait for each other while a pair is aligned that is not kept yet.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wordings: OrderedDict[int, Wording] = OrderedDict()
        self._read: OrderedDict[tuple[int, int], KeptAlignment] = OrderedDict()
        self._lock = threading.RLock()

    def between(self, old: StoredDocument, new: StoredDocument) -> KeptAlignment:
        """What became of the provisions of ``old`` in ``new``."""
        pair = old.key, new.key
        with self._lock:
            kept = self._read.pop(pair, None)
            if kept is None:
                kept = KeptAlignment(self._store.alignment(*pair, RULES) or self._make(old, new))
            self._read[pair] = kept
            while len(self._read) > _HELD_ALIGNMENTS:
                self._read.popitem(last=False)
            return kept

    def keep(self, old: StoredDocument, new: StoredDocument) -> None:
        """Align two versions and keep the result, without holding it."""
        with self._lock:
            self._make(old, new)

    def _make(self, old: StoredDocument, new: StoredDocument) -> bytes:
        data = _dump(align(self._wording(old), self._wording(new)))
        with contextlib.suppress(StoreError):  # a full disk costs the time of aligning again, no answer
            self._store.keep_alignment(old.key, new.key, RULES, data)
        return data

    def _wording(self, version: StoredDocument) -> Wording:
        """The provisions of a version as they are compared."""
        found = self._wordings.pop(version.key, None)
        if found is None:
            levels = (Level.PARAGRAPH, Level.STK, Level.NR)
            provisions = [p for level in levels for p in self._store.provisions(version.key, level)]
            found = read_wording(self._store.text(version.key), provisions)
        self._wordings[version.key] = found
        while len(self._wordings) > _KEPT_WORDINGS:
            self._wordings.popitem(last=False)
        return found


def keep_histories(store: Store, progress: Callable[[int, int], None] | None = None) -> int:
    """Align all versions that a walk compares, so that whatever asks later only reads.

    Pairs that are kept already are left alone, so that a pass that was stopped goes on where it was.

    Args:
        progress: called with the pairs done and their number.

    Returns:
        How many pairs were aligned.
    """
    pairs = list(_pairs(store))
    kept = set(store.select("SELECT old, new FROM alignments WHERE rules = ?", (RULES,)))
    alignments = Alignments(store)
    aligned = 0
    for done, (old, new) in enumerate(pairs, start=1):
        if (old.key, new.key) not in kept:
            alignments.keep(old, new)
            aligned += 1
        if progress is not None:
            progress(done, len(pairs))
    return aligned


def _pairs(store: Store) -> Iterator[tuple[StoredDocument, StoredDocument]]:
    """The versions that a walk compares: neighbours, and those around a version whose text has gaps."""
    rows = store.select(
        "SELECT document, slug FROM provisions WHERE level = ? AND part = ?", (Level.PARAGRAPH, Part.MAIN)
    )
    printed: defaultdict[int, set[str]] = defaultdict(set)
    for key, slug in rows:
        printed[key].add(slug)
    for chain in timelines(store.documents(kinds=[Kind.RULE]), store.claims()):
        versions = distinct_versions(chain)
        yield from pairwise(versions)
        for before, gap, after in zip(versions, versions[1:], versions[2:], strict=False):
            if printed[before.key] & printed[after.key] - printed[gap.key]:
                yield before, after


class KeptAlignment:
    """An alignment as it is stored: one row of JSON a line, read into links only where one asks for them.

    The first line lists the slugs of what is unchanged in its place. A § that was split while another was
    merged into one of its parts stands in several rows.
    """

    def __init__(self, data: bytes) -> None:
        same, _, self._rows = data.decode().partition("\n")
        self._same = f" {same} "

    def of_old(self, where: Locator) -> tuple[Link, ...]:
        """What became of a provision of the old version; none where that has no such provision."""
        return tuple(self._of(where, _OLD))

    def of_new(self, where: Locator) -> tuple[Link, ...]:
        """Where a provision of the new version comes from."""
        return tuple(self._of(where, _NEW))

    def links(self) -> Iterator[Link]:
        """All links."""
        yield from (_link(json.loads(row)) for row in self._rows.split("\n") if row)
        yield from (_unchanged(parse_slug(slug)) for slug in self._same.split())

    def _of(self, where: Locator, side: int) -> Iterator[Link]:
        # Searching the text for the few rows that name a slug takes a hundredth of reading all of them.
        slug = where.slug
        at = self._rows.find(f'"{slug}"')
        while at >= 0:
            start, end = self._rows.rfind("\n", 0, at) + 1, self._rows.find("\n", at)
            end = len(self._rows) if end < 0 else end
            row = json.loads(self._rows[start:end])
            if slug in row[side]:
                yield _link(row)
            at = self._rows.find(f'"{slug}"', end)
        if f" {slug} " in self._same:
            yield _unchanged(where)


_OLD, _NEW = 1, 2  # columns of a row
_UNCHANGED = (Ground.EQUAL_WORDS, Ground.SAME_NUMBER)


def _unchanged(where: Locator) -> Link:
    return Link(Change.SAME, (where,), (where,), 1.0, _UNCHANGED)


def _dump(links: tuple[Link, ...]) -> bytes:
    """Links as ``KeptAlignment`` reads them."""
    same, rows = [], []
    for link in links:
        if link.change is Change.SAME and link.grounds == _UNCHANGED and link.old == link.new:
            same.append(link.old[0].slug)
        else:
            old, new, others = ([w.slug for w in ws] for ws in (link.old, link.new, link.candidates))
            row = [link.change, old, new, link.similarity, list(link.grounds), others]
            rows.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    return "\n".join([" ".join(same), *rows]).encode()


def _link(row: list[Any]) -> Link:
    change, old, new, similarity, grounds, others = row
    olds, news, candidates = (tuple(parse_slug(s) for s in slugs) for slugs in (old, new, others))
    return Link(Change(change), olds, news, similarity, tuple(map(Ground, grounds)), candidates)
