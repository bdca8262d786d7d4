"""An overview out of the sources' own sentences: no model, no network, the same for the same brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.brief_types import Author, CaseText, Overview, PrecedentEntry, Quote, RuleEntry, Statement
from corpus.sentences import sentences
from corpus.types import Span

NAME = "extractive"
RULES = 3  # rules and precedents that the overview speaks of: what fits a glance
PRECEDENTS = 3
# A sentence this long is no overview; a provision of that kind is read below instead.
LONGEST = 400  # characters


class Extractive:
    """Takes of each of the first rules the sentence the case was found by, and of decisions a reason."""

    @property
    def name(self) -> str:
        return NAME

    def overview(
        self,
        case: CaseText,  # noqa: ARG002 (of the protocol: the rules hold what the case speaks to)
        rules: Sequence[RuleEntry],
        precedents: Sequence[PrecedentEntry],
    ) -> Overview:
        spoken = [*_of_rules(rules[:RULES]), *_of_precedents(precedents[:PRECEDENTS])]
        return Overview(tuple(spoken), NAME)


def _of_rules(rules: Sequence[RuleEntry]) -> Iterator[Statement]:
    """The sentence of each rule that the case speaks to most, or its first where none is spoken to."""
    for rule in rules:
        quotes = [_sentence(rule.quote, span) for span in _sentences(rule.quote)]
        spoken = [b.element.quote.span for b in rule.conditions if b.sentences]
        fitting = [q for q in quotes if len(q.text) <= LONGEST]
        if not fitting:
            continue
        best = max(fitting, key=lambda q: (sum(span in q.span for span in spoken), -q.span.start))
        yield Statement(best.text, (best,), Author.EXTRACT)


def _of_precedents(precedents: Sequence[PrecedentEntry]) -> Iterator[Statement]:
    """A main consideration of each decision. One whose reasons name none is read below instead."""
    for precedent in precedents:
        quotes = [_sentence(q, span) for q in precedent.reasons for span in _sentences(q)]
        said = next((q for q in quotes if len(q.text) <= LONGEST), None)
        if said is not None:
            yield Statement(said.text, (said,), Author.EXTRACT)


def _sentences(quote: Quote) -> list[Span]:
    """The sentences of a quote as spans of the document's text."""
    found = sentences(quote.text, Span(0, len(quote.text)))
    shifted = (Span(s.start + quote.span.start, s.end + quote.span.start) for s in found)
    return [s for s in shifted if len(s) > 0]


def _sentence(quote: Quote, span: Span) -> Quote:
    start = span.start - quote.span.start
    return replace(quote, span=span, text=quote.text[start : start + len(span)])
