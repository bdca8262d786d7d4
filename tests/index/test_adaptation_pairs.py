"""Training pairs are drawn out of the law's own references, kept apart by work and put in batches."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from api.wiring import Workspace
from corpus.errors import InputError
from corpus.store import Store
from corpus.types import Kind, Span
from index.adaptation.collect import LEAST_WORDS, collect, without
from index.adaptation.pairs import (
    Origin,
    Pair,
    batches,
    is_held_out,
    read_pairs,
    sample,
    split,
    write_pairs,
)

HOUSING = "fiktiv-lov-om-tilladelse-til-byggeri"


@pytest.fixture(scope="module")
def drawn(demo: Workspace) -> list[Pair]:
    """All pairs of the fictional starter corpus."""
    return collect(demo.store)


def pair(number: int, work: str = "lov-a") -> Pair:
    """A made-up pair that shares nothing with one of another number."""
    return Pair(
        f"spørgsmål {number}", f"titel: svar {number}", Origin.REFERENCE, work, work, f"{work}:{number}"
    )


def work(held_out: bool) -> str:
    return next(name for name in (f"lov-{n}" for n in range(1000)) if is_held_out(name) is held_out)


def test_a_sentence_asks_for_the_provision_that_it_refers_to(drawn: list[Pair]) -> None:
    (found,) = [p for p in drawn if p.query.startswith("En opfordring efter , skal nævne hver manglende")]
    assert found.target == f"{HOUSING}:par-11"
    assert "Mangler ansøgningen oplysninger" in found.passage


def test_no_question_of_a_reference_names_the_provision_it_asks_for(drawn: list[Pair]) -> None:
    asked = [p.query for p in drawn if p.origin is Origin.REFERENCE]
    assert len(asked) > 40
    assert not [query for query in asked if re.search(r"§ ?\d|\bstk\. \d", query)]


def test_an_order_asks_for_the_provision_that_its_preamble_names(drawn: list[Pair]) -> None:
    (found,) = [p for p in drawn if p.query.startswith("bekendtgørelse om behandling af byggesager")]
    assert (found.origin, found.target) == (Origin.ENABLING, f"{HOUSING}:par-23")
    assert "Ansøgning" in found.query


def test_a_heading_asks_for_the_words_under_it_and_does_not_stand_in_them(drawn: list[Pair]) -> None:
    headings = [p for p in drawn if p.origin is Origin.HEADING]
    assert len(headings) > 20
    assert not [p for p in headings if p.passage.partition(": ")[0].endswith(f"› {p.query}")]


def test_an_older_wording_asks_for_the_one_that_took_its_place(drawn: list[Pair]) -> None:
    rewordings = [p for p in drawn if p.origin is Origin.WORDING]
    assert rewordings
    for each in rewordings:
        assert each.query not in each.passage
        assert set(each.query.split()) & set(each.passage.split())


def test_every_question_of_a_sentence_has_words_left_to_ask_with(drawn: list[Pair]) -> None:
    for each in drawn:
        if each.origin in (Origin.REFERENCE, Origin.WORDING):
            assert len(re.findall(r"[^\W\d_]{2,}", each.query)) >= LEAST_WORDS


def test_decisions_neither_ask_nor_answer(drawn: list[Pair], demo: Workspace) -> None:
    rules = {d.work_id for d in demo.store.documents(kinds=[Kind.RULE])}
    assert {p.query_work for p in drawn} | {p.passage_work for p in drawn} <= rules


def test_a_corpus_without_rules_gives_no_pairs_and_says_so(tmp_path: Path) -> None:
    with Store(tmp_path / "corpus.db") as store, pytest.raises(InputError, match="no training pairs"):
        collect(store)


@pytest.mark.parametrize(
    ("text", "cut", "left"),
    [
        ("Støtte gives efter § 4, jf. § 9, til lejere.", ["§ 4", "§ 9"], "Støtte gives efter, til lejere."),
        ("2) lejere (jf. § 7) og ejere", ["§ 7"], "lejere og ejere"),
        ("Fristen i § 3 gælder ikke.", ["§ 3"], "Fristen i gælder ikke."),
        ("Alle har ret til støtte.", [], "Alle har ret til støtte."),
    ],
)
def test_a_reference_is_cut_out_with_what_introduced_it(text: str, cut: list[str], left: str) -> None:
    spans = [Span(text.index(c), text.index(c) + len(c)) for c in cut]
    found = without(text, Span(0, len(text)), spans)
    assert re.sub(r" (?=[,.])", "", found) == left


def test_one_work_in_ten_is_held_out_whatever_else_the_corpus_holds() -> None:
    share = sum(is_held_out(f"lov-om-emne-{n}") for n in range(2_000)) / 2_000
    assert 0.08 < share < 0.13
    assert is_held_out("lov-om-emne-1") == is_held_out("lov-om-emne-1")


def test_no_work_stands_on_both_sides_of_the_split() -> None:
    known, kept = work(False), work(True)
    crossing = replace(pair(3, known), passage_work=kept)
    parts = split([pair(1, known), pair(2, kept), crossing])
    assert parts.training == (pair(1, known),)
    assert parts.held_out == (pair(2, kept),)


def test_words_that_training_sees_under_another_title_are_not_held_out() -> None:
    parts = split(
        [
            replace(pair(1, work(False)), passage="gammel lov: ens"),
            replace(pair(2, work(True)), passage="ny lov: ens"),
        ]
    )
    assert len(parts.training) == 1
    assert not parts.held_out


def test_no_target_question_or_passage_stands_twice_in_a_batch() -> None:
    pairs = [pair(n % 5) for n in range(40)] + [replace(pair(n), target="lov-a:one") for n in range(100, 110)]
    for batch in batches(pairs, 4):
        assert 2 <= len(batch) <= 4
        for side in ("target", "query", "passage"):
            assert len({getattr(each, side) for each in batch}) == len(batch)


def test_batches_hold_every_pair_that_finds_company() -> None:
    pairs = [pair(n) for n in range(33)]
    made = batches(pairs, 8)
    assert [len(batch) for batch in made] == [8, 8, 8, 8]
    assert [each for batch in made for each in batch] == pairs[:32]


def test_a_draw_keeps_the_limits_and_comes_out_the_same_twice() -> None:
    pairs = [pair(n) for n in range(50)] + [replace(pair(n), origin=Origin.HEADING) for n in range(50, 60)]
    limits = {Origin.REFERENCE: 20, Origin.HEADING: 100}
    drawn = sample(pairs, limits, seed=3)
    assert sum(p.origin is Origin.REFERENCE for p in drawn) == 20
    assert sum(p.origin is Origin.HEADING for p in drawn) == 10
    assert drawn == sample(pairs, limits, seed=3) != sample(pairs, limits, seed=4)


def test_pairs_come_back_from_the_file_as_they_went(tmp_path: Path) -> None:
    pairs = [replace(pair(1), query="linje\u2028skift"), pair(2)]
    write_pairs(pairs, tmp_path / "pairs.jsonl")
    assert read_pairs(tmp_path / "pairs.jsonl") == pairs


@pytest.mark.parametrize("line", ["{", '{"query": "kun det"}', '["liste"]', "3"])
def test_a_line_that_is_no_pair_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    write_pairs([pair(1)], path)
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2, is no pair"):
        read_pairs(path)


def test_a_missing_file_of_pairs_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_pairs(tmp_path / "none.jsonl")
