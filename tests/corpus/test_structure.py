import time
from itertools import pairwise

import pytest

from corpus.structure import find_provisions
from corpus.types import Level, Part, Provision, Span


def find(text: str, part: Part = Part.MAIN, block: int = 0) -> tuple[Provision, ...]:
    return find_provisions(text, Span(0, len(text)), part, block)


def places(text: str, level: Level | None = None) -> dict[str, str]:
    """Locator → words, of all levels or of one."""
    return {str(p.locator): p.span.of(text) for p in find(text) if level in (None, p.level)}


RUNNING = (
    "§ 1. Fyret passes af en vagt. Vagten skal 1) tænde lampen, 2) pudse glasset a) ude og b) inde og "
    "3) slukke lampen. Om søndagen gælder § 2. Stk. 2. Vagten kan klage efter stk. 3. Stk. 3. (Ophævet) "
    "§ 2. Loven træder i kraft den 1. juli 2020."
)
LINES = """Bekendtgørelse af lov om fyr
Kapitel 1
Formål
§ 1. Loven gælder fyr.
Stk. 2.
Havnen fører tilsyn med
1)
lamper,
2)
glas og
3)
olie.
Om vagter
§§ 2-3. (Ophævet)
§ 3 a. Vagten sover om dagen
Kapitel 2 Straf m.v.
§ 4. Den, der slukker lampen, straffes med bøde.
"""


def test_running_text_and_text_on_lines_give_the_same_units() -> None:
    on_lines = RUNNING.replace(" Stk.", "\nStk.").replace(" § 2. Loven", "\n§ 2. Loven")
    for mark in ("1) ", "2) ", "3) ", "a) ", "b) "):
        on_lines = on_lines.replace(f" {mark}", f"\n{mark}")
    assert list(places(RUNNING)) == list(places(on_lines))


def test_every_level_of_a_paragraph_is_found_in_order_with_the_unit_before_its_parts() -> None:
    assert list(places(RUNNING)) == [
        "§ 1",
        "§ 1, stk. 1",
        "§ 1, stk. 1, 1. pkt.",
        "§ 1, stk. 1, 2. pkt.",
        "§ 1, stk. 1, nr. 1",
        "§ 1, stk. 1, nr. 2",
        "§ 1, stk. 1, nr. 2, litra a",
        "§ 1, stk. 1, nr. 2, litra b",
        "§ 1, stk. 1, nr. 3",
        "§ 1, stk. 1, 3. pkt.",
        "§ 1, stk. 2",
        "§ 1, stk. 3",
        "§ 2",
        "§ 2, stk. 1",
    ]


def test_a_list_belongs_to_the_sentence_it_goes_on_and_ends_with_it() -> None:
    found = places(RUNNING)
    assert found["§ 1, stk. 1, nr. 3"] == "3) slukke lampen."
    assert found["§ 1, stk. 1, 2. pkt."].startswith("Vagten skal 1) tænde")
    assert found["§ 1, stk. 1, 2. pkt."].endswith("3) slukke lampen.")
    assert found["§ 1, stk. 1, 3. pkt."] == "Om søndagen gælder § 2."


def test_span_covers_the_number_and_body_only_the_words() -> None:
    bodies = {str(p.locator): p.body.of(RUNNING) for p in find(RUNNING)}
    assert bodies["§ 2"] == "Loven træder i kraft den 1. juli 2020."
    assert bodies["§ 1, stk. 2"] == "Vagten kan klage efter stk. 3."
    assert bodies["§ 1, stk. 1, nr. 2, litra b"] == "inde og"


def test_a_repealed_unit_and_each_paragraph_of_a_repealed_run_say_so() -> None:
    assert [str(p.locator) for p in find(RUNNING) if p.repealed] == ["§ 1, stk. 3"]
    run = [p for p in find(LINES) if p.repealed]
    assert [str(p.locator) for p in run] == ["§ 2", "§ 3"]
    assert {p.span.of(LINES) for p in run} == {"§§ 2-3. (Ophævet)"}


