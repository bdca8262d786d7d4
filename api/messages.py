"""Errors in the words of the person who meets them, on the page and at the command line.

What a user can cause by input (``InputError``, ``NotFoundError``) is worded in Danish where it is raised,
with the value and the limit. Faults of the index, the store and the encoder are worded in English there, for
whoever runs the system. A reader of the other language gets the catalogue's words for the code.
"""

from __future__ import annotations

from api import problems
from api.days import DayError
from api.texts import Language, text
from api.texts.faults import BAD_DAY, BAD_RANGE
from assistant.coverage import UnknownActError
from assistant.evidence import RangeError
from corpus.errors import HjemmelError, InputError, NotFoundError
from index.errors import QueryError, QueryFault


def title(language: Language, error: HjemmelError) -> str:
    """The short name of what went wrong."""
    return text(language, f"title-{problems.problem_of(error).code}")


def told(language: Language, error: HjemmelError) -> str:
    """What went wrong and what to do about it."""
    if isinstance(error, QueryError):
        return text(language, error.fault, **error.values)
    if isinstance(error, DayError):
        return text(language, BAD_DAY, value=error.value)
    if isinstance(error, RangeError):
        return text(language, BAD_RANGE, **error.values)
    if isinstance(error, UnknownActError):
        names = ", ".join(error.near)
        near = text(language, "coverage-near", names=names) if names else text(language, "coverage-near-none")
        return text(language, "coverage-unknown-act", asked=error.asked, near=near)
    if language is Language.DA and isinstance(error, InputError | NotFoundError):
        return str(error)
    return f"{title(language, error)}. {remedy(language, error)}"


def remedy(language: Language, error: HjemmelError) -> str:
    """What to do about an error of this class."""
    return text(language, f"remedy-{problems.problem_of(error).code}")


def concerns_day(error: HjemmelError) -> bool:
    """Whether the date of a search is at fault, and not its text."""
    return isinstance(error, DayError) or (isinstance(error, QueryError) and error.fault is QueryFault.DATE)
