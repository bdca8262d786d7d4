"""A caseworker describes a case and reads what is found, by mouse, by keyboard and with scripts off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import CASE, Opener, search

pytestmark = pytest.mark.browser
CARPORT = "Naboen vil bygge en carport tæt på skel."


def test_a_case_gives_rules_and_decisions_side_by_side(page: Page) -> None:
    search(page)
    rules, decisions = (page.locator(f"section:has(#{kind}-head)") for kind in ("rules", "precedents"))
    assert rules.locator("article").count() == decisions.locator("article").count() == 10
    left, right = rules.bounding_box(), decisions.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] < right["x"]
    assert abs(left["y"] - right["y"]) < 2
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)


def test_fiction_is_marked_on_every_result_and_said_above_them(page: Page) -> None:
    search(page)
    for card in page.locator("article").all():
        expect(card.locator("h3 .fiction")).to_have_text("FIKTIV")
    expect(page.get_by_text("Intet her er gældende ret")).to_be_visible()


def test_words_in_common_with_the_case_are_emphasised_in_the_quotes(page: Page) -> None:
    search(page)
    emphasised = {word.casefold() for word in page.locator("blockquote mark").all_inner_texts()}
    assert {"afbud", "udeblevet"} & emphasised
    assert not {"er", "at", "men"} & emphasised


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_long_quote_begins_with_a_few_lines_and_unfolds_to_the_whole_verbatim(
    opened: Opener, scripts: bool
) -> None:
    page = opened(scripts=scripts)
    search(page)
    quote = page.locator(".quote:has(.whole)").first
    begun, whole = quote.locator(".begun"), quote.locator(".whole blockquote")
    expect(whole).to_be_hidden()
    begun_text = begun.inner_text()
    assert len(begun_text) <= 240
    quote.get_by_text("Vis hele uddraget").click()
    expect(whole).to_be_visible()
    expect(begun).to_be_hidden()
    found = page.request.post("/v1/search", data={"text": CASE, "top": 10}).json()
    passages = {p["text"] for r in found["rules"] + found["precedents"] for p in r["passages"]}
    assert whole.text_content() in passages
    assert str(whole.text_content()).startswith(begun_text.rstrip())
    quote.get_by_text("Vis kun begyndelsen").click()
    expect(begun).to_be_visible()


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_label("Beskriv sagen").focus()
    page.keyboard.type(CASE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "day"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.parentElement.id") == "narrow"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Søgningen er færdig.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")
    page.locator("a.open").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pane")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#pane")).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "open"


def test_it_works_with_scripts_off(opened: Opener) -> None:
    page = opened(scripts=False)
    search(page, day="1. maj 2024")
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    with page.context.expect_page() as other:
        page.locator("a.open").first.click()
    source = other.value
    expect(source.locator("#ord")).to_be_in_viewport()
    expect(source.get_by_role("heading", level=1)).to_contain_text("FIKTIV")
    expect(source.get_by_text("Ordlyden er gældende pr. 1. maj 2024")).to_be_attached()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Rules", exact=False)).to_be_visible()
    expect(page.get_by_label("Describe the case")).to_have_value(CASE)


def test_an_example_can_be_tried_with_one_click(page: Page) -> None:
    page.goto("/")
    example = page.locator("button.example").first
    words = example.locator("span").inner_text()
    example.click()
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(words)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("case", [" ", "?!…"], ids=["blanks", "signs"])
def test_an_empty_case_is_answered_in_danish_beside_the_field(
    opened: Opener, case: str, scripts: bool
) -> None:
    page = opened(scripts=scripts)
    search(page, case=case)
    expect(page.locator("#case-error [role=alert]")).to_have_text(
        "Sagen er tom. Skriv først, hvad den handler om."
    )
    field = page.get_by_label("Beskriv sagen")
    expect(field).to_have_attribute("aria-invalid", "true")
    if scripts:
        expect(field).to_be_focused()


@pytest.mark.parametrize("day", ["i går", "2024-02-30", "0001-01-01"])
def test_a_bad_date_is_answered_in_danish_beside_its_field_and_the_case_is_kept(page: Page, day: str) -> None:
    search(page, day=day)
    expect(page.locator("#day-error [role=alert]")).to_contain_text("Skriv den som 2024-03-01")
    expect(page.get_by_label("Sagens dato")).to_have_value(day)
    expect(page.get_by_label("Sagens dato")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)


def test_a_mended_fault_is_forgotten(page: Page) -> None:
    search(page, day="i går")
    page.get_by_label("Sagens dato").fill("2024-05-01")
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.get_by_role("heading", name="Regler")).to_contain_text("1. maj 2024")
    assert page.locator("[role=alert], [aria-invalid]").count() == 0


def test_going_back_and_reloading_lose_neither_case_nor_results(page: Page) -> None:
    search(page)
    first = page.locator("article h3").first.inner_text()
    page.get_by_label("Beskriv sagen").fill(CARPORT)
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.locator("article h3").first).not_to_have_text(first)
    page.go_back()
    expect(page.locator("article h3").first).to_have_text(first)
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    page.reload()
    expect(page.locator("article h3").first).to_have_text(first)
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    page.go_forward()
    expect(page.locator("article h3").first).not_to_have_text(first)
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CARPORT)
    page.goto("/kilde/fiktiv-lbk-2023-9003")
    page.go_back()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CARPORT)
    expect(page.locator("article").first).to_be_visible()


def test_the_language_can_be_switched_without_losing_the_case(page: Page) -> None:
    search(page, day="2024-05-01")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Rules")).to_contain_text("2024-05-01")
    expect(page.get_by_label("Describe the case")).to_have_value(CASE)
    expect(page.get_by_label("Date of the case")).to_have_value("2024-05-01")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_label("Describe the case").fill("")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The case is empty.")
    page.get_by_role("button", name="Dansk").click()
    expect(page.get_by_role("alert")).to_contain_text("Sagen er tom.")


def test_switching_the_language_before_searching_keeps_what_is_written(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Describe the case")).to_have_value(CASE)
    assert page.locator("article").count() == 0
    assert "udeblev" not in page.url


def test_the_case_never_stands_in_an_address(page: Page) -> None:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    search(page)
    page.locator("a.open").first.click()
    expect(page.locator("#pane")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Rules")).to_be_visible()
    assert seen
    assert not any("udeblev" in url or "samtale" in url for url in seen)


def test_words_of_a_case_are_shown_as_text_never_as_markup(page: Page) -> None:
    case = "<script>document.title='ramt'</script> <b>udeblev</b> fra samtalen</textarea>"
    search(page, case=case)
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    assert "ramt" not in page.title()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(case)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Describe the case")).to_have_value(case)


def test_nothing_found_is_said_for_rules_and_for_decisions(opened: Opener, bare_address: str) -> None:
    page = opened(at=bare_address)
    search(page, case="qwxz")
    expect(page.get_by_text("Ingen regel har ord")).to_be_visible()
    expect(page.get_by_text("Ingen afgørelse ligner")).to_be_visible()
    expect(page.get_by_text("Der er kun søgt på ord")).to_be_visible()


def test_without_an_index_the_page_says_who_must_act(opened: Opener, unindexed_address: str) -> None:
    page = opened(at=unindexed_address, scripts=False)
    search(page)
    expect(page.get_by_role("alert")).to_contain_text("Driften skal køre")
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)


def test_on_paper_stand_the_case_and_every_quote_whole(page: Page) -> None:
    search(page)
    page.emulate_media(media="print")
    expect(page.get_by_label("Beskriv sagen")).to_be_hidden()
    expect(page.locator(".printed")).to_contain_text(CASE)
    expect(page.locator(".whole blockquote").first).to_be_visible()
    expect(page.locator(".begun").first).to_be_hidden()
    expect(page.locator(".fiction").first).to_be_visible()
