"""How text becomes terms."""

from __future__ import annotations

import pickle
import unicodedata
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnsupportedError
from index.analysis import BEST, Analyzer, AnalyzerConfig, Token
from index.stopwords import STOP_WORDS


@cache
def analyzer(language: str = "da", **choices: bool) -> Analyzer:
    return Analyzer(AnalyzerConfig(language, **choices))


def plain(text: str) -> list[str]:
    """Terms of whole words, without the parts."""
    return [token.term for token in analyzer().analyze(text) if not token.part]


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("Kommunerne", "kommune"),
        ("kommunernes", "kommune"),
        ("afgørelsen", "afgørelse"),
        ("børnene", "barn"),
        ("modtager", "modtage"),
        ("modtageren", "modtage"),
        ("udebliver", "udeblive"),
        ("udeblev", "udeblive"),
        ("melder", "melde"),
        ("borgeren", "borger"),
        ("forældrene", "forælder"),
        ("sygedagpengeperioden", "sygedagpengeperiode"),
        ("Københavns", "københavn"),
        ("EF's", "ef"),
        ("SU'en", "su"),
        ("a-kasserne", "akasse"),
        ("akasse", "akasse"),
        ("12.500", "12500"),
        ("12.500,75", "12500"),
    ],
)
def test_forms_of_one_word_share_a_term(written: str, term: str) -> None:
    assert plain(written)[0] == term


def test_the_noun_and_its_definite_form_meet_though_a_verb_looks_the_same() -> None:
    assert plain("skat modtager klager") == plain("skatten modtageren klageren")


def test_a_compound_is_found_by_its_parts_and_by_the_words_inside_it() -> None:
    found = set(analyzer().terms("kontanthjælpsmodtagerne"))
    assert {"kontanthjælp", "kontant", "hjælp", "modtage"} <= found


def test_compounds_can_be_left_whole() -> None:
    assert analyzer(compounds=False).terms("kontanthjælpsmodtagerne") == ["kontanthjælpsmodtager"]


def test_the_parts_point_at_the_whole_word_as_it_stands() -> None:
    text = "Afslag på Kontanthjælpen."
    places = {text[t.start : t.end] for t in analyzer().analyze(text) if t.term in ("kontant", "hjælp")}
    assert places == {"Kontanthjælpen"}


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("§ 40 a, stk. 2", {"§40a", "40", "a", "stk", "2"}),
        ("§40a.", {"§40a", "40", "a"}),
        ("§\u00a040\u00a0a", {"§40a"}),
        ("§§ 36 og 40 a", {"§36", "§40a"}),
        ("§§ 12-15", {"§12", "§15"}),
        ("28-24", {"28-24", "28", "24"}),
        ("B-5-07", {"b-5-07", "5", "07"}),
        ("forordning 1408/71", {"1408/71", "1408", "71"}),
        ("afgørelse af 2023", {"2023"}),
        ("en 18-årig", {"18-årig", "18", "årig"}),
        ("og/eller", {"og", "eller"}),
    ],
)
def test_legal_tokens_stay_whole_beside_their_words(written: str, terms: set[str]) -> None:
    assert terms <= set(analyzer().terms(written))


def test_the_word_i_after_a_section_is_not_its_letter() -> None:
    assert "§12i" not in analyzer().terms("§ 12 i lov om prøvedage")
    assert "§12i" in analyzer().terms("§ 12 i, stk. 2")


def test_a_letter_is_not_taken_from_the_next_word() -> None:
    assert "§40a" not in analyzer().terms("§ 40 afsnit")


def test_a_sentence_number_does_not_join_the_sections() -> None:
    assert "§2" not in analyzer().terms("§§ 36, 2. pkt., og 37")


def test_a_range_of_sections_gives_each_printed_number_its_own_place() -> None:
    text = "jf. §§ 36 og 40 a."
    assert [text[t.start : t.end] for t in analyzer().analyze(text) if t.term.startswith("§")] == [
        "§§ 36",
        "40 a",
    ]


