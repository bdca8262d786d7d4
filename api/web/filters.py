"""What a search can be narrowed by: the values that the corpus has, and those that were chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

from api.days import parse_day
from api.texts import Language, day, text
from api.web.asked import Asked
from api.wiring import Workspace
from corpus.errors import InputError
from index.errors import EncoderError, IndexCorruptError, IndexMismatchError, IndexMissingError
from index.filters import facets as facets_of
from index.table import Table
from index.types import Facets

LISTED = 10  # values shown to be ticked: more are quicker typed than looked for
OFFERED = 200  # further values offered while typing: some 10 kB of a page
_TITLES = {
    "myndighed": "authority",
    "felt": "field",
    "fra": "period-from",
    "til": "period-to",
    "udfald": "outcome",
    "samling": "collection",
}
_NEAR = 3  # suggestions for a value that the corpus has not


class UnknownValueError(InputError):
    """A value to filter by that no document has; ``near`` are the likest ones that some have."""

    def __init__(self, field: str, value: str, near: Sequence[str]) -> None:
        self.field, self.value, self.near = field, value[:80], tuple(near)
        hint = f"Mente du {' eller '.join(f'«{name}»' for name in near)}?" if near else "Vælg en fra listen."
        super().__init__(f"Intet i samlingen hører under «{self.value}».", hint)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be ticked. Outcomes have no number of documents: they are never tallied."""

    value: str
    documents: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """All that a search can be narrowed by, each list the commonest first, outcomes in order of letters."""

    authorities: tuple[Choice, ...]
    fields: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    collections: tuple[Choice, ...]
    more_authorities: tuple[str, ...]  # to be typed
    more_fields: tuple[str, ...]
    oldest: dt.date | None
    newest: dt.date | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words, and what to send as ``fjern`` to search without it."""

    title: str
    value: str
    field: str


def choices(work: Workspace, asked: Asked) -> Choices | None:
    """What the published index can be narrowed by; ``None`` where there is none to search."""
    try:
        facets = _facets(work.searcher().snapshot.table)
        collections = work.store.collections()
    except (IndexMissingError, IndexMismatchError, IndexCorruptError, EncoderError):
        return None
    authorities = [(f.value, f.documents) for f in facets.authorities]
    fields = [(f.value, f.documents) for f in facets.fields]
    listed_authorities = _listed(authorities, asked.authorities)
    listed_fields = _listed(fields, asked.fields)
    return Choices(
        authorities=listed_authorities,
        fields=listed_fields,
        outcomes=_listed([(value, None) for value in facets.outcomes], asked.outcomes, len(facets.outcomes)),
        collections=_listed([(c, None) for c in collections], asked.collections, len(collections))
        if len(collections) > 1 or asked.collections
        else (),
        more_authorities=_further(authorities, listed_authorities),
        more_fields=_further(fields, listed_fields),
        oldest=facets.decided_from,
        newest=facets.decided_to,
    )


def known(work: Workspace, asked: Asked) -> Asked:
    """``asked`` with its values as the corpus writes them.

    Raises:
        UnknownValueError: no document has the value, so that nothing could be found for a slip of the pen.
    """
    if not (asked.authorities or asked.fields or asked.outcomes or asked.collections):
        return asked
    facets = _facets(work.searcher().snapshot.table)
    return replace(
        asked,
        authorities=_spelt("myndighed", asked.authorities, [f.value for f in facets.authorities]),
        fields=_spelt("felt", asked.fields, [f.value for f in facets.fields]),
        outcomes=_spelt("udfald", asked.outcomes, facets.outcomes),
        collections=_spelt("samling", asked.collections, work.store.collections()),
    )


def chips(language: Language, asked: Asked) -> list[Chip]:
    """The filters that are set, each with a way to remove it alone."""
    return [
        Chip(
            text(language, _TITLES[name]),
            day(language, parse_day(value)) if name in ("fra", "til") else value,
            f"{name}={value}",
        )
        for name, value in asked.filters()
    ]


def without(asked: Asked, field: str) -> Asked:
    """``asked`` without the filter that a chip's ``field`` names, or without any for an unknown one."""
    name, _, value = field.partition("=")
    kept = [(n, v) for n, v in asked.filters() if (n, v) != (name, value)]
    if len(kept) == len(asked.filters()):
        kept = []
    return replace(
        asked,
        authorities=_of(kept, "myndighed"),
        fields=_of(kept, "felt"),
        outcomes=_of(kept, "udfald"),
        collections=_of(kept, "samling"),
        since="".join(_of(kept, "fra")),
        until="".join(_of(kept, "til")),
    )


@lru_cache(maxsize=1)
def _facets(table: Table) -> Facets:
    # A table never changes; counting a large one anew for every page would cost more than the search.
    return facets_of(table)


def _listed(
    values: Iterable[tuple[str, int | None]], chosen: Sequence[str], limit: int = LISTED
) -> tuple[Choice, ...]:
    """The first ``limit`` values and all that were chosen, also those the corpus has no longer."""
    counted = dict(values)
    shown = dict.fromkeys([*list(counted)[:limit], *chosen])
    return tuple(Choice(value, counted.get(value), value in chosen) for value in shown)


def _further(values: Sequence[tuple[str, int]], listed: Sequence[Choice]) -> tuple[str, ...]:
    shown = {choice.value for choice in listed}
    return tuple(sorted(value for value, _ in values[: OFFERED + LISTED] if value not in shown))


def _spelt(field: str, asked: Sequence[str], values: Iterable[str]) -> tuple[str, ...]:
    by_letters = {" ".join(value.split()).casefold(): value for value in values}
    found = []
    for value in asked:
        letters = " ".join(value.split()).casefold()
        if letters not in by_letters:
            near = get_close_matches(letters, by_letters, _NEAR)
            raise UnknownValueError(field, value, [by_letters[name] for name in near])
        found.append(by_letters[letters])
    return tuple(dict.fromkeys(found))


def _of(pairs: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    return tuple(value for field, value in pairs if field == name)
