"""Alignments of neighbouring versions, made once and kept in the store."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterator

from corpus.alignment import RULES, align
from corpus.identifiers import parse_slug
from corpus.links import Change, Ground, Link, Wording, read_wording
from corpus.store import Store
from corpus.types import Level, Locator, StoredDocument

# Wordings kept while a chain is walked: each is compared with its two neighbours.
_KEPT_WORDINGS = 4


class Alignments:
    """The links between versions: read from the store, or worked out and written to it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wordings: OrderedDict[int, Wording] = OrderedDict()
        self._read: dict[tuple[int, int], KeptAlignment] = {}

    def wording(self, version: StoredDocument) -> Wording:
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

    def between(self, old: StoredDocument, new: StoredDocument) -> KeptAlignment:
        """What became of the provisions of ``old`` in ``new``."""
        kept = self._read.get((old.key, new.key))
        if kept is None:
            data = self._store.alignment(old.key, new.key, RULES)
            if data is None:
                data = _dump(align(self.wording(old), self.wording(new)))
                self._store.keep_alignment(old.key, new.key, RULES, data)
            kept = self._read[old.key, new.key] = KeptAlignment(data)
        return kept


class KeptAlignment:
    """An alignment as it is stored: rows of slugs, read into links only where one asks for them."""

    def __init__(self, data: bytes) -> None:
        self._rows, same = json.loads(data)
        self._rows += [[Change.SAME, [s], [s], 1.0, _UNCHANGED, []] for s in same]
        self._old = {slug: row for row in self._rows for slug in row[1]}
        self._new = {slug: row for row in self._rows for slug in row[2]}

    def of_old(self, where: Locator) -> Link | None:
        """What became of a provision of the old version."""
        row = self._old.get(where.slug)
        return _link(row) if row else None

    def of_new(self, where: Locator) -> Link | None:
        """Where a provision of the new version comes from."""
        row = self._new.get(where.slug)
        return _link(row) if row else None

    def links(self) -> Iterator[Link]:
        """All links."""
        return map(_link, self._rows)


_UNCHANGED = [Ground.EQUAL_WORDS, Ground.SAME_NUMBER]


def _dump(links: tuple[Link, ...]) -> bytes:
    """Links as JSON, the unchanged ones as a bare list of slugs."""
    same, rows = [], []
    for link in links:
        if link.change is Change.SAME and list(link.grounds) == _UNCHANGED:
            same.append(link.old[0].slug)
        else:
            old, new, others = ([w.slug for w in ws] for ws in (link.old, link.new, link.candidates))
            rows.append([link.change, old, new, link.similarity, list(link.grounds), others])
    return json.dumps([rows, same], separators=(",", ":")).encode()


def _link(row: list[list[str]]) -> Link:
    change, old, new, similarity, grounds, others = row
    olds, news, candidates = (tuple(parse_slug(s) for s in slugs) for slugs in (old, new, others))
    return Link(
        Change(str(change)), olds, news, float(str(similarity)), tuple(map(Ground, grounds)), candidates
    )
