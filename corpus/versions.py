"""Which version of a work applies when, and why.

A consolidation (LBK) restates the whole act, so from its date it is the text to read, until the next one
is signed. An act or an order applies from the day on which it says that it takes effect, and ends where
one of the same title takes effect, where another document repeals it, where it ends itself, or where the
source marks it as historic. Versions are chained by title and by what each says it consolidates; claims
that contradict each other are listed and decide nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.claims import Claim, Relation, own_number
from corpus.identifiers import cite_document, print_date
from corpus.types import DocumentType, Kind, StoredDocument

Claims = Mapping[int, Sequence[Claim]]  # by the store's number of the revision


class Basis(StrEnum):
    """What an end of an interval rests on."""

    UNDATED = "undated"  # the source gives no date
    SIGNED = "signed"  # the date of signature, or of the decision
    COMMENCEMENT = "commencement"  # the text says from when it applies
    NEXT_VERSION = "next_version"
    REPEAL = "repeal"  # another document repeals it
    EXPIRY = "expiry"  # the text itself says when it ends
    SOURCE = "source"  # the source marks it as historic from that day


@dataclass(frozen=True, slots=True)
class Validity:
    """The interval ``[start, end)`` in which a version is the one to read, and why.

    ``start`` None: the source gives no date. ``end`` None: nothing that ends it is known.
    ``replaced_by`` is the id of the next version, where that ends it; ``ended_by`` is the id of the
    document that ends it, be it the next version or one that repeals it.
    """

    start: dt.date | None
    end: dt.date | None
    replaced_by: str = ""
    begins: Basis = Basis.UNDATED
    ends: Basis | None = None
    ended_by: str = ""

    def covers(self, day: dt.date) -> bool:
        """Whether the version is the one to read on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


class Fault(StrEnum):
    """Why a claim was not followed."""

    LATER = "later"  # it consolidates a version that is not older than itself
    CYCLE = "cycle"  # versions without dates that consolidate each other
    OTHER_DATE = "other_date"  # the document with that number has another date
    SHARED = "shared"  # two versions consolidate the same one: dates decide their order


