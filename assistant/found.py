"""What a reader of search results must know of each: what has changed since, and what took its place.

The order of results is the search's; nothing here adds to it or takes from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.changes import changed_since
from assistant.standing import is_superseded, standing
from assistant.types import ChangedSince
from corpus.errors import NotFoundError
from corpus.store import Store
from corpus.types import Kind
from index.types import Result, SearchResults


@dataclass(frozen=True, slots=True)
class Told:
    """What is told beside one result.

    ``since`` is of a provision, None for anything else. ``standing`` is one Danish sentence of a decision
    that another took the place of or that cites wording changed since; ``superseded`` marks the first of
    these, and those that their source marks as historic.
    """

    since: ChangedSince | None = None
    standing: str = ""
    superseded: bool = False


NOTHING = Told()


def told_of(store: Store, results: SearchResults, now: dt.date | None = None) -> Mapping[str, Told]:
    """What is told beside each result, by its id.

    Args:
        now: the day up to which changes count, today where ``None``; never before the day searched for.
    """
    day = results.corpus.as_of
    return {result.id: _told(store, result, day, now) for result in (*results.rules, *results.precedents)}


def _told(store: Store, result: Result, day: dt.date, now: dt.date | None) -> Told:
    try:
        if result.kind is Kind.PRECEDENT:
            document = store.document(result.document_id)
            return Told(None, standing(store, document, now), is_superseded(store, document))
        if ":" in result.id:  # an act without provisions has no line to follow
            return Told(changed_since(store, result.id, day, now))
    except NotFoundError:  # erased since the index was built
        return NOTHING
    return NOTHING
