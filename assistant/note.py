"""The journal note: what the case rested on, in the order in which a decision must be reasoned.

Headings follow what a Danish decision has to account for: the facts (offentlighedsloven § 13), the rules,
and the main considerations where there is discretion (forvaltningsloven §§ 22-24). The conclusion is an empty
heading, and considerations are the caseworker's own words or nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from assistant.brief_types import Bearing, Brief, ElementKind, PrecedentEntry, RuleEntry
from assistant.note_words import WORDS
from corpus.identifiers import print_date

NoteLanguage = Literal["da", "en"]


@dataclass(frozen=True, slots=True)
class NoteRequest:
    """What the caseworker adds to the brief.

    ``first_view`` was written before precedents were shown, ``considerations`` after. ``marked`` and
    ``opened`` are ids of results; where any rules are marked the note quotes these alone, and likewise of
    decisions. ``exact``: the note quotes what is marked and nothing else, also where that is nothing.
    """

    first_view: str = ""
    considerations: str = ""
    marked: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    exact: bool = False


class BlockKind(StrEnum):
    """What a block of the note is."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    OPEN = "open"  # a place left empty for the caseworker


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the note. Of a quote ``text`` is verbatim and ``source`` its citation."""

    kind: BlockKind
    text: str = ""
    source: str = ""


def write_note(
    brief: Brief, request: NoteRequest, made_at: dt.datetime, language: NoteLanguage = "da"
) -> tuple[Block, ...]:
    """The note as blocks, to be rendered by ``assistant.note_render``.

    Args:
        brief: made of the case for this note, so that every quote in it was verified.
        made_at: when, as shown in the note.
    """
    return tuple(_Writer(brief, request, WORDS[language]).blocks(made_at))


@dataclass(frozen=True, slots=True)
class _Writer:
    brief: Brief
    request: NoteRequest
    words: dict[str, str]

    def blocks(self, made_at: dt.datetime) -> Iterator[Block]:
        yield Block(BlockKind.TITLE, self.words["title"])
        yield from self._search(made_at)
        yield self._heading("facts")
        for paragraph in self.brief.case.text.split("\n"):
            if paragraph.strip():
                yield Block(BlockKind.PARAGRAPH, paragraph)
        yield from self._missing()
        yield self._heading("rules")
        rules = self._rules()
        for rule in rules:
            yield from self._rule(rule)
        if not rules:
            yield Block(BlockKind.PARAGRAPH, self.words["none-chosen" if self.brief.rules else "no-rules"])
        yield self._heading("procedure")
        for duty in self.brief.procedure:
            basis = "; ".join(dict.fromkeys(q.citation for q in duty.basis))
            yield Block(BlockKind.ITEM, duty.question, basis)
        yield self._heading("practice")
        precedents = self._precedents()
        for precedent in precedents:
            yield from self._precedent(precedent)
        if not precedents:
            yield Block(BlockKind.PARAGRAPH, self.words[self._why_none()])
        if self.request.first_view.strip():
            yield self._heading("first-view")
            yield from self._own(self.request.first_view)
        yield self._heading("considerations")
        yield from self._own(self.request.considerations)
        yield self._heading("conclusion")
        yield Block(BlockKind.OPEN)
        yield from self._sources()

    def _search(self, made_at: dt.datetime) -> Iterator[Block]:
        words, corpus = self.words, self.brief.corpus
        yield Block(BlockKind.ITEM, f"{words['case-date']}: {print_date(self.brief.case.as_of)}")
        yield Block(BlockKind.ITEM, f"{words['made']}: {print_date(made_at.date())} {made_at:%H:%M} UTC")
        newest = print_date(corpus.newest) if corpus.newest else "–"
        yield Block(
            BlockKind.ITEM,
            words["searched"].format(
                rules=corpus.rules, precedents=corpus.precedents, newest=newest, snapshot=corpus.snapshot
            ),
        )
        yield Block(BlockKind.ITEM, f"{words['log']}: {self.brief.trace.id}")
        if self.brief.case.replaced:
            pseudonyms = ", ".join(dict.fromkeys(r.pseudonym for r in self.brief.case.replaced))
            yield Block(BlockKind.ITEM, f"{words['replaced']}: {pseudonyms}")

    def _missing(self) -> Iterator[Block]:
        open_elements = [b for rule in self._rules() for b in _not_described(rule.nearest)]
        if not open_elements and not self.brief.gaps:
            return
        yield self._heading("missing")
        for gap in self.brief.gaps:
            yield Block(BlockKind.ITEM, gap.text)
        for bearing in open_elements:
            quote = bearing.element.quote
            yield Block(BlockKind.ITEM, f"{self.words['not-described']}: «{quote.text}»", quote.citation)

    def _rule(self, rule: RuleEntry) -> Iterator[Block]:
        yield Block(BlockKind.SUBHEADING, rule.quote.citation)
        yield Block(BlockKind.QUOTE, rule.quote.text, rule.quote.citation)
        if rule.changed_since:
            yield Block(BlockKind.PARAGRAPH, rule.changed_since)

    def _precedent(self, precedent: PrecedentEntry) -> Iterator[Block]:
        yield Block(BlockKind.SUBHEADING, precedent.citation)
        if precedent.outcome:
            yield Block(BlockKind.ITEM, f"{self.words['outcome']}: {', '.join(precedent.outcome)}")
        if precedent.standing:
            yield Block(BlockKind.ITEM, precedent.standing)
        for quote in (*precedent.quotes, *precedent.reasons):
            yield Block(BlockKind.QUOTE, quote.text, f"{quote.citation}, {quote.locator}".rstrip(", "))

    def _own(self, text: str) -> Iterator[Block]:
        lines = [line for line in text.splitlines() if line.strip()]
        for line in lines:
            yield Block(BlockKind.PARAGRAPH, line)
        if not lines:
            yield Block(BlockKind.OPEN)

    def _sources(self) -> Iterator[Block]:
        yield self._heading("sources")
        opened = set(self.request.opened)
        shown = [(r.provision_id, r.quote.citation) for r in self.brief.rules]
        shown += [(p.document_id, p.citation) for p in self.brief.precedents]
        for identifier, citation in shown:
            also = f", {self.words['opened']}" if identifier in opened else ""
            yield Block(BlockKind.ITEM, f"{citation} ({self.words['shown']}{also})")

    def _rules(self) -> tuple[RuleEntry, ...]:
        marked = tuple(r for r in self.brief.rules if r.provision_id in self.request.marked)
        return marked if self.request.exact else marked or self.brief.rules

    def _precedents(self) -> tuple[PrecedentEntry, ...]:
        marked = tuple(p for p in self.brief.precedents if p.document_id in self.request.marked)
        return marked if self.request.exact else marked or self.brief.precedents

    def _why_none(self) -> str:
        if self.brief.withheld:
            return "withheld"
        return "none-chosen" if self.brief.precedents else "no-precedents"

    def _heading(self, key: str) -> Block:
        return Block(BlockKind.HEADING, self.words[key])


# What the case has to tell of. A duty or a power is the authority's, and is weighed, not described.
_TOLD = (ElementKind.CONDITION, ElementKind.EXCEPTION)


def _not_described(bearings: tuple[Bearing, ...]) -> Iterator[Bearing]:
    """The conditions that no sentence of the case speaks to.

    Of a list of alternatives none is missing once one is spoken to; else the list is named as a whole.
    """
    for bearing in bearings:
        if bearing.element.kind not in _TOLD or _is_spoken_to(bearing):
            continue
        yield bearing


def _is_spoken_to(bearing: Bearing) -> bool:
    return bool(bearing.sentences) or any(_is_spoken_to(part) for part in bearing.parts)
