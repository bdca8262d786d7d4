"""Files and folders as a source: every file gives its records or the reason why it gives none."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import HjemmelError, NotFoundError, UnreadableError, UnsupportedError
from corpus.parsing.limits import DEFAULT_LIMITS, Limits
from corpus.parsing.registry import MEDIA_TYPES, MediaType, too_large
from corpus.sources.lines import LINE_SUFFIXES, LongLine, read_lines
from corpus.types import RawRecord

# Files that stand beside documents and are none. They are passed over in a folder, never if named.
_BESIDE = re.compile(
    r"(?:readme|licen[sc]e|manifest|sources|formats|notice|changelog|contributing)(?:\.\w+)?", re.IGNORECASE
)
_REMEDIES = {
    ".doc": "Gem den som .docx.",
    ".rtf": "Gem den som .docx.",
    ".odt": "Gem den som .docx.",
    ".zip": "Pak den ud, og giv mappen.",
    ".gz": "Pak den ud; kun .jsonl læses pakket.",
    ".zst": "Pak den ud; kun .jsonl og .json læses pakket.",
}


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that gave no record, and why."""

    address: str
    error: HjemmelError


def read(paths: Iterable[Path], limits: Limits = DEFAULT_LIMITS) -> Iterator[RawRecord | Unread]:
    """The records of files and folders, in the order given, folders sorted by name.

    A file of records (``.jsonl``, packed or not) gives one record a line with the address ``path#line``,
    in bounded memory; a JSON list gives one an element (``path#1``); every other file is one record.
    Addresses begin with the path as it was given. Hidden files are passed over. Whatever cannot be read
    gives an ``Unread`` and the rest goes on.
    """
    for path in paths:
        yield from _read_path(path, limits, frozenset(), given=True)


def _read_path(
    path: Path, limits: Limits, above: frozenset[tuple[int, int]], *, given: bool = False
) -> Iterator[RawRecord | Unread]:
    """``above`` holds the folders that the walk stands in, so that a link back to one is seen."""
    try:
        status = path.stat()
    except OSError as error:
        yield Unread(str(path), _os_error(error))
        return
    except ValueError:  # a NUL in the name
        yield Unread(str(path), NotFoundError("Stien findes ikke.", "Kontrollér den."))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _read_folder(path, limits, above, (status.st_dev, status.st_ino), given=given)
    elif not stat.S_ISREG(status.st_mode):
        yield Unread(
            str(path), UnsupportedError("Det er ikke en almindelig fil.", "Giv en fil eller en mappe.")
        )
    else:
        try:
            yield from _read_file(path, status, limits, given=given)
        except HjemmelError as error:
            yield Unread(str(path), error)
        except OSError as error:
            yield Unread(str(path), _os_error(error))


def _read_folder(
    folder: Path, limits: Limits, above: frozenset[tuple[int, int]], identity: tuple[int, int], *, given: bool
) -> Iterator[RawRecord | Unread]:
    if identity in above:
        loop = UnsupportedError("Mappen er et link tilbage til en mappe, den ligger i.", "Fjern linket.")
        yield Unread(str(folder), loop)
        return
    try:
        children = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        yield Unread(str(folder), _os_error(error))
        return
    found = False
    for name in children:
        for item in _read_path(folder / name, limits, above | {identity}):
            found = found or isinstance(item, RawRecord)
            yield item
    if given and not found:
        remedy = f"Læg filer i den af en af typerne {_suffixes()}."
        yield Unread(str(folder), NotFoundError("Mappen har ingen filer, der kan læses.", remedy))


def _read_file(
    path: Path, status: os.stat_result, limits: Limits, *, given: bool
) -> Iterator[RawRecord | Unread]:
    modified = dt.datetime.fromtimestamp(status.st_mtime, tz=dt.UTC).date()
    name = path.name.lower()
    if not given and _BESIDE.fullmatch(name):
        raise UnsupportedError(
            "Filen følger med mappen og er intet dokument.", "Giv den for sig, hvis den skal læses."
        )
    if name.endswith(LINE_SUFFIXES):
        yield from _line_records(path, modified, limits)
        return
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise UnsupportedError(
            f"Filtypen «{path.suffix or path.name}» kan ikke læses.",
            _REMEDIES.get(path.suffix.lower(), f"Gem den som en af: {_suffixes()}."),
        )
    if status.st_size > limits.record_bytes:
        raise too_large(status.st_size, limits)
    data = _bytes(path, limits)
    if media_type is MediaType.JSON and data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        yield from _list_records(path, data, modified)
    else:
        yield _record(str(path), data, media_type, modified)


def _bytes(path: Path, limits: Limits) -> bytes:
    """The whole file; one that grew since its size was asked is stopped at the limit."""
    with path.open("rb") as file:
        data = file.read(limits.record_bytes + 1)
    if len(data) > limits.record_bytes:
        raise too_large(len(data), limits)
    return data


def _line_records(path: Path, modified: dt.date, limits: Limits) -> Iterator[RawRecord | Unread]:
    number = 0
    try:
        for number, line in read_lines(path, limits):
            address = f"{path}#{number}"
            if isinstance(line, LongLine):
                yield Unread(address, too_large(line.size, limits))
            else:
                yield _record(address, line, MediaType.JSON, modified)
    except HjemmelError as error:  # the lines before the fault were whole
        yield Unread(f"{path}#{number + 1}", error)
    if not number:
        yield Unread(
            str(path), UnreadableError("Filen har ingen linjer.", "Kontrollér, at den er hentet helt.")
        )


def _list_records(path: Path, data: bytes, modified: dt.date) -> Iterator[RawRecord | Unread]:
    """One record an element, each with the bytes it has in the file."""
    try:
        elements = list(_elements(data.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        yield Unread(str(path), UnreadableError("Filen er ikke en hel JSON-liste.", "Hent den igen."))
        return
    if not elements:
        yield Unread(str(path), UnreadableError("JSON-listen er tom.", "Kontrollér, at den er hentet helt."))
    for number, element in enumerate(elements, 1):
        yield _record(f"{path}#{number}", element.encode(), MediaType.JSON, modified)


def _elements(text: str) -> Iterator[str]:
    decoder = json.JSONDecoder()
    here = _next(text, text.index("[") + 1)
    more = text[here] != "]"
    while more:
        _, end = decoder.raw_decode(text, here)
        yield text[here:end]
        here = _next(text, end)
        more = text[here] == ","
        if more:
            here = _next(text, here + 1)
    if text[here] != "]" or text[here + 1 :].strip():
        raise ValueError("the list is not closed, or text follows it")


_BLANKS = re.compile(r"[ \t\r\n]*")


def _next(text: str, here: int) -> int:
    """The place of the next sign that is no blank."""
    match = _BLANKS.match(text, here)
    here = match.end() if match else here
    if here >= len(text):
        raise ValueError("the list is not closed")
    return here


def _record(address: str, data: bytes, media_type: MediaType, modified: dt.date) -> RawRecord:
    return RawRecord(address, data, media_type, hashlib.sha256(data).hexdigest(), modified)


def _os_error(error: OSError) -> HjemmelError:
    if isinstance(error, FileNotFoundError):
        return NotFoundError("Filen eller mappen findes ikke.", "Kontrollér stien.")
    if isinstance(error, PermissionError):
        return UnreadableError("Filen eller mappen må ikke læses.", "Giv læseadgang til den.")
    return UnreadableError(f"Filen kan ikke læses: {error.strerror}.", "Kontrollér den og disken.")


def _suffixes() -> str:
    return ", ".join([*MEDIA_TYPES, *LINE_SUFFIXES])
