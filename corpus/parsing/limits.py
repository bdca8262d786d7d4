"""How much one input may ask of the machine before it is refused."""

from __future__ import annotations

import time
from dataclasses import dataclass

from corpus.errors import TooLargeError

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of reading and parsing. Bytes are bytes on disk unless they are named unpacked.

    The defaults are ample for law: the longest consolidated Danish act is about 2 MiB of text, and the
    longest PDF of one about 1,000 pages.
    """

    record_bytes: int = 64 * MEBIBYTE  # one document: a file, or one line of a file of records
    unpacked_bytes: int = 256 * MEBIBYTE  # all that a packed document (DOCX) holds
    unpack_ratio: int = 200  # unpacked to packed; text in a DOCX packs 5 to 30 times
    unpack_ratio_from: int = 16 * MEBIBYTE  # below this a high ratio does no harm (empty tables)
    unpack_entries: int = 5_000  # files in a packed document; Word writes about 20 and one per picture
    stream_ratio: int = 5_000  # unpacked to packed for a packed file of records: repeated law packs 40 times
    pages: int = 5_000  # pages of one PDF
    stream_bytes: int = 64 * MEBIBYTE  # one unpacked stream of a PDF
    seconds: float = 300.0  # time for one PDF; 1,000 pages of an act take about a minute


DEFAULT_LIMITS = Limits()


class Deadline:
    """The time one document may take, asked between steps."""

    def __init__(self, limits: Limits) -> None:
        self._seconds = limits.seconds
        self._end = time.monotonic() + limits.seconds

    def check(self, what: str) -> None:
        """Raise ``TooLargeError`` when the time is up; ``what`` says how far the work came."""
        if time.monotonic() > self._end:
            raise TooLargeError(
                f"Læsningen blev stoppet efter {self._seconds:g} sekunder ({what}).",
                "Del dokumentet, eller hæv grænsen `seconds`.",
            )


def show_bytes(count: int) -> str:
    """A size for a message, as a Danish reader writes it: ``64 MiB``, ``1,5 MiB``, ``812 byte``."""
    if count < 1024:
        return f"{count} byte"
    size, unit = (count / 1024, "KiB") if count < MEBIBYTE else (count / MEBIBYTE, "MiB")
    return f"{size:.1f}".removesuffix(".0").replace(".", ",") + f" {unit}"
