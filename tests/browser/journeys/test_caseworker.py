"""A caseworker who has never seen the page goes from the blank form to a note in the journal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from playwright.sync_api import Page, expect

from api.wiring import Workspace

from ..conftest import Opener, Shot

pytestmark = pytest.mark.browser
CASE = (
    "Borgeren modtager hverdagsstøtte og udeblev fra en jobsamtale den 4. marts. Hun havde fået indkaldelsen"
    " i Digital Post. Hun siger, at hun var syg, men hun meldte ikke afbud. Kommunen vil nedsætte støtten."
)
CONSIDERATIONS = "Der lægges vægt på, at sygdommen er oplyst samme dag."


def test_from_the_blank_page_to_a_note_in_word(
    opened: Opener, demo: Workspace, shot: Shot, tmp_path: Path
) -> None:
    page = opened()
    described_and_found(page, shot)
    opened_at_its_words(page, shot)
    marked = marked_and_compared(page, shot)
    laid_out_in_a_brief(page, shot)
    note = Document(str(taken_into_a_note(page, shot, tmp_path)))
    parts = sections(note)
    assert CASE in "\n".join(parts["Sagens oplysninger"])
    assert parts["Hovedhensyn"] == [CONSIDERATIONS]
    # The conclusion is the caseworker's: a heading, and room to write.
    assert set(parts["Konklusion"]) == {""}
    # What was marked went in, and nothing else; the note names the § that a search found by one of its stk.
    assert names(note, "Retsregler") == [re.sub(r"(§ \d+(?: [a-zæøå]\b)?), stk\. \d+,", r"\1", marked[0])]
    assert names(note, "Tidligere afgørelser") == marked[1:]
    every_quote_is_verbatim(note, demo)


def described_and_found(page: Page, shot: Shot) -> None:
    page.goto("/")
    shot(page, "caseworker-1-blank")
    expect(page.get_by_role("heading", level=1)).to_have_text("Beskriv sagen")
    expect(page.locator("button.example")).to_have_count(3)
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_label("Sagens dato").fill("1. maj 2025")
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.get_by_role("heading", name="Regler")).to_contain_text("1. maj 2025")
    expect(page.locator("#results")).to_be_in_viewport()
    shot(page, "caseworker-2-results")


def opened_at_its_words(page: Page, shot: Shot) -> None:
    page.locator("#rules-head ~ article a.open").first.click()
    pane = page.get_by_role("complementary", name="Kilde")
    expect(pane.locator("mark").first).to_be_in_viewport()
    shot(page, "caseworker-3-source")
    page.get_by_role("button", name="Luk kilden").click()
    expect(pane).to_be_hidden()


def marked_and_compared(page: Page, shot: Shot) -> list[str]:
    """Take one rule and two decisions along, and lay the decisions side by side. Returns their names."""
    names = []
    for kind, number in (("rules", 0), ("precedents", 0), ("precedents", 1)):
        card = page.locator(f"#{kind}-head ~ article").nth(number)
        card.get_by_role("checkbox").check()
        names.append(str(card.get_by_role("heading").text_content()))
    expect(page.get_by_text("3 kilder mærket")).to_be_visible()
    with page.context.expect_page() as other:
        page.get_by_role("button", name="Sammenlign").click()
    sides = other.value.locator(".names h2")
    expect(sides).to_have_count(2)
    assert sides.all_text_contents() == names[1:]
    assert "udeblev" not in other.value.url
    shot(other.value, "caseworker-4-compared")
    other.value.close()
    return names


def laid_out_in_a_brief(page: Page, shot: Shot) -> None:
    page.get_by_role("button", name="Overblik").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overblik over sagen")
    for part in ("Regler og det, de kræver", "Afgørelser"):
        expect(page.get_by_role("heading", level=2, name=part)).to_be_visible()
    expect(page.locator(".rule")).not_to_have_count(0)
    expect(page.locator(".decision .outcome").first).to_contain_text("Udfald:")
    shot(page, "caseworker-5-brief")


def taken_into_a_note(page: Page, shot: Shot, folder: Path) -> Path:
    page.get_by_role("button", name="Skriv notat").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Notat til journalen")
    page.get_by_label("Hovedhensyn").fill(CONSIDERATIONS)
    page.get_by_role("button", name="Opdater udkastet").click()
    expect(page.locator("#draft")).to_contain_text(CONSIDERATIONS)
    shot(page, "caseworker-6-note")
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Hent som Word").click()
    assert fetched.value.suggested_filename == "journalnotat.docx"
    path = folder / "journalnotat.docx"
    fetched.value.save_as(path)
    return path


def sections(note: DocxDocument) -> dict[str, list[str]]:
    """The paragraphs of a note under each of its headings."""
    parts: dict[str, list[str]] = {}
    here: list[str] = []
    for paragraph in note.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Heading 1":
            here = parts[paragraph.text] = []
        else:
            here.append(paragraph.text)
    return parts


def names(note: DocxDocument, part: str) -> list[str]:
    """The rules or decisions that a part of a note quotes, by their own headings."""
    found, inside = [], False
    for paragraph in note.paragraphs:
        style = paragraph.style.name if paragraph.style is not None else ""
        if style == "Heading 1":
            inside = paragraph.text == part
        elif inside and style == "Heading 2":
            found.append(paragraph.text.replace("(FIKTIV)", "FIKTIV"))  # boxed on the page
    return found


def every_quote_is_verbatim(note: DocxDocument, demo: Workspace) -> None:
    texts = [demo.store.text(document.key) for document in demo.store.documents()]
    quotes = [p.text for p in note.paragraphs if p.style is not None and p.style.name == "Quote"]
    assert len(quotes) > 2
    assert [quote for quote in quotes if not any(quote in text for text in texts)] == []
