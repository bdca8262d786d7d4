"""A page weighs little, asks for few things and waits for nothing: what counts is told in bytes, not in time.

The time from the server's answer to what is shown is measured by ``tests/benchmarks/bench_page.py``.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response

from .conftest import CASE, search

pytestmark = pytest.mark.browser
BUDGET = 150_000  # bytes of everything that a page loads, as it is sent and without compression
MOST_REQUESTS = 12  # a style sheet or two, and a script in as many files as it has parts
DAY = "2025-12-31"
PAGES = {
    "search": "/",
    "brief": "/overblik",
    "note": "/notat",
    "report": f"/daekning?dato={DAY}",
    "map": f"/daekning/lov/fiktiv-lov-om-hverdagsstoette?dato={DAY}",
    "time line": f"/daekning/lov/fiktiv-lov-om-hverdagsstoette?del=time&dato={DAY}",
    "list": f"/daekning/liste?liste=changed&dato={DAY}",
    "decision": "/kilde/fiktiv-5-22",
}


def loaded(page: Page) -> list[Response]:
    """All answers that the page gets from here on."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    return answers


def weight(answers: list[Response]) -> dict[str, int]:
    """Bytes of each body, by address."""
    return {answer.url: len(answer.body()) for answer in answers if answer.status == 200}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_is_lighter_than_its_budget_and_asks_for_little(page: Page, path: str) -> None:
    answers = loaded(page)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    found = weight(answers)
    assert len(found) == len(answers)
    assert sum(found.values()) < BUDGET, found
    assert len(found) <= MOST_REQUESTS, list(found)


def test_a_page_of_results_is_light_without_the_results(page: Page) -> None:
    answers = loaded(page)
    search(page)
    page.wait_for_load_state("networkidle")
    found = weight(answers)
    whole = page.request.post("/", multipart={"case": CASE}).text()
    results = whole[whole.index('<div class="results"') : whole.index('<section id="marks"')]
    assert results.count("<article") == 20
    assert sum(found.values()) - len(results.encode()) < BUDGET


def test_nothing_is_asked_of_anyone_else_and_nothing_twice(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    origin = page.evaluate("location.origin")
    assert [url for url in asked if not url.startswith((origin, "data:"))] == []
    assert len(asked) == len(set(asked))


def test_no_script_and_no_picture_holds_up_the_words(page: Page) -> None:
    for path in PAGES.values():
        page.goto(path)
        scripts = "[...document.scripts].filter((s) => s.type !== 'module' && !s.defer && !s.async).length"
        assert page.evaluate(scripts) == 0
        assert page.evaluate("document.querySelectorAll('link[rel=stylesheet]').length") <= 2
        page.wait_for_load_state("load")
        assert page.evaluate("[...document.images].filter((i) => !i.naturalWidth).length") == 0
