"""The words of the page and of the command line, Danish and English side by side.

``text`` finds words by key; ``told`` words an error for the person who meets it. ``--json`` and the HTTP
interface never read this catalogue: what they say does not change with the language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from api.texts import brief, citing, coverage, faults, history, page, shared, terminal
from corpus.identifiers import print_date


class Language(StrEnum):
    """Languages that people are spoken to in."""

    DA = "da"
    EN = "en"

    @property
    def other(self) -> Language:
        """The one to switch to."""
        return Language.EN if self is Language.DA else Language.DA


CATALOGUE: Mapping[str, tuple[str, str]] = {
    **shared.TEXTS,
    **page.TEXTS,
    **terminal.TEXTS,
    **brief.TEXTS,
    **citing.TEXTS,
    **coverage.TEXTS,
    **history.TEXTS,
    **faults.TEXTS,
}


def text(language: Language, key: str, **values: object) -> str:
    """The words for ``key``, with ``values`` filled in. Raises KeyError for a key that does not exist."""
    words = CATALOGUE[key][0 if language is Language.DA else 1]
    return words.format(**values) if values else words


def day(language: Language, date: dt.date | None) -> str:
    """A date as it is read in running text; a dash where none is known."""
    if date is None:
        return "–"
    return print_date(date) if language is Language.DA else date.isoformat()


def number(language: Language, value: float) -> str:
    """A number with two decimals: «0,83» in Danish, ``0.83`` in English."""
    shown = f"{value:.2f}"
    return shown.replace(".", ",") if language is Language.DA else shown
