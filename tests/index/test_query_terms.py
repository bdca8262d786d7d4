"""Which words of a query are searched for, and how much each counts."""

from __future__ import annotations

from functools import cache

import pytest

from index.analysis import Analyzer
from index.bm25 import lucene_idf
from index.evaluation.case_rarity import CaseRarity
from index.lexical import LexicalBuilder, LexicalIndex
from index.query_terms import QueryPolicy, query_terms


@cache
def analyzer() -> Analyzer:
    return Analyzer()


@cache
def index() -> LexicalIndex:
    builder = LexicalBuilder(analyzer())
    for number in range(40):
        extra = "kontanthjælp ikke om at være til" if number == 0 else f"særsag{number}"
        builder.add("Lov om prøver", f"Kommunen træffer afgørelse om hjælp {extra}")
    return builder.build()


def terms(text: str, **policy: float) -> dict[str, float]:
    return query_terms(text, analyzer(), index(), QueryPolicy(**policy))  # type: ignore[arg-type]


def test_a_term_counts_once_however_often_it_stands() -> None:
    assert terms("afgørelse, afgørelsen og afgørelser") == {"afgørelse": 1.0}


def test_every_occurrence_counts_where_that_is_chosen() -> None:
    assert terms("afgørelse, afgørelsen og afgørelser", repeats=True) == {"afgørelse": 3.0}


def test_parts_of_a_compound_count_less_than_the_word() -> None:
    assert terms("kontanthjælp") == {"kontanthjælp": 1.0, "kontant": 0.5, "hjælp": 0.5}


def test_a_word_that_also_stands_alone_counts_in_full() -> None:
    assert terms("kontanthjælp er hjælp")["hjælp"] == 1.0


def test_function_words_are_dropped_but_a_negation_is_not() -> None:
    assert terms("at være til kontanthjælp ikke") == {
        "kontanthjælp": 1.0,
        "kontant": 0.5,
        "hjælp": 0.5,
        "ikke": 1.0,
    }


def test_a_query_of_function_words_alone_keeps_them() -> None:
    assert set(terms("om at være til")) == {"om", "at", "være", "til"}


def test_words_that_no_passage_holds_are_left_out() -> None:
    assert terms("havvindmølle") == {}


@pytest.mark.parametrize("text", ["", "  ", "!?"])
def test_no_words_give_no_terms(text: str) -> None:
    assert terms(text) == {}


def test_common_terms_go_while_enough_others_remain() -> None:
    text = "kommunens afgørelse om særsag7 særsag8 særsag9"
    assert set(terms(text, least_terms=3)) == {"særsag7", "særsag8", "særsag9"}


def test_a_short_question_keeps_its_common_words() -> None:
    assert set(terms("kommunens afgørelse", least_terms=3)) == {"kommune", "afgørelse"}


def test_of_the_common_terms_the_rarest_stay() -> None:
    found = terms("prøve kontanthjælp kommune", least_terms=3, common_share=0.1)
    assert {"kontanthjælp", "kontant"} < set(found)
    assert len(found) == 3


def test_a_rare_term_counts_for_more_where_rarity_is_counted_twice() -> None:
    text = "hjælp særsag7"  # in all forty passages, and in one
    plain, twice = terms(text), terms(text, rarity=1.0)
    assert set(plain.values()) == {1.0}
    assert twice["særsag7"] == pytest.approx(lucene_idf(1, 40))
    assert twice["hjælp"] == pytest.approx(lucene_idf(40, 40))


def test_others_can_say_how_rare_a_term_is() -> None:
    cases = CaseRarity(["særsag7"] * 9 + ["hjælp"], analyzer())
    found = query_terms("hjælp særsag7", analyzer(), index(), QueryPolicy(rarity=1.0), cases)
    assert found["hjælp"] == pytest.approx(lucene_idf(1, 10))
    assert found["særsag7"] == pytest.approx(lucene_idf(9, 10))
    assert query_terms("hjælp særsag7", analyzer(), index(), cases=cases) == terms("hjælp særsag7")
