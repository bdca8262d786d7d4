"""Citations that stand in both the case and a result: the § that a caseworker names, wherever it is named.

Only a text that looks as if it cited something is read for references, since that asks for the names of all
works kept.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Mapping

from corpus.identifiers import provision_id
from corpus.linking import learnt_names
from corpus.references.catalogue import Catalogue
from corpus.references.resolve import resolve
from corpus.store import Store
from corpus.types import Locator
from index.graph import Graph
from index.table import Table

_CITES = re.compile(r"§|\bparagraf\b|\b[A-ZÆØÅ]?-?\d{1,4}-\d{2}\b")


class CitedInCase:
    """Reads the citations of a case, and finds them again in results.

    Args:
        store: where works and their names are looked up.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._catalogue: Catalogue | None = None
        self._lock = threading.Lock()

    def read(self, text: str, day: dt.date) -> dict[str, str]:
        """What ``text`` cites, by the id of the result it leads to (a § or a decision): the words that do."""
        if not _CITES.search(text):
            return {}
        with self._lock:
            if self._catalogue is None:
                self._catalogue = Catalogue(self._store, learnt_names(self._store))
        found: dict[str, str] = {}
        for resolved in resolve(text, self._catalogue, day=day):
            words = resolved.reference.span.of(text)
            for target in resolved.resolutions:
                if target.document is None:
                    continue
                if target.first is None:
                    found.setdefault(target.document.id, words)
                else:
                    at = target.first.locator
                    paragraph = Locator(at.paragraph, part=at.part, block=at.block)
                    found.setdefault(provision_id(target.document.id, paragraph), words)
        return found


def shared(cited: Mapping[str, str], node: int, table: Table, graph: Graph) -> tuple[str, ...]:
    """The words of the case that cite the result itself, or what the result cites, each once in order."""
    if not cited:
        return ()
    reached = {table.result_id(int(n)) for n in (node, *graph.cited_by(node))}
    return tuple(dict.fromkeys(words for place, words in cited.items() if place in reached))
