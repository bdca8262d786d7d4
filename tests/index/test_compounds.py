"""Where Danish compounds are cut, measured on words labelled by hand."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

from index.compounds import CompoundSplitter

GOLDEN = Path(__file__).parents[1] / "golden" / "compounds_da.tsv"


@cache
def danish() -> CompoundSplitter:
    return CompoundSplitter("da")


def labelled(group: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {word: tuple(parts.split("|")) for word, parts, origin in rows if origin == group}


def boundaries(parts: tuple[str, ...]) -> set[int]:
    return set(accumulate(map(len, parts[:-1])))


def counts(group: str) -> tuple[int, int, int, int]:
    """Boundaries in the list, found, found where there is none, and whole words that were cut."""
    gold = found = wrong = cut = 0
    for word, parts in labelled(group).items():
        ours, theirs = boundaries(danish().split(word)), boundaries(parts)
        gold, found = gold + len(theirs), found + len(ours & theirs)
        wrong += len(ours - theirs)
        cut += bool(ours and not theirs)
    return gold, found, wrong, cut


def test_the_labels_are_written_as_the_words_are() -> None:
    for group in ("chosen", "drawn"):
        assert len(labelled(group)) >= 120
        for word, parts in labelled(group).items():
            assert "".join(parts) == word


@pytest.mark.parametrize(("group", "least"), [("chosen", 0.94), ("drawn", 0.93)])
def test_nearly_all_boundaries_of_legal_compounds_are_found(group: str, least: float) -> None:
    gold, found, wrong, _ = counts(group)
    assert found / gold >= least
    assert wrong <= 1


@pytest.mark.parametrize("group", ["chosen", "drawn"])
def test_words_that_are_no_compounds_stay_whole(group: str) -> None:
    *_, cut = counts(group)
    assert cut == 0


def test_the_parts_put_together_are_the_word() -> None:
    for word in ("sygedagpengelovgivningen", "xyzzyq", "ø", "", "børne-ydelse", "a" * 500):
        assert "".join(danish().split(word)) == word


def test_a_word_that_takes_s_is_not_read_as_ending_before_it() -> None:
    assert danish().split("forældremyndighedsindehaver")[:2] == ("forældre", "myndigheds")


def test_the_link_is_taken_off_to_find_the_word() -> None:
    assert danish().without_link("hjælps") == "hjælp"
    assert danish().without_link("børne") == "børn"


def test_german_compounds_are_cut_too() -> None:
    german = CompoundSplitter("de")
    assert german.split("verwaltungsgericht") == ("verwaltungs", "gericht")
    assert german.split("entscheidung") == ("entscheidung",)
