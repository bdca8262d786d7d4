"""Drafts of provisions → provisions, when the text of an act is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.parsing.lexdania_acts import Draft, Piece
from corpus.parsing.lexdania_text import trimmed
from corpus.structure import sentences
from corpus.types import Level, Provision, Span

# «(Ophævet)», «(Ophævet).», «(Ophævet/udeladt)». «(Udeladt)» is left out of the print, not repealed.
_REPEALED = re.compile(r"\(?\s?(?:ophævet|ophæves|bortfaldet)\b[^().;]{0,80}\)?\s?\.?", re.IGNORECASE)
_WORD = re.compile(r"\w")
_ENDED = re.compile(r"[.!?][\"»«”’')\]]*$")
_RANK = {level: rank for rank, level in enumerate(Level)}


def provisions(text: str, drafts: Sequence[Draft]) -> tuple[Provision, ...]:
    """The provisions of an act in text order, a unit before its parts."""
    found = [p for draft in drafts for p in _provisions(text, draft)]
    return tuple(sorted(found, key=lambda p: (p.span.start, -p.span.end, _RANK[p.level])))


def _provisions(text: str, draft: Draft) -> Iterator[Provision]:
    span = trimmed(text, draft.start, draft.end)
    body = trimmed(text, max(draft.body, span.start), max(span.end, draft.body))
    if not len(span):  # a number with nothing printed by it
        span = body = Span(draft.body, draft.body)
    chapter, heading = (_line(text, place) for place in (draft.chapter, draft.heading))
    repealed = bool(_REPEALED.fullmatch(text, body.start, body.end))
    for locator in draft.locators:
        yield Provision(locator, locator.level, span, body, chapter, heading, repealed)
    if len(draft.locators) == 1 and draft.pieces:
        told = _sentences(text, draft.pieces, body)
        if len(told) > 1:
            for pkt, sentence in enumerate(told, 1):
                locator = replace(draft.locators[0], pkt=pkt)
                yield Provision(locator, Level.PKT, sentence, sentence, chapter, heading, repealed)


def _sentences(text: str, pieces: Sequence[Piece], body: Span) -> list[Span]:
    """The sentences of a unit's own text; a list or table belongs to the sentence it goes on."""
    told: list[Span] = []
    open_ended = False
    for piece in pieces:
        place = trimmed(text, max(piece.start, body.start), max(piece.end, body.start))
        if not len(place):
            continue
        # A full stop left over from the number («Stk. 3» + «.») is no sentence.
        parts = [s for s in sentences(text, place) if _WORD.search(s.of(text))] if piece.own else [place]
        for number, part in enumerate(parts):
            goes_on = number == 0 and told and (not piece.own or open_ended or text[part.start].islower())
            if goes_on:
                told[-1] = Span(told[-1].start, part.end)
            else:
                told.append(part)
        # After a list only a small letter shows that its sentence goes on: items seldom end in a stop.
        open_ended = piece.own and not _ENDED.search(text, max(place.start, place.end - 5), place.end)
    return told


def _line(text: str, place: Span | None) -> str:
    return " ".join(trimmed(text, place.start, place.end).of(text).split()) if place else ""
