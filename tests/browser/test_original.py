"""The file that a text was read from is at hand: a PDF at the page of the words, others to be saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.app import create_app
from api.settings import Settings
from api.wiring import Workspace
from tests.corpus.parsing.conftest import pdf_of

from .conftest import Opener, served

pytestmark = pytest.mark.browser
PAGES = [
    ["§ 1. Kommunen yder støtte til indkøb."],
    ["§ 2. Støtte til gardiner gives efter en samlet vurdering."],
]
SCRIPT = "<html><head><title>Lov</title></head><body><script>document.title='ramt'</script>"
ACT = "<h1>Lov om bænke</h1><p>§ 1. Kommunen stiller bænke op.</p></body></html>"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Three small acts, each in a format of its own, searched by words alone."""
    folder = tmp_path_factory.mktemp("filer")
    (folder / "indkoeb.pdf").write_bytes(pdf_of(PAGES))
    (folder / "baenke.html").write_text(SCRIPT + ACT, encoding="utf-8")
    (folder / "traeer.md").write_text("# Lov om træer\n\n§ 1. Kommunen planter træer.\n", encoding="utf-8")
    opened = Workspace(Settings(data=folder / "data", encoder="none"))
    opened.ingest([folder])
    opened.index()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def at(work: Workspace) -> Iterator[str]:
    with served(create_app(work)) as address:
        yield address


def id_of(work: Workspace, ending: str) -> str:
    return next(d.id for d in work.store.documents() if d.provenance.address.endswith(ending))


def find(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(words)
    page.get_by_role("button", name="Søg", exact=True).click()
    page.wait_for_selector("#rules-head")


def test_a_result_out_of_a_pdf_leads_to_the_file_at_the_page_of_its_words(
    opened: Opener, at: str, work: Workspace
) -> None:
    page = opened(at=at)
    find(page, "støtte til gardiner")
    expect(page.locator("article .where").first).to_contain_text("side 2")
    page.locator("a.open").first.click()
    pane = page.locator("#pane")
    expect(pane.locator(".text mark")).to_contain_text("gardiner")
    link = pane.get_by_role("link", name="Åbn PDF-filen på side 2")
    assert str(link.get_attribute("href")).endswith(f"/kilde/{id_of(work, '.pdf')}/fil#page=2")
    assert pane.locator(".page-mark a").count() == 2
    answer = page.request.get(f"/kilde/{id_of(work, '.pdf')}/fil")
    assert answer.body() == work.store.raw(work.store.document(id_of(work, ".pdf")).key)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline; filename=")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_page_is_left_as_it_is_when_the_file_is_opened(opened: Opener, at: str) -> None:
    page = opened(at=at, losing=True)
    find(page, "støtte til gardiner")
    page.locator("a.open").first.click()
    with page.context.expect_page():
        page.locator("#pane").get_by_role("link", name="Åbn PDF-filen på side 2").click()
    expect(page.locator("#pane .text mark")).to_contain_text("gardiner")


@pytest.mark.parametrize("ending", [".html", ".md"])
def test_any_other_file_is_handed_over_to_be_saved_and_never_shown(
    opened: Opener, at: str, work: Workspace, ending: str
) -> None:
    page = opened(at=at, losing=True)  # Chromium calls a download a request that failed
    id = id_of(work, ending)
    page.goto(f"/kilde/{id}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Hent den fil, teksten er læst fra").click()
    assert download.value.suggested_filename == f"{id}{ending}"
    assert Path(download.value.path()).read_bytes() == work.store.raw(work.store.document(id).key)
    answer = page.request.get(f"/kilde/{id}/fil")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert page.title() != "ramt"


def test_a_file_that_is_not_there_is_told_with_a_way_back(opened: Opener, at: str) -> None:
    page = opened(at=at)
    page.goto("/kilde/findes-ikke/fil")
    expect(page.locator(".error")).to_contain_text("findes-ikke")
    expect(page.get_by_role("link", name="Ny søgning")).to_be_visible()
