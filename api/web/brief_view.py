"""A brief laid out for reading: rules under their act, demands inside demands, decisions side by side.

Nothing is added to what the brief holds and nothing of it is left out: what is secondary is folded away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.brief_types import Bearing, Brief, CaseText, PrecedentEntry, Quote, RuleEntry
from corpus.identifiers import cite_document, parse_provision_id, work_title
from corpus.store import Store
from corpus.types import DocumentType, Locator, Provision

# A § of this many characters is read at a glance; of a longer one the parts the case was found by come first.
SHORT_RULE = 700
PARTS_SHOWN = 2  # of these, the ones that the case was found by first; the rest is in the whole §
FACTS_SHOWN = 3  # pairs of like sentences of a decision; the rest is folded away
RULES_OPEN = 3  # of those nearest to the case; the rest is unfolded when it is wanted

Pieces = tuple[tuple[str, bool], ...]  # (text, whether it is emphasised)


@dataclass(frozen=True, slots=True)
class CasePiece:
    """A stretch of the case; ``number`` is its sentence's, 0 where it tells nothing to be compared."""

    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """Something a provision asks, beside the sentences of the case that may speak to it.

    ``inside`` are demands whose words stand within these: «rimelig grund» in the sentence that has it.
    """

    bearing: Bearing
    pieces: Pieces  # its words, with the one that shows what they do emphasised
    parts: tuple[Demand, ...]
    inside: tuple[Demand, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A § as it is shown. ``begun`` are the parts read first, empty where the whole is."""

    entry: RuleEntry
    anchor: str
    name: str  # «§ 15»; of a text without §§, such as guidance, its title
    begun: tuple[Quote, ...]
    near: tuple[Demand, ...]
    further: tuple[Demand, ...]
    opened: bool


@dataclass(frozen=True, slots=True)
class Act:
    """A source of law with those of its §§ that were found."""

    document_id: str
    citation: str
    title: str  # «lov om aktiv socialpolitik»
    type: DocumentType
    fictional: bool
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A past decision as it is shown. ``under`` are the rules of the brief that it cites."""

    entry: PrecedentEntry
    anchor: str
    under: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """The brief as the page shows it.

    ``nearest`` and ``counter`` are the decision found nearest that has a recorded outcome and the nearest
    that went another way: they stand side by side. Both are missing where none went another way.
    """

    case: tuple[CasePiece, ...]
    acts: tuple[Act, ...]
    nearest: Decision | None
    counter: Decision | None
    others: tuple[Decision, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules in the order of the page."""
        return tuple(rule for act in self.acts for rule in act.rules)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions in the order of the page."""
        return (*(d for d in (self.nearest, self.counter) if d), *self.others)


def lay_out(store: Store, brief: Brief) -> Laid:
    """The brief as the page shows it."""
    acts = _acts(store, brief.rules)
    rules = {rule.entry.provision_id: rule for act in acts for rule in act.rules}
    decisions = [
        Decision(entry, f"afgoerelse-{n}", tuple(rules[id] for id in entry.rules if id in rules))
        for n, entry in enumerate(brief.precedents, 1)
    ]
    counter = next((d for d in decisions if d.entry.counter), None)
    nearest = next((d for d in decisions if d.entry.outcome), None) if counter else None
    return Laid(
        case=tuple(case_pieces(brief.case)),
        acts=acts,
        nearest=nearest,
        counter=counter,
        others=tuple(d for d in decisions if d is not nearest and d is not counter),
    )


def case_pieces(case: CaseText) -> Iterable[CasePiece]:
    """The text of the case in stretches that join to it again, each sentence with its number."""
    done = 0
    for sentence in case.sentences:
        if sentence.span.start > done:
            yield CasePiece(case.text[done : sentence.span.start])
        yield CasePiece(sentence.text, sentence.number)
        done = sentence.span.end
    if done < len(case.text):
        yield CasePiece(case.text[done:])


def demands(bearings: Sequence[Bearing]) -> tuple[Demand, ...]:
    """The bearings with those inside the words of another put under it, in the order of the text."""
    laid: list[Demand] = []
    for bearing in bearings:
        demand = Demand(bearing, _pieces(bearing), demands(bearing.parts))
        span = bearing.element.quote.span
        around = laid[-1].bearing.element.quote.span if laid else None
        if around is not None and span in around and len(span) < len(around):
            laid[-1] = replace(laid[-1], inside=(*laid[-1].inside, demand))
        else:
            laid.append(demand)
    return tuple(laid)


def _acts(store: Store, rules: Sequence[RuleEntry]) -> tuple[Act, ...]:
    by_act: dict[str, list[RuleEntry]] = {}
    for rule in rules:
        by_act.setdefault(rule.quote.document_id, []).append(rule)
    acts, number = [], 0
    for document_id, entries in by_act.items():
        document = store.document(document_id)
        shown = []
        for entry in entries:
            number += 1
            shown.append(_rule(store, entry, number))
        citation = cite_document(document.metadata)
        fictional = document.metadata.fictional
        title = work_title(document.metadata.title).removesuffix("(FIKTIV)").strip()
        acts.append(Act(document_id, citation, title, document.metadata.type, fictional, tuple(shown)))
    return tuple(acts)


def _rule(store: Store, entry: RuleEntry, number: int) -> Rule:
    near = entry.nearest
    return Rule(
        entry=entry,
        anchor=f"regel-{number}",
        name=entry.quote.locator or entry.quote.citation,
        begun=_begun(store, entry),
        near=demands(near),
        further=demands([b for b in entry.conditions if b not in near]),
        opened=number <= RULES_OPEN,
    )


def _begun(store: Store, entry: RuleEntry) -> tuple[Quote, ...]:
    """The stk. of a long § that the case was found by; nothing where the § is short or found as a whole."""
    whole = entry.quote
    if len(whole.text) <= SHORT_RULE or ":" not in entry.provision_id:
        return ()
    _, place = parse_provision_id(entry.provision_id)
    document = store.document(whole.document_id)
    around = store.provisions(document.key, paragraph=place.paragraph)
    inside = {str(p.locator): p for p in around if p.span in whole.span}
    found: dict[Locator, Provision] = {}
    for locator in entry.matched:
        unit = inside.get(locator)
        if unit is not None and len(found) < PARTS_SHOWN:
            stk = replace(unit.locator, nr=None, litra=None, pkt=None)
            found.setdefault(stk, inside.get(str(stk), unit))
    quotes = tuple(_within(whole, p) for p in sorted(found.values(), key=lambda p: p.span))
    return () if any(len(q.span) >= len(whole.span) for q in quotes) else quotes


def _within(whole: Quote, provision: Provision) -> Quote:
    start = provision.span.start - whole.span.start
    words = whole.text[start : start + len(provision.span)]
    return replace(whole, span=provision.span, text=words, locator=str(provision.locator))


def _pieces(bearing: Bearing) -> Pieces:
    quote, cue = bearing.element.quote, bearing.element.cue
    start, end = cue.start - quote.span.start, cue.end - quote.span.start
    cut = (quote.text[:start], False), (quote.text[start:end], True), (quote.text[end:], False)
    return tuple((words, marked) for words, marked in cut if words)
