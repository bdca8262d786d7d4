"""A case is read out of a file into its field, to be seen and corrected; faults are told beside the file."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import FilePayload, Page, expect
from pypdf import PdfWriter

from api.case_files import CASE_LIMITS

from .conftest import CASE, Opener

pytestmark = pytest.mark.browser
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
WORDS = "Borgeren mødte ikke til samtalen den 3. maj og ringede dagen efter."


def docx() -> bytes:
    written, document = BytesIO(), Document()
    document.add_paragraph(WORDS)
    document.save(written)
    return written.getvalue()


def scanned() -> bytes:
    written, pdf = BytesIO(), PdfWriter()
    pdf.add_blank_page(300, 300)
    pdf.write(written)
    return written.getvalue()


def give(page: Page, name: str, data: bytes, scripts: bool = True) -> None:
    """Pick a file, and press the button where no script reads it at once."""
    page.get_by_label("Eller hent teksten fra en fil").set_input_files(
        FilePayload(name=name, mimeType="application/octet-stream", buffer=data)
    )
    if not scripts:
        page.get_by_role("button", name="Læs filen").click()


@BOTH_WAYS
@pytest.mark.parametrize(("name", "data"), [("brev.docx", docx()), ("brev.txt", WORDS.encode())])
def test_the_words_of_a_file_are_put_in_the_field_and_nothing_is_searched_yet(
    opened: Opener, scripts: bool, name: str, data: bytes
) -> None:
    page = opened(scripts=scripts)
    page.goto("/")
    give(page, name, data, scripts)
    expect(page.get_by_label("Beskriv sagen")).to_have_value(WORDS)
    expect(page.get_by_text(f"Teksten fra {name} står nu i feltet")).to_be_visible()
    assert page.locator("article").count() == 0
    page.get_by_role("button", name="Søg", exact=True).click()
    expect(page.get_by_role("heading", name="Regler")).to_be_visible()
    expect(page.get_by_text("står nu i feltet")).to_have_count(0)


@BOTH_WAYS
def test_what_was_typed_before_stays_above_the_words_of_the_file(opened: Opener, scripts: bool) -> None:
    page = opened(scripts=scripts)
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    give(page, "brev.txt", WORDS.encode(), scripts)
    expect(page.get_by_label("Beskriv sagen")).to_have_value(f"{CASE}\n\n{WORDS}")


BAD_FILES = [
    ("scannet.pdf", scanned(), "er scannet"),
    ("tom.txt", b" \n", "Filen er tom"),
    ("spil.exe", b"MZ\x90", "kan ikke læses som en sag"),
    ("brev.docx", b"PK\x03\x04", "ikke en hel DOCX-fil"),
    ("brev.doc", b"\xd0\xcf\x11\xe0", "kan ikke læses som en sag"),
]


@BOTH_WAYS
@pytest.mark.parametrize(("name", "data", "words"), BAD_FILES, ids=[name for name, _, _ in BAD_FILES])
def test_a_file_that_cannot_be_read_is_told_beside_its_field_and_the_case_is_kept(
    opened: Opener, scripts: bool, name: str, data: bytes, words: str
) -> None:
    page = opened(scripts=scripts)
    page.goto("/")
    page.get_by_label("Beskriv sagen").fill(CASE)
    give(page, name, data, scripts)
    alert = page.locator("#file-error [role=alert]")
    expect(alert).to_contain_text(words)
    expect(alert).to_contain_text(name)
    expect(page.get_by_label("Beskriv sagen")).to_have_value(CASE)
    if scripts:
        expect(page.locator("#file")).to_be_focused()


@BOTH_WAYS
def test_a_file_over_the_limit_is_refused_with_the_limit(
    opened: Opener, tmp_path: Path, scripts: bool
) -> None:
    page = opened(scripts=scripts)
    page.goto("/")
    large = tmp_path / "stor.txt"
    large.write_bytes(b"a" * (CASE_LIMITS.record_bytes + 2_000_000))
    page.locator("#file").set_input_files(large)
    if not scripts:
        page.get_by_role("button", name="Læs filen").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Det gik ikke")
    expect(page.locator(".error")).to_contain_text("20 M" if scripts else "grænsen er")


def test_reading_without_a_file_says_to_choose_one(opened: Opener) -> None:
    page = opened(scripts=False)
    page.goto("/")
    page.get_by_role("button", name="Læs filen").click()
    expect(page.locator("#file-error")).to_have_text("Vælg en fil først.")


def test_a_case_longer_than_a_search_takes_is_shown_and_told_with_the_limit(page: Page) -> None:
    page.goto("/")
    give(page, "lang.txt", b"ord om sagen " * 5000)
    expect(page.locator("#case-error")).to_contain_text("grænsen er 50000")
    assert len(page.get_by_label("Beskriv sagen").input_value()) > 50_000


def drop(page: Page, **files: bytes) -> None:
    """Let files go over the page, as from the desktop."""
    given = [[name, base64.b64encode(data).decode()] for name, data in files.items()]
    transfer = page.evaluate_handle(
        """(files) => {
          const carried = new DataTransfer();
          files.forEach(([name, data]) => carried.items.add(
            new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name)));
          return carried;
        }""",
        given,
    )
    page.dispatch_event("h1", "dragover", {"dataTransfer": transfer})
    expect(page.locator("form.dropping")).to_have_count(1)
    page.dispatch_event("h1", "drop", {"dataTransfer": transfer})


def test_a_file_can_be_dropped_anywhere_on_the_page(page: Page) -> None:
    page.goto("/")
    drop(page, **{"brev.docx": docx()})
    expect(page.get_by_label("Beskriv sagen")).to_have_value(WORDS)
    expect(page.get_by_label("Beskriv sagen")).to_be_focused()
    expect(page.locator("form.dropping")).to_have_count(0)
    drop(page, **{"a.txt": b"a", "b.txt": b"b"})
    expect(page.locator("#file-error")).to_contain_text("én fil ad gangen")
    expect(page.get_by_label("Beskriv sagen")).to_have_value(WORDS)


def test_personal_data_in_a_case_is_told_by_its_kind_and_number_and_never_repeated(page: Page) -> None:
    page.goto("/")
    give(
        page, "brev.txt", f"{WORDS} CPR 010190-1234 og 010190-1234, tlf. 20 30 40 50, a@b.dk, c@d.dk".encode()
    )
    expect(page.get_by_label("Beskriv sagen")).not_to_have_value("")
    page.get_by_role("button", name="Søg", exact=True).click()
    told = page.get_by_text("Erstattet, før der blev søgt")
    expect(told).to_contain_text("1 CPR-nummer")
    expect(told).to_contain_text("1 telefonnummer")
    expect(told).to_contain_text("2 e-mailadresser")
    assert "010190" not in page.locator(".note, .results").all_inner_texts()[0]
