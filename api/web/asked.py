"""What a caseworker has asked for: the fields of the page's forms, the same on every page they lead to.

The case goes from page to page in forms alone, so that it stands in no address and no log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Form

from api.brief_records import MAX_MARKED
from api.days import DayError, parse_day
from assistant.brief import BriefRequest
from assistant.note import NoteRequest
from index.types import Query

TOP = 10  # results of each kind: what fits a reader's patience
FILTERS = ("myndighed", "felt", "fra", "til", "udfald", "samling")  # form fields that narrow a search


class FieldDayError(DayError):
    """A date that cannot be read; ``field`` is the form field it was written in."""

    def __init__(self, field: str, value: str) -> None:
        self.field = field
        super().__init__(value)


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields as they were written: nothing is parsed before it is needed, so nothing typed is lost.

    ``day``, ``since`` and ``until`` are dates as people write them. ``marked`` and ``opened`` are ids of
    rules and decisions.
    """

    case: str = ""
    day: str = ""
    authorities: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    outcomes: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()

    def as_of(self) -> dt.date | None:
        """The date of the case; ``None`` where none is written. Raises FieldDayError."""
        return _day("day", self.day)

    def query(self, top: int = TOP) -> Query:
        """The search it asks for. Raises FieldDayError."""
        return Query(
            text=self.case,
            top=top,
            as_of=self.as_of(),
            collections=self.collections,
            authorities=self.authorities,
            decided_from=_day("fra", self.since),
            decided_to=_day("til", self.until),
            fields=self.fields,
            outcomes=self.outcomes,
        )

    def brief_request(self, own_view: str = "") -> BriefRequest:
        """The brief it asks for. Raises FieldDayError."""
        return BriefRequest(
            self.case,
            self.as_of(),
            self.collections,
            own_view=own_view,
            opened=self.opened,
            marked=self.marked,
        )

    def note_request(self, first_view: str = "", considerations: str = "") -> NoteRequest:
        """What the caseworker adds to a brief to make it a note."""
        return NoteRequest(first_view, considerations, self.marked, self.opened)

    def filters(self) -> tuple[tuple[str, str], ...]:
        """The filters that are set, as fields of the form and their values."""
        return tuple((name, value) for name, value in self.pairs() if name in FILTERS)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every field that holds something, for a form that carries them along."""
        written: tuple[tuple[str, Iterable[str]], ...] = (
            ("case", [self.case]),
            ("day", [self.day]),
            ("myndighed", self.authorities),
            ("felt", self.fields),
            ("fra", [self.since]),
            ("til", [self.until]),
            ("udfald", self.outcomes),
            ("samling", self.collections),
            ("maerket", self.marked),
            ("aabnet", self.opened),
        )
        return tuple((name, value) for name, values in written for value in values if value)


def from_form(
    case: Annotated[str, Form()] = "",
    day: Annotated[str, Form()] = "",
    myndighed: Annotated[list[str] | None, Form()] = None,
    felt: Annotated[list[str] | None, Form()] = None,
    fra: Annotated[str, Form()] = "",
    til: Annotated[str, Form()] = "",
    udfald: Annotated[list[str] | None, Form()] = None,
    samling: Annotated[list[str] | None, Form()] = None,
    maerket: Annotated[list[str] | None, Form()] = None,
    aabnet: Annotated[list[str] | None, Form()] = None,
) -> Asked:
    """What a form of the page was sent with. Blank and repeated values are left out."""
    return Asked(
        case,
        day.strip(),
        _each(myndighed),
        _each(felt),
        fra.strip(),
        til.strip(),
        _each(udfald),
        _each(samling),
        _each(maerket)[:MAX_MARKED],
        _each(aabnet)[:MAX_MARKED],
    )


AskedForm = Annotated[Asked, Depends(from_form)]


def _each(values: list[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values or () if value.strip()))


def _day(field: str, written: str) -> dt.date | None:
    try:
        return parse_day(written)
    except DayError as error:
        raise FieldDayError(field, error.value) from None
