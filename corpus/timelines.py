"""The versions of one work, gathered from the store."""

from __future__ import annotations

import datetime as dt

from corpus.claims import Claim, Relation, own_number
from corpus.errors import NotFoundError
from corpus.identifiers import print_date, work_title
from corpus.store import Store
from corpus.types import Kind, StoredDocument
from corpus.versions import Timeline, Validity, timelines, validities

# A chain of titles that changed is walked this far; real works changed theirs once or twice.
_MOST_TITLES = 20


def timeline_of(store: Store, document: StoredDocument) -> Timeline:
    """All versions of the work that ``document`` is a version of, by title and by what they restate.

    A decision or an amending act is its own only version.
    """
    if document.metadata.kind is not Kind.RULE:
        return Timeline((document,), validities([document]))
    known: dict[str, StoredDocument] = {document.id: document}
    claims: dict[int, tuple[Claim, ...]] = {}
    works: set[str] = set()
    fresh = [document]
    while fresh and len(works) < _MOST_TITLES:
        related: list[StoredDocument] = []
        for version in fresh:
            if version.work_id not in works:
                works.add(version.work_id)
                related += store.documents(work_id=version.work_id, kinds=[Kind.RULE])
            said = claims.setdefault(version.key, store.claims(version.key).get(version.key, ()))
            for claim in said:
                if claim.relation is Relation.CONSOLIDATES:
                    related += store.numbered(claim.number, claim.year)
            if number := own_number(version.metadata):
                by = store.claimants(Relation.CONSOLIDATES, number=number[0], year=number[1])
                related += [claimant for claimant, _ in by]
        fresh = [d for d in {d.id: d for d in related}.values() if d.id not in known]
        known.update({d.id: d for d in fresh})
    for version in list(known.values()):
        if number := own_number(version.metadata):
            for other, _ in store.claimants(Relation.REPEALS, number=number[0], year=number[1]):
                known.setdefault(other.id, other)
                claims.setdefault(other.key, store.claims(other.key).get(other.key, ()))
    for found in timelines(known.values(), claims):
        if document.id in found.validity:
            return found
    return Timeline((document,), validities([document]))


def store_validities(store: Store) -> dict[str, Validity]:
    """The interval of every current document, by id: what an index filters by."""
    return validities(store.documents(), store.claims())


def version_on(timeline: Timeline, day: dt.date) -> StoredDocument:
    """The version to read on ``day``.

    Raises:
        NotFoundError: before the first version, after the end, or in doubt between several.
    """
    found = timeline.on(day)
    if len({_key(v) for v in found}) == 1:
        return found[0]
    title = work_title(timeline.versions[-1].metadata.title)
    if found:
        names = ", ".join(v.id for v in found)
        raise NotFoundError(
            f"{len(found)} udgaver af {title} kan gælde den {print_date(day)}: {names}.",
            "Vælg selv en af dem.",
        )
    starts = [v.start for v in timeline.validity.values() if v.start]
    if starts and day < min(starts):
        raise NotFoundError(
            f"Den ældste udgave af {title} her gælder fra {print_date(min(starts))}; "
            f"ordlyden den {print_date(day)} findes ikke i samlingen.",
            "Vælg en senere dag, eller indlæs ældre udgaver.",
        )
    if not starts:
        raise NotFoundError(
            f"Det vides ikke, fra hvornår {title} gælder: kilden siger ingen dato.",
            "Skriv datoen i filens hoved (docs/formats.md), og indlæs den igen.",
        )
    ends = [v.end for v in timeline.validity.values() if v.end]
    ended = f" Den sidste ophørte {print_date(max(ends))}." if ends else ""
    raise NotFoundError(
        f"Ingen udgave af {title} gælder den {print_date(day)}.{ended}", "Se listen over udgaver."
    )


def distinct_versions(
    timeline: Timeline, document: StoredDocument | None = None
) -> tuple[StoredDocument, ...]:
    """The dated versions in order, one for each date and number.

    Of a version kept in several collections ``document`` is taken, or one of its collection.
    """
    chosen: dict[tuple[object, ...], StoredDocument] = {}
    for version in timeline.versions:
        if version.metadata.date is None:
            continue
        key = (version.metadata.date, version.metadata.number)
        other = chosen.get(key)
        if other is None or (document and _nearer(version, other, document)):
            chosen[key] = version
    return tuple(chosen.values())


def same_version(version: StoredDocument, other: StoredDocument) -> bool:
    """Whether two documents are one version, kept in two collections."""
    a, b = version.metadata, other.metadata
    return version.id == other.id or (a.date is not None and (a.date, a.number) == (b.date, b.number))


def _nearer(version: StoredDocument, other: StoredDocument, document: StoredDocument) -> bool:
    if document.id in (version.id, other.id):
        return version.id == document.id
    return version.collection == document.collection != other.collection


def _key(document: StoredDocument) -> tuple[object, ...]:
    """The same version kept in two collections counts once."""
    return document.metadata.date, own_number(document.metadata) or document.id
