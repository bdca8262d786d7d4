"""Amendments that a version does not show yet, each with the provisions that it touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from corpus.amendments import Amendment, covers_place, effect_of, read_amendments
from corpus.claims import Claim, Relation, own_number
from corpus.derived import Held
from corpus.errors import CitationError
from corpus.history import genealogy_of
from corpus.identifiers import AccessionNumber, NameKind, OfficialName, cite_document, parse_slug
from corpus.store import Store
from corpus.types import ActReference, Kind, Locator, StoredDocument

_HELD_ACTS = 1_000  # the acts that changed one work, and what is asked of a few works, are far fewer
_HELD_INSTRUCTIONS = 20_000  # of an act some ten to a hundred


class Reason(StrEnum):
    """Why an amendment is not in the text of a version."""

    SIGNED_LATER = "signed_later"  # signed after the version
    LEFT_OUT = "left_out"  # the version says that it has not worked it in
    NOT_NAMED = "not_named"  # signed before the version, and not among those that it says it worked in
    NAMED_BY_SOURCE = "named_by_source"  # the source lists the act; its text is not in the store


@dataclass(frozen=True, slots=True)
class Pending:
    """One instruction of an amending act that a version does not show.

    ``act`` is the id of the amending act, empty where only its name is known; then ``amendment`` is
    None, and every provision may be touched. ``effect`` is the day from which it applies as the act
    says, None where that is left open or not known.
    """

    act: str
    citation: str
    signed: dt.date | None
    effect: dt.date | None
    reason: Reason
    amendment: Amendment | None = None

    def touches(self, where: Locator, chapter: str = "") -> bool:
        """Whether it may change the provision at ``where``."""
        return self.amendment is None or self.amendment.touches(where, chapter)


class _Acts:
    """What the amending acts of a store say, each read once. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.claims = lru_cache(_HELD_ACTS)(self._claims)
        self.instructions = lru_cache(_HELD_ACTS)(self._instructions)
        self.effect = lru_cache(_HELD_INSTRUCTIONS)(self._effect)
        self.naming = lru_cache(_HELD_ACTS)(self._naming)
        self.titled = lru_cache(_HELD_ACTS)(self._titled)

    def _claims(self, key: int) -> tuple[Claim, ...]:
        return self._store.claims(key).get(key, ())

    def _instructions(self, key: int, claim: Claim) -> tuple[Amendment, ...]:
        """The instructions of the § of the act ``key`` that makes ``claim``."""
        return read_amendments(self._store.text(key), self._store.provisions(key), claim)

    def _effect(self, key: int, place: Locator) -> dt.date | None:
        return effect_of(self.claims(key), place)

    def _naming(self, number: int, year: int) -> list[tuple[StoredDocument, Claim]]:
        """The acts that amend the act of this number."""
        return self._store.claimants(Relation.AMENDS, number=number, year=year)

    def _titled(self, work: str) -> list[tuple[StoredDocument, Claim]]:
        """The acts that amend the work of this title."""
        return self._store.claimants(Relation.AMENDS, work=work)


_ACTS = Held(_Acts)


def pending_amendments(store: Store, document: StoredDocument, day: dt.date) -> tuple[Pending, ...]:
    """The amendments signed on ``day`` at the latest that the text of ``document`` does not show.

    Sorted by date of signature. Whether one applies on ``day`` already is told by ``effect``.
    """
    signed = document.metadata.date
    if document.metadata.kind is not Kind.RULE or signed is None:
        return ()
    acts = _ACTS.of(store)
    versions = genealogy_of(store).timeline(document).versions
    said = acts.claims(document.key)
    found: dict[tuple[str, str, str], Pending] = {}
    seen: set[tuple[int, int]] = set()
    for act, claim in _amending(acts, document, versions, said):
        date = act.metadata.date
        if number := own_number(act.metadata):
            seen.add(number)
        if date is None or date > day:
            continue
        section = parse_slug(claim.place)
        if date <= signed and not _may_be_missing(said, act, section, signed):
            continue
        for amendment in acts.instructions(act.key, claim):
            reason = _reason(said, act, amendment.place, signed)
            if reason:
                key = (act.id, amendment.place.slug, amendment.action)
                effect = acts.effect(act.key, amendment.place)
                found[key] = Pending(act.id, cite_document(act.metadata), date, effect, reason, amendment)
    named = (_named(r, signed, day, seen) for r in document.metadata.relations)
    return tuple(sorted((*found.values(), *(n for n in named if n)), key=_order))


