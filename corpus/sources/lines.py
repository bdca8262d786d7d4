"""The lines of a file of records, packed or not, in bounded memory."""

from __future__ import annotations

import gzip
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from corpus.errors import TooLargeError, UnreadableError
from corpus.parsing.limits import Limits

LINE_SUFFIXES = (".jsonl", ".jsonl.zst", ".json.zst", ".jsonl.gz", ".json.gz")

_PIECE = 1 << 20  # bytes read at a time from what is not packed
# A zstd block of 4 bytes can unpack to 128 KiB, so this many packed bytes unpack to 32 MiB at most.
_PACKED_PIECE = 1 << 10
_LARGEST_WINDOW = 1 << 27  # bytes of look-back zstd may ask for: its own default for decompression
_RATIO_FROM = 1 << 30  # unpacked bytes before the ratio is looked at


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line over the limit, passed over without being kept: ``size`` bytes."""

    size: int


def read_lines(path: Path, limits: Limits) -> Iterator[tuple[int, bytes | LongLine]]:
    """The lines that are not blank, each with its number from 1 and without its line break.

    Raises:
        UnreadableError: the packed data are damaged or end too early; the lines before were given.
        TooLargeError: the file unpacks to more than ``stream_ratio`` times its size.
    """
    number = 0
    bits: list[bytes] = []
    size = 0
    for piece in _pieces(path, limits):
        start = 0
        while (end := piece.find(b"\n", start)) >= 0:
            size += end - start
            if size <= limits.record_bytes:
                bits.append(piece[start:end])
            number += 1
            yield from _line(number, bits, size, limits)
            bits, size, start = [], 0, end + 1
        size += len(piece) - start
        if size <= limits.record_bytes:
            bits.append(piece[start:])
        else:
            bits = []
    yield from _line(number + 1, bits, size, limits)


def _line(
    number: int, bits: list[bytes], size: int, limits: Limits
) -> Iterator[tuple[int, bytes | LongLine]]:
    if size > limits.record_bytes:
        yield number, LongLine(size)
    elif line := b"".join(bits).removeprefix(BOM_UTF8).strip():
        yield number, line


def _pieces(path: Path, limits: Limits) -> Iterator[bytes]:
    packed = path.stat().st_size
    unpack = {".zst": _zstd, ".gz": _gzip}.get(path.suffix.lower(), _plain)
    unpacked = 0
    for piece in unpack(path):
        unpacked += len(piece)
        if unpacked > max(_RATIO_FROM, packed * limits.stream_ratio):
            raise TooLargeError(
                f"Filen fylder mere end {limits.stream_ratio} gange sin størrelse udpakket.",
                "Kontrollér, hvor den kommer fra, eller hæv grænsen `stream_ratio`.",
            )
        yield piece


def _plain(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _gzip(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) as file:
            while piece := file.read1(_PIECE):  # read() would lose what comes before a fault
                yield piece
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise _damaged() from None


def _zstd(path: Path) -> Iterator[bytes]:
    unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    frame = unpacker.decompressobj()
    begun = False  # within a frame: the file must not end here
    try:
        with path.open("rb") as file:
            while packed := file.read(_PACKED_PIECE):
                while packed:
                    begun = True
                    yield frame.decompress(packed)
                    packed = b""
                    if frame.eof:
                        packed, begun = frame.unused_data, False
                        frame = unpacker.decompressobj()
    except zstandard.ZstdError:
        raise _damaged() from None
    if begun:
        raise _damaged()


def _damaged() -> UnreadableError:
    return UnreadableError("Den pakkede fil er beskadiget eller ikke hentet helt.", "Hent den igen.")
