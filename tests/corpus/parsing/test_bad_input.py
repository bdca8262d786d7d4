"""Whatever is thrown at it, a parser answers with the right kind of error and with what to do."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import docx
import pypdf
import pytest
from fpdf import FPDF
from PIL import Image

from corpus.errors import (
    EncryptedError,
    HjemmelError,
    NoTextError,
    TooLargeError,
    UnreadableError,
    UnsupportedError,
)
from corpus.parsing import registry
from corpus.parsing.limits import Limits
from corpus.parsing.registry import MediaType
from tests.corpus.parsing.conftest import FORMATS, docx_act, lexdania_act, pdf_act, pdf_of, record

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALL = Limits(
    record_bytes=1 << 20,
    unpacked_bytes=1 << 22,
    unpack_ratio_from=1 << 17,
    unpack_ratio=40,
    pages=3,
    stream_bytes=1 << 16,
    unpack_entries=40,
)


def packed(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return buffer.getvalue()


def blank_docx() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def docx_with(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO(docx_act())
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return buffer.getvalue()


def docx_that_lies_about_its_size() -> bytes:
    """A bomb whose directory says 1 KiB: what is unpacked must stop there."""
    data = bytearray(packed(**{"word/document.xml": b"0" * (1 << 21)}))
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, directory + 24, 1024)
    return bytes(data)


def locked_entry() -> bytes:
    data = bytearray(docx_act())
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    return bytes(data)


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_act()))
    writer.encrypt(user_password="hemmelig", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def scanned_pdf() -> bytes:
    pdf = FPDF()
    for _ in range(2):
        pdf.add_page()
        pdf.image(Image.new("L", (40, 40), 200))
    return bytes(pdf.output())


def pdf_without_pages() -> bytes:
    buffer = io.BytesIO()
    pypdf.PdfWriter().write(buffer)
    return buffer.getvalue()


def bombed_pdf() -> bytes:
    """A page whose drawing unpacks to a hundred times the limit."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_act()))
    page = writer.pages[0]
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf (Ord) Tj ET " + b" " * (100 * SMALL.stream_bytes))
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


XML, JSON, PDF, DOCX = MediaType.XML, MediaType.JSON, MediaType.PDF, MediaType.DOCX
HTML, MARKDOWN, PLAIN = MediaType.HTML, MediaType.MARKDOWN, MediaType.PLAIN

