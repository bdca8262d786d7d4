"""A citation opens at its exact words, beside the results or on a page of its own, in the right wording."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import Opener, search

pytestmark = pytest.mark.browser
ACT = "fiktiv-lbk-2021-9002"


def test_a_citation_opens_in_the_pane_with_the_quoted_words_marked(page: Page) -> None:
    search(page)
    quote = page.locator("article blockquote").first.text_content()
    page.locator("a.open").first.click()
    marked = page.locator("#pane .text mark")
    expect(marked.first).to_be_in_viewport()
    assert "".join(marked.all_inner_texts()).split() == str(quote).split()
    page.keyboard.press("Escape")
    expect(page.locator("#pane")).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "open"


@pytest.mark.parametrize("kind", ["rules", "precedents"])
def test_the_pane_lies_over_the_other_column_and_leaves_its_own_result_in_view(page: Page, kind: str) -> None:
    search(page)
    section = page.locator(f"section:has(#{kind}-head)")
    section.locator("a.open").first.click()
    expect(page.locator("#pane")).to_be_visible()
    pane, card = page.locator("#pane").bounding_box(), section.locator("article").first.bounding_box()
    assert pane is not None
    assert card is not None
    assert card["x"] + card["width"] <= pane["x"] or pane["x"] + pane["width"] <= card["x"]
    other = page.locator(f"#results > section:not(:has(#{kind}-head))")
    assert other.evaluate("e => e.inert")
    assert not section.evaluate("e => e.inert")
    page.get_by_role("button", name="Luk kilden").click()
    assert page.locator("[inert]").count() == 0


def test_on_a_narrow_screen_the_pane_takes_all_and_nothing_behind_it_can_be_reached(opened: Opener) -> None:
    page = opened(width=320)
    search(page)
    page.locator("a.open").first.click()
    expect(page.locator("#pane mark").first).to_be_in_viewport()
    box = page.locator("#pane").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 320)
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#pane')"
        )
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "open"


def test_the_contents_lead_to_a_provision_also_in_the_pane(page: Page) -> None:
    search(page)
    page.locator("a.open").first.click()
    page.locator("#pane .contents summary").click()
    page.locator("#pane .contents").get_by_role("link", name="§ 2", exact=True).first.click()
    expect(page.locator("#pane #par-2")).to_be_in_viewport()
    assert "#" not in page.url


def test_the_contents_of_a_source_lead_to_a_provision_without_scripts(opened: Opener) -> None:
    page = opened(scripts=False)
    page.goto(f"/kilde/{ACT}")
    page.locator(".contents summary").click()
    page.get_by_role("navigation", name="Indhold").get_by_role("link", name="§ 12", exact=True).first.click()
    expect(page.locator("#par-12")).to_be_in_viewport()
    assert page.locator("#par-12").inner_text().startswith("§ 12.")


def test_the_contents_of_a_decision_are_its_sections(page: Page) -> None:
    page.goto("/kilde/fiktiv-2-19")
    page.locator(".contents summary").click()
    page.get_by_role("navigation", name="Indhold").get_by_role("link").nth(1).click()
    expect(page.locator("#section-2")).to_be_in_viewport()
    assert page.locator("#section-2").evaluate("e => e.tagName") == "H2"


def test_a_source_opened_from_a_search_says_whether_the_wording_applied_on_the_cases_date(page: Page) -> None:
    search(page, day="1. juni 2022")
    rule = page.locator("section:has(#rules-head) a.open").first
    assert "dato=2022-06-01" in str(rule.get_attribute("href"))
    rule.click()
    expect(page.locator("#pane").get_by_text("Ordlyden er gældende pr. 1. juni 2022")).to_be_attached()


def test_an_older_wording_leads_to_the_one_of_the_date_at_the_same_provision(opened: Opener) -> None:
    page = opened(scripts=False)
    page.goto(f"/kilde/{ACT}:par-12?dato=2024-01-01")
    warning = page.locator(".warning")
    expect(warning).to_contain_text("Ordlyden er ikke gældende pr. 1. januar 2024")
    warning.get_by_role("link").click()
    assert page.url.endswith("/kilde/fiktiv-lbk-2023-9003?dato=2024-01-01#par-12")
    expect(page.get_by_text("Ordlyden er gældende pr. 1. januar 2024")).to_be_attached()
    expect(page.locator("#par-12")).to_be_in_viewport()


def test_the_list_of_versions_keeps_date_and_language(page: Page) -> None:
    page.goto(f"/kilde/{ACT}?dato=2020-01-01&sprog=en")
    page.get_by_text("Versions (3)").click()
    links = page.locator(".versions a")
    assert links.count() == 2
    for link in links.all():
        address = str(link.get_attribute("href"))
        assert "dato=2020-01-01" in address
        assert "sprog=en" in address


def test_switching_the_language_of_a_source_stays_at_the_words(page: Page) -> None:
    page.goto(f"/kilde/{ACT}?fra=1000&til=1100&dato=2022-01-01#ord")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith(f"/kilde/{ACT}?fra=1000&til=1100&dato=2022-01-01&sprog=en#ord")
    expect(page.locator("#ord")).to_be_in_viewport()
    expect(page.get_by_text("This wording applies on 2022-01-01")).to_be_attached()


BAD_SOURCES = [
    ("/kilde/findes-ikke", "findes"),
    (f"/kilde/{ACT}?fra=9&til=3", ""),
    (f"/kilde/{ACT}?fra=0&til=99999999", ""),
    (f"/kilde/{ACT}?fra=x&til=3", "«x»"),
    (f"/kilde/{ACT}?fra=-1&til=3", "«-1»"),
    (f"/kilde/{ACT}?dato=i+g%C3%A5r", "«i går»"),
    (f"/kilde/{ACT}:par-9999", ""),
    (f"/kilde/{ACT}:%3Cb%3E", ""),
]


@pytest.mark.parametrize(("path", "words"), BAD_SOURCES)
def test_a_source_that_is_not_there_is_answered_with_a_way_back(page: Page, path: str, words: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("Det gik ikke")
    expect(page.locator(".error")).to_contain_text(words)
    page.get_by_role("link", name="Ny søgning").click()
    expect(page.get_by_label("Beskriv sagen")).to_be_visible()
