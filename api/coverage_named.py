"""A table of the coverage report by its name, the same at every door."""

from __future__ import annotations

from api import coverage_tables
from api.coverage_values import Table, TableName
from api.texts import Language
from assistant import coverage
from assistant.coverage import Report
from assistant.coverage_types import Cell, Listing, Place
from corpus.errors import InputError
from corpus.store import Store

MAX_PLACES = 100_000  # rows of a table of places; spreadsheets take a million


def named_table(language: Language, store: Store, found: Report, name: TableName, act: str) -> Table:
    """A whole table by its name, at every door; of one act where ``act`` names one.

    Raises:
        InputError: the map of an act without an act.
        UnknownActError: no such act.
    """
    if name is TableName.PARAGRAPHS and not act:
        raise InputError("Kortet over paragraffer gælder én lov.", "Skriv, hvilken lov.")
    shown = coverage.act_map(store, found, act) if act else None
    changed: list[Place] = []
    if name is TableName.CHANGED:
        changed = all_places(store, found, Cell(Listing.CHANGED, act or None))
    return coverage_tables.table(language, name, found.coverage, shown, changed)


def all_places(store: Store, found: Report, cell: Cell, limit: int = MAX_PLACES) -> list[Place]:
    """A list behind a number, up to ``limit`` places and the rest of their page.

    Raises:
        UnknownActError: the cell names an act that is not known on the day.
    """
    places: list[Place] = []
    after: int | None = 0
    while after is not None and len(places) < limit:
        page = coverage.places(store, found, cell, after, coverage.MAX_PLACES)
        places += page.places
        after = page.next
    return places
