"""The line of a provision through time: every step from the first version of its work to the last."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.derived import Held
from corpus.errors import NotFoundError
from corpus.identifiers import cite_document, parse_provision_id, provision_id
from corpus.kept_alignments import Alignments
from corpus.links import Change, Ground, Link
from corpus.store import Store
from corpus.timelines import distinct_versions, same_version, timeline_of, version_on
from corpus.types import Locator, Part, StoredDocument
from corpus.versions import Timeline
from corpus.wording import words

_HELD_PROVISIONS = 1_000  # some tens are asked for in one answer
# Splits and mergers fan out; a line that leads to more places than this is no longer one provision's.
_MOST_STEPS = 400


@dataclass(frozen=True, slots=True)
class Step:
    """What happened to a provision between two neighbouring versions.

    ``day`` is the first day of the new version. ``skipped`` names versions between the two in which the
    whole § is missing without being printed as repealed, though both neighbours have it: their text is
    incomplete at the source, and nothing was repealed.
    """

    old_document: str
    new_document: str
    day: dt.date | None
    link: Link
    skipped: tuple[str, ...] = ()

    @property
    def old(self) -> tuple[str, ...]:
        """Ids of the provisions before."""
        return tuple(provision_id(self.old_document, w) for w in self.link.old)

    @property
    def new(self) -> tuple[str, ...]:
        """Ids of the provisions after."""
        return tuple(provision_id(self.new_document, w) for w in self.link.new)


@dataclass(frozen=True, slots=True)
class Line:
    """A provision's line through time.

    ``locator`` is the unit that was followed: of a litra or a sentence the nr. or stk. that holds it.
    ``versions`` are the compared versions, oldest first.
    """

    document: str
    locator: Locator
    timeline: Timeline
    versions: tuple[StoredDocument, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What a provision of one version is in another one.

    ``provisions`` are the ids there, none where it is repealed or not yet made. ``day`` is the first day
    of the version in which it last changed on the way, None where it never did. ABSENT: the provision
    was not repealed, but that version's text lacks the whole §; the source is incomplete.
    """

    change: Change
    version: StoredDocument
    provisions: tuple[str, ...]
    day: dt.date | None
    steps: tuple[Step, ...]


def line(store: Store, identifier: str) -> Line:
    """The line of the provision with this id through all versions of its work.

    Raises:
        CitationError: not the form of a provision's id.
        NotFoundError: no such document, or no such provision in it; the message names versions with it.
    """
    return genealogy_of(store).line(identifier)


def fate(store: Store, identifier: str, day: dt.date) -> Fate:
    """What became of the provision in the version that applies on ``day``, be that later or earlier.

    Raises:
        CitationError: not the form of a provision's id.
        NotFoundError: no such document or provision, or no version applies on ``day``.
    """
    return genealogy_of(store).fate(identifier, day)


@dataclass(frozen=True, slots=True)
class _Chain:
    """The compared versions of a work, oldest first."""

    timeline: Timeline
    versions: tuple[StoredDocument, ...]

    def position(self, document_id: str) -> int:
        return [v.id for v in self.versions].index(document_id)


