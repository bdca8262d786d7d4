"""What the rules and decisions kept cover, for a legal adviser: where decisions stand, where none does.

Counted are places in decisions that cite a provision, as ``corpus.linking`` resolved them. That a decision
cites a provision does not say that it rests on it, and how a decision ended is never read here.
"""

from __future__ import annotations

import datetime as dt
import difflib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.coverage_counts import CHANGED, age_of, authorities, fields, overview, paragraph_rows
from assistant.coverage_survey import Survey, Work, listed, survey
from assistant.coverage_types import (
    ELSEWHERE,
    ActMap,
    Cell,
    Coverage,
    Listed,
    Listing,
    Place,
    PlaceList,
)
from assistant.evidence import single_stk
from corpus.decision_citations import citation_state
from corpus.derived import state_of
from corpus.errors import InputError, NotFoundError
from corpus.identifiers import cite_document, cite_provision, parse_provision_id, slug_of
from corpus.links import Change
from corpus.references.resolved import Reason
from corpus.store import Store
from corpus.types import Span

MAX_PLACES = 200  # places on a page of a list
_OLDEST = dt.date(1683, 1, 1)  # Danske Lov; an earlier day is a slip
_DAYS_HELD = 8  # reports of different days held at a time; each is a few MB for a thousand documents
_NEAR = 3  # acts offered where the one asked for is not known


class UnknownActError(NotFoundError):
    """No act by this name; ``near`` are ids of acts with a name like it."""

    def __init__(self, asked: str, near: Sequence[str]) -> None:
        self.asked, self.near = asked[:80], tuple(near)
        super().__init__(
            f"Ingen lov eller bekendtgørelse i samlingen hedder «{self.asked}».",
            f"Mente du {' eller '.join(self.near)}?" if near else "Se listen over dem i dækningsrapporten.",
        )


@dataclass(frozen=True, slots=True)
class Report:
    """The coverage of a store on one day: the facts, and the report over the whole corpus."""

    survey: Survey
    coverage: Coverage


_HELD = "coverage"  # the name under which a store holds its reports
_lock = threading.Lock()


def report(store: Store, as_of: dt.date) -> Report:
    """The report of a day, held until the store changes.

    Raises:
        InputError: the day lies before any Danish law.
    """
    if as_of < _OLDEST:
        raise InputError(f"Datoen {as_of} ligger før {_OLDEST}.", "Skriv den som 2024-03-01.")
    state = (state_of(store), citation_state(store))
    with _lock:
        held = store.held.get(_HELD)
        if held is None or held[0] != state:
            held = store.held[_HELD] = (state, OrderedDict())
        reports: OrderedDict[dt.date, Report] = held[1]
        if as_of not in reports:
            facts = survey(store, as_of)
            reports[as_of] = Report(facts, overview(facts))
        reports.move_to_end(as_of)
        while len(reports) > _DAYS_HELD:
            reports.popitem(last=False)
        return reports[as_of]


def act_map(store: Store, report: Report, asked: str) -> ActMap:
    """The map of one act.

    Args:
        asked: the id of the act, of one of its versions, or its title.

    Raises:
        UnknownActError: no such act on the day of the report.
    """
    work = act_named(report.survey, asked)
    return paragraph_rows(store, report.survey, work)


def act_named(facts: Survey, asked: str) -> Work:
    """The act with this id, one of whose versions has it, or with this title. Raises UnknownActError."""
    slug = slug_of(asked)
    for name in (asked, asked.strip().lower(), slug, f"fiktiv-{slug}"):
        work = facts.works.get(facts.aliases.get(name, name))
        if work is not None:
            return work
    raise UnknownActError(asked, difflib.get_close_matches(slug, facts.works, _NEAR))


def held(report: Report, authority: str | None = None, field: str | None = None) -> Report:
    """The report with its fields held to an authority and its authorities to a field, for gaps of both."""
    if authority is None and field is None:
        return report
    whole, facts = report.coverage, report.survey
    held_to = replace(whole, authorities=authorities(facts, field), fields=fields(facts, authority))
    return replace(report, coverage=held_to)


def counted(report: Report, cell: Cell) -> tuple[int, int]:
    """How many documents and how many places stand behind a cell.

    Raises:
        UnknownActError: the cell names an act that is not known on the day.
    """
    found = list(_found(report.survey, cell))
    return len({f.document.id for f in found}), len(found)


