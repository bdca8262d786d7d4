"""Running text → provisions, and the door to sentences and sections.

The text of a statute may run on («§ 36. … Stk. 2. … 1) … a) …») or stand on lines of its own. Every
unit must be announced by a printed number that follows on from the one before; what is not sure to
be a unit stays words of the unit before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.parsing.lexdania_numbers import paragraph_numbers
from corpus.sections import find_sections, section_role
from corpus.sentences import sentences
from corpus.types import Level, Locator, Part, Provision, Span
from corpus.units import Context, is_repealed, trimmed, units

__all__ = [
    "find_provisions",
    "find_sections",
    "headings_over",
    "read_label",
    "read_paragraph",
    "section_role",
    "sentences",
]

_NUMBER = r"\d{1,4}(?:\s?(?:[a-zæøå](?!\w)|[A-ZÆØÅ](?=\.)))?"
_LABEL = re.compile(
    rf"§[§ ]{{0,2}}\s?{_NUMBER}(?:\s?\.?\s?(?:-|–|,|\bog\b|\btil\b)\s?(?:§\s?)?(?:{_NUMBER}|[a-zæøå](?!\w)))?"
    r"(?P<stop>\s?\.)?(?=\s|$|\()"
)
_PARAGRAPH = re.compile(r"(?<!\S)(?=§)" + _LABEL.pattern)
_BEGINS = re.compile(r"\s*(?:[A-ZÆØÅÉ\d(»”“\"«§]|$)")
_SENTENCE_END = re.compile(r"[.:;!?)»«”]$")
_REFERENCE = re.compile(r"(?:\bjf\.|\bstk\.|\bnr\.|\bog|\beller|\bdog|\befter|\bi)$", re.IGNORECASE)

_CHAPTER = re.compile(
    r"(?:Kapitel|Afsnit|Bog|Afdeling)\s+(?:\d{1,3}|[IVXLC]{1,7})(?:\s?[a-zæøå])?\b\.?", re.IGNORECASE
)
_CHAPTER_LINE = re.compile(rf"^{_CHAPTER.pattern}", re.MULTILINE | re.IGNORECASE)
# Lines that are no heading whatever stands under them.
_NO_HEADING = re.compile(r"§|Stk\.|\d{1,3}(?:\s?[a-zæøå])?\)|[a-zæøå]\)|[•–—-]\s|[a-zæøå(]|\d{1,4}$")
_LONGEST_HEADING = 200
_GOES_ON = re.compile(r"[,;:–-]$")
_ABBREVIATED = re.compile(r"\b(?:m\.v|mv|m\.m|m\.fl|o\.l|lign)\.$")
_LONGEST_STOPPED = 90  # a line that ends «m.v.» and is longer is a sentence
# What stands under the number of a chapter that is no longer there.
_NOTHING_LEFT = re.compile(r"\((?:Ophævet|Udelad(?:t|es)|Bortfaldet)[^()]{0,80}\)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Label:
    """The printed number of a §, or of a run of §§."""

    numbers: tuple[str, ...]
    span: Span


def find_provisions(text: str, span: Span, part: Part = Part.MAIN, block: int = 0) -> tuple[Provision, ...]:
    """The provisions of a statute's text inside ``span``, a unit before its parts.

    Args:
        text: a document's normalised text; words may run on or stand on lines.
        span: where to look; what stands before the first § becomes no provision.
        part: the part of the document that ``span`` is.
        block: tells the transitional rules of several acts, or several annexes, apart.

    Chapter lines and headings over a § become its context and belong to no provision. An annex
    without §§ is one provision without a number.
    """
    labels = list(_labels(text, span))
    if not labels:
        whole = trimmed(text, span)
        if part is not Part.ANNEX or not len(whole):
            return ()
        return (Provision(Locator("", part=part, block=block), Level.PARAGRAPH, whole, whole),)
    found: list[Provision] = []
    chapter, heading = "", ""
    above = span.start
    for label, end in zip(labels, [*(x.span.start for x in labels[1:]), span.end], strict=True):
        for line in headings_over(text, above, label.span.start)[1]:
            if _CHAPTER.match(line):
                chapter, heading = line, ""
            elif chapter and _CHAPTER.fullmatch(chapter):
                chapter = f"{chapter} {line}"
            else:
                heading = line
        above = headings_over(text, _first_line(text, label.span.end, end), end)[0] if end < span.end else end
        locators = [Locator(number, part=part, block=block) for number in label.numbers]
        place = Span(label.span.start, above)
        found.extend(read_paragraph(text, place, label.span.end, locators, Context(chapter, heading)))
    return tuple(found)


def read_paragraph(
    text: str, span: Span, body_start: int, locators: Sequence[Locator], context: Context
) -> Iterator[Provision]:
    """The § that fills ``span``, or the §§ of a run that share it, with the units inside.

    ``body_start`` is where its printed number ends. The §§ of a run have no units of their own.
    """
    span = trimmed(text, span)
    body = trimmed(text, Span(min(body_start, span.end), span.end))
    repealed = is_repealed(body.of(text))
    for locator in locators:
        yield Provision(locator, Level.PARAGRAPH, span, body, context.chapter, context.heading, repealed)
    if len(locators) == 1 and len(body):
        yield from units(text, body, locators[0], context)


def read_label(text: str, span: Span) -> tuple[tuple[str, ...], int]:
    """The numbers of the § label at the start of ``span``, and where it ends; none and the start if none."""
    match = _LABEL.match(text, span.start, span.end)
    numbers = paragraph_numbers(match.group()).values if match else ()
    return (numbers, match.end()) if match and numbers else ((), span.start)


def _labels(text: str, span: Span) -> Iterator[_Label]:
    """The labels that begin a §, in order."""
    seen: set[str] = set()
    last = ""
    for match in _PARAGRAPH.finditer(text, span.start, span.end):
        if not _BEGINS.match(text, match.end(), span.end):
            continue
        numbers = paragraph_numbers(match.group()).values
        if not numbers or seen.intersection(numbers):
            continue
        at_line_start = match.start() == span.start or text[match.start() - 1] == "\n"
        if last and text[max(0, match.start() - 2) : match.start()].rstrip() == ":":
            continue  # «… affattes således:» quotes a § of another act
        follows = not last or _is_next(last, numbers[0])
        if at_line_start:
            begins = bool(match["stop"]) or follows
        else:
            begins = bool(match["stop"]) and bool(last) and follows and _after_sentence(text, match.start())
        if begins:
            yield _Label(numbers, Span(*match.span()))
            seen.update(numbers)
            last = numbers[-1]


def _is_next(last: str, number: str) -> bool:
    """Whether ``number`` may follow straight on ``last``: 36 → 36 a or 37, 36 a → 36 b or 37."""
    (last_number, last_letter), (new_number, letter) = _split(last), _split(number)
    if new_number == last_number + 1:
        return letter in ("", "a")
    return (
        new_number == last_number
        and bool(letter)
        and ord(letter) == (ord(last_letter) + 1 if last_letter else ord("a"))
    )


def _split(number: str) -> tuple[int, str]:
    digits, _, letter = number.partition(" ")
    return int(digits), letter.lower()


def _after_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 12) : at].rstrip()
    return bool(_SENTENCE_END.search(before)) and not _REFERENCE.search(before)


def headings_over(text: str, start: int, end: int) -> tuple[int, list[str]]:
    """The heading lines printed over the § whose label stands at ``end``, and where the first begins."""
    place = end
    lines: list[str] = []
    kept, below = place, 0  # what is sure to be headings, and how many lines that are
    while place > start:
        line_start = text.rfind("\n", start, max(start, place - 1)) + 1 or start
        line = text[line_start:place].strip()
        lines.append(line)
        place = line_start
        if _is_heading(line):
            kept, below = place, len(lines)
        elif not (_NOTHING_LEFT.fullmatch(line) and _is_chapter_above(text, start, place)):
            break
        if place == start:
            break
    return kept, [line for line in reversed(lines[:below]) if line]


def _first_line(text: str, start: int, end: int) -> int:
    """The end of the first line with words: a § whose number stands on a line of its own has words too."""
    while start < end and text[start].isspace():
        start += 1
    line_end = text.find("\n", start, end)
    return end if line_end < 0 else line_end


def _is_chapter_above(text: str, start: int, place: int) -> bool:
    line_start = text.rfind("\n", start, max(start, place - 1)) + 1 or start
    return bool(_CHAPTER.fullmatch(text[line_start:place].strip()))


def _is_heading(line: str) -> bool:
    if not line or len(line) > _LONGEST_HEADING:
        return not line
    if _CHAPTER.match(line):
        return True
    if _NO_HEADING.match(line) or _GOES_ON.search(line):
        return False
    return not line.endswith(".") or (len(line) <= _LONGEST_STOPPED and bool(_ABBREVIATED.search(line)))
