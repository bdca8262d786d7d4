"""What every view of a provision needs: its words in one version, and those of acts that amend it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assistant.types import Instruction
from corpus.errors import NotFoundError
from corpus.identifiers import cite_document, cite_provision, provision_id
from corpus.pending import Pending, Reason
from corpus.store import Store
from corpus.types import Locator, Provision, StoredDocument


@dataclass(frozen=True, slots=True)
class Wording:
    """A provision in one version, verbatim."""

    id: str
    document_id: str
    locator: str
    citation: str
    text: str


_REASONS = {
    Reason.SIGNED_LATER: "underskrevet efter lovbekendtgørelsen",
    Reason.LEFT_OUT: "lovbekendtgørelsen siger selv, at ændringen ikke er indarbejdet",
    Reason.NOT_NAMED: "ikke blandt de ændringer, som lovbekendtgørelsen siger, den har indarbejdet",
    Reason.NAMED_BY_SOURCE: "nævnt af kilden; lovens tekst er ikke i samlingen",
}


def today() -> dt.date:
    """The day in Denmark's calendar; one day's difference at midnight changes no wording we show."""
    return dt.datetime.now(dt.UTC).date()


def single_stk(store: Store, document: StoredDocument, locator: Locator) -> bool:
    """Whether the § has one stk. only, so that a lawyer cites it without «stk. 1»."""
    second = Locator(locator.paragraph, 2, part=locator.part, block=locator.block)
    try:
        store.provision(document.key, second.slug)
    except NotFoundError:
        return True
    return False


def provision_at(store: Store, document: StoredDocument, where: Locator) -> Provision:
    """The provision at ``where``; the § for the implicit stk. 1 of one that is stored without any.

    Raises:
        NotFoundError: no such provision.
    """
    try:
        return store.provision(document.key, where.slug)
    except NotFoundError:
        if where.stk != 1 or where.nr is not None:
            raise
        return store.provision(
            document.key, Locator(where.paragraph, part=where.part, block=where.block).slug
        )


def wording_of(store: Store, document: StoredDocument, where: Locator) -> Wording:
    """The words of the provision at ``where``, without its printed number."""
    return Wording(
        provision_id(document.id, where),
        document.id,
        str(where),
        cite_provision(document.metadata, where, single_stk(store, document, where)),
        provision_at(store, document, where).body.of(store.text(document.key)),
    )


def instruction_of(store: Store, pending: Pending) -> Instruction:
    """An amendment that a version does not show, with its words where the act is kept."""
    if pending.amendment is None:
        return Instruction(pending.act, pending.citation, "", "", pending.effect, _REASONS[pending.reason])
    act, span = store.document(pending.act), pending.amendment.span
    return Instruction(
        act.id,
        cite_document(act.metadata),
        printed_place(pending.amendment.place),
        span.of(store.text(act.key)),
        pending.effect,
        _REASONS[pending.reason],
        act.revision,
        span,
    )


def printed_place(own: Locator) -> str:
    """Items of an amending act are cited without the stk. that they stand in: «§ 1, nr. 5»."""
    return str(Locator(own.paragraph, nr=own.nr))
