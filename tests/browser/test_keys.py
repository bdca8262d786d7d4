"""Everything can be reached by keys; single keys work outside fields alone and can be switched off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import CASE, Opener, search

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_results_can_be_walked_opened_and_marked_by_single_keys(page: Page) -> None:
    search(page)
    press(page, "j")
    assert focused(page) == "rule-1"
    expect(page.locator("#rule-1")).to_be_in_viewport()
    press(page, "j", "j", "k")
    assert focused(page) == "rule-2"
    press(page, "l")
    assert focused(page) == "precedent-2"
    press(page, "h", "m")
    expect(page.locator("#rule-2 .take input")).to_be_checked()
    expect(page.locator("#marked-count")).to_have_text("1 kilde mærket")
    assert focused(page) == "rule-2"
    press(page, "m", "l", "m", "Enter")
    expect(page.locator("#marked-count")).to_have_text("1 kilde mærket")
    expect(page.locator("#pane .text mark").first).to_be_in_viewport()
    press(page, "j")
    assert focused(page) == "precedent-3"
    press(page, "o")
    expect(page.locator("#precedent-3.shown")).to_have_count(1)
    press(page, "Escape")
    expect(page.locator("#pane")).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('article').id") == "precedent-3"


def test_keys_stop_at_the_ends_of_a_column(page: Page) -> None:
    search(page)
    press(page, "j", "k", "k")
    assert focused(page) == "rule-1"
    press(page, *["j"] * 15)
    assert focused(page) == "rule-10"


def test_slash_goes_to_the_case_and_is_typed_as_itself_in_a_field(page: Page) -> None:
    search(page)
    press(page, "j", "/")
    assert focused(page) == "case"
    page.keyboard.type(" j/k?m")
    expect(page.get_by_label("Beskriv sagen")).to_have_value(f"{CASE} j/k?m")
    assert page.locator(".take input:checked").count() == 0
    page.get_by_label("Sagens dato").focus()
    page.keyboard.type("/m")
    expect(page.get_by_label("Sagens dato")).to_have_value("/m")


def test_a_key_with_a_modifier_is_left_to_the_browser(page: Page) -> None:
    search(page)
    press(page, "j", "Control+m", "Alt+m")
    assert page.locator(".take input:checked").count() == 0


def test_the_list_of_shortcuts_opens_by_key_and_by_button_and_closes_where_it_was(page: Page) -> None:
    search(page)
    press(page, "j", "?")
    dialog = page.get_by_role("dialog", name="Genveje")
    expect(dialog).to_be_visible()
    press(page, "m")
    assert page.locator(".take input:checked").count() == 0
    press(page, "Escape")
    expect(dialog).to_be_hidden()
    assert focused(page) == "rule-1"
    page.get_by_role("button", name="Genveje").click()
    expect(dialog).to_be_visible()
    page.get_by_role("button", name="Luk listen").click()
    expect(dialog).to_be_hidden()
    assert focused(page) == "show-keys"


def test_single_keys_can_be_switched_off_for_good(page: Page) -> None:
    search(page)
    press(page, "?")
    page.get_by_label("Brug genveje med én tast").uncheck()
    press(page, "Escape", "j")
    assert not focused(page).startswith("rule-")
    page.reload()
    page.wait_for_selector("#rules-head")
    press(page, "?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Genveje").click()
    page.get_by_label("Brug genveje med én tast").check()
    press(page, "Escape", "j")
    assert focused(page) == "rule-1"


def test_without_scripts_no_shortcut_is_promised(opened: Opener) -> None:
    page = opened(scripts=False)
    page.goto("/")
    expect(page.get_by_role("button", name="Genveje")).to_be_hidden()


def test_what_has_the_focus_is_never_hidden_by_what_is_marked(page: Page) -> None:
    search(page)
    page.locator("#results").focus()
    bar = page.locator("#marks").bounding_box()
    assert bar is not None
    for _ in range(40):
        press(page, "Tab")
        box = page.evaluate_handle("document.activeElement").as_element().bounding_box()
        assert page.evaluate("!!document.activeElement.closest('#marks')") or box["y"] < bar["y"]
