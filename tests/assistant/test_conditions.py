"""What a provision asks, taken apart: on sentences of fiction, and on labelled provisions of real law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.brief_types import Connective, Element, ElementKind
from assistant.conditions import conditions, read_conditions
from corpus.errors import NotFoundError
from corpus.store import Store
from corpus.structure import find_provisions
from corpus.types import DocumentType, Kind, Metadata, Provenance, Span, StoredDocument
from tests.assistant import condition_labels as golden

KIND = ElementKind


def elements(text: str) -> tuple[Element, ...]:
    """The elements of a text of one §."""
    found = find_provisions(text, Span(0, len(text)))
    meta = Metadata("Lov om prøver", DocumentType.ACT, Kind.RULE, "lov-1", number="LOV 1", year=2026)
    origin = Provenance("", "", "", 0, "", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    document = StoredDocument(1, "lov-1", 1, True, "", "", meta, origin, (), len(text))
    return read_conditions(document, text, found, found[0])


def said(text: str) -> list[tuple[str, str]]:
    return [(e.kind.value, e.quote.text) for e in _flat(elements(text))]


def _flat(found: tuple[Element, ...]) -> Iterator[Element]:
    for element in found:
        yield element
        yield from _flat(element.parts)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("§ 1. Kommunen kan yde hjælp, når borgeren er syg.", (KIND.CONDITION, "når borgeren er syg")),
        ("§ 1. Er borgeren syg, ydes der hjælp.", (KIND.CONDITION, "Er borgeren syg")),
        ("§ 1. Hjælpen ydes, medmindre den er afslået.", (KIND.EXCEPTION, "medmindre den er afslået")),
        ("§ 1. Hjælp ydes efter ansøgning, jf. dog § 4.", (KIND.EXCEPTION, "jf. dog § 4")),
        ("§ 1. Kommunen skal svare inden 14 dage.", (KIND.DUTY, "Kommunen skal svare inden 14 dage")),
        ("§ 1. Kommunen må ikke videregive sagen.", (KIND.DUTY, "Kommunen må ikke videregive sagen")),
        ("§ 1. Kommunen kan yde hjælp.", (KIND.DISCRETION, "Kommunen kan yde hjælp")),
        ("§ 1. Udeblivelse uden rimelig grund noteres.", (KIND.STANDARD, "rimelig grund")),
        ("§ 1. Det er en betingelse, at borgeren har søgt.",
         (KIND.CONDITION, "Det er en betingelse, at borgeren har søgt")),
        ("§ 1. Ydelsen forudsætter fornyet afgørelse.",
         (KIND.CONDITION, "Ydelsen forudsætter fornyet afgørelse")),
    ],
)  # fmt: skip
def test_the_words_of_law_are_known_for_what_they_do(text: str, quoted: tuple[ElementKind, str]) -> None:
    assert (quoted[0].value, quoted[1]) in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "§ 1. Kommunen yder hjælp, når borgeren ønsker det, og formålet er nået.",
        "§ 1. Kommunen kan yde hjælp, når borgeren ønsker det, og formålet ikke kan nås på anden måde.",
    ],
)
def test_both_halves_of_a_condition_are_quoted_together(text: str) -> None:
    condition = next(words for kind, words in said(text) if kind == KIND.CONDITION)
    assert condition == text[text.index("når") : -1]


def test_a_second_inverted_condition_is_one_of_its_own() -> None:
    found = said("§ 1. Er borgeren syg, eller har borgeren passet et barn, gives der hjælp.")
    assert [words for kind, words in found if kind == KIND.CONDITION] == [
        "Er borgeren syg",
        "har borgeren passet et barn",
    ]


def test_a_new_main_rule_after_a_condition_does_not_belong_to_it() -> None:
    found = said("§ 1. Der ydes hjælp, når borgeren er syg, og kommunen skal svare straks.")
    assert (KIND.CONDITION.value, "når borgeren er syg") in found
    assert (KIND.DUTY.value, "kommunen skal svare straks") in found


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("§ 1. Modtageren skal møde til de samtaler, der er aftalt.", "de samtaler, der er aftalt"),
        ("§ 1. Hjælp ydes til personer med nedsat syn, der bor alene.",
         "personer med nedsat syn, der bor alene"),
        ("§ 1. Stk. 1 finder anvendelse for samtaler, som borgeren har booket.",
         "samtaler, som borgeren har booket"),
    ],
)  # fmt: skip
def test_a_limiting_clause_is_quoted_with_what_it_limits(text: str, limited: str) -> None:
    assert (KIND.CONDITION.value, limited) in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "§ 1. Det er kommunen, der træffer afgørelse.",
        "§ 1. Kommunen foretager fradrag for de dage, der går, fra borgeren udebliver.",
    ],
)
def test_a_clause_that_says_who_or_how_long_is_no_condition(text: str) -> None:
    assert [words for kind, words in said(text) if kind == KIND.CONDITION] == []


LISTED = "§ 1. Hjælp ydes, hvis borgeren\n1) er syg,\n2) er fyldt 65 år {join}\n3) bor alene."


@pytest.mark.parametrize(("join", "connective"), [("og", Connective.AND), ("eller", Connective.OR)])
def test_a_list_stays_a_list_joined_as_it_says(join: str, connective: Connective) -> None:
    (element,) = elements(LISTED.format(join=join))
    assert element.connective is connective
    assert [part.quote.text for part in element.parts] == ["er syg", "er fyldt 65 år", "bor alene"]


def test_an_item_that_says_no_more_than_itself_is_not_quoted_twice() -> None:
    text = "§ 1. Brevet skal angive\n1) tid og sted og\n2) hvad en udeblivelse kan føre til."
    (element,) = elements(text)
    assert [part.quote.text for part in element.parts] == ["tid og sted", "hvad en udeblivelse kan føre til"]
    assert all(not part.parts for part in element.parts)


def test_an_unknown_provision_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        conditions(Store(tmp_path / "corpus.db"), "lta-1:par-1")


def test_the_labelled_set_is_large_and_says_which_part_was_looked_at() -> None:
    parts = {half: golden.labelled(half) for half in golden.HALVES}
    assert {half: len(entries) for half, entries in parts.items()} == {
        "develop": 30,
        "unseen": 30,
        "fresh": 20,
    }
    assert sum(len(e.labels) for entries in parts.values() for e in entries) > 200
    everywhere = [e.provision for entries in parts.values() for e in entries]
    assert len(set(everywhere)) == len(everywhere)


@pytest.mark.shared
@pytest.mark.skipif(not golden.SHARED.is_dir(), reason="the real legal texts are not beside the checkout")
@pytest.mark.parametrize(("half", "least"), [("develop", 0.94), ("unseen", 0.92), ("fresh", 0.88)])
def test_what_a_person_found_in_real_provisions_is_found(half: str, least: float) -> None:
    measures, differences = golden.measure(half)
    report = "\n".join([measures.row(half), *differences])
    assert measures.recall >= least, report
    assert measures.precision >= least, report
