"""Case to brief. Read this file first to see how one is made.

case without personal data → search → rules by rank of source, each taken apart into its conditions beside the
sentences of the case → duties of procedure → precedents, both directions in sight, their facts beside the
case's → an overview out of these → gaps → every quote checked against the store, every sentence against the
no-verdict guard → the audit log → the answer. A check that fails removes the sentence, never the check.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

from assistant import gaps as finding_gaps
from assistant.audit import AuditLog, Event
from assistant.balance import Chosen, choose
from assistant.brief_checks import checked
from assistant.brief_types import (
    Bearing,
    Brief,
    CaseText,
    Likeness,
    Overview,
    PrecedentEntry,
    RuleEntry,
    Trace,
)
from assistant.case import read_case
from assistant.compare import Matcher
from assistant.conditions import conditions
from assistant.evidence import open_document, open_provision
from assistant.generators.types import Generator
from assistant.procedure import procedure
from assistant.quotes import Quoter
from assistant.reasons import main_considerations
from assistant.standing import own_references
from assistant.verdict import asks_for_verdict
from assistant.wordings import today
from corpus.citations import cites
from corpus.identifiers import parse_provision_id
from corpus.privacy.pseudonyms import Pseudonymised, without_pseudonyms
from corpus.store import Store
from corpus.types import DocumentType
from index.search import Searcher
from index.types import Query, Result

RULES_SHOWN = 8  # §§: what can be read with their conditions; a search shows more
PRECEDENTS_READ = 30  # among which the nearest and those that went another way are chosen
PASSAGES_QUOTED = 2  # of one precedent
_NO_LIKENESS = Likeness((), (), ())
_RANK = list(DocumentType)
# A consolidation is the act with its amendments written in: of one rank with the act.
_AS_ACT = (DocumentType.CONSOLIDATED_ACT, DocumentType.AMENDING_ACT)


@dataclass(frozen=True, slots=True)
class BriefRequest:
    """What a brief is asked for.

    ``own_view`` is what the caseworker has noted before precedents are shown; ``as_of`` None means today.
    ``collections`` and ``exclude`` are those of ``index.types.Query``. ``marked`` are ids of rules and
    decisions that are shown also where nearer ones would leave no room for them.
    """

    text: str
    as_of: dt.date | None = None
    collections: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    own_view: str = ""
    opened: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


class Briefer:
    """Makes briefs over one store and one snapshot. Threads may share it.

    Args:
        generator: puts the overview together; out of the sources' own words, or by an operator's model.
        log: the audit log; what cannot be written there is not shown.
        own_view_first: whether precedents wait until the caseworker has noted an own view.
    """

    def __init__(
        self,
        store: Store,
        searcher: Searcher,
        matcher: Matcher,
        generator: Generator,
        log: AuditLog,
        *,
        own_view_first: bool = False,
    ) -> None:
        self._store = store
        self._searcher = searcher
        self._matcher = matcher
        self._generator = generator
        self.log = log
        self._own_view_first = own_view_first

    def brief(self, request: BriefRequest, action: str = "brief") -> Brief:
        """The brief of a case.

        Args:
            action: what the audit log calls it.

        Raises:
            QueryError: the case is empty or too long, or its date is out of range.
            StoreError: the audit log cannot be written.
        """
        return self.brief_with_originals(request, action)[0]

    def brief_with_originals(
        self, request: BriefRequest, action: str = "brief"
    ) -> tuple[Brief, Pseudonymised]:
        """The brief, and what its asker alone may have put back in the place of pseudonyms."""
        case, originals = read_case(request.text, request.as_of or today())
        results = self._searcher.search(
            Query(
                without_pseudonyms(case.text),
                top=PRECEDENTS_READ,
                as_of=case.as_of,
                collections=request.collections,
                exclude=request.exclude,
            )
        )
        withheld = self._own_view_first and not request.own_view.strip()
        quoter = Quoter(self._store)
        asked = asks_for_verdict(case.text)
        also = frozenset(request.marked)
        shown = [r for n, r in enumerate(results.rules) if n < RULES_SHOWN or r.id in also]
        rules = self._rules(case, shown, quoter)
        chosen = () if withheld else self._chosen(case, results.precedents, rules, also)
        other_law = self._of_other_law(rules, [c.result.document_id for c in chosen])
        precedents = tuple(
            self._precedent(case, c, rules, quoter, alike=c.result.document_id not in other_law)
            for c in chosen
        )
        provisions = [r.provision_id for r in rules if _is_provision(r.provision_id)]
        duties, missing = procedure(self._store, provisions, case.as_of)
        found = finding_gaps.find(results, rules, precedents, case, withheld=withheld, other_law=other_law)
        draft = Brief(
            case=case,
            rules=rules,
            procedure=duties,
            precedents=precedents,
            overview=Overview((), self._generator.name),
            gaps=(*found, *missing),
            corpus=results.corpus,
            trace=Trace(
                "",
                results.corpus.snapshot,
                results.corpus.encoder,
                version("hjemmel"),
                (),
                results.corpus.reranker,
            ),
            withheld=withheld,
            no_verdict=asked.message_da if asked else "",
        )
        draft = checked(draft, quoter)
        # What lies far from the case is shown below, and is no part of what its sources say at a glance.
        far = any(g.code == finding_gaps.WEAK_PRECEDENTS for g in found)
        near = () if far else tuple(p for p in draft.precedents if p.document_id not in other_law)
        overview = self._generator.overview(case, draft.rules, near)
        brief = checked(replace(draft, overview=overview), quoter)
        return self._accounted(brief, request, action), originals

    def _rules(self, case: CaseText, found: Sequence[Result], quoter: Quoter) -> tuple[RuleEntry, ...]:
        """The rules by rank of their source, acts first; of the same rank in the order of the search."""
        by_rank = sorted(found, key=lambda r: rank(self._store.document(r.document_id).metadata.type))
        taken_apart = [conditions(self._store, r.id) if _is_provision(r.id) else () for r in by_rank]
        bearings = iter(
            self._matcher.bearing(tuple(e for elements in taken_apart for e in elements), case.sentences)
        )
        return tuple(
            self._rule(case, result, tuple(next(bearings) for _ in elements), quoter)
            for result, elements in zip(by_rank, taken_apart, strict=True)
        )

    def _rule(self, case: CaseText, result: Result, asked: tuple[Bearing, ...], quoter: Quoter) -> RuleEntry:
        """A § whole; of a text without §§, such as guidance, the passage that the case was found by."""
        if _is_provision(result.id):
            view = open_provision(self._store, result.id, case.as_of)
            span, chapter, heading, since = view.span, view.chapter, view.heading, view.since
        else:
            span, chapter, heading, since = result.passages[0].span, "", "", None
        return RuleEntry(
            provision_id=result.id,
            type=self._store.document(result.document_id).metadata.type,
            quote=quoter.quote(result.document_id, span),
            chapter=chapter,
            heading=heading,
            matched=tuple(dict.fromkeys(p.locator for p in result.passages)),
            in_force=result.in_force,
            changed_since=since.text if since else "",
            pending=since.quotes if since else (),
            conditions=asked,
            fictional=result.fictional,
        )

    def _chosen(
        self, case: CaseText, ranked: Sequence[Result], rules: Sequence[RuleEntry], also: frozenset[str]
    ) -> tuple[Chosen, ...]:
        found = frozenset(r.provision_id for r in rules)
        return choose(ranked, lambda document_id: self._applied(document_id, case.as_of), found, also=also)

    def _precedent(
        self, case: CaseText, chosen: Chosen, rules: Sequence[RuleEntry], quoter: Quoter, *, alike: bool
    ) -> PrecedentEntry:
        """A decision beside the case; ``alike``: whether its facts are laid beside the case's.

        A decision of other law shares words with a case, and no facts that bear on it.
        """
        result = chosen.result
        view = open_document(self._store, result.document_id, case.as_of)
        cited = {_paragraph(p) for r in view.references for p in (*r.provisions, *r.now)}
        return PrecedentEntry(
            document_id=result.document_id,
            citation=result.citation,
            title=result.title,
            authority=result.authority,
            date=result.date,
            outcome=result.outcome,
            standing=view.standing,
            rules=tuple(r.provision_id for r in rules if _paragraph(r.provision_id) in cited),
            quotes=tuple(
                quoter.quote(result.document_id, p.span, view.document.revision)
                for p in result.passages[:PASSAGES_QUOTED]
            ),
            reasons=main_considerations(self._store, view.document, quoter),
            likeness=self._matcher.likeness(case, self._store, result.document_id) if alike else _NO_LIKENESS,
            counter=chosen.counter,
            fictional=result.fictional,
        )

    def _applied(self, document_id: str, day: dt.date) -> frozenset[str]:
        """The §§ that a decision applies, as ids of the version of ``day``: renumbered ones meet there."""
        references = own_references(self._store, self._store.document(document_id), day)
        return frozenset(_paragraph(p) for r in references for p in (r.now or r.provisions))

    def _of_other_law(self, rules: Sequence[RuleEntry], decisions: Sequence[str]) -> frozenset[str]:
        """The decisions that cite law, and no version of any act or order that the rules found stand in."""
        bearing = {self._store.document(r.quote.document_id).work_id for r in rules}
        other = set()
        for decision in decisions:
            cited = cites(self._store, self._store.document(decision))
            targets = (self._store.by_key(key) for key in {c.target for c in cited if c.target is not None})
            if cited and not bearing & {target.work_id for target in targets if target is not None}:
                other.add(decision)
        return frozenset(other)

    def _accounted(self, brief: Brief, request: BriefRequest, action: str) -> Brief:
        """The brief with the id of its entry in the audit log."""
        shown = (
            *(r.provision_id for r in brief.rules),
            *(p.document_id for p in brief.precedents),
        )
        entry = self.log.append(
            Event(
                action=action,
                text=brief.case.text,
                as_of=brief.case.as_of,
                snapshot=brief.corpus.snapshot,
                generator=brief.overview.generator,
                shown=shown,
                opened=request.opened,
            )
        )
        return replace(brief, trace=replace(brief.trace, id=entry.id, shown=shown))


def rank(type: DocumentType) -> int:
    """The rank of a source of law, highest first."""
    return _RANK.index(DocumentType.ACT if type in _AS_ACT else type)


def _is_provision(identifier: str) -> bool:
    """Whether the id of a rule is that of a provision, and not of a document without any."""
    return ":" in identifier


def _paragraph(provision_id: str) -> str:
    """The id of the § that a provision belongs to; of a document without provisions its own."""
    if not _is_provision(provision_id):
        return provision_id
    document_id, locator = parse_provision_id(provision_id)
    return f"{document_id}:{replace(locator, stk=None, nr=None, litra=None, pkt=None).slug}"