def places(store: Store, report: Report, cell: Cell, after: int = 0, limit: int = 50) -> PlaceList:
    """A page of what stands behind a cell, the newest documents first.

    Args:
        after: ``next`` of the page before.
        limit: places on the page, at most ``MAX_PLACES``.

    Raises:
        UnknownActError: the cell names an act that is not known on the day.
        InputError: ``after`` or ``limit`` is out of range.
    """
    if not 0 < limit <= MAX_PLACES or after < 0:
        raise InputError(
            f"En side har 1-{MAX_PLACES} steder og begynder ved 0 eller senere, ikke {limit} fra {after}.",
            "Begynd forfra uden after.",
        )
    found = sorted(_found(report.survey, cell), key=_newest)
    page = found[after : after + limit]
    texts: dict[int, str] = {}
    return PlaceList(
        cell,
        len({f.document.id for f in found}),
        len(found),
        tuple(_place(store, f, texts) for f in page),
        after + limit if after + limit < len(found) else None,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A place before its words are read."""

    document: Listed
    span: Span | None = None
    cited: str = ""
    name: str = ""
    change: Change | None = None
    since: dt.date | None = None
    now: tuple[str, ...] = ()
    reason: Reason | None = None
    after: bool | None = None


def _newest(found: _Found) -> tuple[object, ...]:
    day, span = found.document.date, found.span
    return (-day.toordinal() if day else 0, found.document.id, span or Span(0, 0), found.cited)


def _found(facts: Survey, cell: Cell) -> Iterable[_Found]:
    match cell.listing:
        case Listing.ACT | Listing.CHANGED:
            return dict.fromkeys(_touching(facts, cell))
        case Listing.UNRESOLVED:
            return [
                _Found(decision, e.span, name=e.name, reason=e.reason)
                for e in facts.unresolved
                if _fits(decision := facts.decisions[e.document], facts, cell)
                and (cell.reason is None or e.reason is cell.reason)
                and (cell.name is None or e.name == cell.name)
            ]
        case Listing.SUPERSEDED:
            return _citing_overtaken(facts, cell)
        case Listing.DECISIONS:
            return [_Found(d) for d in facts.decisions.values() if _fits(d, facts, cell)]
        case Listing.DOCUMENTS:
            return [
                _Found(listed(d))
                for d in facts.documents
                if cell.collection in (None, d.collection)
                and cell.type in (None, d.metadata.type)
                and (cell.age is None or age_of(d.metadata.date, facts.as_of) is cell.age)
            ]


def _touching(facts: Survey, cell: Cell) -> Iterator[_Found]:
    work = act_named(facts, cell.work).id if cell.work is not None else None
    for touch in facts.touches:
        decision = facts.decisions[touch.decision]
        if work not in (None, touch.work) or not _fits(decision, facts, cell):
            continue
        if cell.place == ELSEWHERE and touch.paragraphs:
            continue
        if cell.place not in (None, ELSEWHERE) and cell.place not in touch.paragraphs:
            continue
        if cell.listing is Listing.CHANGED:
            if cell.change is None and touch.change not in CHANGED:
                continue
            if cell.change not in (None, touch.change):
                continue
        yield _Found(decision, touch.span, touch.cited, change=touch.change, since=touch.since, now=touch.now)


def _citing_overtaken(facts: Survey, cell: Cell) -> Iterator[_Found]:
    for overtaken in facts.overtaken:
        gone = facts.decisions[overtaken.decision]
        if cell.decision not in (None, gone.id):
            continue
        for edge in overtaken.citing:
            citing = facts.decisions[edge.document]
            if _fits(citing, facts, cell):
                known = overtaken.since is not None and citing.date is not None
                later = citing.date >= overtaken.since if known else None  # type: ignore[operator]
                yield _Found(citing, edge.span, gone.id, after=later)


def _fits(decision: Listed, facts: Survey, cell: Cell) -> bool:
    """Whether a decision is one of the age, year, authority and field of the cell."""
    year = decision.date.year if decision.date else None
    return (
        (cell.age is None or age_of(decision.date, facts.as_of) is cell.age)
        and (cell.year is None or year == cell.year)
        and (cell.before is None or (year is not None and year <= cell.before))
        and cell.authority in (None, decision.authority)
        and cell.field in (None, decision.field)
    )


def _place(store: Store, found: _Found, texts: dict[int, str]) -> Place:
    document, words = found.document, ""
    if found.span is not None:
        if document.key not in texts:
            texts[document.key] = store.text(document.key)
        words = found.span.of(texts[document.key])
    return Place(
        document=document,
        span=found.span,
        words=words,
        cited=found.cited,
        cited_citation=_cite(store, found.cited) if found.cited else found.name,
        change=found.change,
        since=found.since,
        now=found.now,
        reason=found.reason,
        after=found.after,
    )


def _cite(store: Store, identifier: str) -> str:
    if ":" not in identifier:
        return cite_document(store.document(identifier).metadata)
    document_id, locator = parse_provision_id(identifier)
    document = store.document(document_id)
    return cite_provision(document.metadata, locator, single_stk(store, document, locator))
