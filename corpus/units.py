"""What stands inside one §: its stk., numbers, letters and sentences.

A printed mark counts only where its number follows on from the one before, so that «Stk. 2» in a
reference, a footnote's «1)» and a list inside a quotation never begin a unit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.sentences import sentences
from corpus.types import Level, Locator, Provision, Span

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
_RANK = {level: rank for rank, level in enumerate(Level)}

# Each alternative begins with a plain character, which lets the engine skip to the next one quickly.
_SIGN = re.compile(
    r"»|«|\)(?=\s|$)"
    r"|Stk\.\s?(?P<stk>\d{1,2})(?:\s?(?:-|–|og)\s?(?P<last>\d{1,2}))?"
    r"(?:\s?\.(?=\s|$)|(?P<pointless>)(?=\s[A-ZÆØÅ][a-zæøå]))"
)
# What a closing bracket makes a mark of: «1)», «2 a)», «3-5)», «b)».
_ITEM = re.compile(
    r"(?<!\S)(?:(?P<nr>\d{1,3})(?:\s?(?P<letter>[a-zæøå])|\s?[-–]\s?(?P<last>\d{1,3}))?|(?P<litra>[a-zæøå]))\)$"
)
_LONGEST_ITEM = 10  # characters of «103 - 105)»
# What may follow «Stk. 2.» where it begins a stk.: a reference goes on with a small letter.
_OPENS = re.compile(r"\s*(?:[A-ZÆØÅÉ\d(«»”“\"§[–-]|$)")
# «(Ophævet)», «(Ophævet).». «(Udeladt)» is left out of the print, not repealed.
_REPEALED = re.compile(r"[(»]?\s?(?:ophævet|ophæves|bortfaldet)\b[^().;]{0,80}\)?\s?\.?", re.IGNORECASE)
_STOPPED = re.compile(r"[.!?][\"»«”’')\]]*$")
# A quotation longer than this is taken for a quotation mark that was never closed.
_LONGEST_QUOTE = 20_000
# More numbers than this in a run mean that it was misread.
_LONGEST_RUN = 60


@dataclass(frozen=True, slots=True)
class _Mark:
    """A printed mark: the level it begins, the numbers it covers, where it stands."""

    level: Level
    values: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Context:
    """What is printed over a provision."""

    chapter: str = ""
    heading: str = ""


def is_repealed(words: str) -> bool:
    """Whether the words of a unit say only that it is repealed."""
    return bool(_REPEALED.fullmatch(words))


def units(text: str, body: Span, paragraph: Locator, context: Context) -> list[Provision]:
    """The units inside the § ``paragraph``, whose words without its number stand in ``body``.

    A unit comes before its parts. Stk. 1 is always there. A list's last item ends with its first
    sentence where the items before it end without a full stop: what follows goes on the stk.
    """
    marks = _outside_quotes(text, body)
    found: list[Provision] = []
    for mark, span in _parts(_stks(text, body, marks), body):
        inner = Span(mark.span.end, span.end)
        locators = [_at(paragraph, int(value)) for value in mark.values]
        found.extend(_unit(text, locators, span, inner, _within(marks, inner), context))
    return sorted(found, key=lambda p: (p.span.start, -p.span.end, _RANK[p.level]))


def _unit(
    text: str,
    locators: Sequence[Locator],
    span: Span,
    inner: Span,
    marks: Sequence[_Mark],
    context: Context,
) -> Iterator[Provision]:
    """A unit, its list and its sentences; the numbers of a run have neither."""
    span, body = trimmed(text, span), trimmed(text, inner)
    repealed = len(body) < 120 and is_repealed(body.of(text))
    for locator in locators:
        yield Provision(locator, locator.level, span, body, context.chapter, context.heading, repealed)
    if len(locators) > 1 or repealed:
        return
    items = _items(locators[0], marks)
    if not items:
        yield from _pkts(text, locators[0], [(body, True)], context)
        return
    end = _list_end(text, items, marks, body)
    listed = Span(items[0].span.start, end)
    for item, item_span in _parts(items, listed):
        inside = Span(min(item.span.end, item_span.end), item_span.end)
        wanted = [_below(locators[0], item.level, value) for value in item.values]
        yield from _unit(text, wanted, item_span, inside, _within(marks, inside), context)
    pieces = [(Span(body.start, listed.start), True), (listed, False), (Span(end, body.end), True)]
    yield from _pkts(text, locators[0], pieces, context)


def _below(parent: Locator, level: Level, value: str) -> Locator:
    if level is Level.NR:
        return _at(parent, parent.stk, nr=value)
    return _at(parent, parent.stk, parent.nr, value)


def _at(
    place: Locator, stk: int | None, nr: str | None = None, litra: str | None = None, pkt: int | None = None
) -> Locator:
    """A locator in the § of ``place``. Written out because ``replace`` took a tenth of the whole time."""
    return Locator(place.paragraph, stk, nr, litra, pkt, place.part, place.block)


def _pkts(
    text: str, unit: Locator, pieces: Sequence[tuple[Span, bool]], context: Context
) -> Iterator[Provision]:
    """The sentences of a unit's own text, where there are two or more; a list goes on a sentence."""
    told: list[Span] = []
    for piece, own in pieces:
        place = trimmed(text, piece)
        if not len(place):
            continue
        for part in sentences(text, place) if own else (place,):
            if told and (not own or (part.start == place.start and text[part.start].islower())):
                told[-1] = Span(told[-1].start, part.end)
            else:
                told.append(part)
    if len(told) > 1:
        for pkt, sentence in enumerate(told, 1):
            locator = _at(unit, unit.stk, unit.nr, unit.litra, pkt)
            yield Provision(locator, Level.PKT, sentence, sentence, context.chapter, context.heading)


