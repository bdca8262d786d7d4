"""Words in common and the law's words, as page and terminal put them."""

from __future__ import annotations

from api.why_words import words_in_common, words_of_the_law
from index.types import MatchedTerm, Why

WHY = Why(
    terms=(
        MatchedTerm("udeblive", ("udeblev",), ("udebliver", "udebliver", "udeblivelse"), 0.4),
        MatchedTerm("hjælpemiddel", ("krykker", "kørestol"), ("hjælpemidler", "hjælpemidlet"), 0.3, True),
        MatchedTerm("afbud", ("afbud",), ("afbud",), 0.2),
        MatchedTerm("funktionsevne", ("krykker", "kørestol"), ("funktionsevne",), 0.1, True),
        MatchedTerm("formue", ("arv",), ("formue",), 0.1, True),
        MatchedTerm("kaldt", ("kaldt",), (), 0.1),
    )
)


def test_words_in_common_show_other_forms_once() -> None:
    assert words_in_common(WHY) == ["udeblev → udebliver/udeblivelse", "afbud"]


def test_words_of_the_law_stand_together_behind_the_words_that_called_them_up() -> None:
    assert words_of_the_law(WHY) == ["krykker/kørestol → hjælpemidler, funktionsevne", "arv → formue"]


def test_words_that_stand_in_every_rule_are_no_reason() -> None:
    terms = (
        MatchedTerm("kan", ("Kan", "kan"), ("kan",), 0.6),
        MatchedTerm("ikke", ("ikke",), ("ikke",), 0.3),
        MatchedTerm("afbud", ("afbud",), ("afbud",), 0.1),
    )
    assert words_in_common(Why(terms=terms)) == ["afbud"]
    assert words_in_common(Why(terms=terms[:2])) == []
