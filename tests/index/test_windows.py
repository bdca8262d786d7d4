"""Splitting text into windows that a model takes."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from corpus.errors import InputError, TooLargeError
from index import windows
from index.windows import TokenBudget, checked, clean


@pytest.fixture(scope="module")
def letters() -> Tokenizer:
    """A tokenizer whose tokens are the letters of each word, between two special tokens."""
    return _letters()


def _letters() -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel({"?": 0, "[": 1, "]": 2}, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split("", "isolated")]
    )
    tokenizer.post_processor = processors.TemplateProcessing("[ $A ]", special_tokens=[("[", 1), ("]", 2)])
    return tokenizer


def words_of(text: str) -> str:
    return "".join(text.split())


def test_a_text_that_fits_is_one_window(letters: Tokenizer) -> None:
    assert TokenBudget(letters, 20).split("Kort tekst.")[0].of("Kort tekst.") == "Kort tekst."


def test_prefix_and_special_tokens_count_against_the_limit(letters: Tokenizer) -> None:
    text = "abcdef"
    assert TokenBudget(letters, 8).fits(text)
    assert not TokenBudget(letters, 8, prefix="q ").fits(text)


def test_a_line_break_is_preferred_to_the_end_of_a_sentence(letters: Tokenizer) -> None:
    text = "aaaa bbbb\ncccc. Dddd eeee ffff"
    assert TokenBudget(letters, 18).split(text)[0].of(text) == "aaaa bbbb"


def test_the_end_of_a_sentence_is_preferred_to_a_blank(letters: Tokenizer) -> None:
    text = "aaaa bbbb. Cccc dddd eeee ffff"
    assert TokenBudget(letters, 18).split(text)[0].of(text) == "aaaa bbbb."


def test_an_abbreviation_before_a_figure_is_no_end_of_a_sentence(letters: Tokenizer) -> None:
    text = "efter stk. 2 og mere"
    assert TokenBudget(letters, 13).split(text)[0].of(text) == "efter stk. 2"


def test_a_blank_is_preferred_to_a_cut_through_a_word(letters: Tokenizer) -> None:
    text = "aaaa bbbb cccc"
    assert [span.of(text) for span in TokenBudget(letters, 12).split(text)] == ["aaaa bbbb", "cccc"]


def test_a_word_longer_than_the_limit_is_cut_between_tokens(letters: Tokenizer) -> None:
    text = "a" * 25
    assert [len(span) for span in TokenBudget(letters, 12).split(text)] == [10, 10, 5]


@given(st.text(alphabet="ab .\n\u00e5\u030a\x00\ud800A", max_size=200), st.integers(4, 12))
def test_every_window_fits_and_every_character_that_is_no_blank_is_in_exactly_one(
    text: str, limit: int
) -> None:
    budget = TokenBudget(_letters(), limit)
    spans = budget.split(text)
    assert all(budget.fits(span.of(text)) for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    kept = "".join(span.of(text) for span in spans)
    assert words_of(kept.replace("\x00", " ").replace("\ud800", " ")) == words_of(
        text.replace("\x00", " ").replace("\ud800", " ")
    )


def test_a_window_with_more_tokens_alone_than_in_place_is_split_again() -> None:
    growing = _GrowingTokenizer()
    text = "abcdefgh"
    budget = TokenBudget(growing, 4)  # type: ignore[arg-type]
    spans = budget.split(text)
    assert "".join(span.of(text) for span in spans) == text
    assert all(budget.fits(span.of(text)) for span in spans)


class _GrowingTokenizer:
    """One token a letter within a long text, two a letter in a short one."""

    class Encoding:
        def __init__(self, text: str) -> None:
            each = 1 if len(text) > 6 else 2
            self.offsets = [(i, i + 1) for i in range(len(text)) for _ in range(each)]
            self.ids = [0] * len(self.offsets)

    def encode(self, text: str, add_special_tokens: bool = True) -> Encoding:
        return self.Encoding(text)


def test_cleaning_composes_letters_and_drops_what_cannot_be_encoded() -> None:
    assert clean("Ga\u030ard\x00 \ud800!") == unicodedata.normalize("NFC", "Gård   !")


@pytest.mark.parametrize("nothing", ["", "  \n", "\x00", "\u200b\u00ad", "\ufeff"])
def test_a_text_without_words_is_refused_with_its_number(nothing: str) -> None:
    with pytest.raises(InputError, match="Text 2 of 2 is empty"):
        list(checked(["ord", nothing]))


def test_a_text_over_the_limit_is_refused_with_both_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "MAX_CHARACTERS", 10)
    with pytest.raises(TooLargeError, match=r"has 11 characters; the limit is 10\..*Split"):
        list(checked(["a" * 11]))


def test_one_string_in_place_of_a_list_is_refused() -> None:
    with pytest.raises(TypeError, match="list of letters"):
        list(checked("Kort tekst"))