def _within(marks: Sequence[_Mark], span: Span) -> Sequence[_Mark]:
    first = bisect_left(marks, span.start, key=lambda m: m.span.start)
    return marks[first : bisect_left(marks, span.end, key=lambda m: m.span.start)]


def _parts(marks: Sequence[_Mark], whole: Span) -> Iterator[tuple[_Mark, Span]]:
    """Each mark with the stretch from it to the next, or to the end of ``whole``."""
    ends = [mark.span.start for mark in marks[1:]] + [whole.end]
    for mark, end in zip(marks, ends, strict=True):
        yield mark, Span(mark.span.start, end)


def _outside_quotes(text: str, body: Span) -> list[_Mark]:
    """The printed marks in ``body``, without those inside a quotation."""
    found: list[_Mark] = []
    quoted_from = -1
    held: list[_Mark] = []  # marks since an opening quotation mark
    for match in _SIGN.finditer(text, body.start, body.end):
        sign = text[match.start()]
        if sign == "»":
            found.extend(held)
            held, quoted_from = [], match.start()
        elif sign == "«":
            if quoted_from >= 0 and match.start() - quoted_from > _LONGEST_QUOTE:
                found.extend(held)
            held, quoted_from = [], -1
        else:
            mark = _item(text, match, body) if sign == ")" else _stk(text, match)
            if mark is not None:
                (held if quoted_from >= 0 else found).append(mark)
    return found + held


def _stk(text: str, match: re.Match[str]) -> _Mark | None:
    before = text[match.start() - 1] if match.start() else "\n"
    span = Span(*match.span())
    if not before.isspace() or (match["pointless"] is not None and not _stopped(text, span)):
        return None
    return _Mark(Level.STK, _run(match["stk"], match["last"]), span)


def _item(text: str, bracket: re.Match[str], body: Span) -> _Mark | None:
    start, end = max(body.start, bracket.start() - _LONGEST_ITEM), bracket.start() + 1
    match = _ITEM.search(text, start, end)
    if match is None:
        return None
    span = Span(*match.span())
    if match["litra"]:
        return _Mark(Level.LITRA, (match["litra"],), span)
    values = (f"{match['nr']} {match['letter']}",) if match["letter"] else _run(match["nr"], match["last"])
    return _Mark(Level.NR, values, span)


