"""A long query as stretches of whole sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.stretches import STRETCH, stretches


def test_a_short_text_is_one_stretch_as_it_stands() -> None:
    assert stretches("Borgeren udeblev.  Hun var syg.\nIntet afbud.") == [
        "Borgeren udeblev.  Hun var syg.\nIntet afbud."
    ]


def test_a_stretch_ends_with_the_sentence_that_fills_it() -> None:
    assert stretches("En to tre. Fire fem. Seks. Syv!", words=4) == ["En to tre. Fire fem.", "Seks. Syv!"]


def test_a_line_ends_a_sentence_too() -> None:
    assert stretches("en to\ntre fire\nfem", words=2) == ["en to", "tre fire", "fem"]


def test_a_long_sentence_is_not_cut() -> None:
    long = " ".join(["ord"] * (3 * STRETCH)) + "."
    assert stretches(f"{long} Kort.") == [long, "Kort."]


def test_a_text_without_words_is_itself() -> None:
    assert stretches("") == [""]
    assert stretches(" \n ") == [" \n "]


@given(st.text(alphabet="ab .!?\n", max_size=300), st.integers(1, 20))
def test_no_word_is_lost_and_none_added(text: str, words: int) -> None:
    assert " ".join(stretches(text, words)).split() == text.split()
