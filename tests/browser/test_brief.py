"""A caseworker reads a brief and carries it on: by mouse, by keyboard, narrow, on paper, with scripts off."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import CASE, Opener
from .test_access import CONTRASTS, HEADINGS, MIN_CONTRAST, MIN_TARGET, TOO_WIDE

pytestmark = pytest.mark.browser
DAY = "2024-03-10"
SLOW = 60_000  # milliseconds: the first brief waits for the encoder
both = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def make(page: Page, case: str = CASE, day: str = DAY) -> None:
    """Describe a case on the page of the brief and have it made."""
    page.goto("/overblik")
    page.get_by_label("Beskriv sagen").fill(case)
    page.get_by_label("Sagens dato").fill(day)
    page.get_by_role("button", name="Lav overblikket").click()
    expect(page.locator("#regler, .error").first).to_be_visible(timeout=SLOW)


@both
def test_from_a_case_to_the_brief_to_the_note_and_back(opened: Opener, scripts: bool) -> None:
    page = opened(scripts=scripts)
    make(page)
    assert CASE[:10] not in page.url
    page.locator(".take input").first.check()
    page.get_by_role("button", name="Skriv notat").first.click()
    expect(page.locator("#draft")).to_be_visible(timeout=SLOW)
    assert page.url.endswith("/notat")
    assert page.locator(".choose input:checked").count() >= 1
    page.get_by_role("button", name="Tilbage til overblikket").click()
    expect(page.locator("#regler")).to_be_visible(timeout=SLOW)
    expect(page.locator(".take input").first).to_be_checked()
    page.get_by_role("button", name="Tilbage til søgningen").first.click()
    expect(page.locator("#results")).to_be_visible(timeout=SLOW)
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    expect(page.get_by_label("Sagens dato")).to_have_value(DAY)


@both
def test_the_search_page_leads_to_the_brief_with_its_case_and_marks(opened: Opener, scripts: bool) -> None:
    page = opened(scripts=scripts)
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_role("button", name="Søg", exact=True).click()
    page.wait_for_selector("#rules-head")
    page.locator(".take input").nth(1).check()
    marked = page.locator(".take input").nth(1).get_attribute("value")
    page.get_by_role("button", name="Overblik over sagen").click()
    expect(page.locator("#regler")).to_be_visible(timeout=SLOW)
    expect(page.locator(f'.take input[value="{marked}"]')).to_be_checked()


@both
def test_enter_in_the_date_makes_the_brief_and_does_not_switch_the_language(
    opened: Opener, scripts: bool
) -> None:
    page = opened(scripts=scripts)
    page.goto("/overblik")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_label("Sagens dato").press("Enter")
    expect(page.get_by_role("heading", name="Regler og det, de kræver")).to_be_visible(timeout=SLOW)


@both
def test_switching_the_language_keeps_the_brief_the_date_and_the_marks(opened: Opener, scripts: bool) -> None:
    page = opened(scripts=scripts)
    make(page)
    page.locator(".take input").nth(1).check()
    marked = page.locator(".take input").nth(1).get_attribute("value")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Rules and what they ask")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Wording on 2024-03-10")).to_be_visible()
    expect(page.locator(f'.take input[value="{marked}"]')).to_be_checked()
    page.get_by_role("button", name="Write the note").first.click()
    expect(page.get_by_role("heading", name="Note for the journal")).to_be_visible(timeout=SLOW)
    assert page.url.endswith("/notat?sprog=en")


@both
def test_a_bad_date_is_told_beside_its_field_and_nothing_is_lost(opened: Opener, scripts: bool) -> None:
    page = opened(scripts=scripts)
    make(page, day="i går")
    expect(page.locator("#day-error")).to_contain_text("Skriv den som 2024-03-01")
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    expect(page.get_by_label("Sagens dato")).to_have_value("i går")
    if scripts:
        expect(page.get_by_label("Sagens dato")).to_be_focused()
    page.get_by_label("Sagens dato").fill(DAY)
    page.get_by_role("button", name="Lav overblikket").click()
    expect(page.locator("#regler")).to_be_visible(timeout=SLOW)
    assert page.locator("[aria-invalid]").count() == 0


@both
def test_decisions_come_once_own_considerations_are_noted(
    opened: Opener, own_view_address: str, scripts: bool
) -> None:
    page = opened(scripts=scripts, at=own_view_address)
    make(page)
    assert page.locator(".rule").count() > 3
    assert page.locator(".decision").count() == 0
    page.get_by_role("button", name="Vis afgørelserne").click()
    expect(page.locator("#egne-error")).to_contain_text("Feltet er tomt", timeout=SLOW)
    page.get_by_role("textbox", name="Dine egne overvejelser").fill("Vejledningen var ikke skriftlig.")
    page.get_by_role("button", name="Vis afgørelserne").click()
    expect(page.locator(".decision").first).to_be_visible(timeout=SLOW)
    page.get_by_text("Dine egne overvejelser").last.click()
    expect(page.locator(".own")).to_contain_text("Vejledningen var ikke skriftlig.")
    page.get_by_role("button", name="Skriv notat").first.click()
    expect(page.locator("#draft")).to_contain_text("Vejledningen var ikke skriftlig.", timeout=SLOW)


def test_a_condition_opens_at_its_words_beside_the_brief_and_gives_the_focus_back(page: Page) -> None:
    make(page)
    link = page.locator(".demands a.open").first
    words = page.locator(".demands .words").first.inner_text()
    link.click()
    marked = page.locator("#pane .text mark")
    expect(marked.first).to_be_in_viewport()
    assert "".join(marked.all_inner_texts()).split() == words.split()
    pane, beside = page.locator("#pane").bounding_box(), page.locator(".brief").bounding_box()
    assert pane is not None
    assert beside is not None
    assert beside["x"] + beside["width"] <= pane["x"]
    expect(link).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    page.get_by_role("button", name="Skriv notat").first.click()
    expect(page.locator("#draft")).to_contain_text("(vist, åbnet)", timeout=SLOW)


def test_on_a_narrow_screen_the_source_takes_all_and_nothing_behind_it_can_be_reached(opened: Opener) -> None:
    page = opened(width=320)
    make(page)
    page.locator(".demands a.open").first.click()
    expect(page.locator("#pane mark").first).to_be_in_viewport()
    assert page.locator("#page").evaluate("e => e.inert")
    page.get_by_role("button", name="Luk kilden").click()
    assert page.locator("[inert]").count() == 0


def test_without_scripts_a_citation_opens_its_words_in_a_tab_of_their_own(opened: Opener) -> None:
    page = opened(scripts=False)
    make(page)
    with page.context.expect_page() as other:
        page.locator(".demands a.open").first.click()
    expect(other.value.locator("#ord")).to_be_in_viewport()
    assert f"dato={DAY}" in other.value.url


def test_the_number_beside_a_condition_leads_to_its_sentence_and_back_again(page: Page) -> None:
    make(page)
    number = page.locator(".demands .to").first
    spoken = page.locator(".demands .told q").first.inner_text()
    number.click()
    sentence = page.locator(".sentence:focus")
    expect(sentence).to_be_in_viewport()
    assert spoken.strip("«»") in sentence.inner_text()
    page.go_back()
    expect(page.locator("#regler")).to_be_attached()


def test_an_enumeration_keeps_its_and_or_or(page: Page) -> None:
    make(page)
    joined = page.locator(".items.or, .items.and").first
    unfold = "list => { let at = list; while ((at = at.parentElement?.closest('details'))) at.open = true; }"
    joined.evaluate(unfold)
    expect(joined).to_be_visible()
    word = "eller" if "or" in str(joined.get_attribute("class")).split() else "og"
    joints = joined.locator("> .joint").all_inner_texts()
    assert joints
    assert set(joints) == {word}
    assert len(joints) == joined.locator("> li:not(.joint)").count() - 1


def test_going_back_and_forward_keeps_what_was_typed_and_reloading_makes_it_again(page: Page) -> None:
    make(page)
    page.locator(".take input").first.check()
    page.get_by_role("button", name="Skriv notat").first.click()
    expect(page.locator("#draft")).to_be_visible(timeout=SLOW)
    page.get_by_label("Hovedhensyn").fill("Mit hensyn.")
    page.go_back()
    expect(page.locator("#regler")).to_be_visible()
    expect(page.locator(".take input").first).to_be_checked()
    page.go_forward()
    expect(page.get_by_label("Hovedhensyn")).to_have_value("Mit hensyn.")
    page.get_by_role("button", name="Opdater udkastet").click()
    expect(page.locator("#draft")).to_contain_text("Mit hensyn.", timeout=SLOW)
    page.reload()
    expect(page.locator("#draft")).to_contain_text("Mit hensyn.", timeout=SLOW)


def test_a_server_that_dies_on_the_way_loses_nothing_and_can_be_asked_again(opened: Opener) -> None:
    page = opened(losing=True)
    page.goto("/overblik")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.route("**/overblik", lambda route: route.abort("connectionreset"))
    page.get_by_role("button", name="Lav overblikket").click()
    expect(page.get_by_role("alert")).to_contain_text("Din tekst står her stadig")
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    page.unroute("**/overblik")
    page.get_by_role("button", name="Prøv igen").click()
    expect(page.locator("#regler")).to_be_visible(timeout=SLOW)


def test_sending_twice_asks_once_and_a_slow_server_can_be_stopped(opened: Opener) -> None:
    asked: list[Route] = []
    page = opened(losing=True)
    page.goto("/overblik")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.route("**/overblik", lambda route: asked.append(route))
    button = page.get_by_role("button", name="Lav overblikket")
    button.click()
    button.click(force=True)
    expect(page.get_by_role("status").first).to_contain_text("Det tager nogle sekunder")
    expect(button).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Stop").click(timeout=10_000)
    expect(page.get_by_role("alert")).to_contain_text("Din tekst står her stadig")
    assert len(asked) == 1
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)


def test_everything_can_be_reached_from_the_keyboard(page: Page) -> None:
    page.goto("/overblik")
    page.get_by_label("Beskriv sagen").focus()
    page.keyboard.type(CASE)
    page.keyboard.press("Tab")
    page.keyboard.type(DAY)
    page.keyboard.press("Enter")
    expect(page.locator("#regler")).to_be_visible(timeout=SLOW)
    assert page.evaluate("document.activeElement.id") == "top"
    page.get_by_role("navigation", name="På denne side").get_by_role("link", name="Det, der mangler").press(
        "Enter"
    )
    expect(page.locator("#mangler")).to_be_focused()
    folded = page.locator(".asks").last
    expect(folded).not_to_have_attribute("open", "")
    folded.locator("summary").first.press("Enter")
    expect(folded).to_have_attribute("open", "")


def test_a_link_into_a_folded_part_unfolds_it(page: Page) -> None:
    make(page)
    page.locator(".decision summary").first.click()
    page.locator(".decision .facts a[href^='#regel']").first.click()
    assert page.evaluate("document.activeElement.classList.contains('rule')")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_words_stand_out_from_their_ground(opened: Opener, dark: bool) -> None:
    page = opened(dark=dark)
    make(page)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    measured = page.evaluate(CONTRASTS)
    assert len(measured) > 200
    assert [m for m in measured if m["ratio"] < MIN_CONTRAST] == []


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_nothing_runs_over_the_edge_at_any_width(opened: Opener, width: int) -> None:
    page = opened(width=width)
    make(page)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_WIDE) == []


def test_headings_are_in_order_targets_large_enough_and_nothing_stands_inline(page: Page) -> None:
    make(page)
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("[style], style, script:not([src]), [onclick]").count() == 0
    small = f"""() => [...document.querySelectorAll("button, summary, .parts a, .to, .take, .kind a")]
      .filter((e) => e.checkVisibility() && !e.closest(".unseen"))
      .map((e) => [e.textContent, e.getBoundingClientRect()])
      .filter(([, r]) => r.height < {MIN_TARGET} || r.width < {MIN_TARGET}).map(([name]) => name)"""
    assert page.evaluate(small) == []


def test_links_that_open_a_source_have_names_that_say_which(page: Page) -> None:
    make(page)
    names = [link.text_content() or "" for link in page.locator("a.open").all()]
    assert len(names) > 30
    assert all(re.search(r"§|principmeddelelse|fiktiv", name) for name in names)


def test_on_paper_stands_all_of_the_brief_and_no_button(page: Page) -> None:
    make(page)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for folded in page.locator(".demands:not(.quote .demands)").all():
        expect(folded).to_be_visible()
    for button in page.get_by_role("button").all():
        expect(button).to_be_hidden()
    for part in (
        ".case",
        ".fiction",
        ".overview .where a",
        ".duties .where a",
        ".decision .facts a[href^='#']",
    ):
        expect(page.locator(part).first).to_be_visible()
