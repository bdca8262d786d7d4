"""Bytes to characters, without guessing more than can be checked.

UTF-8 is tried first because wrongly encoded Danish text all but never passes as UTF-8. What fails is
read as Windows-1252, the only other encoding Danish offices have written for thirty years, and only if
the result looks like it. A statistical detector was left out on purpose: on a page of Danish it cannot
tell Windows-1252 from its Baltic and Turkish sisters, and a wrong answer would silently change letters
in a legal text. Old DOS and Macintosh text, and UTF-8 with a damaged byte, are refused with the remedy.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from corpus.errors import NoTextError, UnreadableError

# The longer mark first: the UTF-32 mark begins with the UTF-16 mark.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DANISH_UTF8 = re.compile(rb"\xc3[\xa6\xb8\xa5\x86\x98\x85]")
_DANISH_1252 = re.compile(rb"[\xe6\xf8\xe5\xc6\xd8\xc5]")
# The bytes of Danish letters in DOS (865) and Macintosh text read as Windows-1252 between letters; the
# dagger, DOS's «å», beside one letter too.
_FOREIGN_LETTER = re.compile(r"(?<=[a-zA-Z])[†‘›¾¿Œ](?=[a-zA-Z])|(?<=[a-zA-Z])†|†(?=[a-zA-Z])")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
# Encodings a file may name itself; ISO 8859-1 is left out, since what says so is Windows-1252 in practice.
_DECLARABLE = frozenset({"iso8859-15", "cp850", "cp865", "mac-roman"})
_MAX_CONTROL_SHARE = 0.02  # text has none; one page of a damaged file may have a few
_MAX_NUL_SHARE = 0.10  # padding of old systems stays below; binary files lie above
_UTF16_NUL_SHARE = 0.40  # Danish text in UTF-16 has a NUL in nearly every second byte
_BINARY_STARTS = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
)
_REMEDY = "Gem den som tekst i UTF-8, og prøv igen."
_FETCH = "Kontrollér, at den er hentet helt, eller hent den igen."


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a raw file without its byte-order mark, and what a person should know."""

    text: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of ``data``.

    Args:
        data: the raw bytes.
        declared: the encoding the file itself names (an HTML ``charset``), tried after UTF-8.

    Raises:
        NoTextError: there is nothing but blanks.
        UnreadableError: the bytes are no text, or in an encoding that cannot be told for certain.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise NoTextError("Filen er tom.", _FETCH)
    if data.startswith(_BINARY_STARTS):
        raise UnreadableError(
            "Filen er ikke tekst, men en binær fil.", "Giv den det rigtige filnavn, eller gem den som tekst."
        )
    decoded = _decode(data, declared)
    text, warnings = decoded.text, list(decoded.warnings)
    size = len(text)
    nul = text.count("\x00")
    if nul > _MAX_NUL_SHARE * size or len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * size:
        raise UnreadableError("Filen er ikke tekst: den er fuld af styretegn.", _REMEDY)
    if nul:
        warnings.append(f"{nul} NUL-tegn er udeladt af teksten.")
    if not text.replace("\x00", "").strip():
        raise NoTextError("Filen er tom.", _FETCH)
    return Decoded(text, tuple(warnings))


def _decode(data: bytes, declared: str) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data[len(mark) :], encoding))
    if data.count(0) > _UTF16_NUL_SHARE * len(data):
        encoding = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
        return Decoded(_strictly(data, encoding), ("Filen har intet byte-order mark og er læst som UTF-16.",))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if len(_DANISH_UTF8.findall(data)) > len(_DANISH_1252.findall(data)):
            raise UnreadableError(
                f"Filen er UTF-8, men byte {error.start + 1} af {len(data)} er ødelagt.", _FETCH
            ) from None
    if _name_of(declared) in _DECLARABLE:
        return Decoded(_strictly(data, declared), (f"Filen er læst som {declared}, som den selv oplyser.",))
    text = _strictly(data, "cp1252")
    if len(_FOREIGN_LETTER.findall(text)) > len(_DANISH_1252.findall(data)):
        raise UnreadableError(
            "Filens tegnsæt er hverken UTF-8 eller Windows-1252 (gammel DOS- eller Mac-tekst?).", _REMEDY
        )
    return Decoded(text, ("Filen er ikke UTF-8 og er læst som Windows-1252.",))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        raise UnreadableError(f"Filen kan ikke læses som {encoding}.", _REMEDY) from None


def _name_of(encoding: str) -> str:
    """Python's name of an encoding that a file names, or "" for none that is known."""
    try:
        return codecs.lookup(encoding).name if encoding else ""
    except (LookupError, ValueError):
        return ""
