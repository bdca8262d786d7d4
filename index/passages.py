"""Documents to passages: the units that are indexed.

A passage never crosses a stk. or a section of a decision. A stk. that is too long for the encoder is cut
at its numbers, then at its sentences; a section is cut at blocks and sentences.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.identifiers import provision_id, work_title
from corpus.parsing.text import blocks
from corpus.store import Store
from corpus.structure import sentences
from corpus.types import Kind, Level, Locator, Page, Provision, Section, Span, StoredDocument
from index.types import Occurrence, Passage

RULES_VERSION = "passages/1"  # goes into the manifest: other passages need another index
# 1,200 characters of Danish law are about 300 tokens; with the context the encoder's 512 are not passed.
MAX_CHARACTERS = 1_200
# Titles of orders that name every act they rest on would drown the passage's own words.
MAX_TITLE_CHARACTERS = 160
# A chapter's number says nothing of its subject, and changes where the words do not.
_CHAPTER_NUMBER = re.compile(r"^(?:Kapitel|Afsnit) [\dIVXLC]+(?: [a-zæøå])?\b[ .:]*")


@dataclass(frozen=True, slots=True)
class Located:
    """A passage and the place where it stands."""

    passage: Passage
    occurrence: Occurrence


def passages(
    document: StoredDocument,
    text: str,
    provisions: Sequence[Provision],
    sections: Sequence[Section],
    pages: Sequence[Page] = (),
) -> Iterator[Located]:
    """The passages of one document in text order.

    Amending acts give none: their text is read with the act that they amend.
    """
    kind = document.metadata.kind
    if kind is Kind.AMENDMENT:
        return
    make = _Maker(document, text, [p.span.start for p in pages], pages)
    if provisions:
        yield from _rules(make, text, provisions)
    elif sections:
        for number, section in enumerate(sections):
            unit = f"{document.id}:section-{number + 1}"
            for span in _cut(text, section.span):
                yield make(span, section.title, unit, document.id, section.title)
    else:
        for span in _cut(text, Span(0, len(text))):
            yield make(span, "", document.id, document.id, "")


def _rules(make: _Maker, text: str, provisions: Sequence[Provision]) -> Iterator[Located]:
    lists: dict[Locator, list[Provision]] = {}
    for p in provisions:
        if p.level is Level.NR:
            lists.setdefault(_stk(p.locator), []).append(p)
    stks: dict[Locator, int] = {}
    for p in provisions:
        if p.level is Level.STK:
            stks[_paragraph(p.locator)] = stks.get(_paragraph(p.locator), 0) + 1
    for p in provisions:
        whole = p.level is Level.PARAGRAPH and p.locator not in stks  # a repealed § or a block of an annex
        if p.repealed or not (p.level is Level.STK or whole) or not len(p.body):
            continue
        parent = _paragraph(p.locator)
        shown = parent if stks.get(parent) == 1 else p.locator
        context = " › ".join(filter(None, [_CHAPTER_NUMBER.sub("", p.chapter), p.heading]))
        unit = provision_id(make.document.id, p.locator)
        result = provision_id(make.document.id, parent)
        for span in _cut(text, p.body, [n.span for n in lists.get(p.locator, ())]):
            yield make(span, context, unit, result, str(shown))


def _stk(locator: Locator) -> Locator:
    return Locator(locator.paragraph, locator.stk, part=locator.part, block=locator.block)


def _paragraph(locator: Locator) -> Locator:
    return Locator(locator.paragraph, part=locator.part, block=locator.block)


def passage_keys(store: Store, document_id: str) -> set[str]:
    """The keys of all passages that any revision of a document gives.

    Raises:
        NotFoundError: no such document.
    """
    return {
        located.passage.key
        for d in store.revisions(document_id)
        for located in passages(
            d, store.text(d.key), store.provisions(d.key), store.sections(d.key), store.pages(d.key)
        )
    }


class _Maker:
    """Makes passages of one document."""

    def __init__(
        self, document: StoredDocument, text: str, starts: Sequence[int], pages: Sequence[Page]
    ) -> None:
        self.document = document
        self._text = text
        self._starts = starts
        self._pages = pages
        self._title = work_title(document.metadata.title)
        if document.metadata.popular_title:
            self._title += f" ({document.metadata.popular_title})"
        if len(self._title) > MAX_TITLE_CHARACTERS:
            self._title = self._title[:MAX_TITLE_CHARACTERS].rpartition(" ")[0] + " …"

    def __call__(self, span: Span, context: str, unit: str, result: str, locator: str) -> Located:
        words = span.of(self._text)
        full = f"{self._title} › {context}" if context else self._title
        passage = Passage(content_key(full, words), full, words, self.document.metadata.kind)
        page = None
        if self._pages:
            page = self._pages[max(0, bisect_right(self._starts, span.start) - 1)].number
        return Located(passage, Occurrence(passage.key, self.document.id, unit, result, locator, span, page))


def content_key(context: str, text: str) -> str:
    """The address of a passage: sha256 over its context and its words."""
    return hashlib.sha256(f"{context}\0{text}".encode()).hexdigest()


def _cut(text: str, span: Span, borders: Iterable[Span] = ()) -> Iterator[Span]:
    """``span`` in pieces of at most MAX_CHARACTERS: at ``borders``, else at blocks and sentences."""
    if len(span) <= MAX_CHARACTERS:
        yield from _trimmed(text, span)
        return
    units: list[Span] = []
    starts = sorted({span.start, *(b.start for b in borders if b in span)})
    for start, end in zip(starts, [*starts[1:], span.end], strict=True):
        piece = Span(start, end)
        units.extend([piece] if len(piece) <= MAX_CHARACTERS else _sentences(text, piece))
    begin, end = units[0].start, units[0].end
    for unit in units[1:]:
        if unit.end - begin > MAX_CHARACTERS:
            yield from _trimmed(text, Span(begin, end))
            begin = unit.start
        end = unit.end
    yield from _trimmed(text, Span(begin, end))


def _sentences(text: str, span: Span) -> Iterator[Span]:
    """Sentences within each block; a sentence that is still too long is cut at a blank."""
    for block in blocks(span.of(text)):
        block = Span(span.start + block.start, span.start + block.end)
        for sentence in sentences(text, block):
            start = sentence.start
            while sentence.end - start > MAX_CHARACTERS:
                stop = text.rfind(" ", start + 1, start + MAX_CHARACTERS)
                stop = start + MAX_CHARACTERS if stop <= start else stop
                yield Span(start, stop)
                start = stop
            yield Span(start, sentence.end)


def _trimmed(text: str, span: Span) -> Iterator[Span]:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - (len(words) - len(words.rstrip()))
    if start < end:
        yield Span(start, end)
