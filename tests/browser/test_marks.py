"""What is marked is kept while the reader searches on, and leads to a comparison, a brief and a note."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Page, Request, expect

from .conftest import CASE, Opener, search

pytestmark = pytest.mark.browser
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
DECISIONS = "section:has(#precedents-head) article"
CARPORT = "Naboen vil bygge en carport tæt på skel."


def mark(page: Page, count: int = 2) -> list[str]:
    """Mark the first rule and so many decisions; their ids."""
    boxes = [page.locator(".take input").first]
    boxes += [page.locator(f"{DECISIONS} .take input").nth(n) for n in range(count)]
    for box in boxes:
        box.check()
    return [str(box.get_attribute("value")) for box in boxes]


def again(page: Page, case: str) -> None:
    first = page.locator("article h3").first.inner_text()
    page.get_by_label("Beskriv sagen").fill(case)
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.locator("article h3").first).not_to_have_text(first)


@BOTH_WAYS
def test_marks_are_kept_while_searching_on(opened: Opener, scripts: bool) -> None:
    page = opened(scripts=scripts)
    search(page)
    ids = mark(page)
    again(page, CARPORT)
    expect(page.locator("#marked-count")).to_have_text("3 kilder mærket")
    page.locator("#marked-count").click()
    listed = page.locator("#marked li")
    assert [str(item.get_attribute("data-id")) for item in listed.all()] == ids
    listed.get_by_role("checkbox").last.click()
    again(page, CASE)
    expect(page.locator("#marked-count")).to_have_text("2 kilder mærket")
    expect(page.locator(f'.take input[value="{ids[0]}"]')).to_be_checked()
    expect(page.locator(f'.take input[value="{ids[2]}"]')).not_to_be_checked()


def test_marks_live_through_reloading_going_back_and_another_language(page: Page) -> None:
    search(page)
    ids = mark(page)
    page.reload()
    expect(page.locator("#marked-count")).to_have_text("3 kilder mærket")
    again(page, CARPORT)
    page.go_back()
    expect(page.locator(f'.take input[value="{ids[1]}"]')).to_be_checked()
    page.get_by_role("button", name="English").click()
    expect(page.locator("#marked-count")).to_have_text("3 sources marked")
    expect(page.locator(f'.take input[value="{ids[0]}"]')).to_be_checked()


def test_a_new_case_begins_without_marks_and_the_old_one_can_be_gone_back_to(page: Page) -> None:
    search(page)
    mark(page)
    page.get_by_role("link", name="Ny sag").click()
    expect(page.get_by_label("Beskriv sagen")).to_have_value("")
    expect(page.locator("#marks")).to_be_hidden()
    page.get_by_label("Beskriv sagen").fill(CARPORT)
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    expect(page.locator("#marked-count")).to_contain_text("Mærk det, du vil bruge")
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    expect(page.locator("#marked-count")).to_have_text("3 kilder mærket")


@BOTH_WAYS
@pytest.mark.parametrize(("name", "path"), [("Overblik", "/overblik"), ("Notat", "/notat")])
def test_a_brief_and_a_note_are_asked_for_with_the_whole_of_what_was_asked(
    opened: Opener, scripts: bool, name: str, path: str
) -> None:
    page = opened(scripts=scripts)
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    page.locator("#narrow > summary").click()
    page.locator("#narrow").get_by_label("udeblivelse").check()
    page.get_by_role("button", name="Søg", exact=True).click()
    page.wait_for_selector("#rules-head")
    ids = mark(page)
    if scripts:
        page.locator("a.open").first.click()
        expect(page.locator("#pane")).to_be_visible()
        page.keyboard.press("Escape")
    sent: list[Request] = []
    page.on("request", lambda r: sent.append(r) if r.method == "POST" else None)
    page.get_by_role("button", name=name).click()
    page.wait_for_url(f"**{path}")
    assert len(sent) == 1
    fields = parse_qsl(sent[0].post_data or "")
    assert ("case", CASE) in fields
    assert ("felt", "udeblivelse") in fields
    assert [value for field, value in fields if field == "maerket"] == ids
    assert [value for field, value in fields if field == "aabnet"] == (ids[:1] if scripts else [])


@BOTH_WAYS
def test_two_decisions_stand_side_by_side_each_quoted_under_the_same_heads(
    opened: Opener, scripts: bool
) -> None:
    page = opened(scripts=scripts)
    search(page, day="2024-05-01")
    _, *ids = mark(page)
    with page.context.expect_page() as other:
        page.get_by_role("button", name="Sammenlign").click()
    compared = other.value
    expect(compared.get_by_role("heading", level=1)).to_have_text("Afgørelser side om side")
    assert f"/sammenlign?en={ids[0]}&to={ids[1]}&dato=2024-05-01" in compared.url
    assert "udeblev" not in compared.url
    expect(page.locator("article").first).to_be_visible()
    for head in ("Sagens oplysninger", "Regler", "Begrundelse", "Afgørelse"):
        section = compared.locator(f"section.step:has(> h2:text-is('{head}'))")
        assert section.locator("blockquote").count() >= 2
    quotes = compared.locator("section.step .sides > div:first-child .quote").all()
    text = page.request.get(f"/v1/documents/{ids[0]}/text").json()["text"]
    assert all(quote.locator("blockquote").last.text_content() in text for quote in quotes)
    with compared.context.expect_page() as source:
        compared.get_by_role("link", name="Åbn ved ordene").first.click()
    expect(source.value.locator("#ord")).to_be_in_viewport()


def test_a_comparison_names_the_provisions_both_cite_and_no_others(page: Page) -> None:
    page.goto("/sammenlign?en=fiktiv-1-20&to=fiktiv-3-21")
    both = page.locator("section:has(#both-head)")
    told = [
        page.request.get(f"/v1/documents/{id}").json()["references"] for id in ("fiktiv-1-20", "fiktiv-3-21")
    ]
    cited = [{p for r in side for p in r["provisions"]} for side in told]
    # A rule is known by its number of today, whatever number it had when it was cited.
    today = [{p for r in side for p in (r["now"] or r["provisions"])} for side in told]
    paragraphs = [{p.partition(":par-")[2].partition(".")[0] for p in side} for side in today]
    named = {head.inner_text().split()[1] for head in both.get_by_role("heading", level=3).all()}
    assert named
    assert named == paragraphs[0] & paragraphs[1]
    assert {
        str(a.get_attribute("href")).split("/kilde/")[1].split("?")[0] for a in both.locator("a").all()
    } <= {p.replace(":", "%3A") for side in cited for p in side} | {p for side in cited for p in side}


def test_a_comparison_says_nothing_of_how_a_case_should_end(page: Page) -> None:
    page.goto("/sammenlign?en=fiktiv-1-20&to=fiktiv-3-21")
    expect(page.get_by_text("Hjemmel siger ikke, hvilken af dem sagen ligner mest.")).to_be_visible()
    words = page.locator("main").inner_text()
    assert "%" not in words
    assert "score" not in words.casefold()


def test_of_several_marked_decisions_any_two_can_be_chosen(page: Page) -> None:
    search(page)
    _, *ids = mark(page, 3)
    with page.context.expect_page() as other:
        page.get_by_role("button", name="Sammenlign").click()
    compared = other.value
    compared.get_by_label("Den anden afgørelse").select_option(ids[2])
    compared.get_by_role("button", name="Sammenlign").click()
    assert f"en={ids[0]}&to={ids[2]}" in compared.url
    assert compared.get_by_label("Den ene afgørelse").locator("option").count() == 3


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/sammenlign", "Der skal to afgørelser til"),
        ("/sammenlign?en=fiktiv-1-20&to=fiktiv-1-20", "Der skal to afgørelser til"),
        ("/sammenlign?en=fiktiv-1-20&to=findes-ikke", "findes-ikke"),
        ("/sammenlign?en=fiktiv-1-20&to=fiktiv-lbk-2021-9002", "ikke en afgørelse"),
        ("/sammenlign?en=fiktiv-1-20&to=fiktiv-3-21&dato=i+forgårs", "«i forgårs»"),
    ],
)
def test_what_cannot_be_compared_is_told_with_a_way_back(page: Page, path: str, words: str) -> None:
    page.goto(path)
    expect(page.locator(".error")).to_contain_text(words)
    expect(page.get_by_role("link", name="Ny søgning")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_a_comparison_fits_any_width_and_says_whose_words_they_are(opened: Opener, width: int) -> None:
    page = opened(width=width)
    page.goto("/sammenlign?en=fiktiv-1-20&to=fiktiv-3-21")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".side-name").first).to_be_visible(visible=width < 700)


def test_on_paper_what_is_marked_stands_first_or_alone(page: Page) -> None:
    search(page)
    third = page.locator(f"{DECISIONS}").nth(2)
    third.get_by_role("checkbox").check()
    name = third.locator("h3").inner_text()
    page.emulate_media(media="print")
    tops = {
        a.locator("h3").inner_text(): a.evaluate("e => e.getBoundingClientRect().top")
        for a in page.locator(DECISIONS).all()
    }
    assert min(tops, key=tops.__getitem__) == name
    page.emulate_media(media="screen")
    page.locator("#marked-count").click()
    page.get_by_label("Udskriv kun de mærkede").check()
    page.emulate_media(media="print")
    expect(page.locator("article:visible h3")).to_have_text([name])
