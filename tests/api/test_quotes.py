"""A quote is shown verbatim, its long tail folded away, with the words in common emphasised."""

from __future__ import annotations

import pytest

from api.web.quotes import EXCERPT_CHARACTERS, EXCERPT_LINES, beginning, emphasised, quote

SENTENCE = "Borgeren udeblev fra samtalen og meldte ikke afbud. "


def joined(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(words for words, _ in pieces)


def marked(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [words for words, shared in pieces if shared]


def test_a_short_quote_is_shown_whole() -> None:
    shown = quote(SENTENCE.strip(), ["udeblev"])
    assert shown.begun == ()
    assert joined(shown.whole) == SENTENCE.strip()


def test_a_long_quote_begins_with_some_three_lines_that_end_at_a_word() -> None:
    text = (SENTENCE * 20).strip()
    shown = quote(text, ["udeblev"])
    assert joined(shown.whole) == text
    begun = joined(shown.begun)
    assert text.startswith(begun)
    assert EXCERPT_CHARACTERS - 20 < len(begun) <= EXCERPT_CHARACTERS
    assert text[len(begun)] == " "


def test_a_list_of_short_lines_is_cut_after_a_few_of_them() -> None:
    text = "\n".join(f"{n}) et af mange led i en lang opregning" for n in range(1, 30))
    assert text[: beginning(text)].count("\n") == EXCERPT_LINES - 1


def test_a_tail_of_a_few_words_is_not_folded_away() -> None:
    text = "ord " * 70
    assert beginning(text) == len(text)


def test_a_text_without_blanks_is_cut_all_the_same() -> None:
    assert beginning("x" * 1000) == EXCERPT_CHARACTERS


def test_whole_words_are_emphasised_and_nothing_inside_another_word() -> None:
    pieces = emphasised("Afbud, afbuddet og Afbud.", ["Afbud"])
    assert marked(pieces) == ["Afbud", "Afbud"]
    assert joined(pieces) == "Afbud, afbuddet og Afbud."


def test_function_words_are_left_plain() -> None:
    assert marked(emphasised("Det er meldt.", ["er", "meldt"])) == ["meldt"]


def test_a_paragraph_number_is_emphasised_before_its_digits() -> None:
    assert marked(emphasised("jf. § 12, stk. 1", ["12", "§ 12"])) == ["§ 12"]


@pytest.mark.parametrize("word", ["(", "a+b", "[x]", "\\", "."])
def test_a_word_of_signs_is_taken_as_it_stands(word: str) -> None:
    pieces = emphasised(f"et {word} her", [word])
    assert joined(pieces) == f"et {word} her"
    assert marked(pieces) == [word]
