"""On a phone, and with text twice as large, everything is there and nothing runs over the edge."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ..conftest import CASE, Opener, Shot, search

pytestmark = pytest.mark.browser
WIDTH, HEIGHT = 360, 740  # CSS pixels of a common phone
LAW = "/daekning/lov/fiktiv-lov-om-hverdagsstoette?dato=2025-12-31"


@pytest.fixture
def phone(opened: Opener) -> Page:
    return opened(width=WIDTH, height=HEIGHT, touch=True)


def fits(page: Page) -> None:
    """The page is no wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def test_a_case_is_asked_read_and_taken_along_by_touch(phone: Page, shot: Shot) -> None:
    page = phone
    page.goto("/")
    fits(page)
    shot(page, "phone-1-blank")
    page.get_by_label("Beskriv sagen").tap()
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_role("button", name="Søg", exact=True).tap()
    rules, decisions = page.locator("#rules-head"), page.locator("#precedents-head")
    expect(rules).to_be_in_viewport()
    fits(page)
    # One column: the rules first, the decisions below them.
    above, below = rules.bounding_box(), decisions.bounding_box()
    assert above is not None
    assert below is not None
    assert above["x"] == below["x"]
    assert above["y"] < below["y"]
    shot(page, "phone-2-results")

    page.locator("a.open").first.tap()
    pane = page.get_by_role("complementary", name="Kilde")
    expect(pane.locator("mark").first).to_be_in_viewport()
    box = pane.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, WIDTH)
    fits(page)
    shot(page, "phone-3-source")
    page.get_by_role("button", name="Luk kilden").tap()

    page.locator("#rules-head ~ article .take input").first.tap()
    expect(page.get_by_text("1 kilde mærket")).to_be_in_viewport()
    page.get_by_role("button", name="Overblik").tap()
    expect(page.get_by_role("heading", level=1, name="Overblik over sagen")).to_be_visible()
    fits(page)
    shot(page, "phone-4-brief")
    page.get_by_role("button", name="Skriv notat").first.tap()
    expect(page.locator("#draft")).to_be_visible()
    fits(page)
    shot(page, "phone-5-note")


def test_the_coverage_report_is_read_by_touch(phone: Page, shot: Shot) -> None:
    page = phone
    page.goto(LAW)
    fits(page)
    shot(page, "phone-6-map")
    page.locator(".tiles a").filter(has_text="§ 15").tap()
    expect(page.locator(".held")).to_contain_text("§ 15")
    fits(page)
    shot(page, "phone-7-list")
    page.locator(".places blockquote a").first.tap()
    expect(page.locator("#ord")).to_be_in_viewport()
    fits(page)


@pytest.mark.parametrize("path", ["results", LAW, "/daekning?dato=2025-12-31", "/kilde/fiktiv-5-22"])
def test_text_twice_as_large_runs_over_no_edge_and_hides_nothing(
    opened: Opener, path: str, shot: Shot
) -> None:
    page = opened()
    if path == "results":
        search(page)
    else:
        page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    cut = """() => [...document.querySelectorAll("main *:not(.unseen, .wide, .wide *, textarea, input)")]
      .filter((e) => e.checkVisibility() && getComputedStyle(e).overflow !== "visible")
      .filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
      .map((e) => e.outerHTML.slice(0, 90))"""
    assert page.evaluate(cut) == []
    shot(page, f"large-{path.split('/')[-1].split('?')[0]}")
