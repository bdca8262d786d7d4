"""The tables of the coverage report, counted from the facts of a survey."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby

from assistant.coverage_survey import Survey, Touch, Work
from assistant.coverage_types import (
    ActMap,
    ActSummary,
    Age,
    ChangeCount,
    Coverage,
    Grid,
    GridRow,
    Listed,
    Mark,
    NamedCount,
    ParagraphRow,
    SourceAge,
    SupersededDecision,
)
from corpus.identifiers import cite_document, provision_id, work_title
from corpus.links import Change
from corpus.store import Store
from corpus.types import Level, Part, StoredDocument

# What a reader is told as changed; a § that the new version leaves out was not repealed.
CHANGED = frozenset(
    {Change.REWORDED, Change.MOVED, Change.MOVED_REWORDED, Change.SPLIT, Change.MERGED, Change.REPEALED}
)
# Changes in the order in which an adviser looks at them: what is gone first, what stands last.
ORDER = (
    Change.REPEALED,
    Change.REWORDED,
    Change.MOVED_REWORDED,
    Change.SPLIT,
    Change.MERGED,
    Change.MOVED,
    Change.ABSENT,
    Change.SAME,
)
YEARS_SHOWN = 10  # columns of a grid that fit a page; what is older stands in one column before them
_BANDS = ((1, Age.UNDER_1), (3, Age.UNDER_3), (5, Age.UNDER_5), (10, Age.UNDER_10))


def age_of(day: dt.date | None, as_of: dt.date) -> Age:
    """The age of what was made on ``day``, in whole years on ``as_of``."""
    if day is None:
        return Age.UNDATED
    years = as_of.year - day.year - ((as_of.month, as_of.day) < (day.month, day.day))
    return next((age for limit, age in _BANDS if years < limit), Age.OLDER)


def overview(facts: Survey) -> Coverage:
    """The report over the whole corpus."""
    decisions = facts.decisions.values()
    by_work: defaultdict[str, list[Touch]] = defaultdict(list)
    for touch in facts.touches:
        by_work[touch.work].append(touch)
    acts = [_summary(facts, work, by_work[work.id]) for work in facts.works.values()]
    acts.sort(key=lambda a: (-a.decisions, a.title, a.work))
    return Coverage(
        as_of=facts.as_of,
        decisions=len(facts.decisions),
        undated=sum(d.date is None for d in decisions),
        later=facts.later,
        unlinked=facts.unlinked,
        acts=tuple(a for a in acts if a.paragraphs or a.decisions),
        changes=_changes(facts.touches),
        unresolved=_named(facts),
        superseded=_superseded(facts),
        authorities=authorities(facts),
        fields=fields(facts),
        sources=_sources(facts.documents),
    )


def authorities(facts: Survey, field: str | None = None) -> Grid:
    """Decisions by authority and year; of one field where it is given."""
    held = [d for d in facts.decisions.values() if field in (None, d.field)]
    return replace(_grid(held, lambda d: d.authority, facts.as_of), held=field)


def fields(facts: Survey, authority: str | None = None) -> Grid:
    """Decisions by field and year; of one authority where it is given."""
    held = [d for d in facts.decisions.values() if authority in (None, d.authority)]
    return replace(_grid(held, lambda d: d.field, facts.as_of), held=authority)


def paragraph_rows(store: Store, facts: Survey, work: Work) -> ActMap:
    """The map of one act."""
    touches = [t for t in facts.touches if t.work == work.id]
    on: defaultdict[str, list[Touch]] = defaultdict(list)
    for touch in touches:
        for slug in touch.paragraphs:
            on[slug].append(touch)
    rows: list[ParagraphRow] = []
    marks: set[Mark] = set()
    for provision in store.provisions(work.shown.key, Level.PARAGRAPH):
        if provision.locator.part is not Part.MAIN:
            continue
        slug = provision.locator.slug
        here = on.get(slug, [])
        touching = _decisions(facts, here)
        marks.update(_marks(facts, here, len(rows)))
        rows.append(
            ParagraphRow(
                id=provision_id(work.shown.id, provision.locator),
                place=slug,
                locator=str(provision.locator),
                heading=provision.heading or provision.chapter,
                chapter=provision.chapter,
                span=provision.span,
                repealed=provision.repealed,
                decisions=len(touching),
                ages=_ages(touching, facts.as_of),
                years=tuple(sorted(Counter(d.date.year for d in touching if d.date).items())),
                changed=len({t.decision for t in here if t.change in CHANGED}),
                newest=_newest(touching),
            )
        )
    beside = [t for t in touches if not t.paragraphs]
    elsewhere = _decisions(facts, beside)
    years = Counter(d.date.year for d in _decisions(facts, touches) if d.date)
    return ActMap(
        summary=_summary(facts, work, touches),
        as_of=facts.as_of,
        rows=tuple(rows),
        elsewhere=len(elsewhere),
        elsewhere_ages=_ages(elsewhere, facts.as_of),
        elsewhere_changed=len({t.decision for t in beside if t.change in CHANGED}),
        years=tuple((year, years[year]) for year in range(min(years), max(years) + 1)) if years else (),
        versions=tuple(
            (v.id, start)
            for v in work.timeline.versions
            if (start := work.timeline.validity[v.id].start) and start <= facts.as_of
        ),
        marks=tuple(sorted(marks, key=lambda m: (m.day, m.row, m.changed))),
        changes=_changes(touches),
    )


def _summary(facts: Survey, work: Work, touches: Iterable[Touch]) -> ActSummary:
    touches = list(touches)
    meta = work.shown.metadata
    decisions = _decisions(facts, touches)
    return ActSummary(
        work=work.id,
        document=work.shown.id,
        citation=cite_document(meta),
        title=work_title(meta.title),
        in_force=work.in_force,
        fictional=meta.fictional,
        paragraphs=work.paragraphs,
        touched=len({slug for t in touches for slug in t.paragraphs} - work.repealed),
        decisions=len(decisions),
        changed=len({t.decision for t in touches if t.change in CHANGED}),
        newest=_newest(decisions),
    )


def _decisions(facts: Survey, touches: Iterable[Touch]) -> list[Listed]:
    return [facts.decisions[key] for key in dict.fromkeys(t.decision for t in touches)]


def _newest(decisions: Iterable[Listed]) -> dt.date | None:
    return max((d.date for d in decisions if d.date), default=None)


def _ages(decisions: Iterable[Listed], as_of: dt.date) -> tuple[int, ...]:
    counted = Counter(age_of(d.date, as_of) for d in decisions)
    return tuple(counted[age] for age in Age)


def _marks(facts: Survey, touches: Iterable[Touch], row: int) -> Iterable[Mark]:
    """One mark a decision: changed where any wording of the § that it cites has changed."""
    changed: defaultdict[int, bool] = defaultdict(bool)
    for touch in touches:
        changed[touch.decision] |= touch.change in CHANGED
    days = ((facts.decisions[key].date, now) for key, now in changed.items())
    return [Mark(day, row, now) for day, now in days if day]


def _changes(touches: Iterable[Touch]) -> tuple[ChangeCount, ...]:
    decisions: defaultdict[Change, set[int]] = defaultdict(set)
    spots: defaultdict[Change, set[tuple[object, ...]]] = defaultdict(set)
    for touch in touches:
        if touch.change is not None:
            decisions[touch.change].add(touch.decision)
            spots[touch.change].add((touch.decision, touch.span, touch.cited))
    return tuple(ChangeCount(c, len(decisions[c]), len(spots[c])) for c in ORDER if c in decisions)


def _named(facts: Survey) -> tuple[NamedCount, ...]:
    """What is not held, the most named first; last what was not named, for it cannot be fetched."""
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    reasons = {}
    for edge in facts.unresolved:
        if edge.reason is not None:
            groups[edge.reason, edge.name].append(edge.document)
            reasons[edge.reason.value] = edge.reason
    counts = [NamedCount(name, reasons[r], len(set(keys)), len(keys)) for (r, name), keys in groups.items()]
    return tuple(sorted(counts, key=lambda c: (not c.name, -c.decisions, -c.places, c.name, c.reason)))


def _superseded(facts: Survey) -> tuple[SupersededDecision, ...]:
    found = []
    for overtaken in facts.overtaken:
        citing = {e.document: facts.decisions[e.document].date for e in overtaken.citing}
        since = overtaken.since
        found.append(
            SupersededDecision(
                decision=facts.decisions[overtaken.decision],
                replaced=overtaken.replaced,
                set_aside=overtaken.set_aside,
                since=since,
                cited_by=len(citing),
                after=sum(1 for day in citing.values() if since and day and day >= since),
            )
        )
    return tuple(sorted(found, key=lambda s: (-s.after, -s.cited_by, s.decision.id)))


def _grid(decisions: Iterable[Listed], name_of: Callable[[Listed], str], as_of: dt.date) -> Grid:
    """Decisions by name and year, up to the year of the report."""
    years = tuple(range(as_of.year - YEARS_SHOWN + 1, as_of.year + 1))
    counts: defaultdict[str, Counter[int | None]] = defaultdict(Counter)
    for decision in decisions:
        counts[name_of(decision)][decision.date.year if decision.date else None] += 1
    rows = [
        GridRow(
            name=name,
            before=sum(n for year, n in counted.items() if year is not None and year < years[0]),
            counts=tuple(counted[year] for year in years),
            undated=counted[None],
        )
        for name, counted in counts.items()
    ]
    return Grid(years, tuple(sorted(rows, key=lambda r: (-r.total, r.name))))


def _sources(documents: Iterable[StoredDocument]) -> tuple[SourceAge, ...]:
    def key(document: StoredDocument) -> tuple[str, str]:
        return document.collection, document.metadata.type

    found = []
    for _, group in groupby(sorted(documents, key=key), key):
        here = list(group)
        days = [d.metadata.date for d in here if d.metadata.date]
        read = [d.provenance.ingested_at for d in here]
        found.append(
            SourceAge(
                collection=here[0].collection,
                type=here[0].metadata.type,
                documents=len(here),
                undated=len(here) - len(days),
                oldest=min(days, default=None),
                newest=max(days, default=None),
                first_read=min(read),
                last_read=max(read),
            )
        )
    return tuple(found)
