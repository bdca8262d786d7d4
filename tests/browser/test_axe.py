"""axe-core finds no fault on any page: WCAG 2.2 A and AA, both languages, light and dark, narrow and wide.

axe-core itself comes in the wheel of axe-playwright-python. It finds what a machine can find; what it cannot
judge is held in ``test_access``, ``test_source`` and the journeys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from .conftest import CASE, Opener

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# English differs from Danish in its words alone: between them each theme is looked at in each width.
APPEARANCES = {
    "da": [("light", 1280), ("dark", 320)],
    "en": [("light", 320), ("dark", 1280)],
}
# A style sheet that axe would fetch anew tells only of locked orientation, which no rule of ours does.
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "preload": False}
TALL = 3000  # CSS pixels
ACT = "/daekning/lov/fiktiv-lov-om-hverdagsstoette"
DAY = "2025-12-31"

Going = Callable[[Page, str], None]


def _at(path: str) -> Going:
    """A page by its address."""

    def go(page: Page, language: str) -> None:
        page.goto(f"{path}{'&' if '?' in path else '?'}sprog={language}")

    return go


def _asked(case: str = CASE, day: str = "") -> Going:
    """The answer to a case."""

    def go(page: Page, language: str) -> None:
        page.goto(f"/?sprog={language}")
        page.locator("#case").fill(case)
        page.locator("#day").fill(day)
        page.locator("#search").click()
        page.wait_for_selector("#rules-head, [role=alert]")

    return go


def _unfolded(page: Page, language: str) -> None:
    _asked()(page, language)
    for summary in page.locator("article summary").all()[:8]:
        summary.click()


def _marked(page: Page, language: str) -> None:
    """Three sources taken along, the list of them unfolded, and what narrows a search too."""
    _asked()(page, language)
    page.locator("#rules-head ~ article .take input").first.check()
    for number in (0, 1):
        page.locator("#precedents-head ~ article .take input").nth(number).check()
    page.locator("#marked-count").click()
    page.locator("#narrow summary").first.click()


def _compared(page: Page, language: str) -> None:
    _at("/sammenlign?en=fiktiv-5-22&to=fiktiv-6-22&flere=fiktiv-3-23")(page, language)
    expect(page.locator(".names h2")).to_have_count(2)


def _keys(page: Page, language: str) -> None:
    _at("/")(page, language)
    page.locator("#show-keys").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _made(path: str, ready: str, case: str = CASE) -> Going:
    """A brief or a note of a case, or what was wrong with it."""

    def go(page: Page, language: str) -> None:
        _at(path)(page, language)
        page.locator("#case").fill(case)
        page.locator("#asked .ask button").click()
        # a brief takes long where another process has the cores
        expect(page.locator(ready).first).to_be_visible(timeout=60_000)

    return go


def _brief_unfolded(page: Page, language: str) -> None:
    _made("/overblik", ".brief")(page, language)
    page.evaluate("document.querySelectorAll('#page details').forEach((part) => { part.open = true; })")


def _refused(page: Page, language: str) -> None:
    """A server that has gone: the message, with its buttons."""
    _at("/")(page, language)
    page.locator("#case").fill(CASE)
    page.context.set_offline(True)
    page.locator("#search").click()
    expect(page.locator("#retry")).to_be_visible()
    page.context.set_offline(False)


def _pane(page: Page, language: str) -> None:
    _asked()(page, language)
    page.locator("a.open").first.click()
    expect(page.locator("#pane .text mark").first).to_be_in_viewport()


STATES: dict[str, Going] = {
    "start": _at("/"),
    "results": _asked(),
    "results unfolded": _unfolded,
    "reading pane": _pane,
    "marked and narrowed": _marked,
    "compared": _compared,
    "keys": _keys,
    "brief unfolded": _brief_unfolded,  # it shows what the folded one does, and more
    "brief of nothing": _made("/overblik", ".error", " "),
    "note": _made("/notat", "#draft"),
    "server gone": _refused,
    "empty case": _asked(case=" "),
    "bad date": _asked(day="i går"),
    "rule": _at("/kilde/fiktiv-lbk-2021-9002?fra=1000&til=1100&dato=2024-01-01"),
    "decision": _at("/kilde/fiktiv-5-22"),
    "history": _at("/historik/fiktiv-lbk-2019-9001:par-14.stk-1"),
    "not found": _at("/kilde/findes-ikke"),
    **{
        f"coverage {part}": _at(f"/daekning?del={part}&dato={DAY}")
        for part in ("acts", "changed", "unresolved", "superseded", "authorities", "fields", "sources")
    },
    "act map": _at(f"{ACT}?dato={DAY}"),
    "act ages": _at(f"{ACT}?del=ages&dato={DAY}"),
    "act time": _at(f"{ACT}?del=time&dato={DAY}"),
    "list of changed": _at(f"/daekning/liste?liste=changed&dato={DAY}"),
    "list of unresolved": _at("/daekning/liste?liste=unresolved"),
    "list of documents": _at("/daekning/liste?liste=documents"),
    "unknown act": _at("/daekning/lov/findes-ikke"),
}


def faults(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands, one line an element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", OPTIONS)
    assert len(found["passes"]) > 15, "axe-core has looked at next to nothing"
    return list(_lines(found["violations"]))


def _lines(violations: Iterable[dict[str, Any]]) -> Iterable[str]:
    for violation in violations:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:160]}"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", APPEARANCES)
def test_axe_finds_no_fault(opened: Opener, state: str, language: str) -> None:
    page = opened(losing=state == "server gone")
    STATES[state](page, language)
    looked_at(page, language)


def looked_at(page: Page, language: str) -> None:
    """axe-core finds nothing, in each theme and width that this language is looked at in."""
    assert page.locator("html").get_attribute("lang") == language
    found = {}
    for scheme, width in APPEARANCES[language]:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        # The bar at the foot lies over what scrolls out from under it: no target is smaller for that, and
        # that it never covers what has the focus is held in ``journeys/test_keyboard``.
        page.evaluate("() => document.getElementById('marks')?.style.setProperty('position', 'static')")
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(900, min(height, TALL))})
        if lines := faults(page):
            found[scheme, width] = lines
    assert found == {}


def test_axe_finds_no_fault_where_nothing_is_found_or_indexed(
    opened: Opener, bare_address: str, unindexed_address: str
) -> None:
    for address in (bare_address, unindexed_address):
        page = opened(at=address)
        _asked("qwxz")(page, "da")
        looked_at(page, "da")


def test_axe_finds_no_fault_where_own_considerations_come_first(
    opened: Opener, own_view_address: str
) -> None:
    page = opened(at=own_view_address)
    _made("/overblik", "#egne")(page, "da")
    looked_at(page, "da")


def test_axe_would_find_a_fault_of_each_kind_that_matters_here(page: Page) -> None:
    page.goto("/")
    page.evaluate("""() => document.querySelector("main").insertAdjacentHTML("beforeend", `
      <p class="faint">svag</p><input><button></button>
      <div><a href="/a" class="tiny">a</a><a href="/b" class="tiny">b</a></div><h4>sprunget over</h4>`)""")
    page.evaluate("""() => {
      document.querySelector(".faint").style.color = "#bbb";
      for (const link of document.querySelectorAll(".tiny"))
        Object.assign(link.style, { display: "inline-block", width: "8px", height: "8px" });
    }""")
    kinds = {re.split(":", line)[0] for line in faults(page)}
    assert {"color-contrast", "label", "button-name", "target-size", "heading-order"} <= kinds
