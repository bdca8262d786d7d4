import time

import pytest

from corpus.structure import find_sections
from corpus.types import SectionRole, Span


def sections(text: str) -> list[tuple[SectionRole, str, str, str]]:
    found = find_sections(text, Span(0, len(text)))
    return [(s.role, s.title, s.case_number, s.span.of(text)) for s in found]


ON_LINES = """Sag om et fyr
Resumé:
Fyret måtte slukkes.
1. Sagsfremstilling
Vagten sov.
Han vågnede.
Fyrnævnets afgørelse
Nævnet giver havnen medhold."""

RUN_IN = (
    "Principmeddelelsen fastslår Principmeddelelsen fastslår, at en vagt må sove. "
    "De konkrete sager I sag nr. 1 sov vagten.\n"
    "Vi har behandlet sagerne principielt.\n"
    "Love og bekendtgørelser Lov om fyr, § 4 Praksis Gældende: Ingen.\n"
    "Sag nr. 1, j.nr. 24-12345 Du har klaget. Resultatet er: Du må sove. "
    "Begrundelse for afgørelsen Sådan vurderer vi sagen Vagten var træt. "
    "Om reglerne En vagt må sove efter § 4. "
    "Sag nr. 2, j.nr. 24-54321 Du har også klaget. Resultatet er: Du må ikke sove.\n"
    "Venlig hilsen"
)


def test_headings_on_lines_of_their_own_part_a_decision() -> None:
    assert sections(ON_LINES) == [
        (SectionRole.OTHER, "", "", "Sag om et fyr"),
        (SectionRole.SUMMARY, "Resumé:", "", "Fyret måtte slukkes."),
        (SectionRole.FACTS, "1. Sagsfremstilling", "", "Vagten sov.\nHan vågnede."),
        (SectionRole.OUTCOME, "Fyrnævnets afgørelse", "", "Nævnet giver havnen medhold."),
    ]


def test_headings_run_into_the_text_part_a_decision_and_its_cases() -> None:
    assert [(role, title, case) for role, title, case, _ in sections(RUN_IN)] == [
        (SectionRole.SUMMARY, "Principmeddelelsen fastslår", ""),
        (SectionRole.SUMMARY, "De konkrete sager", ""),
        (SectionRole.OTHER, "", ""),
        (SectionRole.RULES, "Love og bekendtgørelser", ""),
        (SectionRole.PRACTICE, "Praksis", ""),
        (SectionRole.OUTCOME, "Sag nr. 1, j.nr. 24-12345", "24-12345"),
        (SectionRole.OUTCOME, "Resultatet er", "24-12345"),
        (SectionRole.REASONING, "Begrundelse for afgørelsen Sådan vurderer vi sagen", "24-12345"),
        (SectionRole.RULES, "Om reglerne", "24-12345"),
        (SectionRole.OUTCOME, "Sag nr. 2, j.nr. 24-54321", "24-54321"),
        (SectionRole.OUTCOME, "Resultatet er", "24-54321"),
        (SectionRole.OTHER, "", ""),
    ]


def test_a_sentence_that_begins_like_a_heading_stays_in_its_section() -> None:
    assert sections(RUN_IN)[0][3] == "Principmeddelelsen fastslår, at en vagt må sove."


def test_every_word_is_in_a_section_or_a_heading() -> None:
    for text in (ON_LINES, RUN_IN):
        told = " ".join(f"{title} {words}" for _, title, _, words in sections(text))
        assert told.replace(":", "").split() == text.replace(":", "").split()


def test_a_title_repeated_on_every_page_is_no_heading() -> None:
    text = "AFGØRELSE\nFyret er godkendt.\nAFGØRELSE\nSide 2\nKonklusion\nGodkendt."
    assert [title for _, title, _, _ in sections(text)] == ["", "Konklusion"]


def test_a_line_in_small_letters_or_a_list_item_is_no_heading() -> None:
    text = "Sagsfremstilling\nDet var en lang\nvurdering\n1. Resultat;\n2. Praksis,\nSe under\nAfgørelse."
    assert [title for _, title, _, _ in sections(text)] == ["Sagsfremstilling"]


def test_text_without_headings_is_one_section_and_no_text_is_none() -> None:
    assert sections("Et brev.\nVenlig hilsen") == [(SectionRole.OTHER, "", "", "Et brev.\nVenlig hilsen")]
    assert sections("") == []


@pytest.mark.parametrize(
    "piece",
    ["Praksis ", "Praksis\n", "Begrundelse for a ", "a-s ", "Sag nr. 1, ", "1.1.", "=== a ===\n", "s "],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    start = time.process_time()
    sections("Principmeddelelsen fastslår At " + piece * (200_000 // len(piece)))
    assert time.process_time() - start < 20  # a quadratic pass would take minutes
