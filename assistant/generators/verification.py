"""Whether a model's sentence may stand in a brief: labelled, readable, verbatim, supported, no verdict."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.brief_types import Author, Quote, Statement
from assistant.generators.prompt import Passage
from assistant.generators.reading import LONGEST_SENTENCE, Labelled
from assistant.quotes import Quoter, find_quotes
from assistant.support import PRINTED_NUMBER, Support, Unit, Unsupported, Words
from assistant.support_words import BOUNDS, CONDITIONS, GLUE, MODALS, NEGATIONS
from assistant.verdict import asks_for_verdict, check_sentence
from assistant.verdict_types import Reason
from corpus.sentences import sentences
from corpus.types import Span
from index.stopwords import DANISH

# Running Danish has a function word in two of five; English shares «for», «at» and «over» with it.
_DANISH_SHARE = 0.2
_FUNCTION_WORDS = DANISH | NEGATIONS | CONDITIONS | BOUNDS | GLUE | frozenset(MODALS)
_LEAST_WORDS = 5  # below this a share says nothing
_MARKS = frozenset(" æøÆØ.,;:!?()/-–—…§%&+='\"’«»„“”‘‚‹›°½€")
_TYPED_QUOTES = re.compile(r",,|''")


class Fault(StrEnum):
    """Why a model's sentence was left out, beside the codes of ``support.Unsupported``."""

    UNLABELLED = "unlabelled"  # names no passage
    LABEL = "label"  # names a passage that does not exist
    LONG = "long"
    UNREADABLE = "unreadable"  # invisible or control characters, private or look-alike letters
    QUOTE = "quote"  # words between quotation marks that no cited passage has
    LANGUAGE = "language"  # not Danish
    VERDICT = "verdict"
    INSTRUCTION = "instruction"  # repeats an order to a machine or a request for a verdict
    REPEATED = "repeated"
    UNPROVEN = "unproven"  # a passage is not what the store holds


@dataclass(slots=True)
class Verifier:
    """Verifies the sentences of one text against the passages that its model was given."""

    passages: Sequence[Passage]
    support: Support
    quoter: Quoter

    def verify(self, sentence: Labelled) -> Statement | str:
        """The sentence as a statement with the words it rests on, or the code of why it may not stand."""
        fault = self._form(sentence)
        if fault:
            return fault
        cited = [self.passages[n - 1] for n in sentence.numbers]
        if not all(self.quoter.holds(passage.quote) for passage in cited):
            return Fault.UNPROVEN
        found = find_quotes(sentence.text, [p.quote for p in cited])
        if any(f.source is None for f in found):
            return Fault.QUOTE
        if asks_for_verdict(sentence.text):
            return Fault.INSTRUCTION
        whole = self._whole(sentence.text, cited[0].quote) if len(cited) == 1 else None
        if whole:
            return Statement(whole.text, (whole,), Author.EXTRACT)
        verdict = check_sentence(sentence.text, "da", [f.outer for f in found], free=True)
        if verdict and verdict.reason is not Reason.UNGROUNDED:
            return Fault.VERDICT
        borne = self.support.check(sentence.text, [self._words(p) for p in cited])
        if isinstance(borne, Unsupported):
            foreign = borne is Unsupported.WORDS and not _is_danish(sentence.text)
            return Fault.LANGUAGE if foreign else borne
        if verdict:
            return Fault.VERDICT
        evidence = [self._narrowed(cited[place].quote, span) for place, span in borne]
        for source in (f.source for f in found if f.source):
            if not any(source.document_id == e.document_id and source.span in e.span for e in evidence):
                evidence.append(self.quoter.quote(source.document_id, source.span, source.revision))
        if not all(self.quoter.holds(quote) for quote in evidence):
            return Fault.UNPROVEN
        return Statement(sentence.text, tuple(dict.fromkeys(evidence)), Author.MODEL)

    def _form(self, sentence: Labelled) -> str | None:
        if len(sentence.text) > LONGEST_SENTENCE:
            return Fault.LONG
        if not sentence.numbers:
            return Fault.UNLABELLED
        if not all(1 <= n <= len(self.passages) for n in sentence.numbers):
            return Fault.LABEL
        return None if _is_readable(sentence.text) else Fault.UNREADABLE

    def _whole(self, text: str, quote: Quote) -> Quote | None:
        """The sentence of the passage that the text is, word for word and with nothing left out."""
        for span in sentences(quote.text, Span(0, len(quote.text))):
            if _bare(span.of(quote.text)) == _bare(text):
                return self._narrowed(quote, span)
        return None

    def _words(self, passage: Passage) -> Words:
        quote = passage.quote
        inside = ((str(u.locator), u.span) for u in self.quoter.units(quote))
        units = tuple(
            Unit(
                locator,
                Span(
                    max(span.start, quote.span.start) - quote.span.start,
                    min(span.end, quote.span.end) - quote.span.start,
                ),
            )
            for locator, span in inside
        )
        return Words(quote.text, units, passage.names)

    def _narrowed(self, quote: Quote, span: Span) -> Quote:
        start = quote.span.start
        return self.quoter.narrow(quote, Span(start + span.start, start + span.end))


def _bare(sentence: str) -> str:
    """A sentence without its printed number, its last mark and its breaks of lines."""
    one_line = " ".join(unicodedata.normalize("NFC", sentence).split())
    return PRINTED_NUMBER.sub("", one_line, count=1).rstrip(".").lower()


def _is_readable(text: str) -> bool:
    """Whether a reader sees what a program reads: Latin letters, plain digits, marks of Danish print.

    Quotation marks other than those that ``find_quotes`` knows would hide a quote from it.
    """
    return all(map(_is_plain, text)) and not _TYPED_QUOTES.search(text)


def _is_plain(char: str) -> bool:
    if char.isascii() and char.isalnum():
        return True
    return char in _MARKS or (char.isalpha() and unicodedata.normalize("NFD", char)[0].isascii())


def _is_danish(text: str) -> bool:
    words = [w.strip('.,;:!?()»«"”“').lower() for w in text.split()]
    return len(words) < _LEAST_WORDS or sum(w in _FUNCTION_WORDS for w in words) >= _DANISH_SHARE * len(words)
