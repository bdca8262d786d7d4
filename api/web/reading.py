"""A document laid out for reading: its lines with headings and anchors, its contents, its right version."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from assistant.types import DocumentView, ProvisionEntry, Version
from corpus.parsing.text import blocks
from corpus.types import Span

_NUMBER = re.compile(r"§§? ?\d[^.\n]{0,24}\.")  # «§ 40 a.», «§§ 9-11.»
CHAPTER, HEADING = 2, 3  # levels of headings; the document's title is the first


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line. ``lead`` is a printed § number; ``first`` opens the marked words of the page."""

    text: str
    marked: bool = False
    lead: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the document: its pieces, its rank as a heading, the page and the anchors it opens."""

    pieces: tuple[Piece, ...]
    heading: int = 0  # 0: running text
    page: int | None = None  # set where a new page begins
    anchors: tuple[str, ...] = ()  # addresses within the document: several where §§ are repealed as one


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a § or a section, and the anchor it leads to."""

    label: str
    anchor: str
    repealed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter of the contents."""

    title: str
    entries: tuple[Entry, ...]


def contents(view: DocumentView) -> list[Group]:
    """Chapters with their §§, or the sections of a decision."""
    groups: list[tuple[str, list[Entry]]] = []
    for entry in view.outline:
        anchor = _anchor(entry)
        title = entry.chapter or (entry.heading if anchor.startswith("trans-") else "")
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(Entry(entry.locator, anchor, entry.repealed))
    if not groups:
        named = [Entry(s.title, f"section-{n}") for n, s in enumerate(view.sections, 1) if s.title]
        groups = [("", named)] if named else []
    return [Group(title, tuple(entries)) for title, entries in groups]


def version_on(view: DocumentView, day: dt.date) -> Version | None:
    """The version of the work that applies on ``day``, where the collection has it."""
    for version in view.versions:
        if version.start and version.start <= day and (version.end is None or day < version.end):
            return version
    return None


def opened_provision(view: DocumentView, start: int) -> str:
    """The anchor of the § that the code point ``start`` stands in; empty where it stands in none."""
    position = bisect_right(view.outline, start, key=lambda e: e.span.start) - 1
    if position < 0 or start >= view.outline[position].span.end:
        return ""
    return _anchor(view.outline[position])


def lines(view: DocumentView, text: str, start: int, end: int) -> list[Line]:
    """The lines of ``text``, with code points ``start`` to ``end`` marked."""
    cut = list(blocks(text))
    anchors = _anchors(view, text, cut)
    headings = _headings(view, text, cut)
    page_starts = [page.span.start for page in view.pages]
    found: list[Line] = []
    page = 0
    unmarked = True
    for block in cut:
        names = tuple(anchors.get(block.start, ()))
        pieces = _pieces(text, block, Span(start, end), bool(names), unmarked)
        unmarked = unmarked and not any(p.marked for p in pieces)
        now = bisect_right(page_starts, block.start)
        opens = view.pages[now - 1].number if now and now != page else None
        found.append(Line(pieces, headings.get(block.start, 0), opens, names))
        page = now
    return found


def _pieces(text: str, block: Span, wanted: Span, opens: bool, unmarked: bool) -> tuple[Piece, ...]:
    number = _NUMBER.match(text, block.start, block.end) if opens else None
    lead = number.end() if number else block.start
    low, high = max(block.start, wanted.start), min(block.end, wanted.end)
    cuts = sorted({block.start, lead, block.end} | ({low, high} if low < high else set()))
    pieces = []
    for a, b in pairwise(cuts):
        marked = low <= a and b <= high
        pieces.append(Piece(text[a:b], marked, b <= lead, marked and unmarked))
        unmarked = unmarked and not marked
    return tuple(pieces)


def _anchor(entry: ProvisionEntry) -> str:
    return entry.id.partition(":")[2]


def _anchors(view: DocumentView, text: str, cut: list[Span]) -> dict[int, list[str]]:
    """Anchors by the start of the block that they open."""
    starts = [block.start for block in cut]
    found: dict[int, list[str]] = {}
    for entry in view.outline:
        found.setdefault(entry.span.start, []).append(_anchor(entry))
    for number, section in enumerate(view.sections, 1):
        at = max(bisect_right(starts, section.span.start) - 1, 0)
        if at and _is_title(cut[at - 1].of(text), section.title):
            at -= 1
        if cut:
            found.setdefault(cut[at].start, []).append(f"section-{number}")
    return found


def _headings(view: DocumentView, text: str, cut: list[Span]) -> dict[int, int]:
    """Ranks of the blocks that are printed headings, by their start.

    A heading is a block between two §§ whose words are the chapter or the heading of the next §, or the
    part of them that stands on a line of its own; or the block before a section that has its title.
    """
    starts = [block.start for block in cut]
    found: dict[int, int] = {}
    after = 0
    for entry in view.outline:
        for block in cut[bisect_right(starts, after - 1) : bisect_right(starts, entry.span.start - 1)]:
            words = block.of(text)
            if words == entry.heading:
                found[block.start] = HEADING
            elif entry.chapter.startswith(words) or entry.chapter.endswith(words):
                found[block.start] = CHAPTER
            elif words in entry.heading:
                found[block.start] = HEADING
        after = max(after, entry.span.end)
    for section in view.sections:
        at = bisect_right(starts, section.span.start) - 1
        if at > 0 and _is_title(cut[at - 1].of(text), section.title):
            found[cut[at - 1].start] = CHAPTER
    return found


def _is_title(words: str, title: str) -> bool:
    return bool(title) and words.rstrip(" .:").casefold() == title.rstrip(" .:").casefold()


def page_at(view: DocumentView, start: int) -> int | None:
    """The number of the page that the code point ``start`` stands on; ``None`` where there are no pages."""
    position = bisect_right([page.span.start for page in view.pages], start)
    return view.pages[max(position - 1, 0)].number if view.pages else None
