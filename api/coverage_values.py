"""The vocabulary of the report's tables: a value and what it opens, a table, and how a number is put.

A value knows what it opens: a cell of the report, a map of an act, or a document at its words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from api.texts import Language, text
from assistant.coverage_types import Cell
from assistant.evidence import today
from corpus.types import Span

_SHADES = (1, 2, 4, 8)  # a shade begins at each of these: numbers of decisions on one § grow like this
GAP = "–"
_YEAR, _MONTH = 365.25, 30.44  # days


class TableName(StrEnum):
    """The tables that can be asked for by name."""

    ACTS = "acts"
    PARAGRAPHS = "paragraphs"
    CHANGED = "changed"
    UNRESOLVED = "unresolved"
    SUPERSEDED = "superseded"
    AUTHORITIES = "authorities"
    FIELDS = "fields"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a table.

    ``note`` stands below it in small print. At most one of ``cell``, ``act`` (id of an act) and ``source``
    (id of a document or provision, with ``span``) says what it opens; ``view`` holds the map of an act to
    its §§ with (``touched``) or without decisions (``untouched``). ``shade`` 0 to 4 is its place in a heat
    map; ``gap`` marks a hole in a grid; ``danish`` a text that is Danish in every language.
    """

    text: str
    note: str = ""
    cell: Cell | None = None
    act: str = ""
    view: str = ""
    source: str = ""
    span: Span | None = None
    shade: int | None = None
    gap: bool = False
    danish: bool = False
    fictional: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, the words of its columns and its rows; the first value of a row names it.

    ``name`` None: it cannot be asked for by name.
    """

    name: TableName | None
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def shade(count: int) -> int:
    """The shade of a number of decisions: 0 for none, 4 for eight and more."""
    return sum(count >= step for step in _SHADES)


def counted(count: int, cell: Cell | None = None) -> Value:
    """A number, which opens its cell unless it is 0."""
    return Value(str(count), cell=cell if count else None, number=True)


def viewed(count: int, work: str, view: str = "") -> Value:
    """A number of §§, which opens the map of their act."""
    return Value(str(count), act=work if count else "", view=view if count else "", number=True)


def shaded(count: int, cell: Cell, gap: bool = False) -> Value:
    """A number of a heat map, or the mark of a gap."""
    if gap:
        return Value(GAP, shade=0, gap=True, number=True)
    return Value(str(count), cell=cell if count else None, shade=shade(count), number=True)


def ago(language: Language, day: dt.date | None) -> str:
    """How long ago a day was, in the largest unit of which there are at least two."""
    if day is None:
        return ""
    days = (today() - day).days
    years, months = int(days / _YEAR), int(days / _MONTH)
    unit, count = ("years", years) if years > 1 else ("months", months) if months > 1 else ("days", days)
    return text(language, f"coverage-ago-{unit}", count=count) if days > 1 else ""


def dated(day: dt.date | None, note: str = "") -> Value:
    """A day of a table: ISO 8601, which sorts and is read the same in both languages."""
    return Value(day.isoformat() if day else "", note, number=True)


def table_of(
    language: Language,
    name: TableName | None,
    words: Sequence[str],
    rows: Sequence[tuple[Value, ...]],
    caption: str = "",
) -> Table:
    """A table whose columns, and caption unless given, are keys of the catalogue after ``coverage-``."""
    columns = tuple(text(language, f"coverage-{word}") for word in words)
    return Table(name, text(language, caption or f"coverage-part-{name}"), columns, tuple(rows))
