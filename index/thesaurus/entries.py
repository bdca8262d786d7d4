"""Entries of a thesaurus, and the files they stand in.

A file is UTF-8 text with a line for each entry: the everyday word or phrase, the law's words for it
parted by «;», and if wanted a note for people, parted by tabs. Lines that begin with «#» are for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from index.errors import ThesaurusError

EMBEDDED = "everyday.tsv"
_COLUMNS = 2  # at most, after the everyday words
_SHAPE = "everyday word<tab>word of the law; another<tab>a note if wanted"


@dataclass(frozen=True, slots=True)
class Entry:
    """``everyday``: a word or a phrase as people say it. ``law``: the law's words, most telling first."""

    everyday: str
    law: tuple[str, ...]


def embedded() -> list[Entry]:
    """The entries that come with the program: Danish, written for it."""
    return parse(files("index.thesaurus").joinpath(EMBEDDED).read_text(encoding="utf-8"), EMBEDDED)


def read(path: Path) -> list[Entry]:
    """The entries of a file.

    Raises:
        ThesaurusError: there is no such file, it is not UTF-8, or a line is no entry.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ThesaurusError(
            f"the thesaurus {path} cannot be read ({error}).", "Save it as text in UTF-8 at that place."
        ) from error
    return parse(text, str(path))


def parse(text: str, name: str) -> list[Entry]:
    """The entries of a file's text.

    Raises:
        ThesaurusError: a line is no entry; ``name`` and its number are told.
    """
    entries = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        everyday, *columns = (cell.strip() for cell in line.split("\t"))
        law = tuple(dict.fromkeys(filter(None, map(str.strip, columns[0].split(";"))))) if columns else ()
        if len(columns) > _COLUMNS or not everyday or not law:
            raise ThesaurusError(f"line {number} of {name} is no entry.", f"Write it as {_SHAPE}.")
        entries.append(Entry(everyday, law))
    return entries
