"""What was worked out from stored documents: kept beside each, or held while the store stays as it is."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from corpus.errors import StoreError
from corpus.store import Store

T = TypeVar("T")


def read_derived(store: Store, name: str, rules: int) -> dict[int, bytes]:
    """What is kept under ``name`` by these rules, by the store's number of the revision."""
    return dict(
        store.select(
            "SELECT document, data FROM derived JOIN documents ON key = document"
            " WHERE current AND name = ? AND rules = ?",
            (name, rules),
        )
    )


def keep_derived(store: Store, name: str, rules: int, found: Mapping[int, bytes]) -> None:
    """Keep what was worked out from documents. What cannot be written is worked out again the next time."""
    with contextlib.suppress(StoreError), store.transaction() as db:
        db.executemany(
            "INSERT OR REPLACE INTO derived VALUES (?, ?, ?, ?)",
            [(document, name, rules, data) for document, data in found.items()],
        )


_SEEN = object()


def state_of(store: Store) -> tuple[int, ...]:
    """Differs whenever another set of revisions is current.

    Numbers of revisions are never given out twice, so their count, sum and maximum tell two sets apart. They
    are counted only where the connection says that something was written since the last time.
    """
    seen = store.held.setdefault(_SEEN, threading.local())
    mark = store.select_one("SELECT data_version, total_changes() FROM pragma_data_version")
    known: tuple[object, tuple[int, ...]] | None = getattr(seen, "state", None)
    if known is None or known[0] != mark:
        row = store.select_one("SELECT COUNT(*), TOTAL(key), MAX(key) FROM documents WHERE current")
        known = seen.state = (mark, tuple(int(value or 0) for value in row or ()))
    return known[1]


class Held(Generic[T]):
    """Something made from a store, held until the store changes. Safe to share between threads."""

    def __init__(self, make: Callable[[Store], T]) -> None:
        self._make = make

    def of(self, store: Store) -> T:
        """What belongs to the store as it is now; two threads that ask at once may both make it."""
        state = state_of(store)
        held: tuple[tuple[int, ...], T] | None = store.held.get(self)
        if held is None or held[0] != state:
            held = store.held[self] = (state, self._make(store))
        return held[1]
