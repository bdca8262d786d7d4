"""Alignments of neighbouring versions, made once and kept in the store."""

from __future__ import annotations

import json
from collections import OrderedDict, defaultdict
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
    """An alignment as it is stored: rows of slugs, read into links only where one asks for them.

    A § that was split while another was merged into one of its parts stands in several links.
    """

    def __init__(self, data: bytes) -> None:
        self._rows, same = json.loads(data)
        self._rows += [[Change.SAME, [s], [s], 1.0, _UNCHANGED, []] for s in same]
        self._old: defaultdict[str, list[_Row]] = defaultdict(list)
        self._new: defaultdict[str, list[_Row]] = defaultdict(list)
        for row in self._rows:
            for side, slugs in ((self._old, row[1]), (self._new, row[2])):
                for slug in slugs:
                    side[slug].append(row)

    def of_old(self, where: Locator) -> tuple[Link, ...]:
        """What became of a provision of the old version; none where that has no such provision."""
        return tuple(map(_link, self._old.get(where.slug, ())))

    def of_new(self, where: Locator) -> tuple[Link, ...]:
        """Where a provision of the new version comes from."""
        return tuple(map(_link, self._new.get(where.slug, ())))

    def links(self) -> Iterator[Link]:
        """All links."""
        return map(_link, self._rows)


_Row = list[list[str]]
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


def _link(row: _Row) -> Link:
    change, old, new, similarity, grounds, others = row
    olds, news, candidates = (tuple(parse_slug(s) for s in slugs) for slugs in (old, new, others))
    return Link(
        Change(str(change)), olds, news, float(str(similarity)), tuple(map(Ground, grounds)), candidates
    )
