"""Quotes: made from the store, verified against it, and found in a sentence that somebody else wrote.

A quote holds when that revision's text at its span is its text, letter by letter. In a sentence written by
a model, words between quotation marks must stand in a cited passage as they are; only line breaks, runs of
blanks and the composition of letters (NFC) may differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.brief_types import Quote
from assistant.evidence import single_stk
from corpus.errors import HjemmelError
from corpus.identifiers import cite_document, cite_provision
from corpus.store import Store
from corpus.types import Provision, Section, Span, StoredDocument

# A brief quotes some twenty documents; the longest act of Danish law has 3 million characters.
KEPT_TEXTS = 32

# Marks that open a quote, each with those that may close it. Danish print turns »…« either way.
_CLOSING = {
    "«": "»",
    "»": "«»",
    "„": "“”",
    "“": "”“",
    "”": "”",
    '"': '"',
    "‹": "›",
    "›": "‹›",
    "‘": "’",
    "‚": "‘’",
    "＂": "＂",
    "「": "」",
}
_MARKS = re.compile(f"[{''.join(dict.fromkeys(''.join(_CLOSING) + ''.join(_CLOSING.values())))}]")
_WORD_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")  # «SU’en»: no quotation mark
_SINGLE = re.compile(r"(?<!\w)'(?=\w)([^'\n]*)'(?!\w)")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """Words between quotation marks. ``source`` is where they stand; ``None``: nowhere as they are."""

    span: Span  # in the sentence, without the marks
    outer: Span  # with the marks
    source: Quote | None


class Quoter:
    """Makes and verifies quotes over one store, and keeps the texts it has read. Not for several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: OrderedDict[tuple[str, int], tuple[StoredDocument, str] | None] = OrderedDict()
        self._units: dict[int, list[Provision]] = {}
        self._sections: dict[int, list[Section]] = {}

    def holds(self, quote: Quote) -> bool:
        """Whether that revision's text at the span is the quote's text. False too where it was erased."""
        opened = self._open(quote.document_id, quote.revision)
        if opened is None or not quote.text or len(quote.span) != len(quote.text):
            return False
        return quote.span.of(opened[1]) == quote.text

    def quote(self, document_id: str, span: Span, revision: int | None = None) -> Quote:
        """The words at ``span`` as a quote, placed at the smallest unit around them.

        Raises:
            NotFoundError: no such document or revision.
        """
        if revision is None:
            revision = self._store.document(document_id).revision
        opened = self._open(document_id, revision)
        if opened is None:
            document = self._store.document(document_id, revision)
            opened = document, self._store.text(document.key)
        document, text = opened
        locator, citation = self._place(document, span)
        return Quote(document_id, revision, span, span.of(text), locator, citation)

    def narrow(self, quote: Quote, span: Span) -> Quote:
        """The part of ``quote`` at ``span`` (of the document's text), placed at its own unit."""
        if span not in quote.span:
            raise ValueError(f"{span} does not lie within the quote's {quote.span}")
        return self.quote(quote.document_id, span, quote.revision)

    def units(self, quote: Quote) -> tuple[Provision, ...]:
        """The provisions that the quote's words lie in or that lie in them, in the order of the text."""
        opened = self._open(quote.document_id, quote.revision)
        if opened is None:
            return ()
        return tuple(
            unit
            for unit in self._provisions(opened[0])
            if unit.span.start < quote.span.end and quote.span.start < unit.span.end
        )

    def _open(self, document_id: str, revision: int) -> tuple[StoredDocument, str] | None:
        key = document_id, revision
        if key not in self._texts:
            try:
                document = self._store.document(document_id, revision)
                self._texts[key] = document, self._store.text(document.key)
            except HjemmelError:
                self._texts[key] = None
            if len(self._texts) > KEPT_TEXTS:
                self._texts.popitem(last=False)
        self._texts.move_to_end(key)
        return self._texts[key]

    def _provisions(self, document: StoredDocument) -> list[Provision]:
        if document.key not in self._units:
            self._units[document.key] = self._store.provisions(document.key)
        return self._units[document.key]

    def _place(self, document: StoredDocument, span: Span) -> tuple[str, str]:
        around = [unit for unit in self._provisions(document) if span in unit.span]
        if around:
            smallest = min(around, key=lambda unit: len(unit.span))
            alone = single_stk(self._store, document, smallest.locator)
            return str(smallest.locator), cite_provision(document.metadata, smallest.locator, alone)
        if document.key not in self._sections:
            self._sections[document.key] = self._store.sections(document.key)
        title = next((s.title for s in self._sections[document.key] if span in s.span), "")
        return title, cite_document(document.metadata)


def verify(store: Store, quote: Quote) -> bool:
    """Whether the quote holds: that revision's text at its span is its text. A ``Quoter`` checks many."""
    return Quoter(store).holds(quote)


def find_quotes(text: str, evidence: Sequence[Quote]) -> tuple[Found, ...]:
    """Every passage of ``text`` between quotation marks, with the place in ``evidence`` where it stands.

    A passage that begins or ends inside a word of the source does not stand there: «lovligt» is not in
    «ulovligt». A mark that is never closed quotes all that follows it.
    """
    return tuple(replace(found, source=_stands(found.span.of(text), evidence)) for found in _marked(text))


def locate(words: str, text: str) -> Span | None:
    """Where ``words`` stand in ``text`` verbatim, as whole words; ``None`` where they do not."""
    bits = _BLANK.split(unicodedata.normalize("NFC", words).strip())
    if bits == [""]:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, bits)))
    for match in pattern.finditer(text):
        span = Span(*match.span())
        if _whole(text, span):
            return span
    return None


def _stands(words: str, evidence: Sequence[Quote]) -> Quote | None:
    for quote in evidence:
        span = locate(words, quote.text)
        if span is not None:
            moved = Span(quote.span.start + span.start, quote.span.start + span.end)
            return replace(quote, span=moved, text=span.of(quote.text))
    return None


def _whole(text: str, span: Span) -> bool:
    """Whether the span begins and ends where words do."""
    before = text[span.start - 1 : span.start] + text[span.start]
    after = text[span.end - 1] + text[span.end : span.end + 1]
    return not any(len(pair) == 2 and all(map(_is_letter, pair)) for pair in (before, after))


def _is_letter(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in ("Mn", "Pc")


def _marked(text: str) -> Iterator[Found]:
    """The outermost passages between quotation marks, in order."""
    single = {at for m in _SINGLE.finditer(text) for at in (m.start(), m.end() - 1)}
    apostrophes = {m.start() for m in _WORD_APOSTROPHE.finditer(text)}
    opened: int | None = None
    closing = ""
    marks = sorted({m.start() for m in _MARKS.finditer(text)} - apostrophes | single)
    for at in marks:
        if opened is None:
            if at in single:
                opened, closing = at, "'"
            elif text[at] in _CLOSING:
                opened, closing = at, _CLOSING[text[at]]
        elif text[at] in closing:
            yield Found(Span(opened + 1, at), Span(opened, at + 1), None)
            opened = None
    if opened is not None:
        yield Found(Span(opened + 1, len(text)), Span(opened, len(text)), None)
