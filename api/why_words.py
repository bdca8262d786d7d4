"""Why a result was found, word by word, as page and terminal show it."""

from __future__ import annotations

from collections.abc import Iterable

from index.stopwords import DANISH_TURNING
from index.types import Why


def words_in_common(why: Why) -> list[str]:
    """The words that case and result share; «udeblev → udebliver» where the forms differ.

    Words that every rule has («kan», «skal», «ikke») are left out: they tie no case to a rule.
    """
    return [
        "/".join(term.in_query)
        if term.in_query == term.in_result
        else f"{'/'.join(term.in_query)} → {'/'.join(dict.fromkeys(term.in_result))}"
        for term in why.terms
        if term.in_result and not term.rephrased and not _turns(term.in_query)
    ]


def words_of_the_law(why: Why) -> list[str]:
    """The law's words for those of the case: «kørestol → hjælpemidler, nedsat», each in its first form."""
    told: dict[tuple[str, ...], list[str]] = {}
    for term in why.terms:
        if term.in_result and term.rephrased:
            told.setdefault(term.in_query, []).append(term.in_result[0])
    return [f"{'/'.join(said)} → {', '.join(law)}" for said, law in told.items()]


def _turns(words: Iterable[str]) -> bool:
    return all(word.casefold() in DANISH_TURNING for word in words)
