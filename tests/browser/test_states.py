"""Slow, stopped, offline, gone: the page says what happened and what to do, and what was typed is there."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import CASE, Opener, search

pytestmark = pytest.mark.browser


def ask(page: Page, case: str = CASE) -> None:
    page.get_by_label("Beskriv sagen").fill(case)
    page.get_by_role("button", name="Søg", exact=True).click()


def searches(page: Page, answer: Callable[[Route], None]) -> None:
    """Let ``answer`` take the searches in the server's place."""
    page.route("**/", lambda r: answer(r) if r.request.method == "POST" else r.fallback())


@pytest.fixture
def troubled(opened: Opener) -> Page:
    """A page whose failed requests are what is tried."""
    return opened(losing=True)


def test_a_slow_search_says_so_and_can_be_stopped_without_losing_anything(troubled: Page) -> None:
    troubled.goto("/")
    searches(troubled, lambda _: None)  # no answer ever comes
    ask(troubled)
    expect(troubled.locator("#status")).to_have_text("Søger …")
    expect(troubled.get_by_text("Det tager længere tid end ellers.")).to_be_hidden()
    expect(troubled.get_by_text("Det tager længere tid end ellers.")).to_be_visible()
    troubled.get_by_role("button", name="Stop").click()
    expect(troubled.get_by_role("alert")).to_contain_text("Søgningen er stoppet. Din tekst står her stadig.")
    expect(troubled.get_by_label("Beskriv sagen")).to_have_value(CASE)
    expect(troubled.locator("#status")).to_have_text("")
    troubled.unroute_all()
    troubled.get_by_role("button", name="Prøv igen").click()
    expect(troubled.get_by_role("heading", name="Regler")).to_be_visible()
    expect(troubled.get_by_role("alert")).to_have_count(0)


def test_a_server_that_is_gone_is_told_and_the_search_can_be_tried_again(troubled: Page) -> None:
    search(troubled)
    searches(troubled, lambda route: route.abort("connectionrefused"))
    ask(troubled, "Naboen vil bygge en carport tæt på skel.")
    alert = troubled.get_by_role("alert")
    expect(alert).to_contain_text("Hjemmels server svarer ikke. Din tekst står her stadig.")
    expect(troubled.get_by_role("button", name="Prøv igen")).to_be_focused()
    expect(troubled.get_by_label("Beskriv sagen")).to_have_value("Naboen vil bygge en carport tæt på skel.")
    assert troubled.locator("article").count() > 10  # what was found before still stands there
    troubled.unroute_all()
    troubled.get_by_role("button", name="Prøv igen").click()
    expect(troubled.locator("article").first).to_contain_text("bygge")
    expect(alert).to_have_count(0)


def test_no_network_is_told_apart_from_no_server(troubled: Page) -> None:
    troubled.goto("/")
    troubled.context.set_offline(True)
    ask(troubled)
    expect(troubled.get_by_role("alert")).to_contain_text("ingen forbindelse til netværket")
    troubled.get_by_role("button", name="Luk beskeden").click()
    expect(troubled.get_by_role("alert")).to_have_count(0)
    expect(troubled.get_by_label("Beskriv sagen")).to_be_focused()
    expect(troubled.get_by_label("Beskriv sagen")).to_have_value(CASE)
    troubled.context.set_offline(False)


@pytest.mark.parametrize("body", ["", "<h1>Bad gateway</h1>", "ikke en side"])
def test_an_answer_that_is_no_page_of_ours_is_told_as_a_fault_of_the_server(
    troubled: Page, body: str
) -> None:
    troubled.goto("/")
    searches(troubled, lambda route: route.fulfill(status=502, body=body))
    ask(troubled)
    expect(troubled.get_by_role("alert")).to_contain_text("Serveren svarede med en fejl.")
    expect(troubled.get_by_label("Beskriv sagen")).to_have_value(CASE)


@pytest.mark.parametrize("name", ["Overblik", "Notat", "English"])
def test_no_button_leaves_the_page_for_a_server_that_is_not_there(troubled: Page, name: str) -> None:
    search(troubled)
    troubled.context.route("**/healthz", lambda route: route.abort())
    troubled.get_by_role("button", name=name).click()
    expect(troubled.get_by_role("alert")).to_contain_text("svarer ikke")
    expect(troubled.get_by_label("Beskriv sagen")).to_have_value(CASE)
    expect(troubled.locator("article").first).to_be_visible()


def test_a_source_that_cannot_be_opened_says_so_in_its_place_and_can_be_tried_again(troubled: Page) -> None:
    search(troubled)
    troubled.route("**/kilde/**", lambda route: route.abort())
    troubled.locator("a.open").first.click()
    expect(troubled.locator("#pane [role=alert]")).to_have_text("Kilden kunne ikke åbnes.")
    troubled.unroute_all()
    troubled.locator("#pane").get_by_role("button", name="Prøv igen").click()
    expect(troubled.locator("#pane .text mark").first).to_be_in_viewport()
    troubled.keyboard.press("Escape")
    assert troubled.evaluate("document.activeElement.className") == "open"


