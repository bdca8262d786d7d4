"""The last look at a brief: quotes that the store does not bear out and sentences with a verdict leave it.

What fails is removed, with all that hangs on it: an enumeration without its words, a duty without its basis.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.brief_types import (
    Author,
    Bearing,
    Brief,
    Duty,
    Likeness,
    Overview,
    PrecedentEntry,
    Quote,
    Removed,
    RuleEntry,
    Statement,
)
from assistant.quotes import Quoter, find_quotes
from assistant.verdict import check_sentence

UNPROVEN = "unproven"  # an evidence's words do not stand where it says
VERDICT = "verdict"


def checked(brief: Brief, quoter: Quoter) -> Brief:
    """The brief with everything that can be proven, and nothing else."""
    rules = tuple(_rule(r, quoter) for r in brief.rules if quoter.holds(r.quote))
    shown = {r.provision_id for r in rules}
    return replace(
        brief,
        rules=rules,
        procedure=tuple(_duties(brief.procedure, quoter)),
        precedents=tuple(_precedent(p, shown, quoter) for p in brief.precedents),
        overview=_overview(brief.overview, quoter),
        gaps=tuple(g for g in brief.gaps if _lawful(g.text)),
    )


def quotes_of(brief: Brief) -> Iterable[Quote]:
    """Every quote of a brief, those inside others too."""
    for rule in brief.rules:
        yield rule.quote
        yield from rule.pending
        for bearing in rule.conditions:
            yield from _element_quotes(bearing)
    for duty in brief.procedure:
        yield from duty.basis
    for precedent in brief.precedents:
        yield from precedent.quotes
        yield from precedent.reasons
        yield from (pair.decision for pair in precedent.likeness.alike)
        yield from precedent.likeness.only_decision
    for statement in brief.overview.statements:
        yield from statement.evidence


def _element_quotes(bearing: Bearing) -> Iterable[Quote]:
    yield bearing.element.quote
    for part in bearing.parts:
        yield from _element_quotes(part)


def _rule(rule: RuleEntry, quoter: Quoter) -> RuleEntry:
    return replace(
        rule,
        changed_since=rule.changed_since if _lawful(rule.changed_since) else "",
        pending=_held(rule.pending, quoter),
        conditions=tuple(_bearings(rule.conditions, quoter)),
    )


def _bearings(bearings: Iterable[Bearing], quoter: Quoter) -> Iterable[Bearing]:
    for bearing in bearings:
        if quoter.holds(bearing.element.quote):
            yield replace(bearing, parts=tuple(_bearings(bearing.parts, quoter)))


def _precedent(precedent: PrecedentEntry, rules: set[str], quoter: Quoter) -> PrecedentEntry:
    likeness = precedent.likeness
    return replace(
        precedent,
        standing=precedent.standing if _lawful(precedent.standing) else "",
        rules=tuple(r for r in precedent.rules if r in rules),
        quotes=_held(precedent.quotes, quoter),
        reasons=_held(precedent.reasons, quoter),
        likeness=Likeness(
            alike=tuple(pair for pair in likeness.alike if quoter.holds(pair.decision)),
            only_case=likeness.only_case,
            only_decision=_held(likeness.only_decision, quoter),
        ),
    )


def _duties(duties: Iterable[Duty], quoter: Quoter) -> Iterable[Duty]:
    for duty in duties:
        basis = _held(duty.basis, quoter)
        if basis and _lawful(duty.question):
            yield replace(duty, basis=basis)


def _overview(overview: Overview, quoter: Quoter) -> Overview:
    """The overview with its last sentences that fail counted beside those the generator left out."""
    kept, failed = [], []
    for statement in overview.statements:
        fault = _fault(statement, quoter)
        if fault:
            failed.append(fault)
        else:
            kept.append(_placed(statement, quoter))
    counts = {r.reason: r.count for r in overview.removed}
    for reason in failed:
        counts[reason] = counts.get(reason, 0) + 1
    removed = tuple(Removed(reason, count) for reason, count in counts.items())
    return replace(overview, statements=tuple(kept), removed=removed)


def _placed(statement: Statement, quoter: Quoter) -> Statement:
    """The statement with its evidence cited as the smallest unit around its own words."""
    return replace(statement, evidence=tuple(quoter.narrow(q, q.span) for q in statement.evidence))


def _fault(statement: Statement, quoter: Quoter) -> str:
    if not statement.evidence or not all(quoter.holds(quote) for quote in statement.evidence):
        return UNPROVEN
    if statement.author is Author.EXTRACT:  # the source's own words, whatever they say
        return "" if any(statement.text in quote.text for quote in statement.evidence) else UNPROVEN
    quoted = [found.outer for found in find_quotes(statement.text, statement.evidence) if found.source]
    return VERDICT if check_sentence(statement.text, "da", quoted, free=True) else ""


def _held(quotes: Iterable[Quote], quoter: Quoter) -> tuple[Quote, ...]:
    return tuple(quote for quote in quotes if quoter.holds(quote))


def _lawful(sentence: str) -> bool:
    return not sentence or check_sentence(sentence, "da") is None
