"""Reads a case out of a file that a caseworker has at hand. Nothing of it is kept."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePath

from corpus.errors import InputError, NoTextError, UnsupportedError
from corpus.parsing.limits import MEBIBYTE, Limits
from corpus.parsing.registry import MEDIA_TYPES, MediaType, parse
from corpus.types import RawRecord

# A letter or a case description, not a case file: what is longer than a search takes is refused there.
CASE_LIMITS = Limits(record_bytes=20 * MEBIBYTE, unpacked_bytes=64 * MEBIBYTE, pages=200, seconds=30)
_SUFFIXES = {
    suffix: media for suffix, media in MEDIA_TYPES.items() if media not in (MediaType.XML, MediaType.JSON)
}


def read_case_bytes(name: str, data: bytes) -> str:
    """The text of a case in a file.

    Args:
        name: the file's name; its ending says how to read it.

    Raises:
        UnsupportedError: the ending is none that is read.
        UnreadableError: the bytes are not what the ending says, or hold no text.
        TooLargeError: over one of ``CASE_LIMITS``.
    """
    suffix = PurePath(name).suffix.lower()
    media_type = _SUFFIXES.get(suffix)
    if media_type is None:
        raise UnsupportedError(
            f"Filer af typen «{suffix[:12] or 'uden endelse'}» kan ikke læses som en sag.",
            f"Brug en af: {', '.join(sorted(_SUFFIXES))}.",
        )
    checksum = hashlib.sha256(data).hexdigest()
    text = parse(RawRecord("sag", data, media_type, checksum), CASE_LIMITS).text
    if not text.strip():
        raise NoTextError("Filen har ingen tekst.", "En skannet side skal først gennem tekstgenkendelse.")
    return text


def read_case_file(path: Path) -> str:
    """``read_case_bytes`` of a file on disk.

    Raises:
        InputError: the file cannot be opened.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"Filen {path.name} kan ikke åbnes: {error.strerror}.", "Kontrollér navn og adgang."
        ) from None
    return read_case_bytes(path.name, data)
