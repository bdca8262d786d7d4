"""§§ that a record of a statute prints outside the row: quoted from the act that is amended."""

from __future__ import annotations

import json

import pytest

from corpus.parsing import records
from corpus.types import Level, ParsedDocument, RawRecord


def act(*labels: str, chapter: str = "1") -> ParsedDocument:
    entries = [{"content": f"§ {label}. Fyret lyser.", "chapter": chapter} for label in labels]
    fields = {"id": "2031:7", "title": "Lov om fyr", "short_name": "LOV H#LOKDOK01", "provisions": entries}
    data = json.dumps(fields, ensure_ascii=False).encode()
    return records.parse(RawRecord("fyr.jsonl#1", data, "application/json", "0"))


def numbers(document: ParsedDocument) -> list[str]:
    return [p.locator.slug.removeprefix("par-") for p in document.walk(Level.PARAGRAPH)]


@pytest.mark.parametrize(
    ("printed", "own"),
    [
        (["57", "58", "13 c", "59", "60"], ["57", "58", "59", "60"]),
        (["31", "61", "75 x", "40", "41", "42"], ["31", "40", "41", "42"]),
        (["1", "2", "7", "3", "4"], ["1", "2", "3", "4"]),
        (["50", "57", "52", "58"], ["50", "57", "58"]),
    ],
)
def test_a_paragraph_outside_the_row_is_no_paragraph_of_the_act_and_is_told(
    printed: list[str], own: list[str]
) -> None:
    document = act(*printed)
    assert numbers(document) == own
    quoted = [number for number in printed if number not in own]
    assert [warning.partition(" står")[0] for warning in document.warnings] == [f"§ {n}" for n in quoted]
    assert all(f"§ {number}." in document.text for number in printed)


@pytest.mark.parametrize(
    "printed",
    [
        ["1", "2 a", "2 b", "9", "11"],
        ["75 ø", "75 å", "76"],
        ["75 z", "75 æ", "75 ø", "75 å", "76"],
    ],
)
def test_gaps_and_danish_letters_are_in_row(printed: list[str]) -> None:
    document = act(*printed)
    assert numbers(document) == [number.replace(" ", "") for number in printed]
    assert document.warnings == ()


@pytest.mark.parametrize("printed", [["15", "35", "22", "23", "34", "34 a", "36"], ["7", "9", "8", "10"]])
def test_a_paragraph_in_the_wrong_place_that_the_row_misses_is_the_act_s_own(printed: list[str]) -> None:
    assert numbers(act(*printed)) == [number.replace(" ", "") for number in printed]