@dataclass(frozen=True, slots=True)
class Conflict:
    """A claim that contradicts another one or a date. ``message`` is for users, in Danish."""

    fault: Fault
    document: str
    other: str
    message: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All versions of one work in the order in which they apply, undated ones first.

    ``consolidates`` leads from the id of a version to the id of the one that it says it restates.
    """

    versions: tuple[StoredDocument, ...]
    validity: dict[str, Validity]
    consolidates: dict[str, str] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()

    def on(self, day: dt.date) -> tuple[StoredDocument, ...]:
        """The versions to read on ``day``: none before the first and after the end, several in doubt."""
        return tuple(v for v in self.versions if v.metadata.date and self.validity[v.id].covers(day))


def validities(documents: Iterable[StoredDocument], claims: Claims | None = None) -> dict[str, Validity]:
    """The interval of each document, by document id, over all versions of each work.

    Decisions and amending acts have no versions: they start at their date, and end where their source
    marks them as historic. Without ``claims`` only titles and dates of signature are known.
    """
    documents = list(documents)
    found = {d.id: _alone(d) for d in documents if d.metadata.kind is not Kind.RULE}
    for timeline in timelines(documents, claims):
        found.update(timeline.validity)
    return found


def timelines(documents: Iterable[StoredDocument], claims: Claims | None = None) -> tuple[Timeline, ...]:
    """The works that the rules among ``documents`` are versions of.

    Args:
        documents: rules, and whatever else may repeal them.
        claims: what the documents say of each other, see ``Store.claims``.
    """
    chains = _Chains(list(documents), claims or {})
    return tuple(chains.timeline(versions) for versions in chains.works())


def _alone(document: StoredDocument) -> Validity:
    meta = document.metadata
    return Validity(
        meta.date,
        meta.ended,
        begins=Basis.SIGNED if meta.date else Basis.UNDATED,
        ends=Basis.SOURCE if meta.ended else None,
    )


class _Chains:
    """Works out which documents are versions of one work and when each starts."""

    def __init__(self, documents: list[StoredDocument], claims: Claims) -> None:
        self._claims = claims
        self._rules = [d for d in documents if d.metadata.kind is Kind.RULE]
        self._numbered: defaultdict[tuple[int, int, bool], list[StoredDocument]] = defaultdict(list)
        for rule in self._rules:
            if number := own_number(rule.metadata):
                self._numbered[*number, rule.metadata.fictional].append(rule)
        self._conflicts: defaultdict[str, list[Conflict]] = defaultdict(list)
        self._consolidates: dict[str, StoredDocument] = {}
        for rule in self._rules:
            self._follow(rule)
        self._starts: dict[str, tuple[dt.date | None, Basis]] = {}
        for document in sorted(documents, key=_order):  # what is restated before what restates it
            self._starts[document.id] = self._start(document)
        self._repeals: defaultdict[str, list[tuple[dt.date, StoredDocument]]] = defaultdict(list)
        for document in documents:
            self._read_repeals(document)

    def _said(self, document: StoredDocument, relation: Relation) -> list[Claim]:
        return [c for c in self._claims.get(document.key, ()) if c.relation is relation]

    def _named(self, claim: Claim, by: StoredDocument) -> list[StoredDocument]:
        """The rules that a claim names by number and date."""
        same = self._numbered.get((claim.number, claim.year, by.metadata.fictional), [])
        found = [d for d in same if d.id != by.id and d.metadata.date in (None, claim.date)]
        for other in same if not found else ():
            if other.id != by.id:
                self._fault(Fault.OTHER_DATE, by, other, _other_date(by, claim, other))
        return found

    def _fault(self, fault: Fault, document: StoredDocument, other: StoredDocument, message: str) -> None:
        self._conflicts[document.id].append(Conflict(fault, document.id, other.id, message))

    def _follow(self, rule: StoredDocument) -> None:
        """Note the version that ``rule`` says it restates, unless its date contradicts that."""
        for claim in self._said(rule, Relation.CONSOLIDATES)[:1]:
            for other in self._named(claim, rule):
                if rule.metadata.date and other.metadata.date and _order(other) >= _order(rule):
                    self._fault(Fault.LATER, rule, other, _later(rule, other))
                else:
                    self._consolidates.setdefault(rule.id, other)

    def works(self) -> list[list[StoredDocument]]:
        """The rules grouped by work: by title, and along what they say they restate."""
        group: dict[str, str] = {}

        def find(name: str) -> str:
            while group.setdefault(name, name) != name:
                group[name] = group[group[name]]
                name = group[name]
            return name

        for rule in self._rules:
            group[find(rule.id)] = find(f"work {rule.work_id}")
        for rule in self._rules:
            if (other := self._consolidates.get(rule.id)) is not None:
                group[find(rule.id)] = find(other.id)
        works: defaultdict[str, list[StoredDocument]] = defaultdict(list)
        for rule in self._rules:
            works[find(rule.id)].append(rule)
        return list(works.values())

    def _start(self, document: StoredDocument) -> tuple[dt.date | None, Basis]:
        date = document.metadata.date
        if date is None:
            return None, Basis.UNDATED
        if document.metadata.type is DocumentType.CONSOLIDATED_ACT:
            other = self._consolidates.get(document.id)
            base = self._starts.get(other.id, (None, Basis.SIGNED)) if other else (None, Basis.SIGNED)
            if base[0] and base[0] > date:  # a new act that was consolidated before it took effect
                return base[0], Basis.COMMENCEMENT
            return date, Basis.SIGNED
        days = {c.day for c in self._said(document, Relation.COMMENCES) if not c.place}
        day = next(iter(days)) if len(days) == 1 else None
        return (day, Basis.COMMENCEMENT) if day and day > date else (date, Basis.SIGNED)

    def _read_repeals(self, document: StoredDocument) -> None:
        """Whom ``document`` repeals, and from which day.

        A consolidation repeats the repeals of the act that it restates, whose commencement it prints.
        """
        repeals = self._said(document, Relation.REPEALS)
        own = [c.day for c in self._said(document, Relation.COMMENCES) if c.day and not c.place]
        day = min(own, default=None) or self._starts[document.id][0]
        for claim in repeals:
            when = claim.day or day
            for other in self._named(claim, document) if when else ():
                if when and other.metadata.date and other.metadata.date < when:
                    self._repeals[other.id].append((when, document))

    def timeline(self, versions: list[StoredDocument]) -> Timeline:
        """One work's versions in order, each with its interval."""
        starts = self._starts
        versions.sort(key=lambda v: (starts[v.id][0] or dt.date.min, *_order(v), v.id))
        ids = {v.id for v in versions}
        repeals = [(day, by, v.id) for v in versions for day, by in self._repeals[v.id] if by.id not in ids]
        validity = {v.id: self._interval(v, versions[i + 1 :], repeals) for i, v in enumerate(versions)}
        links = {v.id: self._consolidates[v.id].id for v in versions if v.id in self._consolidates}
        conflicts = [c for v in versions for c in self._conflicts[v.id]]
        conflicts += _shared(versions, links) + _cycles(versions, links)
        return Timeline(tuple(versions), validity, links, tuple(dict.fromkeys(conflicts)))

    def _interval(
        self,
        version: StoredDocument,
        later: Sequence[StoredDocument],
        repeals: Sequence[tuple[dt.date, StoredDocument, str]],
    ) -> Validity:
        start, begins = self._starts[version.id]
        if start is None:
            return _alone(version)
        # The same version may be kept twice (in two collections): neither ends the other.
        after = (v for v in later if _order(v) != _order(version))
        following = next(after, None)
        ends: list[tuple[dt.date, int, Basis, str]] = []
        if following is not None and (next_start := self._starts[following.id][0]):
            ends.append((next_start, 0, Basis.NEXT_VERSION, following.id))
        # A repeal names one version but ends the work: whatever applied on that day.
        ends += [(day, 1, Basis.REPEAL, by.id) for day, by, _ in repeals if start < day]
        ends += [(c.day, 2, Basis.EXPIRY, "") for c in self._said(version, Relation.EXPIRES) if c.day]
        if version.metadata.ended:
            ends.append((version.metadata.ended, 3, Basis.SOURCE, ""))
        if not ends:
            return Validity(start, None, begins=begins)
        end, _, basis, by = min(ends)
        replaced = by if basis is Basis.NEXT_VERSION else ""
        return Validity(start, end, replaced, begins, basis, by)