def amendments_between(
    store: Store, old: StoredDocument, new: StoredDocument
) -> tuple[tuple[StoredDocument, Amendment], ...]:
    """The instructions that turned one version into the next, with their acts, by date of signature.

    Those of the acts that ``new`` says it worked in; where it lists none, of the acts signed after
    ``old`` and not after ``new``.
    """
    before, after = old.metadata.date, new.metadata.date
    if before is None or after is None:
        return ()
    acts = _ACTS.of(store)
    said = acts.claims(new.key)
    lists = any(c.relation is Relation.INCORPORATES for c in said)
    found: list[tuple[StoredDocument, Amendment]] = []
    for act, claim in _amending(acts, new, (old, new), said):
        signed = act.metadata.date
        if signed is None or signed > after or (not lists and signed <= before):
            continue
        named = _about(said, Relation.INCORPORATES, act)
        if lists and not named:
            continue
        for amendment in acts.instructions(act.key, claim):
            if not lists or any(covers_place(c.place, amendment.place) for c in named):
                found.append((act, amendment))
    return tuple(sorted(found, key=lambda f: (f[0].metadata.date or dt.date.min, f[0].id, f[1].span)))


def _amending(
    acts: _Acts, document: StoredDocument, versions: Iterable[StoredDocument], said: Sequence[Claim]
) -> dict[tuple[StoredDocument, Claim], None]:
    """The amending acts of a work, with the claim of each § that amends it, each once."""
    numbers = {number for v in versions if (number := own_number(v.metadata))}
    numbers |= {(c.number, c.year) for c in said if c.relation is Relation.CONSOLIDATES}
    works = {v.work_id for v in versions}
    found: dict[tuple[int, str], tuple[StoredDocument, Claim]] = {}
    for nr, year in sorted(numbers):
        for act, claim in acts.naming(nr, year):
            found[act.key, claim.place] = (act, claim)
    for work in sorted(works):
        for act, claim in acts.titled(work):
            found[act.key, claim.place] = (act, claim)
    return dict.fromkeys(
        pair for pair in found.values() if pair[0].metadata.fictional == document.metadata.fictional
    )


def _about(said: Sequence[Claim], relation: Relation, act: StoredDocument) -> list[Claim]:
    number = own_number(act.metadata)
    return [c for c in said if c.relation is relation and (c.number, c.year) == number]


def _may_be_missing(said: Sequence[Claim], act: StoredDocument, section: Locator, signed: dt.date) -> bool:
    """Whether some of a § of an act signed before the version may not be in it."""
    if any(covers_place(c.place, section) for c in _about(said, Relation.OMITS, act)):
        return True
    worked_in = _about(said, Relation.INCORPORATES, act)
    if worked_in:
        return all(c.place for c in worked_in)
    return _since_last(said, act, signed)


def _since_last(said: Sequence[Claim], act: StoredDocument, signed: dt.date) -> bool:
    """Whether a version that lists what it took in was made after the act, and the one before it earlier."""
    before = next((c.date for c in said if c.relation is Relation.CONSOLIDATES), None)
    lists = any(c.relation is Relation.INCORPORATES for c in said)
    return bool(lists and before and act.metadata.date and before < act.metadata.date <= signed)


def _reason(said: Sequence[Claim], act: StoredDocument, place: Locator, signed: dt.date) -> Reason | None:
    """Why the instruction at ``place`` is not in the version; None where it is, or may well be."""
    if act.metadata.date and act.metadata.date > signed:
        return Reason.SIGNED_LATER
    if any(covers_place(c.place, place) for c in _about(said, Relation.OMITS, act)):
        return Reason.LEFT_OUT
    if any(covers_place(c.place, place) for c in _about(said, Relation.INCORPORATES, act)):
        return None
    return Reason.NOT_NAMED if _since_last(said, act, signed) else None


def _named(
    reference: ActReference, signed: dt.date, day: dt.date, seen: set[tuple[int, int]]
) -> Pending | None:
    """An amending act of which only the name stands in the metadata."""
    date = reference.date
    if reference.relation != "changed_by" or date is None or not signed < date <= day:
        return None
    name = _name(reference)
    if name is None or (name.number, name.date.year) in seen:
        return None
    return Pending("", name.long, date, None, Reason.NAMED_BY_SOURCE)


def _name(reference: ActReference) -> OfficialName | None:
    """The name of an act (LOV); consolidations, which the source lists alike, amend nothing."""
    try:
        if reference.citation:
            name = OfficialName.parse(reference.citation)
            return name if name.kind is NameKind.LOV else None
        number = AccessionNumber.parse(reference.accession_number)
    except CitationError:
        return None
    if number.kind is not NameKind.LOV or reference.date is None:
        return None
    return OfficialName(NameKind.LOV, number.number, reference.date)


def _order(pending: Pending) -> tuple[dt.date, str, int, int]:
    place = pending.amendment.place if pending.amendment else Locator("0")
    digits = [
        int("".join(c for c in part or "0" if c.isdigit()) or 0) for part in (place.paragraph, place.nr)
    ]
    return pending.signed or dt.date.min, pending.act, digits[0], digits[1]
