"""Texts are compared by their words; a difference can be read and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.wording import Edit, Rarity, diff, shingles, words, words_without_pointers

OLD = "Den, der fisker i søen, skal have kort, jf. § 4, stk. 2."
NEW = "Den, der fisker i søen eller åen, skal have gyldigt kort, jf. § 5, stk. 1."


def test_a_difference_names_the_words_that_went_and_came() -> None:
    found = diff(OLD, NEW)
    assert [s.text for s in found if s.edit is Edit.DELETED] == ["4", "2"]
    assert [s.text for s in found if s.edit is Edit.INSERTED] == ["eller åen", "gyldigt", "5", "1"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab §1.,\n", max_size=60), st.text(alphabet="ab §1.,\n", max_size=60))
def test_a_difference_holds_every_word_of_both_texts_verbatim(old: str, new: str) -> None:
    found = diff(old, new)
    for text, edits in ((old, (Edit.EQUAL, Edit.DELETED)), (new, (Edit.EQUAL, Edit.INSERTED))):
        kept = "".join("".join(s.text.split()) for s in found if s.edit in edits)
        assert kept == "".join(text.split())
    for stretch in found:
        source = new if stretch.edit is Edit.INSERTED else old
        assert stretch.span.of(source) == stretch.text


def test_a_difference_of_very_long_texts_is_one_deletion_and_one_insertion() -> None:
    found = diff("a " * 15_000, "b " * 15_000)
    assert [s.edit for s in found] == [Edit.DELETED, Edit.INSERTED]


@pytest.mark.parametrize(
    "pointer",
    ["§ 14", "§§ 14-16", "§ 14 a, stk. 2, nr. 3, litra b, 2. pkt.", "stk. 1, 2 og 4-6", "§§ 3, 4 eller 5 a"],
)
def test_pointers_to_provisions_make_no_difference(pointer: str) -> None:
    bare = words_without_pointers(f"Reglerne i {pointer} gælder ikke for ål.")
    assert [w for w in bare if w not in ("§", "stk", "nr")] == [
        "reglerne",
        "i",
        "gælder",
        "ikke",
        "for",
        "ål",
    ]


def test_punctuation_and_case_make_no_difference() -> None:
    assert words("Fisk,\nog Ål!") == words("fisk og ål")


def test_likeness_is_one_for_the_same_words_and_nothing_for_none_in_common() -> None:
    a, b, c = (shingles(words(t)) for t in ("ål i åen", "ål i søen", "kort på papir"))
    rarity = Rarity.over([a, b, c])
    assert rarity.likeness(a, a) == pytest.approx(1.0)
    assert rarity.likeness(a, c) == 0
    assert 0 < rarity.likeness(a, b) < 1


def test_a_rare_word_in_common_counts_more_than_one_that_all_texts_hold() -> None:
    a, b, c, d = (shingles((w,)) for w in ("og", "og", "og", "krebs"))
    rarity = Rarity.over([a, b, c, d])
    assert rarity.weights["krebs"] > rarity.weights["og"]