def _shared(versions: Sequence[StoredDocument], links: Mapping[str, str]) -> list[Conflict]:
    """Two versions that say they restate the same one."""
    found: list[Conflict] = []
    first: dict[str, StoredDocument] = {}
    for version in versions:
        target = links.get(version.id)
        if target is None:
            continue
        rival = first.setdefault(target, version)
        if rival is not version and _order(rival) != _order(version):
            message = (
                f"Både {_name(rival)} og {_name(version)} siger, at de sammenskriver samme version; "
                "rækkefølgen følger datoerne."
            )
            found.append(Conflict(Fault.SHARED, version.id, rival.id, message))
    return found


def _cycles(versions: Sequence[StoredDocument], links: Mapping[str, str]) -> list[Conflict]:
    """Versions that restate each other; possible only where dates are missing."""
    names = {v.id: v for v in versions}
    found: list[Conflict] = []
    done: set[str] = set()
    for version in versions:
        path: list[str] = []
        at: str | None = version.id
        while at is not None and at not in done and at not in path:
            path.append(at)
            at = links.get(at)
        if at in path:
            ring = path[path.index(at) :]
            message = (
                f"{' → '.join(_name(names[i]) for i in [*ring, ring[0]])}: versionerne siger, at de "
                "sammenskriver hinanden; deres rækkefølge kan ikke afgøres uden datoer."
            )
            found.append(Conflict(Fault.CYCLE, ring[0], ring[-1], message))
        done.update(path)
    return found


def _later(rule: StoredDocument, other: StoredDocument) -> str:
    return f"{_name(rule)} siger, at den sammenskriver {_name(other)}, som ikke er ældre; det følges ikke."


def _other_date(rule: StoredDocument, claim: Claim, other: StoredDocument) -> str:
    said = print_date(claim.date) if claim.date else "ukendt dato"
    return f"{_name(rule)} nævner nr. {claim.number} af {said}, men {_name(other)} har en anden dato."


def _name(document: StoredDocument) -> str:
    return cite_document(document.metadata)


def _order(document: StoredDocument) -> tuple[dt.date, int]:
    """Versions follow their dates; two signed on one day follow their numbers."""
    digits = "".join(c for c in document.metadata.number if c.isdigit())
    return document.metadata.date or dt.date.min, int(digits) if digits else 0
