"""What narrows a search stays in sight, goes with the case wherever it goes, and never hides a direction."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from .conftest import CASE, Opener

pytestmark = pytest.mark.browser
CHIPS = ".chips li button:not(.link)"
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def narrow(page: Page, *ticks: str, **dates: str) -> None:
    """Search with these values ticked and these days between which decisions were made."""
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.locator("#narrow > summary").click()
    for name in ticks:
        page.locator("#narrow").get_by_label(name).check()
    for name, day in dates.items():
        page.locator(f"#{name}").fill(day)
    page.get_by_role("button", name="Søg", exact=True).click()
    page.wait_for_selector("#rules-head, .error")


def chips(page: Page) -> list[str]:
    """The filters that are said to be set."""
    return [chip.inner_text() for chip in page.locator(f"{CHIPS} .set").all()]


def outcomes(page: Page) -> set[str]:
    return set(page.locator("section:has(#precedents-head) .facts strong").all_inner_texts())


@BOTH_WAYS
def test_a_chosen_outcome_leaves_the_others_in_sight_and_says_which_they_are(
    opened: Opener, scripts: bool
) -> None:
    page = opened(scripts=scripts)
    narrow(page, "ophævet")
    assert chips(page) == ["Udfald: ophævet"]
    found = page.locator("section:has(#precedents-head) article")
    others = found.filter(has=page.get_by_text("Andet udfald end valgt"))
    assert 0 < others.count() < found.count()
    assert all("ophævet" not in words for words in others.locator("strong[lang]").all_inner_texts())
    assert {"ophævet", "stadfæstet"} <= outcomes(page)
    expect(page.get_by_text("Der er valgt udfald.")).to_be_visible()


def test_outcomes_are_offered_in_order_of_letters_and_without_numbers(page: Page) -> None:
    page.goto("/")
    page.locator("#narrow > summary").click()
    offered = page.locator("fieldset:has([name=udfald]) .tick").all_inner_texts()
    assert len(offered) > 4
    assert offered == sorted(offered)
    assert not any(char.isdigit() for words in offered for char in words)
    fields = page.locator("fieldset:has([name=felt]) .tick").all_inner_texts()
    assert all(words.strip().endswith(")") for words in fields)


@BOTH_WAYS
def test_a_filter_is_removed_by_itself_and_the_case_is_searched_again(opened: Opener, scripts: bool) -> None:
    page = opened(scripts=scripts)
    narrow(page, "ophævet", "udeblivelse", fra="1. januar 2021")
    assert chips(page) == ["Emne: udeblivelse", "Fra: 1. januar 2021", "Udfald: ophævet"]
    page.locator(CHIPS).get_by_text("Udfald: ophævet").click()
    expect(page.locator(CHIPS)).to_have_count(2)
    assert chips(page) == ["Emne: udeblivelse", "Fra: 1. januar 2021"]
    assert "Andet udfald end valgt" not in page.locator("#answer").inner_text()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    page.get_by_role("button", name="Fjern alle").click()
    expect(page.locator(CHIPS)).to_have_count(0)
    assert page.locator("#narrow input:checked").count() == 0


def test_the_days_between_which_decisions_were_made_hold(page: Page) -> None:
    narrow(page, fra="2020-01-01", til="31. december 2021")
    dates = page.locator("section:has(#precedents-head) article > .facts:nth-of-type(1)").all_inner_texts()
    assert dates
    assert all("2020" in words or "2021" in words for words in dates)


def test_filters_are_kept_over_the_language_going_back_and_reloading(page: Page) -> None:
    narrow(page, "ophævet", "udeblivelse")
    page.locator(CHIPS).get_by_text("Emne: udeblivelse").click()
    expect(page.locator(CHIPS)).to_have_count(1)
    page.reload()
    expect(page.locator(CHIPS)).to_have_count(1)
    expect(page.locator("#narrow input:checked")).to_have_count(1)
    page.go_back()
    expect(page.locator(CHIPS)).to_have_count(2)
    expect(page.locator("#narrow input:checked")).to_have_count(2)
    page.get_by_role("button", name="English").click()
    expect(page.locator(CHIPS).get_by_text("Outcome: ophævet")).to_be_visible()
    assert chips(page) == ["Field: udeblivelse", "Outcome: ophævet"]


@BOTH_WAYS
def test_a_field_that_is_not_among_the_commonest_can_be_typed(opened: Opener, scripts: bool) -> None:
    page = opened(scripts=scripts)
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.locator("#narrow > summary").click()
    page.locator("#narrow").get_by_label("Et andet emne").fill("KLAGEVEJLEDNING")
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.locator(CHIPS)).to_have_text("Fjern afgrænsningen: Emne: klagevejledning ×")
    if not scripts:
        page.locator("#narrow > summary").click()
    page.locator("#narrow").get_by_label("Et andet emne").fill("udeblivlse")
    page.get_by_role("button", name="Søg", exact=True).click()
    alert = page.locator("#felt-error")
    expect(alert).to_contain_text("Intet i samlingen hører under «udeblivlse». Mente du «udeblivelse»")
    expect(alert).to_be_visible()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)


@BOTH_WAYS
@pytest.mark.parametrize(
    ("dates", "field", "words"),
    [
        ({"fra": "i går"}, "fra", "«i går» kan ikke læses"),
        ({"til": "2024-13-01"}, "til", "«2024-13-01» kan ikke læses"),
        ({"fra": "2023-01-01", "til": "2020-01-01"}, "til", "Lad den første dag stå først"),
    ],
)
def test_a_bad_period_is_told_beside_its_field(
    opened: Opener, scripts: bool, dates: dict[str, str], field: str, words: str
) -> None:
    page = opened(scripts=scripts)
    narrow(page, **dates)
    expect(page.locator(f"#{field}-error")).to_contain_text(words)
    expect(page.locator(f"#{field}")).to_be_visible()
    expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    for name, written in dates.items():
        expect(page.locator(f"#{name}")).to_have_value(written)


def test_without_an_index_there_is_nothing_to_narrow_by_and_the_page_still_opens(
    opened: Opener, unindexed_address: str
) -> None:
    page = opened(at=unindexed_address)
    page.goto("/")
    expect(page.get_by_label("Beskriv sagen")).to_be_visible()
    assert page.locator("#narrow").count() == 0
