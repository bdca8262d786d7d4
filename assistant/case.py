"""Reads a case: normalises it, replaces personal data, and takes it apart into sentences."""

from __future__ import annotations

import datetime as dt

from assistant.brief_types import CaseSentence, CaseText
from assistant.verdict import asks_for_verdict
from corpus.privacy.pseudonyms import Pseudonymised, pseudonymise
from corpus.sentences import sentences
from corpus.types import Span
from index.limits import check
from index.types import Query


def read_case(text: str, as_of: dt.date) -> tuple[CaseText, Pseudonymised]:
    """The case as everything after this reads it, and what the asker alone may have put back.

    Args:
        text: as the caseworker wrote it.
        as_of: the case's date.

    Raises:
        QueryError: the text is empty or too long, or the date is out of range.
    """
    made = pseudonymise(check(Query(text, as_of=as_of)))
    return (
        CaseText(
            text=made.text,
            replaced=made.replacements,
            sentences=tuple(
                CaseSentence(number, span, span.of(made.text))
                for number, span in enumerate(_sentences(made.text), start=1)
            ),
            as_of=as_of,
        ),
        made,
    )


def _sentences(text: str) -> list[Span]:
    """The sentences that tell of the case: a line of dashes does not, nor does a plea for a verdict."""
    found = sentences(text, Span(0, len(text)))
    said = ((span, span.of(text)) for span in found)
    return [span for span, words in said if any(map(str.isalnum, words)) and not asks_for_verdict(words)]