def test_composed_and_decomposed_letters_give_the_same_terms_at_their_own_places() -> None:
    text = "på én sås"
    decomposed = unicodedata.normalize("NFD", text)
    assert analyzer().terms(text) == analyzer().terms(decomposed)
    last = analyzer().analyze(decomposed)[-1]
    assert unicodedata.normalize("NFC", decomposed[last.start : last.end]) == "sås"


def test_soft_hyphens_do_not_part_words() -> None:
    assert analyzer().terms("kommu\u00adnen") == ["kommune"]


def test_spelling_before_1948_meets_the_modern() -> None:
    assert analyzer().terms("paa") == analyzer().terms("på")


def test_names_with_aa_keep_it() -> None:
    assert analyzer().terms("Aabenraa")[0] == "aabenraa"


def test_function_words_stay_in_the_index() -> None:
    assert len(analyzer().terms("den skal ikke")) == 3


@pytest.mark.parametrize("language", ["da", "de", "en"])
def test_every_language_drops_its_function_words_only_from_queries(language: str) -> None:
    words = {"da": ("og", "ikke"), "de": ("und", "nicht"), "en": ("and", "not")}[language]
    chosen = analyzer(language)
    assert chosen.is_stop_word(words[0].title())
    assert not chosen.is_stop_word(words[1])
    assert chosen.terms(words[0])


def test_german_and_english_have_their_own_forms() -> None:
    assert "gericht" in analyzer("de").terms("Verwaltungsgerichts")
    assert analyzer("en").terms("decisions")[0] == analyzer("en").terms("decision")[0]


def test_stems_are_a_choice() -> None:
    assert analyzer("en", lemmas=False, stems=True).terms("obligations") == ["oblig"]


def test_every_language_that_has_stop_words_has_a_best_choice() -> None:
    assert set(BEST) == set(STOP_WORDS)
    assert BEST["da"] == AnalyzerConfig()
    assert all(config.language == language for language, config in BEST.items())


def test_an_unknown_language_is_refused_with_the_choice() -> None:
    with pytest.raises(UnsupportedError, match="da, de, en"):
        Analyzer(AnalyzerConfig("xx"))


def test_the_fingerprint_changes_with_the_choices_and_with_nothing_else() -> None:
    prints = {
        analyzer().fingerprint,
        analyzer(compounds=False).fingerprint,
        analyzer(lemmas=False).fingerprint,
        analyzer("en").fingerprint,
    }
    assert len(prints) == 4
    assert Analyzer().fingerprint == analyzer().fingerprint


def test_a_worker_process_gets_an_analyser_like_ours() -> None:
    copy = pickle.loads(pickle.dumps(analyzer()))
    assert copy.terms("kommunerne") == ["kommune"]


@pytest.mark.parametrize("text", ["", " \n", "§", "§§", "–/-", "____", "\x00", "'", "§ ", "\u0301"])
def test_text_without_words_gives_no_terms(text: str) -> None:
    assert analyzer().analyze(text) == []


def test_a_run_of_letters_without_end_is_cut_short() -> None:
    assert all(len(term) <= 80 for term in analyzer().terms("æ" * 100_000 + " " + "ab-" * 1000 + "c"))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("aåkes tonhjælp§12 0-./,'’\u00ad\u0301\nIiØ"), max_size=60))
def test_places_lie_in_the_text_and_terms_agree_with_the_fast_ways(text: str) -> None:
    tokens = analyzer().analyze(text)
    assert sorted(token.term for token in tokens) == sorted(analyzer().terms(text))
    words, parts = analyzer().words_and_parts(text)
    assert words == [token.term for token in tokens if not token.part]
    assert parts == [token.term for token in tokens if token.part]
    for token in tokens:
        assert isinstance(token, Token)
        assert 0 <= token.start < token.end <= len(text)
        assert token.term
        assert not text[token.start : token.end].isspace()
