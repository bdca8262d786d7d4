"""A document's text cut into lines for reading, with the words asked for marked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from assistant.types import DocumentView
from corpus.parsing.text import blocks


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, marked or not. ``first`` is true for the first marked one of the page."""

    text: str
    marked: bool
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the document: its pieces, and the page and the anchor that open it."""

    pieces: tuple[Piece, ...]
    page: int | None = None  # set where a new page begins
    anchor: str = ""  # a provision's address within the document


def lines(view: DocumentView, text: str, start: int, end: int) -> list[Line]:
    """The lines of ``text``, with code points ``start`` to ``end`` marked."""
    anchors = {entry.span.start: entry.id.partition(":")[2] for entry in view.outline}
    page_starts = [page.span.start for page in view.pages]
    found: list[Line] = []
    page = 0
    marked_before = False
    for block in blocks(text):
        pieces: list[Piece] = []
        low, high = max(block.start, start), min(block.end, end)
        if low < high:
            cuts = ((block.start, low, False), (low, high, True), (high, block.end, False))
            for a, b, marked in cuts:
                if a < b:
                    pieces.append(Piece(text[a:b], marked, marked and not marked_before))
                    marked_before = marked_before or marked
        else:
            pieces.append(Piece(block.of(text), False))
        now = bisect_right(page_starts, block.start) if page_starts else 0
        found.append(
            Line(
                tuple(pieces),
                page=view.pages[now - 1].number if now and now != page else None,
                anchor=anchors.get(block.start, ""),
            )
        )
        page = now
    return found
