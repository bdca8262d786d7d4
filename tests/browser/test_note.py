"""A caseworker writes the note: chooses what goes in, adds own words, and takes it along."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from .conftest import CASE, Opener
from .test_access import CONTRASTS, HEADINGS, MIN_CONTRAST, TOO_WIDE
from .test_brief import DAY, SLOW, both

pytestmark = pytest.mark.browser


def draft(page: Page, case: str = CASE) -> None:
    """Have the draft of a note made."""
    page.goto("/notat")
    page.get_by_label("Beskriv sagen").fill(case)
    page.get_by_label("Sagens dato").fill(DAY)
    page.get_by_role("button", name="Lav udkastet").click()
    expect(page.locator("#draft")).to_be_visible(timeout=SLOW)


@both
def test_what_is_ticked_goes_in_and_what_is_not_stays_out(opened: Opener, scripts: bool) -> None:
    page = opened(scripts=scripts)
    draft(page)
    boxes = page.locator(".choose input")
    count = boxes.count()
    assert page.locator(".choose input:checked").count() == count > 5
    kept = page.locator(".choose label").last.inner_text().replace(" FIKTIV", "").strip()
    for box in boxes.all()[:-1]:
        box.uncheck()
    page.get_by_label("Hovedhensyn").fill("Mit hensyn.")
    page.get_by_role("button", name="Opdater udkastet").click()
    expect(page.locator("#draft")).to_contain_text("Mit hensyn.", timeout=SLOW)
    assert page.locator(".choose input:checked").count() == 1
    quoted = page.locator("#draft h4").all_inner_texts()
    assert [q.replace(" FIKTIV", "").strip() for q in quoted] == [kept]
    expect(page.locator("#draft")).to_contain_text("Ingen er taget med i notatet.")
    expect(page.get_by_label("Hovedhensyn")).to_have_value("Mit hensyn.")


@both
def test_the_note_is_downloaded_for_word_with_what_was_written_last(
    opened: Opener, tmp_path: Path, scripts: bool
) -> None:
    # Without scripts the file comes in the place of a page, which the browser counts as one that failed.
    page = opened(scripts=scripts, losing=not scripts)
    draft(page)
    page.get_by_label("Hovedhensyn").fill("Skrevet til sidst.")
    if scripts:
        expect(page.locator("#stale")).to_contain_text("Du har ændret noget")
    with page.expect_download(timeout=SLOW) as download:
        page.get_by_role("button", name="Hent som Word").click()
    assert download.value.suggested_filename == "journalnotat.docx"
    download.value.save_as(tmp_path / "n.docx")
    words = [p.text for p in Document(str(tmp_path / "n.docx")).paragraphs]
    assert "Skrevet til sidst." in words
    expect(page.get_by_label("Hovedhensyn")).to_have_value("Skrevet til sidst.")


def test_the_note_is_downloaded_as_markdown_too(page: Page, tmp_path: Path) -> None:
    draft(page)
    with page.expect_download(timeout=SLOW) as download:
        page.get_by_role("button", name="Hent som Markdown").click()
    assert download.value.suggested_filename == "journalnotat.md"
    download.value.save_as(tmp_path / "n.md")
    assert "## Konklusion" in (tmp_path / "n.md").read_text(encoding="utf-8")
    expect(page.get_by_role("status").first).to_have_text("Filen er hentet.")


def test_a_copy_holds_the_words_of_the_draft_and_an_empty_conclusion(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    draft(page)
    page.get_by_role("button", name="Kopiér").click()
    expect(page.get_by_role("status").first).to_have_text("Notatet er kopieret.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert CASE in copied
    assert "Konklusion" in copied
    assert "skrives af dig" not in copied


def test_what_needs_a_script_is_not_offered_without_one(opened: Opener) -> None:
    page = opened(scripts=False)
    draft(page)
    expect(page.locator("#copy")).to_be_hidden()
    expect(page.locator("#print")).to_be_hidden()
    expect(page.get_by_role("button", name="Hent som Word")).to_be_visible()


def test_the_conclusion_is_the_caseworkers_and_the_page_says_why(page: Page) -> None:
    draft(page)
    expect(page.get_by_text("Konklusionen er tom. Den skriver du selv")).to_be_visible()
    expect(page.get_by_text("forvaltningsloven §§ 22-24")).to_be_visible()
    conclusion = page.locator("#draft h3", has_text="Konklusion")
    assert conclusion.locator("xpath=following-sibling::*[1]").inner_text() == "Tomt: skrives af dig"


def test_a_download_that_gets_no_answer_loses_nothing(opened: Opener) -> None:
    page = opened(losing=True)
    draft(page)
    page.get_by_label("Hovedhensyn").fill("Langt og vigtigt.")
    page.route("**/notat", lambda route: route.fulfill(status=500, body="Internal Server Error"))
    page.get_by_role("button", name="Hent som Word").click()
    expect(page.get_by_role("alert")).to_contain_text("Din tekst står her stadig")
    expect(page.get_by_label("Hovedhensyn")).to_have_value("Langt og vigtigt.")


@both
def test_without_an_index_the_page_says_who_must_act_and_keeps_own_words(
    opened: Opener, unindexed_address: str, scripts: bool
) -> None:
    page = opened(at=unindexed_address, scripts=scripts)
    page.goto("/notat")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_role("button", name="Lav udkastet").click()
    expect(page.locator("#case-error")).to_contain_text("Driften skal")
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_words_stand_out_from_their_ground(opened: Opener, dark: bool) -> None:
    page = opened(dark=dark)
    draft(page)
    measured = page.evaluate(CONTRASTS)
    assert len(measured) > 50
    assert [m for m in measured if m["ratio"] < MIN_CONTRAST] == []


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_nothing_runs_over_the_edge_and_headings_are_in_order(opened: Opener, width: int) -> None:
    page = opened(width=width)
    draft(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_WIDE) == []
    levels = page.evaluate(HEADINGS)
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("[style], style, script:not([src]), [onclick]").count() == 0


def test_on_paper_stands_the_note_alone(page: Page) -> None:
    draft(page)
    page.emulate_media(media="print")
    expect(page.locator("#draft")).to_be_visible()
    expect(page.get_by_label("Hovedhensyn")).to_be_hidden()
    expect(page.locator(".fetch")).to_be_hidden()
