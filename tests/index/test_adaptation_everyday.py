"""Everyday questions for the provisions of a corpus, made of a thesaurus."""

from __future__ import annotations

from api.wiring import Workspace
from index.adaptation.everyday import SAID, UNRELATED, everyday_pairs
from index.adaptation.pairs import Origin
from index.analysis import Analyzer
from index.thesaurus.entries import Entry

# Words of the fictional acts, and what in everyday speech leads to them.
TELLING = (
    Entry("møbler", ("indbo",)),
    Entry("spare op", ("opsparing",)),
    Entry("ikke dukke op", ("udeblivelse", "udeblive", "afbud")),
    Entry("ringe afbud", ("afbud",)),
)
ELSEWHERE = tuple(Entry(f"ord{number}", (f"ukendt{number}",)) for number in range(20))


def test_a_provision_is_asked_for_by_what_leads_to_its_words(demo: Workspace) -> None:
    pairs = everyday_pairs(demo.store, (*TELLING, *ELSEWHERE), Analyzer())
    assert pairs
    leads = {entry.everyday: entry.law for entry in TELLING}
    for pair in pairs:
        assert pair.origin is Origin.EVERYDAY
        assert pair.query_work == pair.passage_work
        assert pair.target.startswith(f"{pair.passage_work}:par-")
        said = [words for words in leads if words in pair.query.lower()]
        assert SAID[0] <= len(said) <= SAID[1]
        held = set(Analyzer().terms(pair.passage))
        assert all(any(set(Analyzer().terms(law)) <= held for law in leads[words]) for words in said)
        assert pair.query.lower().count("ord") <= UNRELATED[1]
    assert any("indbo" in pair.passage and "møbler" in pair.query.lower() for pair in pairs)


def test_the_same_seed_asks_the_same_and_another_asks_otherwise(demo: Workspace) -> None:
    entries = (*TELLING, *ELSEWHERE)
    first, again, other = (
        [pair.query for pair in everyday_pairs(demo.store, entries, Analyzer(), seed)] for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_a_passage_is_asked_for_once_however_many_orders_hold_its_words(demo: Workspace) -> None:
    pairs = everyday_pairs(demo.store, (*TELLING, *ELSEWHERE), Analyzer())
    words = [pair.passage.partition(": ")[2] for pair in pairs]
    assert len(words) == len(set(words))


def test_words_that_lead_nowhere_ask_for_nothing(demo: Workspace) -> None:
    assert everyday_pairs(demo.store, ELSEWHERE, Analyzer()) == []