CASES: dict[str, tuple[str, Callable[[], bytes], type[HjemmelError], str]] = {
    "truncated XML": (XML, lambda: lexdania_act().encode()[:900], UnreadableError, "XML"),
    "XML of another kind": (XML, lambda: b"<rss><item>Nyt</item></rss>", UnsupportedError, "LexDania"),
    "empty XML": (XML, lambda: b"", NoTextError, "tom"),
    "empty JSON": (JSON, lambda: b"", UnreadableError, ""),
    "JSON that is no object": (JSON, lambda: b'"ord"', HjemmelError, ""),
    "truncated JSON": (JSON, lambda: b'{"title": "Lov om', UnreadableError, ""),
    "JSON nested without end": (JSON, lambda: b"[" * 100_000, UnreadableError, ""),
    "encrypted PDF": (PDF, locked_pdf, EncryptedError, "adgangskode"),
    "empty PDF": (PDF, lambda: b"", NoTextError, "tom"),
    "PDF without pages": (PDF, pdf_without_pages, NoTextError, "ingen sider"),
    "scanned PDF": (PDF, scanned_pdf, NoTextError, "OCR"),
    "truncated PDF": (PDF, lambda: pdf_act()[:400], UnreadableError, "beskadiget"),
    "no PDF at all": (PDF, lambda: b"Dette er ikke en PDF.", UnreadableError, "beskadiget"),
    "PDF of too many pages": (PDF, lambda: pdf_of([["Ord"]] * 4), TooLargeError, "4 sider"),
    "PDF that unpacks without end": (PDF, bombed_pdf, TooLargeError, "grænse"),
    "empty DOCX": (DOCX, lambda: b"", NoTextError, "tom"),
    "DOCX without words": (DOCX, blank_docx, NoTextError, "ingen tekst"),
    "DOCX that is no package": (DOCX, lambda: b"PK\x03\x04 ikke en pakke", UnreadableError, "DOCX"),
    "package that is no DOCX": (DOCX, lambda: packed(a=b"b"), UnreadableError, "DOCX"),
    "truncated DOCX": (DOCX, lambda: docx_act()[:9000], UnreadableError, "DOCX"),
    "encrypted DOCX": (
        DOCX,
        lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        EncryptedError,
        "adgangskode",
    ),
    "DOCX with a locked entry": (DOCX, locked_entry, EncryptedError, "adgangskode"),
    "old Word file": (DOCX, lambda: OLE + bytes(600), UnsupportedError, ".docx"),
    "DOCX bomb by size": (DOCX, lambda: docx_with("bombe", bytes(5 << 20)), TooLargeError, "unpacked_bytes"),
    "DOCX bomb by ratio": (DOCX, lambda: docx_with("bombe", bytes(3 << 20)), TooLargeError, "unpack_ratio"),
    "DOCX bomb of entries": (
        DOCX,
        lambda: packed(**{str(n): b"" for n in range(41)}),
        TooLargeError,
        "unpack_entries",
    ),
    "DOCX that lies about its size": (DOCX, docx_that_lies_about_its_size, UnreadableError, "DOCX"),
    "empty HTML": (HTML, lambda: b"<html><body></body></html>", NoTextError, "ingen tekst"),
    "HTML of 0 bytes": (HTML, lambda: b"", NoTextError, "tom"),
    "Markdown of 0 bytes": (MARKDOWN, lambda: b"", NoTextError, "tom"),
    "Markdown of front matter only": (MARKDOWN, lambda: b"---\ntype: lov\n---\n", NoTextError, "ingen tekst"),
    "text of 0 bytes": (PLAIN, lambda: b"", NoTextError, "tom"),
    "text in the wrong encoding": (PLAIN, lambda: "Ærø på øen".encode("cp865"), UnreadableError, "UTF-8"),
    "a picture called text": (PLAIN, lambda: b"\x89PNG\r\n\x1a\n", UnreadableError, "binær"),
    "text over the limit": (PLAIN, lambda: b"Ord " * (1 << 19), TooLargeError, "2 MiB, og grænsen er 1 MiB"),
    "unknown media type": ("image/png", lambda: b"Ord", UnsupportedError, "image/png"),
}


@pytest.mark.parametrize(("media_type", "make", "error", "told"), CASES.values(), ids=CASES)
def test_bad_input_is_refused_with_reason_and_remedy(
    media_type: str,
    make: Callable[[], bytes],
    error: type[HjemmelError],
    told: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(error) as caught:
        registry.parse(record(make(), media_type), SMALL)
    assert told in str(caught.value)
    assert caught.value.what
    assert caught.value.remedy
    assert caught.value.__cause__ is None
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_cut_anywhere_is_read_or_refused_but_never_crashes(name: str) -> None:
    raw = FORMATS[name].record()
    for cut in range(0, len(raw.data), max(1, len(raw.data) // 25)):
        try:
            registry.parse(record(raw.data[:cut], raw.media_type))
        except HjemmelError:
            continue


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_with_a_flipped_byte_is_read_or_refused_but_never_crashes(name: str) -> None:
    raw = FORMATS[name].record()
    for place in range(0, len(raw.data), max(1, len(raw.data) // 25)):
        data = bytearray(raw.data)
        data[place] ^= 0x55
        try:
            registry.parse(record(bytes(data), raw.media_type))
        except HjemmelError:
            continue


def test_a_pdf_is_given_up_when_its_time_is_spent() -> None:
    with pytest.raises(TooLargeError, match="sekunder"):
        registry.parse(FORMATS["pdf"].record(), Limits(seconds=-1))
