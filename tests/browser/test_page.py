"""The page in a real Chromium, by mouse, by keyboard, with scripts off and on a phone."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.app import create_app
from api.wiring import Workspace

pytestmark = pytest.mark.browser
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CASE = "Borgeren udeblev fra samtalen. Hun siger, at hun var syg, men meldte ikke afbud."
# Without these Chromium tries to reach its maker's servers at every start.
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def address(demo: Workspace) -> Iterator[str]:
    """The page, served for real on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(demo)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, locale="da-DK")
    faults: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    opened.on("requestfailed", lambda r: faults.append(r.url))
    yield opened
    context.close()
    assert faults == []


def search(page: Page, case: str = CASE, day: str = "") -> None:
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(case)
    page.get_by_label("Sagens dato").fill(day)
    page.get_by_role("button", name="Søg", exact=True).click()


def test_a_case_gives_rules_and_decisions_side_by_side(page: Page) -> None:
    search(page)
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    expect(page.get_by_role("heading", name="Afgørelser")).to_be_visible()
    assert page.locator("section").first.locator("article").count() == 10
    expect(page.locator("article").first.locator("blockquote").first).not_to_be_empty()
    expect(page.get_by_text("FIKTIV").first).to_be_visible()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)


def test_a_citation_opens_in_the_pane_with_the_quoted_words_marked(page: Page) -> None:
    search(page)
    quote = page.locator("article blockquote").first.inner_text()
    page.locator("a.open").first.click()
    marked = page.locator("#pane mark")
    expect(marked.first).to_be_in_viewport()
    assert "".join(marked.all_inner_texts()).split() == quote.split()
    page.keyboard.press("Escape")
    expect(page.locator("#pane")).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "open"


def test_everything_can_be_done_from_the_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_label("Beskriv sagen").focus()
    page.keyboard.type(CASE)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    page.locator("a.open").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pane")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#pane")).to_be_hidden()


def test_it_works_with_scripts_off(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    search(page)
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    with context.expect_page() as opened:
        page.locator("a.open").first.click()
    source = opened.value
    expect(source.locator("mark").first).to_be_visible()
    expect(source.get_by_role("heading", level=1)).to_contain_text("FIKTIV")
    context.close()


def test_an_example_can_be_tried_with_one_click(page: Page) -> None:
    page.goto("/")
    page.locator("button.example").first.click()
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()


def test_an_empty_case_is_answered_in_danish_beside_the_field(page: Page) -> None:
    search(page, case=" ")
    expect(page.get_by_role("alert")).to_contain_text("Skriv først")


@pytest.mark.parametrize("day", ["i går", "2024-02-30", "0001-01-01"])
def test_a_bad_date_is_answered_in_danish_and_the_case_is_kept(
    browser: Browser, address: str, day: str
) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    search(page, day=day)
    expect(page.get_by_role("alert")).to_contain_text("ato")
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    context.close()


def test_the_page_speaks_english_when_asked(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="English").click()
    page.get_by_label("Describe the case").fill(CASE)
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", name="Rules")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_runs_over_the_edge_on_a_narrow_screen(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800})
    page = context.new_page()
    search(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(str(page.locator("a.open").first.get_attribute("href")))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_case_never_stands_in_an_address(page: Page) -> None:
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    search(page)
    page.locator("a.open").first.click()
    expect(page.locator("#pane")).to_be_visible()
    assert seen
    assert not any("udeblev" in url or "samtale" in url for url in seen)


def test_words_of_a_case_are_shown_as_text_never_as_markup(page: Page) -> None:
    search(page, case="<script>document.title='ramt'</script> <b>udeblev</b> fra samtalen")
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    assert "ramt" not in page.title()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(
        "<script>document.title='ramt'</script> <b>udeblev</b> fra samtalen"
    )
