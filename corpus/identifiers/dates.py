"""Danish dates: «22. juni 2023», «22/06/2023», «22-06-2023», «22.06.2023», «2023-06-22»."""

from __future__ import annotations

import datetime as dt
import re

from corpus.errors import CitationError

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
# The first three letters tell all twelve months apart, so «22. jun. 2023» and «22. sept. 2023» pass too.
_MONTH_OF = {name[:3]: number for number, name in enumerate(MONTHS, 1)}

# As they stand inside a running text; ``identifiers.names`` and ``references`` build on it.
DATE_PATTERN = (
    r"\d{1,2}\.? ?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]{0,6}\.? ?\d{4}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}"
)
_WORDED = re.compile(r"(?:den |d\. ?)?(\d{1,2})\.? ?([a-z]{3})([a-z]{0,6})\.? ?(\d{4})")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def parse_date(text: str) -> dt.date:
    """The date that ``text`` writes; raises ``CitationError`` where it is none."""
    cleaned = " ".join(text.split()).lower()
    year = month = day = 0
    if match := _ISO.fullmatch(cleaned):
        year, month, day = (int(part) for part in match.groups())
    elif match := _NUMERIC.fullmatch(cleaned):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    elif match := _WORDED.fullmatch(cleaned):
        number = _MONTH_OF.get(match[2], 0)
        name = match[2] + match[3]
        # An abbreviation is a beginning of the month's name («sept»); anything else is a misspelling.
        month = number if number and MONTHS[number - 1].startswith(name) else 0
        day, year = int(match[1]), int(match[4])
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise CitationError(
            f"«{text[:80]}» er ikke en dato.", "Skriv den som «22. juni 2023» eller «22/06/2023»."
        ) from None


def print_date(date: dt.date) -> str:
    """As it stands in running text: «22. juni 2023»."""
    return f"{date.day}. {MONTHS[date.month - 1]} {date.year}"


def print_short_date(date: dt.date) -> str:
    """As it stands in short names: «22/06/2023»."""
    return f"{date.day:02d}/{date.month:02d}/{date.year:04d}"
