"""The coverage report can be read by everyone, at any width and in both themes, and leads to the words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from .conftest import Opener
from .test_access import CONTRASTS, HEADINGS, MIN_CONTRAST, MIN_TARGET

pytestmark = pytest.mark.browser
ACT = "/daekning/lov/fiktiv-lov-om-hverdagsstoette?dato=2025-12-31"
VIEWS = {
    "acts": "/daekning?dato=2025-12-31",
    "grid": "/daekning?del=fields&dato=2025-12-31",
    "unresolved": "/daekning?del=unresolved",
    "map": ACT,
    "ages": f"{ACT}&del=ages",
    "time": f"{ACT}&del=time",
    "list": "/daekning/liste?liste=changed&dato=2025-12-31",
}
every_view = pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS)


@every_view
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_words_stand_out_from_their_ground_in_both_themes(opened: Opener, path: str, dark: bool) -> None:
    page = opened(dark=dark)
    page.goto(path)
    measured = page.evaluate(CONTRASTS)
    assert len(measured) > 15
    assert [m for m in measured if m["ratio"] < MIN_CONTRAST] == []


@every_view
@pytest.mark.parametrize("width", [1280, 640, 320])
def test_only_a_table_or_a_picture_scrolls_sideways_and_each_by_itself(
    opened: Opener, path: str, width: int
) -> None:
    page = opened(width=width)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = """() => [...document.querySelectorAll("main *:not(.unseen)")]
      .filter((e) => e.checkVisibility() && !e.closest(".wide") && e.scrollWidth > innerWidth)
      .map((e) => e.outerHTML.slice(0, 80))"""
    assert page.evaluate(outside) == []


@every_view
def test_there_is_one_first_heading_and_no_level_is_skipped(page: Page, path: str) -> None:
    page.goto(path)
    levels = page.evaluate(HEADINGS)
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after - before <= 1 for before, after in pairwise(levels))


@every_view
def test_every_number_that_opens_a_list_is_large_enough_to_hit(page: Page, path: str) -> None:
    page.goto(path)
    hit = ".coverage .n a, .tiles a, .totals a, .trail a, .parts a, button, select"
    small = f"""() => [...document.querySelectorAll("{hit}")]
      .filter((e) => e.checkVisibility()).map((e) => [e.textContent, e.getBoundingClientRect()])
      .filter(([, r]) => r.height < {MIN_TARGET} || r.width < {MIN_TARGET}).map(([name]) => name)"""
    assert page.evaluate(small) == []


def test_a_tile_leads_to_its_list_and_from_there_to_the_marked_words(page: Page) -> None:
    page.goto(ACT)
    page.get_by_role("link", name="§ 11 2 afgørelser, Nyeste 2022 På ændret ordlyd 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Afgørelser, der henviser hertil")
    expect(page.locator(".held")).to_contain_text("§ 11")
    first = page.locator(".places > li").first
    expect(first.get_by_role("heading")).to_contain_text("6-22")
    expect(first.locator(".tag").first).to_have_text("Flyttet")
    words = first.locator("blockquote").first.text_content()
    first.get_by_role("heading").get_by_role("link").click()
    expect(page.locator(".text mark").first).to_have_text(words or "")
    expect(page.locator(".text mark").first).to_be_in_viewport()


def test_a_number_by_age_opens_as_many_decisions(page: Page) -> None:
    page.goto(f"{ACT}&del=ages")
    page.get_by_role("row", name="§ 11 ").get_by_role("link", name="2", exact=True).first.click()
    expect(page.locator(".places > li")).to_have_count(2)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_time_line_is_shown_in_the_readers_theme_with_its_numbers_below(
    opened: Opener, dark: bool
) -> None:
    page = opened(dark=dark)
    page.goto(f"{ACT}&del=time")
    picture = page.locator("img.timeline")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("e => e.naturalWidth") > 500
    assert ("moerk" in picture.evaluate("e => e.currentSrc")) is dark
    table = page.get_by_role("table", name="Afgørelser pr. år")
    expect(table.get_by_role("row", name="Hele loven 2 1 2 3 1 2 1")).to_be_visible()
    table.get_by_role("row", name="§ 13").get_by_role("link", name="2").first.click()
    expect(page.locator(".held")).to_contain_text("2019")
    expect(page.locator(".places > li")).to_have_count(2)


def test_the_report_works_without_scripts_and_switches_language_where_it_stands(opened: Opener) -> None:
    page = opened(scripts=False)
    page.goto("/daekning")
    page.get_by_role("link", name="Emner").click()
    page.get_by_label("Rapportens dato").fill("2022-12-31")
    page.get_by_role("button", name="Vis").click()
    expect(page.locator("body")).to_contain_text("28 afgørelser til og med 31. december 2022")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Fields")
    expect(page.locator("body")).to_contain_text("28 decisions up to 2022-12-31")


def test_a_gap_is_told_in_words_and_not_by_its_look_alone(page: Page) -> None:
    page.goto("/daekning?del=fields&dato=2026-06-01")
    expect(page.locator("td.gap").first).to_contain_text("ingen afgørelser")
