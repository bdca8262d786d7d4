"""What can be asked: a query out of range is refused with its value, the limit and the remedy."""

from __future__ import annotations

import datetime as dt

from corpus.parsing.text import normalise
from corpus.types import Kind
from index.errors import QueryError, QueryFault
from index.types import Query

MAX_QUERY_CHARACTERS = 50_000  # some 20 pages: a case description, not a case file
MAX_TOP = 200
MAX_FILTER_VALUES = 100  # of one kind
EARLIEST = dt.date(1600, 1, 1)  # Danske Lov is of 1683; an earlier day is a slip of the pen


def check(query: Query, collections: frozenset[str] | None = None) -> str:
    """The query's text, normalised, after its limits were checked.

    Args:
        collections: those that the index holds; ``None`` takes any name.

    Raises:
        QueryError: what is out of range, the limit and the remedy.
    """
    text = normalise(query.text)
    if not any(c.isalnum() for c in text):
        raise QueryError(QueryFault.EMPTY, "Sagen er tom.", "Skriv først, hvad den handler om.")
    if len(text) > MAX_QUERY_CHARACTERS:
        raise QueryError(
            QueryFault.TOO_LONG,
            f"Sagen er på {len(text)} tegn, og grænsen er {MAX_QUERY_CHARACTERS}.",
            "Forkort den til de vigtige oplysninger.",
            length=len(text),
            limit=MAX_QUERY_CHARACTERS,
        )
    if not 1 <= query.top <= MAX_TOP:
        raise QueryError(
            QueryFault.TOP,
            f"Der er bedt om {query.top} resultater, og det skal være fra 1 til {MAX_TOP}.",
            "Vælg et andet antal.",
            value=query.top,
            limit=MAX_TOP,
        )
    if not query.kinds or any(k not in (Kind.RULE, Kind.PRECEDENT) for k in query.kinds):
        raise QueryError(
            QueryFault.KINDS,
            "Der er ikke valgt noget at søge efter.",
            "Vælg regler (rule), afgørelser (precedent) eller begge.",
        )
    _check_filters(query)
    if collections is not None:
        _check_collections(query, collections)
    if query.as_of is not None and query.as_of < EARLIEST:
        raise QueryError(
            QueryFault.DATE,
            f"Datoen {query.as_of} ligger før {EARLIEST}.",
            "Skriv den som 2024-03-01.",
            value=query.as_of,
            limit=EARLIEST,
        )
    return text


def _check_collections(query: Query, known: frozenset[str]) -> None:
    for name in query.collections:
        if name not in known:
            listed = ", ".join(sorted(known)) or "-"
            raise QueryError(
                QueryFault.COLLECTION,
                f"Indekset har ingen samling ved navn «{name[:80]}».",
                f"Vælg blandt: {listed}.",
                value=name[:80],
                known=listed,
            )


def _check_filters(query: Query) -> None:
    start, end = query.decided_from, query.decided_to
    if start is not None and end is not None and end < start:
        raise QueryError(
            QueryFault.PERIOD,
            f"Perioden går fra {start} til {end}.",
            "Lad den første dag stå først.",
            start=start,
            end=end,
        )
    most = max(len(query.authorities), len(query.fields), len(query.outcomes))
    if most > MAX_FILTER_VALUES:
        raise QueryError(
            QueryFault.FILTERS,
            f"Der er valgt {most} værdier at afgrænse efter, og grænsen er {MAX_FILTER_VALUES}.",
            "Vælg færre, eller søg uden afgrænsning.",
            value=most,
            limit=MAX_FILTER_VALUES,
        )
