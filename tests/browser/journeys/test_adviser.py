"""A legal adviser goes from the coverage report to the decision that needs another look."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.wiring import Workspace

from ..conftest import Opener, Shot

pytestmark = pytest.mark.browser
DAY = "2025-12-31"


def test_from_the_map_to_the_decision_on_a_wording_that_has_changed(
    opened: Opener, demo: Workspace, shot: Shot
) -> None:
    page = opened()
    page.goto("/")
    page.get_by_role("link", name="Dækning").click()
    page.get_by_label("Rapportens dato").fill(DAY)
    page.get_by_role("button", name="Vis").click()
    shot(page, "adviser-1-report")
    # Which act? The one with decisions on changed wordings.
    row = page.get_by_role("row").filter(has=page.locator("td:nth-child(6) a"))
    expect(row).to_have_count(1)
    row.get_by_role("link").first.click()
    # Which §? The tile with the most of them.
    changed = page.locator(".tiles a").filter(has_text="△")
    most = max(changed.all(), key=lambda tile: int(str(tile.text_content()).split()[-1]))
    expect(most).to_contain_text("§ 15")
    shot(page, "adviser-2-map")
    most.click()
    expect(page.locator(".held")).to_contain_text("§ 15")
    shot(page, "adviser-3-list")
    # Which decision, and where in it?
    entry = page.locator(".places > li").filter(has_text="5-22")
    expect(entry.locator(".tag").first).to_have_text("Flyttet og ny ordlyd")
    words = str(entry.locator("blockquote").first.text_content())
    text = demo.store.text(demo.store.document("fiktiv-5-22").key)
    assert words in text
    # What did it say then, and what does it say now?
    entry.get_by_role("link", name="Ordlyden før og nu").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("§ 14")
    expect(page.locator("del, ins").first).to_be_visible()
    shot(page, "adviser-4-then-and-now")
    page.go_back()
    # The decision itself, opened at the very words that cite.
    entry.locator("blockquote a").first.click()
    expect(page.locator("#ord")).to_have_text(words)
    expect(page.locator("#ord")).to_be_in_viewport()
    shot(page, "adviser-5-decision")


def test_what_was_found_is_taken_along_as_a_table_a_picture_and_a_file(
    opened: Opener, tmp_path: Path
) -> None:
    page = opened(losing=True)  # to Chromium what becomes a download is a page that failed
    page.goto(f"/daekning/liste?liste=changed&dato={DAY}")
    counted = re.search(r"Dokumenter: (\d+)\. Steder: (\d+)", str(page.locator("main").text_content()))
    assert counted is not None
    rows = list(
        csv.reader(io.StringIO(fetched(page, "Hent som CSV", tmp_path).decode("utf-8-sig")), delimiter=";")
    )
    assert len(rows) - 1 == int(counted[2])
    assert len({row[0] for row in rows[1:]}) == int(counted[1])
    page.goto(f"/daekning/lov/fiktiv-lov-om-hverdagsstoette?dato={DAY}")
    assert fetched(page, "Hent som billede", tmp_path).startswith(b"\x89PNG")
    report = tmp_path / "report.html"
    report.write_bytes(fetched(page, "Hent rapporten", tmp_path))
    page.goto(report.as_uri())
    page.get_by_role("row", name="§ 15").get_by_role("link").first.click()
    expect(page.locator("section:target li").first).to_be_in_viewport()


def fetched(page: Page, name: str, folder: Path) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()


def test_gaps_are_found_by_authority_and_field_together(opened: Opener, shot: Shot) -> None:
    page = opened()
    page.goto("/daekning?dato=2026-06-01")
    page.get_by_role("link", name="Myndigheder").click()
    page.get_by_label("Emne").select_option("byggetilladelse")
    page.get_by_role("button", name="Vis").click()
    row = page.get_by_role("row", name="Fiktivt Klagenævn")
    expect(row.locator("td.gap").last).to_contain_text("ingen afgørelser")
    shot(page, "adviser-6-gaps")
    row.get_by_role("link", name="11", exact=True).click()
    expect(page.locator(".held")).to_have_text(re.compile("Fiktivt Klagenævn.*byggetilladelse", re.S))
    expect(page.locator(".places > li")).to_have_count(11)