CARPORT = "Naboen vil bygge en carport tæt på skel."


@pytest.mark.parametrize("reached", [True, False], ids=["after results", "before"])
def test_what_is_typed_before_the_scripts_have_come_stands(opened: Opener, reached: bool) -> None:
    page = opened()
    page.goto("/")
    if reached:
        search(page)
    page.get_by_label("Beskriv sagen").fill("Noget, der stod der før.")
    page.wait_for_timeout(600)  # until the tab knows of it
    held: list[Route] = []
    page.route("**/page.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.get_by_label("Beskriv sagen").fill(CARPORT)
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    expect(page.locator("#show-keys")).to_be_visible()  # the scripts have come
    if reached:
        expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CARPORT)


def test_what_is_written_on_while_the_search_runs_stands_and_no_search_for_it_is_pretended(
    opened: Opener,
) -> None:
    page = opened()
    page.goto("/")
    held: list[Route] = []
    searches(page, lambda route: held.append(route))
    ask(page)
    expect(page.locator("#status")).to_have_text("Søger …")
    page.get_by_label("Beskriv sagen").press_sequentially(" Han bad om ny tid.")
    held[0].continue_()
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    typed = page.get_by_label("Beskriv sagen").input_value()
    assert "Han bad om ny tid." in typed
    assert CASE[:20] in typed
    expect(page.locator(".printed")).not_to_contain_text("Han bad om ny tid.")


def test_a_new_case_leaves_nothing_while_the_server_is_gone(troubled: Page) -> None:
    search(troubled)
    troubled.route("**/", lambda route: route.abort("connectionrefused"))
    troubled.get_by_role("link", name="Ny sag").click()
    expect(troubled.get_by_role("alert")).to_contain_text("svarer ikke")
    expect(troubled.get_by_label("Beskriv sagen")).to_have_value(CASE)
    troubled.unroute_all()
    troubled.get_by_role("button", name="Prøv igen").click()
    expect(troubled.get_by_label("Beskriv sagen")).to_have_value("")
    expect(troubled.get_by_label("Beskriv sagen")).to_be_focused()
    expect(troubled.locator("article")).to_have_count(0)


def test_pressing_twice_searches_once(opened: Opener) -> None:
    page = opened()
    sent = []

    def late(route: Route) -> None:
        sent.append(route.request.url)
        time.sleep(0.5)
        route.continue_()

    page.goto("/")
    searches(page, late)
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.evaluate("for (let n = 0; n < 3; n += 1) document.getElementById('search').click()")
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    assert len(sent) == 1


def test_an_answer_that_comes_after_the_reader_went_back_is_dropped(troubled: Page) -> None:
    search(troubled)
    first = troubled.locator("article h3").first.inner_text()
    ask(troubled, "Naboen vil bygge en carport tæt på skel.")
    expect(troubled.locator("article h3").first).not_to_have_text(first)
    searches(troubled, lambda _: None)
    ask(troubled, "Partens ret til at se sagens dokumenter.")
    expect(troubled.locator("#status")).to_have_text("Søger …")
    troubled.go_back()
    expect(troubled.locator("article h3").first).to_have_text(first)
    expect(troubled.locator("#status")).to_have_text("")
    expect(troubled.get_by_role("alert")).to_have_count(0)


def test_what_was_typed_but_not_searched_for_is_there_after_reloading_and_coming_back(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_label("Sagens dato").fill("2024-05-01")
    page.wait_for_timeout(500)  # longer than the page waits for the next key
    page.reload()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    page.get_by_role("link", name="Dækning").click()
    expect(page.get_by_label("Beskriv sagen")).to_have_count(0)
    page.go_back()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    expect(page.get_by_label("Sagens dato")).to_have_value("2024-05-01")
    assert page.locator("article").count() == 0


def test_enter_in_a_field_searches_and_does_nothing_else(opened: Opener) -> None:
    page = opened(scripts=False)
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.get_by_label("Sagens dato").press("Enter")
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "da")


def test_the_page_teaches_before_the_first_search_and_stands_aside_after_it(page: Page) -> None:
    page.goto("/")
    assert page.locator("button.example").count() == 3
    expect(page.get_by_role("heading", name="Sådan gør du")).to_be_visible()
    expect(page.locator("#marks")).to_be_hidden()
    page.locator("button.example").last.click()
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    assert page.locator(".welcome").count() == 0
    expect(page.locator("#marks")).to_be_visible()


def test_weak_evidence_is_warned_of_above_what_was_found(page: Page) -> None:
    search(page, case="Opskrift på rugbrød med surdej, kerner og malt.")
    found = page.request.post("/v1/search", data={"text": page.get_by_label("Beskriv sagen").input_value()})
    weak = {note.removeprefix("weak-") for note in found.json()["notes"] if note.startswith("weak-")}
    assert weak
    for kind in weak:
        warning = page.locator(f"section:has(#{kind}-head) > .warning")
        expect(warning).to_contain_text("er tilstrækkelig nær sagen")
        top = page.locator(f"section:has(#{kind}-head) > *").nth(1)
        expect(top).to_contain_text("er tilstrækkelig nær sagen")
