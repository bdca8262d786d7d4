"""The page can be read by everyone: names and headings, contrast in both themes, any width, little weight."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import CASE, Opener, search

pytestmark = pytest.mark.browser
SOURCE = "/kilde/fiktiv-lbk-2021-9002?fra=1000&til=1100&dato=2024-01-01#ord"
MIN_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text of any size
MIN_TARGET = 24  # CSS pixels; WCAG 2.2, 2.5.8
LIGHT_PAGE = 200_000  # bytes of HTML for 20 results with their passages
LIGHT_STATIC = 20_000  # bytes of the style sheet and of the script

# Ratio of relative luminances (WCAG 2.2) of each element that has words of its own and is not hidden.
CONTRASTS = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  return [...document.body.querySelectorAll("*")]
    .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .map((e) => {
      const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
      return { ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), words: e.textContent.slice(0, 40) };
    });
}"""
TOO_WIDE = """() => [...document.querySelectorAll("main *:not(.unseen)")]
  .filter((e) => e.checkVisibility() && e.scrollWidth > innerWidth).map((e) => e.outerHTML.slice(0, 80))"""
HEADINGS = (
    "[...document.querySelectorAll('h1,h2,h3,h4')].filter(e => e.checkVisibility()).map(e => +e.tagName[1])"
)


VIEWS = ["start", "results", "pane", "source", "error"]


def go(page: Page, view: str) -> None:
    """Lead the page to one of the things that a caseworker sees."""
    if view == "start":
        page.goto("/")
    elif view in ("results", "pane"):
        search(page)
        page.locator("summary").first.click()
        if view == "pane":
            page.locator("a.open").first.click()
            expect(page.locator("#pane .text mark").first).to_be_in_viewport()
    elif view == "source":
        page.goto(SOURCE)
        page.locator(".contents summary").click()
    else:
        search(page, day="i går")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_words_stand_out_from_their_ground_in_both_themes(opened: Opener, view: str, dark: bool) -> None:
    page = opened(dark=dark)
    go(page, view)
    measured = page.evaluate(CONTRASTS)
    assert len(measured) > 5
    assert [m for m in measured if m["ratio"] < MIN_CONTRAST] == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [1280, 640, 320])
def test_nothing_runs_over_the_edge_at_any_width(
    opened: Opener, tmp_path: Path, view: str, width: int
) -> None:
    page = opened(width=width)
    go(page, view)
    page.screenshot(path=tmp_path / f"{view}-{width}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("view", ["start", "results", "source", "error"])
def test_there_is_one_first_heading_and_no_level_is_skipped(page: Page, view: str) -> None:
    go(page, view)
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("view", VIEWS)
def test_what_can_be_clicked_is_large_enough_or_stands_in_a_line_of_text(page: Page, view: str) -> None:
    go(page, view)
    small = f"""() => [...document.querySelectorAll("button, summary, .contents a, .bar a, .switch a")]
      .filter((e) => e.checkVisibility()).map((e) => [e.textContent, e.getBoundingClientRect()])
      .filter(([, r]) => r.height < {MIN_TARGET} || r.width < {MIN_TARGET}).map(([name]) => name)"""
    assert page.evaluate(small) == []


def test_the_tree_of_names_tells_what_each_part_is(page: Page) -> None:
    search(page)
    expect(page.locator("body")).to_match_aria_snapshot("""
      - link "Gå til indholdet"
      - banner:
        - paragraph:
          - link "Hjemmel"
        - paragraph:
          - button "English"
      - main:
        - search:
          - heading "Beskriv sagen" [level=1]
          - textbox "Beskriv sagen"
          - textbox "Sagens dato"
          - button "Søg"
          - status: Søgningen er færdig.
        - region /Regler/:
          - heading /Regler/ [level=2]
          - article /.+/
        - region /Afgørelser/:
          - heading /Afgørelser/ [level=2]
          - article /.+/
    """)


def test_every_link_and_button_of_the_results_has_a_name_that_says_where_it_leads(page: Page) -> None:
    search(page)
    links = page.locator("article a.open")
    names = [link.text_content() for link in links.all()]
    assert len(names) == len(set(names)) > 20
    for link in links.all()[:3]:
        expect(link).to_have_accessible_name(re.compile(r"^Åbn ved ordene ?: .*§ \d"))
    page.locator("a.open").first.click()
    expect(page.get_by_role("complementary", name="Kilde")).to_be_visible()


def test_law_in_danish_is_read_aloud_in_danish_on_the_english_page(page: Page) -> None:
    page.goto("/?sprog=en")
    page.get_by_label("Describe the case").fill(CASE)
    page.get_by_role("button", name="Search", exact=True).click()
    for part in ("article h3", "article blockquote", "#case"):
        expect(page.locator(part).first).to_have_attribute("lang", "da")


def test_the_page_is_light(page: Page) -> None:
    answer = page.request.post("/", form={"case": CASE})
    assert len(answer.body()) < LIGHT_PAGE
    for name in ("page.css", "page.js"):
        assert len(page.request.get(f"/static/{name}").body()) < LIGHT_STATIC


def test_no_style_and_no_script_stands_in_the_markup(page: Page) -> None:
    for address in ("/", SOURCE, "/kilde/findes-ikke"):
        page.goto(address)
        assert page.locator("[style], style, script:not([src]), [onclick], [onload]").count() == 0
