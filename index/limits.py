"""What can be asked: a query out of range is refused with its value, the limit and the remedy."""

from __future__ import annotations

import datetime as dt

from corpus.parsing.text import normalise
from corpus.types import Kind
from index.errors import QueryError, QueryFault
from index.types import Query

MAX_QUERY_CHARACTERS = 50_000  # some 20 pages: a case description, not a case file
MAX_TOP = 200
EARLIEST = dt.date(1600, 1, 1)  # Danske Lov is of 1683; an earlier day is a slip of the pen


def check(query: Query) -> str:
    """The query's text, normalised, after its limits were checked.

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
    if query.as_of is not None and query.as_of < EARLIEST:
        raise QueryError(
            QueryFault.DATE,
            f"Datoen {query.as_of} ligger før {EARLIEST}.",
            "Skriv den som 2024-03-01.",
            value=query.as_of,
            limit=EARLIEST,
        )
    return text
