"""What a form of the page asks for reaches the search, the brief and the note whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.brief_records import MAX_MARKED
from api.web.asked import Asked, AskedForm, FieldDayError

SENT = {
    "case": "  Borgeren udeblev.\n",
    "day": " 1. marts 2024 ",
    "myndighed": ["Fiktivt Klagenævn", " ", "Fiktivt Klagenævn"],
    "felt": ["udeblivelse", "tilsyn"],
    "fra": "2020-01-01",
    "til": "2023-12-31",
    "udfald": ["ophævet"],
    "samling": ["starter"],
    "maerket": ["fiktiv-1-19", "fiktiv-lbk-2021-9002:par-12"],
    "aabnet": ["fiktiv-1-19"],
}


def read(sent: Mapping[str, Any]) -> Asked:
    """What the dependency makes of a form."""
    app, found = FastAPI(), []

    @app.post("/")
    def take(asked: AskedForm) -> None:
        found.append(asked)

    TestClient(app).post("/", data=sent)
    return found[0]


@pytest.fixture(scope="module")
def seen() -> Asked:
    """What the dependency makes of a form that was sent."""
    return read(SENT)


def test_every_field_is_read_without_blanks_and_repetitions_and_the_case_as_it_was_typed(seen: Asked) -> None:
    # A browser sends line ends of its own, which the search takes as any other.
    assert seen.case.strip() == "Borgeren udeblev."
    assert seen.case.startswith("  ")
    assert seen.authorities == ("Fiktivt Klagenævn",)
    assert seen.fields == ("udeblivelse", "tilsyn")
    assert seen.marked == ("fiktiv-1-19", "fiktiv-lbk-2021-9002:par-12")


def test_the_search_is_asked_with_every_filter(seen: Asked) -> None:
    query = seen.query()
    assert query.as_of == dt.date(2024, 3, 1)
    assert (query.decided_from, query.decided_to) == (dt.date(2020, 1, 1), dt.date(2023, 12, 31))
    assert (query.authorities, query.fields) == (("Fiktivt Klagenævn",), ("udeblivelse", "tilsyn"))
    assert (query.outcomes, query.collections) == (("ophævet",), ("starter",))


def test_brief_and_note_get_what_was_opened_and_marked(seen: Asked) -> None:
    request = seen.brief_request("Jeg hælder til at høre ham igen.")
    assert (request.as_of, request.collections) == (dt.date(2024, 3, 1), ("starter",))
    assert (request.own_view, request.opened) == ("Jeg hælder til at høre ham igen.", ("fiktiv-1-19",))
    assert seen.note_request("a", "b").marked == seen.marked


def test_the_fields_of_a_form_that_carries_them_along_are_read_the_same_again(seen: Asked) -> None:
    again: dict[str, list[str]] = {}
    for name, value in seen.pairs():
        again.setdefault(name, []).append(value)
    assert read(again) == seen
    assert {name for name, _ in seen.filters()} == {"myndighed", "felt", "fra", "til", "udfald", "samling"}


@pytest.mark.parametrize(("field", "name"), [("day", "day"), ("since", "fra"), ("until", "til")])
def test_a_bad_date_names_the_field_it_was_written_in(field: str, name: str) -> None:
    with pytest.raises(FieldDayError) as caught:
        Asked(case="x", **{field: "i går"}).query()  # type: ignore[arg-type]
    assert (caught.value.field, caught.value.value) == (name, "i går")


def test_marks_are_held_to_what_a_note_takes() -> None:
    assert len(read({"maerket": [f"d-{n}" for n in range(MAX_MARKED + 5)]}).marked) == MAX_MARKED
