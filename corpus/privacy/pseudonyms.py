"""Puts pseudonyms in the place of personal data, and back for the one who asked.

The same data has the same pseudonym throughout a text, so that a reader can tell two people apart. What
stood there is held by ``Pseudonymised`` alone: as long as the request lives, and never written down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.privacy.detect import find_personal_data
from corpus.privacy.types import DataClass, Replacement
from corpus.types import Span

_NAMES = {
    DataClass.CPR: "cpr-nummer",
    DataClass.ACCOUNT: "kontonummer",
    DataClass.EMAIL: "e-mail",
    DataClass.PHONE: "telefonnummer",
}
_PSEUDONYM = re.compile(r"\[(?:" + "|".join(_NAMES.values()) + r") (\d{1,6})\]")


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """A text without its personal data. Its ``repr`` shows none of what was replaced."""

    text: str
    replacements: tuple[Replacement, ...]
    _originals: dict[str, str] = field(repr=False, default_factory=dict)

    def restore(self, text: str) -> str:
        """``text`` with what the pseudonyms of this request stand for, as it was first written."""
        return _PSEUDONYM.sub(lambda match: self._originals.get(match.group(), match.group()), text)


def without_pseudonyms(text: str) -> str:
    """``text`` as it is searched for: that a number stood there says nothing of what the case is about."""
    return _PSEUDONYM.sub("–", text)


def pseudonymise(text: str) -> Pseudonymised:
    """``text`` with every piece of personal data that is recognised replaced.

    A pseudonym that the text already holds (a case read once before) is left as it stands and its number
    is not used again.
    """
    used = {match.group() for match in _PSEUDONYM.finditer(text)}
    given: dict[tuple[DataClass, str], str] = {}
    originals: dict[str, str] = {}
    bits: list[str] = []
    replacements: list[Replacement] = []
    position = length = 0
    for found in find_personal_data(text):
        before = text[position : found.span.start]
        key = (found.kind, found.value)
        if key not in given:
            given[key] = _next(found.kind, used)
            used.add(given[key])
            originals[given[key]] = found.span.of(text)
        pseudonym = given[key]
        start = length + len(before)
        length = start + len(pseudonym)
        bits += [before, pseudonym]
        replacements.append(Replacement(found.kind, pseudonym, Span(start, length)))
        position = found.span.end
    return Pseudonymised("".join([*bits, text[position:]]), tuple(replacements), originals)


def _next(kind: DataClass, used: set[str]) -> str:
    number = 1
    while f"[{_NAMES[kind]} {number}]" in used:
        number += 1
    return f"[{_NAMES[kind]} {number}]"
