"""What a screen reader is given: roles, names and states, in the order in which they are read.

This is Chromium's accessibility tree. What a screen reader makes of it was not tried with a real one.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from ..conftest import CASE, search

pytestmark = pytest.mark.browser
LAW = "/daekning/lov/fiktiv-lov-om-hverdagsstoette?dato=2025-12-31"


def spoken(page: Page, tree: str) -> None:
    """The page holds these parts in this order; others may stand between them."""
    expect(page.locator("body")).to_match_aria_snapshot(tree)


def test_the_blank_page(page: Page) -> None:
    page.goto("/")
    spoken(
        page,
        """
      - link "Gå til indholdet"
      - banner:
        - paragraph:
          - link "Hjemmel"
        - paragraph:
          - link "Dækning"
        - paragraph:
          - button "English"
      - main:
        - search:
          - heading "Beskriv sagen" [level=1]
          - textbox "Beskriv sagen"
          - textbox "Sagens dato"
          - group: Afgræns søgningen
          - button "Søg"
          - status
          - button "Eller hent teksten fra en fil"
        - region "Prøv med et eksempel":
          - heading "Prøv med et eksempel" [level=2]
          - button /Udeblivelse uden afbud/
        - region "Sådan gør du":
          - list:
            - listitem: /Beskriv, hvad der er sket/
    """,
    )
    field = page.get_by_label("Beskriv sagen")
    expect(field).to_have_accessible_description(
        re.compile("med almindelige ord.*Navne og adresser genkendes ikke", re.S)
    )
    expect(page.get_by_label("Sagens dato")).to_have_accessible_description(
        re.compile("Tomt felt betyder i dag")
    )


def test_results_and_what_is_said_when_they_come(page: Page) -> None:
    search(page)
    spoken(
        page,
        """
      - main:
        - search:
          - status: Søgningen er færdig.
        - paragraph: /Hjemmel siger ikke, hvordan sagen skal ende/
        - region /Regler Ordlyd pr\\. /:
          - heading /Regler/ [level=2]
          - article /§ \\d+.*hverdagsstøtte FIKTIV/:
            - heading /§ \\d+.*FIKTIV/ [level=3]
            - checkbox /Tag med.*§ \\d+/
            - blockquote
            - paragraph:
              - link /Åbn ved ordene.*§ \\d+/
            - group: /Hvorfor fundet/
            - paragraph:
              - link /Historik.*§ \\d+/
        - region /Afgørelser/:
          - heading /Afgørelser/ [level=2]
          - article /principmeddelelse/:
            - heading /principmeddelelse/ [level=3]
            - checkbox /Tag med.*principmeddelelse/
            - paragraph: /Udfald/
        - region "Mærkede kilder":
          - paragraph:
            - button /Overblik over sagen/
            - button /Notat til journalen/
    """,
    )


def test_a_fault_is_said_at_once_and_stands_with_its_field(page: Page) -> None:
    search(page, day="i går")
    spoken(
        page,
        """
      - main:
        - search:
          - alert: /Datoen «i går» kan ikke læses/
          - textbox "Sagens dato" [invalid]: i går
    """,
    )
    expect(page.get_by_label("Sagens dato")).to_have_accessible_description(re.compile("Datoen «i går»"))


def test_the_source_beside_the_results_and_the_way_back(page: Page) -> None:
    search(page)
    page.locator("a.open").first.click()
    expect(page.locator("#ord")).to_be_focused()
    spoken(
        page,
        """
      - main:
        - complementary "Kilde":
          - paragraph:
            - button "Luk kilden"
            - link "Åbn i egen fane"
          - article:
            - heading /FIKTIV/ [level=1]
            - term: Gyldighed
            - definition: /fra/
            - paragraph: /Ordlyden er gældende pr/
            - paragraph:
              - mark
    """,
    )
    page.keyboard.press("Escape")
    expect(page.locator("a.open").first).to_be_focused()


def test_the_brief_and_the_note(page: Page) -> None:
    search(page)
    page.get_by_role("button", name="Overblik").click()
    expect(page.locator(".brief")).to_be_visible()
    spoken(
        page,
        """
      - main:
        - status
        - heading "Overblik over sagen" [level=1]
        - paragraph: /hvordan sagen ender, afgør du/
        - navigation "På denne side":
          - list:
            - listitem:
              - link "Sagen, som den er læst"
            - listitem:
              - link "Det, der mangler"
        - region "Sagen, som den er læst":
          - heading "Sagen, som den er læst" [level=2]
        - region "Det, der mangler":
          - heading "Det, der mangler" [level=2]
          - list
        - region /Regler og det, de kræver/:
          - heading /Regler og det, de kræver/ [level=2]
          - region /hverdagsstøtte/:
            - heading /hverdagsstøtte/ [level=3]
            - article /§ \\d+/:
              - heading /§ \\d+/ [level=4]
              - checkbox /Tag med.*§ \\d+/
              - blockquote
        - region /Afgørelser/:
          - heading /Afgørelser/ [level=2]
    """,
    )
    page.get_by_role("button", name="Skriv notat").first.click()
    expect(page.locator("#draft")).to_be_visible()
    spoken(
        page,
        """
      - main:
        - heading "Notat til journalen" [level=1]
        - region "Dine egne ord":
          - textbox "Hovedhensyn"
          - group "Det, der kommer med":
            - heading "Regler" [level=3]
            - list:
              - listitem:
                - checkbox /§ \\d+/ [checked]
          - paragraph:
            - button "Opdater udkastet"
        - region "Sådan ser notatet ud":
          - paragraph:
            - button "Hent som Word"
          - article:
            - heading /Journalnotat/ [level=2]
            - heading "Konklusion" [level=3]
            - paragraph: "Tomt: skrives af dig"
    """,
    )


def test_the_coverage_map_and_the_list_behind_a_tile(page: Page) -> None:
    page.goto(LAW)
    spoken(
        page,
        """
      - main:
        - navigation "Sti":
          - list:
            - listitem:
              - link "Dækning"
            - listitem: lov om hverdagsstøtte (FIKTIV)
        - heading /lov om hverdagsstøtte FIKTIV/ [level=1]
        - term: Afgørelser på ændret ordlyd
        - definition:
          - link "8"
        - navigation "Visninger":
          - list:
            - listitem:
              - link "Kort"
        - heading "Kort" [level=2]
        - heading "Kapitel 4 Følger af udeblivelse" [level=3]
        - list:
          - listitem:
            - link "§ 14 2 afgørelser, Nyeste 2019 På ændret ordlyd 2"
          - listitem:
            - link "§ 15 10 afgørelser, Nyeste 2025 På ændret ordlyd 7"
          - listitem: § 16 0
          - listitem:
            - link "§ 17 1 afgørelse, Nyeste 2023 På ændret ordlyd 1"
        - region "Ændret ordlyd":
          - table "Ændret ordlyd":
            - rowgroup:
              - row /Ændring Afgørelser Steder/
    """,
    )
    expect(page.get_by_role("link", name="Kort", exact=True)).to_have_attribute("aria-current", "page")
    page.locator(".tiles a").filter(has_text="§ 15").click()
    spoken(
        page,
        """
      - main:
        - heading "Afgørelser, der henviser hertil" [level=1]
        - list:
          - listitem: /lov om hverdagsstøtte/
          - listitem: § 15
        - list:
          - listitem:
            - heading /principmeddelelse 2-25/ [level=2]:
              - link /principmeddelelse 2-25/
            - list:
              - listitem:
                - blockquote:
                  - link /§ 15/
    """,
    )


def test_a_heat_map_is_a_table_whose_cells_say_their_row_and_column(page: Page) -> None:
    page.goto(f"{LAW}&del=ages")
    spoken(
        page,
        """
      - main:
        - region "Paragraffer":
          - table "Paragraffer":
            - rowgroup:
              - row:
                - columnheader "Paragraf"
                - columnheader "Afgørelser"
                - columnheader "<1"
            - rowgroup:
              - row /§ 15/:
                - rowheader /§ 15 Nedsættelse og bortfald/:
                  - link "§ 15"
                - cell "10":
                  - link "10"
    """,
    )


def test_the_case_and_the_law_are_read_in_danish_on_the_english_page(page: Page) -> None:
    page.goto("/?sprog=en")
    page.locator("#case").fill(CASE)
    page.locator("#search").click()
    page.wait_for_selector("#rules-head")
    assert page.locator("html").get_attribute("lang") == "en"
    # No Danish name, quote or citation that is shown is left to be read with English sounds. What is added to
    # the name of a control is read as one string, whose parts have no language of their own.
    unmarked = """() => {
      const walk = document.createTreeWalker(document.querySelector("#answer"), NodeFilter.SHOW_TEXT);
      const found = [];
      while (walk.nextNode()) {
        const [words, around] = [walk.currentNode.data, walk.currentNode.parentElement];
        if (!/\\b(stk|hverdagsstøtte|principmeddelelse|Klagenævn)\\b/.test(words)) continue;
        if (around.closest("[lang]").lang !== "da" && !around.closest(".unseen")) found.push(words.trim());
      }
      return found;
    }"""
    assert page.evaluate(unmarked) == []