def test_chapters_and_headings_are_context_and_belong_to_no_provision() -> None:
    context = {str(p.locator): (p.chapter, p.heading) for p in find(LINES) if p.level is Level.PARAGRAPH}
    assert context == {
        "§ 1": ("Kapitel 1 Formål", ""),
        "§ 2": ("Kapitel 1 Formål", "Om vagter"),
        "§ 3": ("Kapitel 1 Formål", "Om vagter"),
        "§ 3 a": ("Kapitel 1 Formål", "Om vagter"),
        "§ 4": ("Kapitel 2 Straf m.v.", ""),
    }
    assert not any("Om vagter" in p.span.of(LINES) for p in find(LINES))


def test_numbers_on_lines_of_their_own_introduce_the_words_below() -> None:
    found = places(LINES)
    assert found["§ 1, stk. 2, nr. 1"] == "1)\nlamper,"
    assert found["§ 1, stk. 2, nr. 3"] == "3)\nolie."


def test_a_line_below_a_number_is_never_taken_for_the_next_heading() -> None:
    text = "§ 1.\nFyret lyser om natten\n§ 2.\nDet er slukket om dagen"
    assert places(text, Level.STK) == {
        "§ 1, stk. 1": "Fyret lyser om natten",
        "§ 2, stk. 1": "Det er slukket om dagen",
    }


@pytest.mark.parametrize(
    "text",
    [
        "§ 1. Det følger af stk. 2. Stk. 4 gælder ikke.",
        "§ 1. Vagten følger jf. § 2. Han skal sove.",
        "§ 1. Ordene »Stk. 2. Vagten sover. 1) tænd 2) sluk« udgår.",
        "§ 1. Lampen 7) er gul efter litra a) i vedtægten.",
        "§ 1. Stk. 2. finder ikke anvendelse på både.",
    ],
)
def test_a_reference_a_quotation_or_a_stray_number_begins_no_unit(text: str) -> None:
    assert {p.level for p in find(text)} <= {Level.PARAGRAPH, Level.STK, Level.PKT}
    assert list(places(text, Level.PARAGRAPH)) == ["§ 1"]
    assert list(places(text, Level.STK)) == ["§ 1, stk. 1"]


def test_a_missing_stk_does_not_hide_those_after_it() -> None:
    text = "§ 1. Fyret lyser. Stk. 3. Fyret tuder, jf. stk. 4. Stk. 4 a gælder. Stk. 4. Fyret er rødt."
    assert list(places(text, Level.STK)) == ["§ 1, stk. 1", "§ 1, stk. 3", "§ 1, stk. 4"]


def test_inserted_numbers_and_letters_follow_the_ones_they_were_put_after() -> None:
    text = "§ 4 b. Omfattet er 1) både, 2) fyr, 2 a) tågehorn og 3) moler.\n§ 5 A. Slut."
    assert [str(p.locator) for p in find(text) if p.level is Level.NR] == [
        "§ 4 b, stk. 1, nr. 1",
        "§ 4 b, stk. 1, nr. 2",
        "§ 4 b, stk. 1, nr. 2 a",
        "§ 4 b, stk. 1, nr. 3",
    ]
    assert "§ 5 A" in places(text)


def test_the_part_and_block_asked_for_stand_in_every_locator() -> None:
    found = find(RUNNING, Part.TRANSITIONAL, 3)
    assert {(p.locator.part, p.locator.block) for p in found} == {(Part.TRANSITIONAL, 3)}


def test_an_annex_without_paragraphs_is_one_provision() -> None:
    (only,) = find("Bilag 1\nSatser\n100 kr. om dagen", Part.ANNEX, 2)
    assert str(only.locator) == "bilag 2"
    assert find("Et brev uden paragraffer.") == ()


def test_children_lie_inside_their_unit_and_locators_are_unique() -> None:
    for text in (RUNNING, LINES):
        found = find(text)
        assert len({p.locator for p in found}) == len(found)
        assert all(p.body in p.span for p in found)
        inside = [p for p in found if p.level is not Level.PARAGRAPH]
        owners = {p.locator.paragraph: p.span for p in found if p.level is Level.PARAGRAPH}
        assert all(p.span in owners[p.locator.paragraph] for p in inside)
        assert all(a.span.start <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "piece",
    ["§ 1. Stk. 2. ", "1) ", "a) ", "»1) 2) ", "§ 1.\n", "Overskrift\n", "§§ 1-9999. ", "Stk. 2. Ja. ", "\n"],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = "§ 1. Fyret " + piece * (300_000 // len(piece))
    start = time.process_time()
    find(text)
    assert time.process_time() - start < 20  # a quadratic pass would take hours
