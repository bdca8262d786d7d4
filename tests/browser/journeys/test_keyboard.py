"""Everything is reached and done with keys alone, and the eye can follow where the focus is."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from ..conftest import CASE, Opener, Shot

pytestmark = pytest.mark.browser
MOST_TABS = 400  # a page of twenty results with their links

# Whether the element with the focus is on the screen, uncovered, and marked by an outline of its own.
FOLLOWED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return { at: "nothing" };
  const r = [...e.getClientRects()][0];
  const style = getComputedStyle(e);
  const [x, y] = [r.left + Math.min(r.width, 20) / 2, r.top + Math.min(r.height, 20) / 2];
  const seen = document.elementFromPoint(x, y);
  return {
    at: (e.getAttribute("aria-label") || e.textContent || e.id || e.tagName).trim().slice(0, 60),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    uncovered: seen !== null && [e, ...(e.labels || [])].some((o) => o.contains(seen) || seen.contains(o)),
  };
}"""


def tab_to(page: Page, wanted: Locator, *, back: bool = False) -> None:
    """Press Tab until ``wanted`` has the focus; on the way the focus is always to be seen."""
    target = wanted.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue  # from the last of the page to the browser's own buttons and round to the first
        followed = page.evaluate(FOLLOWED)
        assert followed["outlined"], f"the focus cannot be seen: {followed}"
        assert followed["uncovered"], f"the focus is covered: {followed}"
        if page.evaluate("(e) => document.activeElement === e", target):
            return
    raise AssertionError(f"{wanted} was not reached by {MOST_TABS} tabs")


def test_from_the_blank_page_to_the_note_without_a_mouse(opened: Opener, shot: Shot, tmp_path: Path) -> None:
    page = opened()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til indholdet")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Beskriv sagen")).to_be_focused()
    page.keyboard.type(CASE)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    expect(page.locator("#results")).to_be_focused()

    # Single keys go from result to result, mark and open.
    page.keyboard.press("j")
    first = page.locator("#rules-head ~ article").first
    expect(first).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("l")
    expect(page.locator("#precedents-head ~ article").first).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("j")
    page.keyboard.press("m")
    expect(page.get_by_text("3 kilder mærket")).to_be_visible()
    page.keyboard.press("o")
    expect(page.locator("#pane mark").first).to_be_in_viewport()
    shot(page, "keyboard-1-source")
    page.keyboard.press("Escape")
    expect(page.locator("#pane")).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "open"

    # The help says which keys there are, and Escape leaves it.
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()

    tab_to(page, page.get_by_role("button", name="Overblik"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Overblik over sagen")).to_be_visible()
    tab_to(page, page.locator("nav a[href='#afgoerelser']"))
    page.keyboard.press("Enter")
    expect(page.locator("#afgoerelser")).to_be_in_viewport()
    tab_to(page, page.get_by_role("button", name="Skriv notat").last)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Notat til journalen")).to_be_visible()
    tab_to(page, page.get_by_label("Hovedhensyn"))
    page.keyboard.type("Jeg mødte kun taster.")
    tab_to(page, page.get_by_role("button", name="Opdater udkastet"))
    page.keyboard.press("Enter")
    expect(page.locator("#draft")).to_contain_text("Jeg mødte kun taster.")
    shot(page, "keyboard-2-note")
    tab_to(page, page.get_by_role("button", name="Hent som Word"))
    with page.expect_download() as fetched:
        page.keyboard.press("Enter")
    fetched.value.save_as(tmp_path / "note.docx")
    assert "Jeg mødte kun taster." in [p.text for p in Document(str(tmp_path / "note.docx")).paragraphs]


def test_letters_typed_into_a_field_are_letters_and_shortcuts_can_be_switched_off(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Beskriv sagen").focus()
    page.keyboard.type("jmo?/hlk")
    expect(page.get_by_label("Beskriv sagen")).to_have_value("jmo?/hlk")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Genveje").press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("dialog").get_by_role("checkbox").press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_from_the_coverage_map_to_the_decision_without_a_mouse(opened: Opener) -> None:
    page = opened()
    page.goto("/daekning?dato=2025-12-31")
    tab_to(page, page.get_by_role("table").get_by_role("link", name="lov om hverdagsstøtte").first)
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".tiles a").filter(has_text="§ 15"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".places > li").filter(has_text="5-22").locator("blockquote a").first)
    page.keyboard.press("Enter")
    expect(page.locator("#ord")).to_be_in_viewport()


def test_a_table_that_runs_over_the_edge_is_scrolled_with_the_arrows(opened: Opener) -> None:
    page = opened(width=320)
    page.goto("/daekning/lov/fiktiv-lov-om-hverdagsstoette?del=ages&dato=2025-12-31")
    table = page.get_by_role("region", name="Paragraffer")
    tab_to(page, table)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(e) => e.scrollLeft > 0", arg=table.element_handle())