class Genealogy:
    """Walks the chains of versions in a store, and keeps in it every alignment it makes.

    Good for the store as it was when it was made: see ``genealogy_of``. Safe to share between threads.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._alignments = Alignments(store)
        self._timelines: dict[str, Timeline] = {}
        self.opened = lru_cache(_HELD_PROVISIONS)(self._opened)
        self._words = lru_cache(_HELD_PROVISIONS)(self._words_of)

    def timeline(self, document: StoredDocument) -> Timeline:
        """All versions of the work of ``document``; see ``corpus.timelines.timeline_of``."""
        found = self._timelines.get(document.id)
        if found is None:
            found = timeline_of(self._store, document)
            self._timelines.update(dict.fromkeys((v.id for v in found.versions), found))
        return found

    def line(self, identifier: str) -> Line:
        """See ``line``."""
        document, where = self.opened(identifier)
        timeline = self.timeline(document)
        versions = distinct_versions(timeline, document)
        if document.id not in {v.id for v in versions}:  # without a date it has no place in the order
            return Line(document.id, where, timeline, (document,), ())
        chain = _Chain(timeline, versions)
        steps = sorted(
            {*self._walk(chain, document, where, 1), *self._walk(chain, document, where, -1)},
            key=lambda s: (s.day or dt.date.min, s.old, s.new),
        )
        return Line(document.id, where, timeline, versions, tuple(steps))

    def fate(self, identifier: str, day: dt.date) -> Fate:
        """See ``fate``."""
        document, where = self.opened(identifier)
        timeline = self.timeline(document)
        there = version_on(timeline, day)
        if there.id == document.id:
            return Fate(Change.SAME, there, (provision_id(there.id, where),), None, ())
        versions = distinct_versions(timeline, document)
        if document.id not in {v.id for v in versions}:
            raise NotFoundError(
                f"{cite_document(document.metadata)} har ingen dato, så dens plads i rækken er ukendt.",
                "Vælg en dateret udgave.",
            )
        chain = _Chain(timeline, versions)
        if there.id not in {v.id for v in versions}:  # the same version, kept in another collection
            there = next(v for v in versions if v.metadata.date == there.metadata.date)
        goal, start = chain.position(there.id), chain.position(document.id)
        direction = 1 if goal >= start else -1
        steps: list[Step] = []
        places = {(document.id, where)}
        for step in self._walk(chain, document, where, direction, goal):
            source = {(step.old_document, w) for w in step.link.old}
            target = {(step.new_document, w) for w in step.link.new}
            if direction < 0:
                source, target = target, source
            if there.id in step.skipped and places & source:
                return Fate(Change.ABSENT, there, (), None, tuple(steps))
            far = chain.position(step.new_document if direction > 0 else step.old_document)
            if (far - goal) * direction <= 0 and places & source:
                places = (places - source) | target
                steps.append(step)
        found = sorted(w for version, w in places if version == there.id)
        days = [s.day for s in steps if s.link.change is not Change.SAME and s.day]
        last = max(days) if direction > 0 and days else min(days, default=None)
        change = self._overall(document, where, there, found, steps, direction)
        return Fate(change, there, tuple(provision_id(there.id, w) for w in found), last, tuple(steps))

    def links(self, old: StoredDocument, new: StoredDocument) -> tuple[Link, ...]:
        """All links between two versions."""
        return tuple(self._alignments.between(old, new).links())

    def counterparts(
        self, document: StoredDocument, where: Locator, version: StoredDocument
    ) -> tuple[Locator, ...]:
        """Where the provision of ``document`` stands in ``version``: several where it was split, or none.

        A litra or a sentence is looked for under its own number in what its nr. or stk. became. Of a
        version without a date, which has no place in the order, only the number is known.
        """
        if version.id == document.id:
            return (where,)
        timeline = self.timeline(document)
        versions = distinct_versions(timeline, document)
        there = next((v for v in versions if same_version(v, version)), None)
        home = replace(where, litra=None, pkt=None)
        if there is None or document.id not in {v.id for v in versions}:
            return (where,)
        chain = _Chain(timeline, versions)
        goal, start = chain.position(there.id), chain.position(document.id)
        if goal == start:
            return (where,)
        direction = 1 if goal > start else -1
        places = {(start, home)}
        for step in self._walk(chain, document, home, direction, goal):
            ends = (step.old_document, step.link.old), (step.new_document, step.link.new)
            (source, olds), (target, news) = ends[::direction]
            if {(chain.position(source), w) for w in olds} & places:
                places |= {(chain.position(target), w) for w in news}
        found = sorted(w for at, w in places if at == goal)
        return tuple(replace(w, litra=where.litra, pkt=where.pkt) for w in found)

    def _opened(self, identifier: str) -> tuple[StoredDocument, Locator]:
        """The document and the unit that is followed: of a litra or a sentence the nr. or stk. that holds it.

        Raises:
            CitationError: not the form of a provision's id.
            NotFoundError: no such document, or no such provision in it; the message names versions with it.
        """
        document_id, locator = parse_provision_id(identifier)
        document = self._store.document(document_id)
        locator = replace(locator, litra=None, pkt=None)
        try:
            self._store.provision(document.key, locator.slug)
        except NotFoundError:
            if locator.stk == 1 and locator.nr is None and self._has(document, replace(locator, stk=None)):
                return document, locator
            raise self.missing(document, locator) from None
        return document, locator

    def _has(self, document: StoredDocument, locator: Locator) -> bool:
        try:
            self._store.provision(document.key, locator.slug)
        except NotFoundError:
            return False
        return True

    def missing(self, document: StoredDocument, locator: Locator) -> NotFoundError:
        """The error for a provision that ``document`` does not have; names versions that have it."""
        others = distinct_versions(self.timeline(document), document)
        having = [v for v in others if v.id != document.id and self._has(v, locator)]
        what = f"{cite_document(document.metadata)} har ingen {locator}."
        if having:
            names = ", ".join(provision_id(v.id, locator) for v in (having[0], having[-1]))
            return NotFoundError(what, f"Bestemmelsen findes i andre udgaver, bl.a. {names}.")
        return NotFoundError(
            what, "Ingen kendt udgave har den. Indholdsfortegnelsen viser, hvilke §§ der findes."
        )

    def _walk(
        self,
        chain: _Chain,
        document: StoredDocument,
        where: Locator,
        direction: int,
        goal: int | None = None,
    ) -> Iterator[Step]:
        """The steps from ``where`` forwards (1) or backwards (-1), each version's before the next one's.

        Those that lead on from the version ``goal`` are left out.
        """
        versions = chain.versions
        start = chain.position(document.id)
        queue = deque([(start, where)])
        seen = {(start, where)}
        count = 0
        while queue and count < _MOST_STEPS:
            at, place = queue.popleft()
            reached = at + direction
            if not 0 <= reached < len(versions) or (goal is not None and (at - goal) * direction >= 0):
                continue
            for step, landed in self._steps(chain, at, place, direction):
                count += 1
                yield step
                for target in step.link.new if direction > 0 else step.link.old:
                    if (landed, target) not in seen:
                        seen.add((landed, target))
                        queue.append((landed, target))

    def _steps(self, chain: _Chain, at: int, place: Locator, direction: int) -> Iterator[tuple[Step, int]]:
        """The steps from version ``at``, over a version in which the § is missing; and where they land."""
        versions = chain.versions
        reached = at + direction
        links = self._links(versions, at, reached, place)
        beyond = reached + direction
        if (
            0 <= beyond < len(versions)
            and all(self._lost(link) or link.change is Change.MOVED_REWORDED for link in links)
            and self._absent(versions[reached], versions[beyond], place)
        ):
            further = self._links(versions, at, beyond, place)
            # What the version lacks is taken for a lookalike elsewhere in it, unless that is as like as any.
            best = max((link.similarity for link in links), default=0.0)
            if (
                further
                and not any(map(self._lost, further))
                and all(link.similarity >= best for link in further)
            ):
                links, reached = further, beyond
        low, high = sorted((at, reached))
        between = tuple(v.id for v in versions[low + 1 : high])
        day = chain.timeline.validity[versions[high].id].start
        for link in links:
            yield Step(versions[low].id, versions[high].id, day, link, between), reached

    def _links(
        self, versions: tuple[StoredDocument, ...], at: int, to: int, place: Locator
    ) -> tuple[Link, ...]:
        if to > at:
            return self._alignments.between(versions[at], versions[to]).of_old(place)
        return self._alignments.between(versions[to], versions[at]).of_new(place)

    @staticmethod
    def _lost(link: Link) -> bool:
        return link.change in (Change.REPEALED, Change.NEW) and not {
            Ground.PRINTED_REPEALED,
            Ground.PRINTED_OMITTED,
        } & set(link.grounds)

    def _absent(self, version: StoredDocument, beyond: StoredDocument, place: Locator) -> bool:
        """Whether the whole § is missing from a version, not even printed as repealed, and stands beyond."""
        home = Locator(place.paragraph, part=place.part, block=place.block)
        return (
            bool(place.paragraph)
            and place.part is Part.MAIN
            and not self._has(version, home)
            and self._has(beyond, home)
        )

    def _overall(
        self,
        document: StoredDocument,
        where: Locator,
        there: StoredDocument,
        found: list[Locator],
        steps: list[Step],
        direction: int,
    ) -> Change:
        """The change from end to end: what is reworded and later restored is the same."""
        if not found:
            return Change.REPEALED if direction > 0 else Change.NEW
        if len(found) > 1:
            return Change.SPLIT if direction > 0 else Change.MERGED
        kinds = {s.link.change for s in steps}
        if kinds & {Change.MERGED, Change.SPLIT}:
            return Change.MERGED if Change.MERGED in kinds else Change.SPLIT
        moved = found[0] != where
        rewordings = sum(s.link.change in (Change.REWORDED, Change.MOVED_REWORDED) for s in steps)
        # What was reworded once differs; only what was reworded again can have its old words back.
        equal = not rewordings or (
            rewordings > 1 and self._words(document, where) == self._words(there, found[0])
        )
        if equal:
            return Change.MOVED if moved else Change.SAME
        return Change.MOVED_REWORDED if moved else Change.REWORDED

    def _words_of(self, document: StoredDocument, where: Locator) -> tuple[str, ...]:
        try:
            body = self._store.provision(document.key, where.slug).body
        except NotFoundError:  # the implicit stk. 1 of a § that has none of its own
            body = self._store.provision(document.key, replace(where, stk=None).slug).body
        return words(body.of(self._store.text(document.key)))


_GENEALOGIES = Held(Genealogy)


def genealogy_of(store: Store) -> Genealogy:
    """The genealogy of a store with what it has read, held until the store changes."""
    return _GENEALOGIES.of(store)
