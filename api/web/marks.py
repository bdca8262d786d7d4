"""What a caseworker has marked: rules and decisions by the id of their result, and what to call each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.evidence import single_stk
from corpus.errors import HjemmelError
from corpus.identifiers import cite_document, cite_provision, parse_provision_id
from corpus.store import Store
from index.types import SearchResults


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked source. ``anchor`` is its result's on the page; empty where this search did not find it."""

    id: str
    citation: str
    anchor: str = ""


def named(store: Store, ids: Iterable[str], results: SearchResults | None) -> list[Marked]:
    """The marked sources in the order given. One that is no longer kept is left out."""
    shown: dict[str, Marked] = {}
    if results:
        for found in (results.rules, results.precedents):
            for number, result in enumerate(found, 1):
                shown[result.id] = Marked(result.id, result.citation, f"{result.kind}-{number}")
    named_here = (shown.get(id) or _kept(store, id) for id in ids)
    return [mark for mark in named_here if mark is not None]


def is_decision(id: str) -> bool:
    """Whether the id is a document's: rules are marked by the §, whose id has a place after a colon."""
    return ":" not in id


def _kept(store: Store, id: str) -> Marked | None:
    try:
        if is_decision(id):
            return Marked(id, cite_document(store.document(id).metadata))
        document_id, locator = parse_provision_id(id)
        document = store.document(document_id)
        return Marked(id, cite_provision(document.metadata, locator, single_stk(store, document, locator)))
    except HjemmelError:
        return None
