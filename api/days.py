"""Days as people write them at the doors."""

from __future__ import annotations

import datetime as dt

from corpus.errors import CitationError
from corpus.identifiers import parse_date

_SHOWN = 40  # characters of a bad date in its message


class DayError(CitationError):
    """A date that cannot be read; ``value`` is what was written."""

    def __init__(self, value: str) -> None:
        self.value = value[:_SHOWN]
        super().__init__(
            f"Datoen «{self.value}» kan ikke læses.", "Skriv den som 2024-03-01 eller 1. marts 2024."
        )


def parse_day(written: str | None) -> dt.date | None:
    """The day that ``written`` names, in any Danish form; ``None`` where nothing is written.

    Raises:
        DayError: it is no date.
    """
    if written is None or not written.strip():
        return None
    try:
        return parse_date(written)
    except CitationError:
        raise DayError(written) from None
