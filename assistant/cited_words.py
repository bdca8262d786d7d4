"""What is said of citations: how a range is cited, and why a reference leads nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.identifiers import cite_document, print_date
from corpus.references.catalogue import Catalogue
from corpus.references.resolved import Reason, Resolution
from corpus.references.types import Target, Unit
from corpus.types import Level, Locator, Metadata, Provision


def cite_range(
    metadata: Metadata, unit: Unit, target: Target | None, first: Provision, last: Provision
) -> str:
    """«§§ 35-43 i lov om …», «§ 13, stk. 2-4, i lov om …», «kapitel 4 (§§ 13-22) i lov om …»."""
    document = cite_document(metadata)
    span = print_range(first.locator, last.locator)
    if unit is Unit.CHAPTER and target is not None:
        numbers = list(dict.fromkeys(end.paragraph for end in (target.first, target.last or target.first)))
        return f"kapitel {'-'.join(numbers)} ({span}) i {document}"
    return f"{span}{',' if ', ' in span else ''} i {document}"


def print_range(first: Locator, last: Locator) -> str:
    """Two locators on one level as a range, what they share written once."""
    if first.level is Level.PARAGRAPH:
        return f"§§ {first.paragraph}-{last.paragraph}" if first != last else str(first)
    one, other = str(first).split(", "), str(last).split(", ")
    if one[:-1] != other[:-1] or first.level is Level.PKT:
        return f"{first} til {last}" if first != last else str(first)
    return ", ".join([*one[:-1], f"{one[-1]}-{other[-1].rpartition(' ')[2]}"])


def print_target(unit: Unit, target: Target) -> str:
    """A pointer as it reads: «§ 13, stk. 7», «artikel 6, stk. 1», «kapitel 4»."""
    printed = str(target)
    if unit in (Unit.CHAPTER, Unit.ARTICLE):
        return printed.replace("§", "kapitel" if unit is Unit.CHAPTER else "artikel")
    return printed


def listed(items: Sequence[str], by: str = "; ") -> str:
    """Items in a row, each once."""
    return by.join(dict.fromkeys(items))


def why_not(catalogue: Catalogue, resolution: Resolution, candidates: Sequence[str]) -> str:
    """In Danish, why a reference leads nowhere; empty where it leads somewhere.

    Args:
        candidates: the places or acts between which the words do not decide, as they are cited; of a name
            that no act bears the acts whose title begins like it.
    """
    where = _printed(resolution)
    name = f"«{resolution.name}»" if resolution.name else "Loven"
    match resolution.reason:
        case None:
            return ""
        case Reason.UNKNOWN_WORK if " nr. " not in resolution.name:
            like = f" Det ligner {listed(candidates)}; ingen af dem er valgt." if candidates else ""
            return f"Samlingen kender ingen retskilde under navnet {name}.{like}"
        case Reason.UNKNOWN_WORK:
            return f"{name} findes ikke i samlingen."
        case Reason.NOT_KEPT:
            return f"{name} findes ikke i samlingen."
        case Reason.UNKNOWN_VERSION:
            return f"Den version, som teksten nævner ({resolution.name}), findes ikke i samlingen."
        case Reason.NO_VERSION:
            return _no_version(catalogue, resolution, name)
        case Reason.NO_PROVISION:
            return _no_provision(catalogue, resolution, where)
        case Reason.NO_PLACE:
            return f"{where} står ikke i en bestemmelse, som det kan høre til."
        case Reason.NO_YEAR:
            return f"{name} kan være fra flere år. Skriv året eller datoen med. Ingen er valgt."
        case Reason.NO_ACT:
            named = f" Den nævner {listed(candidates)}." if candidates else ""
            return f"Teksten siger ikke, hvilken lov {where or name} hører til.{named}"
        case Reason.TWO_ACTS:
            return f"Ordene passer på flere: {listed(candidates)}. Ingen af dem er valgt."
        case Reason.TWO_PROVISIONS:
            return f"{where} er trykt flere gange: {listed(candidates)}. Ingen af dem er valgt."


def _printed(resolution: Resolution) -> str:
    if resolution.target is None:
        return ""
    return print_target(resolution.unit, resolution.target)


def _no_version(catalogue: Catalogue, resolution: Resolution, name: str) -> str:
    day = f" {print_date(resolution.day)}" if resolution.day else ""
    dates = [
        d.metadata.date for work in catalogue.names.works(resolution.name) for d in catalogue.versions(work)
    ]
    oldest = min((date for date in dates if date), default=None)
    since = f" Den ældste er fra {print_date(oldest)}." if oldest else ""
    return f"Samlingen har ingen version af {name}, der gælder{day}.{since}"


def _no_provision(catalogue: Catalogue, resolution: Resolution, where: str) -> str:
    if resolution.document is None or resolution.target is None:
        return f"{where} findes ikke."
    said = f"{where} findes ikke i {cite_document(resolution.document.metadata)}."
    if resolution.unit is not Unit.PARAGRAPH:
        return said
    outline = catalogue.outline(resolution.document)
    first, last = resolution.target.first, resolution.target.last
    if last is not None and outline.look_up(first).found and outline.look_up(last).found:
        return (
            f"{where} løber baglæns: {last} står før {first} i {cite_document(resolution.document.metadata)}."
        )
    for end in (resolution.target.first, resolution.target.last):
        place = outline.look_up(end) if end else None
        if place is not None and not place.found:
            return f"{said} Kun {place.stands} findes." if place.stands else said
    return said
