"""The facts that the coverage report counts: each decision, what it cites, and what became of that since."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.coverage_types import Listed
from corpus.decision_citations import (
    DecisionCitation,
    decision_citations,
    paragraphs_in_force,
    repealed_paragraphs,
    slugs_between,
    unlinked,
)
from corpus.decision_links import DecisionLink, LinkKind, decision_links
from corpus.errors import CitationError, NotFoundError
from corpus.history import Genealogy, genealogy_of
from corpus.identifiers import cite_document, parse_provision_id, parse_slug, provision_id
from corpus.links import Change
from corpus.references.resolved import LinkStatus
from corpus.store import Store
from corpus.types import Kind, Locator, Part, Span, Status, StoredDocument
from corpus.versions import Timeline, timelines


@dataclass(frozen=True, slots=True)
class Work:
    """An act and the version of it that the report shows.

    ``in_force`` None: no version has a date. ``ended``: the first day on which no version applies.
    ``paragraphs`` counts the §§ of the version that are not repealed, ``repealed`` has the slugs of those
    that are.
    """

    id: str
    timeline: Timeline
    shown: StoredDocument
    in_force: bool | None
    ended: dt.date | None
    paragraphs: int
    repealed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Touch:
    """One provision of an act, or an act as a whole, that one place in a decision cites.

    ``cited`` is the id of it in the version that the decision read; ``paragraphs`` are the slugs of the §§
    of the shown version in which it stands. ``change`` is None where no provision is cited or nothing is
    known of its line.
    """

    decision: int
    span: Span
    work: str
    cited: str
    paragraphs: tuple[str, ...] = ()
    change: Change | None = None
    since: dt.date | None = None
    now: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A decision that others cite and that no longer stands on the day of the report."""

    decision: int
    replaced: tuple[str, ...]
    set_aside: tuple[str, ...]
    since: dt.date | None
    citing: tuple[DecisionCitation, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything the report counts on one day, by the store's numbers of revisions where it names documents.

    ``decisions`` are those of the day or before, in order of date and id; ``later`` counts the others.
    Of ``unlinked`` decisions the references have not been resolved yet.
    """

    as_of: dt.date
    decisions: Mapping[int, Listed]
    later: int
    unlinked: int
    works: Mapping[str, Work]
    aliases: Mapping[str, str]  # what else an act may be asked for by: ids of its versions, older works
    touches: tuple[Touch, ...]
    unresolved: tuple[DecisionCitation, ...]
    overtaken: tuple[Overtaken, ...]
    documents: tuple[StoredDocument, ...]


def survey(store: Store, as_of: dt.date) -> Survey:
    """Read the facts for the report of ``as_of`` from the store."""
    documents = store.documents()
    precedents = [d for d in documents if d.metadata.kind is Kind.PRECEDENT]
    known = [d for d in precedents if d.metadata.date is None or d.metadata.date <= as_of]
    known.sort(key=lambda d: (d.metadata.date or dt.date.min, d.id))
    decisions = {d.key: listed(d) for d in known}
    works, aliases = _works(store, timelines(documents, store.claims()), as_of)
    edges = [e for e in decision_citations(store) if e.document in decisions]
    unresolved = tuple(e for e in edges if e.status is not LinkStatus.RESOLVED)
    reader = _Touches(store, as_of, {d.key: d for d in documents}, works, aliases)
    return Survey(
        as_of,
        decisions,
        len(precedents) - len(known),
        len(unlinked(store) & decisions.keys()),
        works,
        aliases,
        tuple(touch for e in edges for touch in reader.of(e)),
        unresolved,
        _overtaken(known, decision_links(store), edges, as_of),
        tuple(documents),
    )


def listed(document: StoredDocument) -> Listed:
    """A document as lists name it."""
    meta = document.metadata
    return Listed(
        key=document.key,
        id=document.id,
        kind=meta.kind,
        type=meta.type,
        citation=cite_document(meta),
        title=meta.title,
        date=meta.date,
        authority=meta.authority or meta.ministry,
        field=meta.subjects[0] if meta.subjects else "",
        collection=document.collection,
        url=meta.url,
        historic=meta.status is Status.HISTORIC,
        fictional=meta.fictional,
    )


def _works(store: Store, found: Sequence[Timeline], as_of: dt.date) -> tuple[dict[str, Work], dict[str, str]]:
    """The acts that there are on the day, by the title of the version shown, and their other names."""
    paragraphs, repealed = paragraphs_in_force(store), repealed_paragraphs(store)
    bearers = Counter(work for t in found for work in {v.work_id for v in t.versions if v.work_id})
    works: dict[str, Work] = {}
    aliases: dict[str, str] = {}
    for timeline in found:
        shown, in_force = _shown(timeline, as_of)
        if shown is None:
            continue
        name = shown.work_id if bearers[shown.work_id] == 1 else shown.id
        ended = timeline.validity[shown.id].end if in_force is False else None
        works[name] = Work(
            name,
            timeline,
            shown,
            in_force,
            ended,
            paragraphs.get(shown.key, 0),
            repealed.get(shown.key, frozenset()),
        )
        for version in timeline.versions:
            aliases[version.id] = name
            if bearers[version.work_id] == 1:
                aliases[version.work_id] = name
    return works, aliases


def _shown(timeline: Timeline, as_of: dt.date) -> tuple[StoredDocument | None, bool | None]:
    """The version to show on a day: the one in force, else the last one before; None before the first."""
    in_force = timeline.on(as_of)
    if in_force:
        return in_force[-1], True
    begun = [v for v in timeline.versions if (start := timeline.validity[v.id].start) and start <= as_of]
    if begun:
        return begun[-1], False
    undated = [v for v in timeline.versions if timeline.validity[v.id].start is None]
    return (undated[-1], None) if undated else (None, None)


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a cited provision stands in the shown version, and what became of it."""

    paragraphs: tuple[str, ...] = ()
    change: Change | None = None
    since: dt.date | None = None
    now: tuple[str, ...] = ()


@dataclass(slots=True)
class _Touches:
    """Leads citations to the shown versions; each cited provision is followed once."""

    store: Store
    as_of: dt.date
    by_key: Mapping[int, StoredDocument]
    works: Mapping[str, Work]
    aliases: Mapping[str, str]
    lines: dict[tuple[str, str], _Line] = field(default_factory=dict)
    genealogy: Genealogy = field(init=False)

    def __post_init__(self) -> None:
        self.genealogy = genealogy_of(self.store)

    def of(self, edge: DecisionCitation) -> list[Touch]:
        """The touches of an edge: one for each provision of a range, none where it leads to no act."""
        target = self.by_key.get(edge.target) if edge.target is not None else None
        if edge.status is not LinkStatus.RESOLVED or target is None:
            return []
        work = self.works.get(self.aliases.get(target.id, ""))
        if work is None:
            return []
        if not edge.slug:
            return [Touch(edge.document, edge.span, work.id, target.id)]
        slugs: tuple[str, ...] = (edge.slug,)
        if edge.last:
            slugs = slugs_between(self.store, target.key, edge.slug, edge.last) or slugs
        touches = []
        for slug in slugs:
            line = self._line(work, target, parse_slug(slug))
            cited = f"{target.id}:{slug}"
            touches.append(
                Touch(
                    edge.document,
                    edge.span,
                    work.id,
                    cited,
                    line.paragraphs,
                    line.change,
                    line.since,
                    line.now,
                )
            )
        return touches

    def _line(self, work: Work, target: StoredDocument, where: Locator) -> _Line:
        where = replace(where, litra=None, pkt=None)  # the genealogy follows nothing below a nr.
        key = (target.id, where.slug)
        if key not in self.lines:
            self.lines[key] = self._follow(work, target, where)
        return self.lines[key]

    def _follow(self, work: Work, target: StoredDocument, where: Locator) -> _Line:
        identifier = provision_id(target.id, where)
        if target.id == work.shown.id:
            line = _Line(_paragraphs((identifier,)), Change.SAME, None, (identifier,))
        else:
            line = self._fate(work, target, identifier)
        if work.in_force is False:  # the whole act has gone
            return _Line(line.paragraphs, Change.REPEALED, work.ended)
        return line if work.in_force else replace(line, change=None, since=None)

    def _fate(self, work: Work, target: StoredDocument, identifier: str) -> _Line:
        start = work.timeline.validity[target.id].start
        shown_from = work.timeline.validity[work.shown.id].start
        if start is None or shown_from is None:
            return _Line()
        try:
            # A version that has ended applies on its own first day.
            fate = self.genealogy.fate(identifier, self.as_of if work.in_force else shown_from)
        except (CitationError, NotFoundError):  # several versions may apply, or the line is not known
            return _Line()
        here = tuple(p for p in fate.provisions if p.partition(":")[0] == work.shown.id)
        if start > shown_from:  # the decision reads a version that is not in force yet
            return _Line(_paragraphs(here))
        return _Line(_paragraphs(here), fate.change, fate.day, fate.provisions)


def _paragraphs(identifiers: Iterable[str]) -> tuple[str, ...]:
    """The slugs of the §§ of the main part that hold the provisions."""
    slugs = (parse_provision_id(identifier)[1] for identifier in identifiers)
    return tuple(
        dict.fromkeys(
            Locator(w.paragraph, block=w.block).slug for w in slugs if w.part is Part.MAIN and w.paragraph
        )
    )


def _overtaken(
    decisions: Sequence[StoredDocument],
    links: Mapping[str, tuple[DecisionLink, ...]],
    edges: Iterable[DecisionCitation],
    as_of: dt.date,
) -> tuple[Overtaken, ...]:
    """The decisions that no longer stand on the day and that others cite, besides what took their place."""
    by_id = {d.id: d for d in decisions}
    citing: defaultdict[int, list[DecisionCitation]] = defaultdict(list)
    for edge in edges:
        if edge.target is not None and edge.target != edge.document:
            citing[edge.target].append(edge)
    found = []
    for decision in decisions:
        ends = [
            link
            for link in links.get(decision.id, ())
            if link.kind in (LinkKind.REPLACED_BY, LinkKind.SET_ASIDE_BY)
            and (link.document in by_id or not link.document)
        ]
        ended = decision.metadata.ended
        historic = decision.metadata.status is Status.HISTORIC and (ended is None or ended <= as_of)
        if not (ends or historic):
            continue
        successors = {by_id[link.document].key for link in ends if link.document}
        successors |= {by_id[link.source].key for link in ends if link.source in by_id}
        others = tuple(e for e in citing[decision.key] if e.document not in successors)
        if not others:
            continue
        days = [by_id[link.document].metadata.date for link in ends if link.document]
        days.append(ended)
        named: dict[LinkKind, dict[str, None]] = {
            k: {} for k in (LinkKind.REPLACED_BY, LinkKind.SET_ASIDE_BY)
        }
        for link in ends:
            named[link.kind][link.document or link.number] = None
        found.append(
            Overtaken(
                decision.key,
                tuple(named[LinkKind.REPLACED_BY]),
                tuple(named[LinkKind.SET_ASIDE_BY]),
                min((day for day in days if day), default=None),
                others,
            )
        )
    return tuple(found)
