"""Two renditions of one document, compared unit by unit: where they agree, and why they do not.

The official mark-up and a record of the same act should hold the same §§ with the same words. Where they do
not, one of them is at fault, and a reader of the weaker one must know which §§ it lacks or has added to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from corpus.types import Footnote, Level, Locator, ParsedDocument, Part, Provision

_WORD = re.compile(r"\w+")
# What a reader of LexDania lets through when it takes values of attributes for text.
_MARKUP = frozenset({"AendringURN", "AendringURNet", "True", "False"})


class Likeness(StrEnum):
    """How the words of a unit in the other rendition stand to those in the official one."""

    VERBATIM = "verbatim"  # the same but for blanks and line breaks
    WORDS = "words"  # the same words in the same order; punctuation differs
    FOOTNOTE_MARK = "footnote_mark"  # the number of a footnote stands among the words
    FOOTNOTE = "footnote"  # the words of a footnote stand in the text
    MARKUP = "markup"  # words of the mark-up stand in the text
    TWO_UNITS = "two_units"  # the words of another unit, which the other rendition lacks, stand in it
    ADDED = "added"  # words are added that none of these explains
    CHANGED = "changed"  # words of the official rendition are missing or changed
    MISSING = "missing"  # only the official rendition has the unit
    EXTRA = "extra"  # only the other rendition has it

    @property
    def agrees(self) -> bool:
        """Whether both renditions have the same words in the same order."""
        return self in (Likeness.VERBATIM, Likeness.WORDS)


@dataclass(frozen=True, slots=True)
class Rendition:
    """One rendition of a document: its normalised text and what was found in it."""

    text: str
    provisions: Sequence[Provision]
    footnotes: Sequence[Footnote] = ()

    @classmethod
    def of(cls, document: ParsedDocument) -> Rendition:
        """The rendition that a parsed document is."""
        return cls(document.text, document.provisions, document.footnotes)

    def words(self, unit: Provision) -> list[str]:
        """The words of a unit with its printed number and all that stands in it."""
        return _WORD.findall(self.text, unit.span.start, unit.span.end)


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of one unit."""

    locator: Locator
    likeness: Likeness


def compare(
    official: Rendition, other: Rendition, level: Level = Level.PARAGRAPH, part: Part = Part.MAIN
) -> tuple[Compared, ...]:
    """Every unit of one level and part that either rendition has, by its number.

    Units are paired by their whole locator, so a unit with the right words under a wrong number is both
    missing and extra. Official units come first, in text order, then those that only the other has.
    """
    ours = {p.locator: p for p in official.provisions if p.level is level and p.locator.part is part}
    theirs = {p.locator: p for p in other.provisions if p.level is level and p.locator.part is part}
    lacking = [official.words(unit) for locator, unit in ours.items() if locator not in theirs]
    footnotes = [words for note in official.footnotes if (words := _WORD.findall(note.text))]
    found = []
    for locator, unit in ours.items():
        pair = theirs.get(locator)
        likeness = Likeness.MISSING
        if pair is not None:
            likeness = _likeness(official, unit, other, pair, footnotes, lacking)
        found.append(Compared(locator, likeness))
    found += [Compared(locator, Likeness.EXTRA) for locator in theirs if locator not in ours]
    return tuple(found)


def _likeness(
    official: Rendition,
    unit: Provision,
    other: Rendition,
    pair: Provision,
    footnotes: Sequence[list[str]],
    lacking: Sequence[list[str]],
) -> Likeness:
    if unit.span.of(official.text).split() == pair.span.of(other.text).split():
        return Likeness.VERBATIM
    ours, theirs = official.words(unit), other.words(pair)
    if ours == theirs:
        return Likeness.WORDS
    added = _added(ours, theirs)
    if added is None:
        return Likeness.CHANGED
    without = [word for stretch in added for word in _without(stretch, footnotes)]
    if all(word.isdecimal() for word in without):
        noted = len(without) < sum(map(len, added))
        return Likeness.FOOTNOTE if noted else Likeness.FOOTNOTE_MARK
    if all(word in _MARKUP or word.isdecimal() for word in without):
        return Likeness.MARKUP
    left = [word for stretch in added for word in _without(_without(stretch, lacking), footnotes)]
    return Likeness.TWO_UNITS if all(word.isdecimal() for word in left) else Likeness.ADDED


def _added(ours: list[str], theirs: list[str]) -> list[list[str]] | None:
    """The stretches of words that the other rendition adds; ``None`` where it also changes or drops some."""
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    if any(tag in ("replace", "delete") for tag, *_ in codes):
        return None
    return [theirs[start:end] for tag, _, _, start, end in codes if tag == "insert"]


def _without(words: list[str], runs: Sequence[list[str]]) -> list[str]:
    """``words`` without each of ``runs`` that stands in it whole."""
    for run in runs:
        words = next((words[:at] + words[at + len(run) :] for at in _places(words, run)), words)
    return words


def _places(words: list[str], run: list[str]) -> Iterator[int]:
    return (at for at in range(len(words) - len(run) + 1) if words[at : at + len(run)] == run)
