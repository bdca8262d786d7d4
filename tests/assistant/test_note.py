"""The journal note: its order, its empty conclusion, and its two ways of being written."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from docx import Document

from assistant.brief_types import (
    Bearing,
    Brief,
    CaseText,
    Element,
    ElementKind,
    Likeness,
    Overview,
    PrecedentEntry,
    Quote,
    RuleEntry,
    Trace,
)
from assistant.case import read_case
from assistant.note import Block, BlockKind, NoteRequest, write_note
from assistant.note_render import to_docx, to_markdown
from corpus.types import DocumentType, Span
from index.types import CorpusState

DAY = dt.date(2024, 3, 1)
MADE = dt.datetime(2026, 1, 2, 9, 30, tzinfo=dt.UTC)
HOSTILE = "# Overskrift\n1. punkt\n- <b>fed</b> *stjerne* [x](y) \x01 slut_"


def quote(text: str, citation: str = "§ 1 i lov om prøver") -> Quote:
    return Quote("lta-1", 1, Span(0, len(text)), text, "§ 1", citation)


def brief(case: CaseText | None = None) -> Brief:
    asked = quote("medmindre borgeren har en rimelig grund")
    rule = RuleEntry(
        "lta-1:par-1", DocumentType.ACT, quote("Kommunen skal vejlede."), "", "", ("§ 1",), True,
        "Ny ordlyd i § 2.", (),
        (Bearing(Element(ElementKind.EXCEPTION, asked, Span(0, 8)), ()),), False,
    )  # fmt: skip
    precedent = PrecedentEntry(
        "afg-1", "Afgørelse 1-24", "Om en prøve", "Nævnet", DAY, ("stadfæstet",), "", ("lta-1:par-1",),
        (quote("Borgeren mødte ikke.", "Afgørelse 1-24"),), (), Likeness((), (), ()), False, False,
    )  # fmt: skip
    return Brief(
        case=case or read_case("Borgeren 010190-1234 mødte ikke. Kommunen skrev til hende.", DAY)[0],
        rules=(rule,),
        procedure=(),
        precedents=(precedent,),
        overview=Overview((), "extractive"),
        gaps=(),
        corpus=CorpusState("s-1", DAY, 3, 2, 1, 9, 9, "e5", DAY),
        trace=Trace("abc", "s-1", "e5", "0", ("lta-1:par-1", "afg-1")),
        withheld=False,
        no_verdict="",
    )


def headings(blocks: tuple[Block, ...]) -> list[str]:
    return [b.text for b in blocks if b.kind is BlockKind.HEADING]


def after(blocks: tuple[Block, ...], heading: str) -> list[Block]:
    """What stands under a heading."""
    start = next(n for n, b in enumerate(blocks) if b.kind is BlockKind.HEADING and b.text == heading)
    under = []
    for block in blocks[start + 1 :]:
        if block.kind is BlockKind.HEADING:
            break
        under.append(block)
    return under


def test_the_note_accounts_for_facts_rules_and_considerations_before_the_conclusion() -> None:
    found = headings(write_note(brief(), NoteRequest(), MADE))
    wanted = ["Sagens oplysninger", "Retsregler", "Hovedhensyn", "Konklusion"]
    assert [h for h in found if h in wanted] == wanted


def test_the_conclusion_is_an_empty_heading_whatever_the_brief_holds() -> None:
    note = write_note(brief(), NoteRequest(considerations="Jeg lægger vægt på alt."), MADE)
    assert after(note, "Konklusion") == [Block(BlockKind.OPEN)]


def test_considerations_are_the_caseworkers_own_words_or_nothing() -> None:
    assert after(write_note(brief(), NoteRequest(), MADE), "Hovedhensyn") == [Block(BlockKind.OPEN)]
    own = write_note(brief(), NoteRequest(considerations="Mit hensyn."), MADE)
    assert after(own, "Hovedhensyn") == [Block(BlockKind.PARAGRAPH, "Mit hensyn.")]


def test_a_view_noted_before_precedents_stands_apart_from_later_considerations() -> None:
    note = write_note(brief(), NoteRequest(first_view="Først.", considerations="Siden."), MADE)
    assert after(note, "Egne overvejelser, før afgørelser blev vist")[0].text == "Først."
    assert after(note, "Hovedhensyn")[0].text == "Siden."


def test_the_note_names_the_pseudonyms_and_holds_no_number() -> None:
    text = to_markdown(write_note(brief(), NoteRequest(), MADE))
    assert "cpr-nummer 1" in text
    assert "1234" not in text


def test_what_the_case_does_not_describe_is_listed_with_its_citation() -> None:
    (item,) = after(write_note(brief(), NoteRequest(), MADE), "Det, der mangler")
    assert "medmindre borgeren har en rimelig grund" in item.text
    assert item.source == "§ 1 i lov om prøver"


def test_a_change_of_wording_stands_under_its_rule() -> None:
    assert Block(BlockKind.PARAGRAPH, "Ny ordlyd i § 2.") in after(
        write_note(brief(), NoteRequest(), MADE), "Retsregler"
    )


def test_sources_shown_and_opened_are_told_apart() -> None:
    items = after(write_note(brief(), NoteRequest(opened=("afg-1",)), MADE), "Kilder")
    assert [item.text for item in items] == ["§ 1 i lov om prøver (vist)", "Afgørelse 1-24 (vist, åbnet)"]


def test_marked_results_alone_are_quoted_and_all_are_listed_as_shown() -> None:
    made = brief()
    other = replace(made.rules[0], provision_id="lta-1:par-2", quote=quote("Andet.", "§ 2 i lov om prøver"))
    made = replace(made, rules=(*made.rules, other))
    note = write_note(made, NoteRequest(marked=("lta-1:par-2",)), MADE)
    assert [b.text for b in after(note, "Retsregler") if b.kind is BlockKind.QUOTE] == ["Andet."]
    assert len(after(note, "Kilder")) == 3


def test_an_exact_choice_quotes_nothing_that_is_not_marked_and_says_that_more_was_found() -> None:
    note = write_note(brief(), NoteRequest(marked=("lta-1:par-1",), exact=True), MADE)
    assert any(b.kind is BlockKind.QUOTE for b in after(note, "Retsregler"))
    (said,) = after(note, "Tidligere afgørelser")
    assert "Ingen er taget med i notatet" in said.text


def test_decisions_that_wait_for_an_own_view_are_not_said_to_be_missing() -> None:
    note = write_note(replace(brief(), precedents=(), withheld=True), NoteRequest(), MADE)
    (said,) = after(note, "Tidligere afgørelser")
    assert said.text.startswith("Ikke vist")


def test_the_english_note_has_english_headings_and_danish_quotes() -> None:
    note = write_note(brief(), NoteRequest(), MADE, "en")
    assert "Conclusion" in headings(note)
    assert any(b.text == "Kommunen skal vejlede." for b in note)


def test_a_word_file_has_words_headings_and_the_same_words_in_the_same_order() -> None:
    blocks = write_note(brief(), NoteRequest(considerations="Mit hensyn."), MADE)
    paragraphs = Document(io.BytesIO(to_docx(blocks))).paragraphs
    assert [p.text for p in paragraphs if p.style.name == "Heading 1"] == headings(blocks)
    shown = [p.text for p in paragraphs if p.text]
    at = [next(n for n, s in enumerate(shown) if b.text in s) for b in blocks if b.kind is BlockKind.HEADING]
    assert at == sorted(at)


def test_the_word_file_names_nobody_as_its_author() -> None:
    properties = Document(io.BytesIO(to_docx(write_note(brief(), NoteRequest(), MADE)))).core_properties
    assert (properties.author, properties.title) == ("Hjemmel", "Journalnotat (udkast)")


@pytest.mark.parametrize("kind", [BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM])
def test_signs_that_mean_something_in_markdown_are_shown_as_they_are(kind: BlockKind) -> None:
    made = to_markdown([Block(kind, HOSTILE, "kilde")])
    body = re.sub(r"(?m)^(?:> ?|- )", "", made)
    assert not re.search(r"(?m)^#|^1\.|^- |(?<!\\)[<*\[]", body)
    unescaped = re.sub(r"\\(.)", r"\1", body)
    for word in ("# Overskrift", "1. punkt", "- <b>fed</b>", "*stjerne*", "[x](y)", "slut_"):
        assert word in unescaped


def test_characters_that_word_cannot_hold_are_left_out_of_the_file() -> None:
    paragraphs = Document(io.BytesIO(to_docx([Block(BlockKind.PARAGRAPH, HOSTILE)]))).paragraphs
    assert paragraphs[0].text == HOSTILE.replace("\x01", "")