def _run(first: str, last: str | None) -> tuple[str, ...]:
    if last is None or not 0 < int(last) - int(first) < _LONGEST_RUN:
        return (first,)
    return tuple(str(n) for n in range(int(first), int(last) + 1))


def _stks(text: str, body: Span, marks: Sequence[_Mark]) -> list[_Mark]:
    """The marks that begin a stk.; stk. 1 stands at the start of the § with or without a printed mark."""
    printed = [m for m in marks if m.level is Level.STK and _opens(text, m, body)]
    last_place = {m.values[0]: m.span.start for m in printed}
    start = trimmed(text, body).start
    if printed and printed[0].span.start == start and printed[0].values[0] == "1":
        found = [printed.pop(0)]
    else:
        found = [_Mark(Level.STK, ("1",), Span(start, start))]
    for mark in printed:
        last, number = int(found[-1].values[-1]), int(mark.values[0])
        # A number may be missing from the print; if it comes later, this one was only referred to.
        missing = last_place.get(str(last + 1), 0) < mark.span.start
        if number == last + 1 or (number > last and missing and _stopped(text, mark.span)):
            found.append(mark)
    return found


def _opens(text: str, mark: _Mark, body: Span) -> bool:
    at_line_start = mark.span.start == 0 or text[mark.span.start - 1] == "\n"
    return at_line_start or bool(_OPENS.match(text, mark.span.end, body.end))


def _stopped(text: str, span: Span) -> bool:
    """Whether a sentence or block ends before ``span``."""
    before = text[max(0, span.start - 6) : span.start].rstrip(" ")
    return not before or before.endswith(("\n", ".", ")", "«", "”", ":", ";"))


def _items(unit: Locator, marks: Sequence[_Mark]) -> list[_Mark]:
    """The items of a unit's list: numbers in a stk., else letters; empty where there is no list."""
    if unit.litra is not None:
        return []
    return (_sequence(marks, Level.NR) if unit.nr is None else []) or _letters(marks)


def _letters(marks: Sequence[_Mark]) -> list[_Mark]:
    return _sequence(marks, Level.LITRA)


def _sequence(marks: Sequence[_Mark], level: Level) -> list[_Mark]:
    """The marks of ``level`` that follow on from each other; one alone is no list."""
    found: list[_Mark] = []
    for mark in marks:
        if mark.level is level and _follows(found[-1].values[-1] if found else "", mark.values[0]):
            found.append(mark)
    return found if len(found) > 1 or (found and len(found[0].values) > 1) else []


def _follows(last: str, value: str) -> bool:
    """Whether ``value`` may be printed straight after ``last``; the first is 1 or a."""
    if not last:
        return value in ("1", "a")
    number, _, letter = value.partition(" ")
    last_number, _, last_letter = last.partition(" ")
    if number.isdigit():
        if letter:
            return number == last_number and letter == _next(last_letter)
        return int(number) == int(last_number) + 1
    return value == _next(last)


def _next(letter: str) -> str:
    return _LETTERS[_LETTERS.index(letter) + 1 : _LETTERS.index(letter) + 2] if letter else "a"


def _list_end(text: str, items: Sequence[_Mark], marks: Sequence[_Mark], body: Span) -> int:
    """Where the list ends: with its last item's first sentence, if the items are parts of a sentence."""
    last = items[-1]
    inner = _letters(_within(marks, Span(last.span.end, body.end))) if last.level is Level.NR else []
    if inner:
        return _list_end(text, inner, marks, body)
    before = trimmed(text, Span(items[-2].span.end, last.span.start)) if len(items) > 1 else body
    if _STOPPED.search(text, max(before.start, before.end - 5), before.end):
        return body.end
    told = sentences(text, Span(last.span.end, body.end))
    return told[0].end if told else body.end


def trimmed(text: str, span: Span) -> Span:
    """The span without the blanks and line breaks at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
