"""Results with the same words are folded into the first of them, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring import Workspace
from corpus.types import Kind
from index.duplicates import MOST_NAMED, Folded, fold
from index.types import Query

RULE = "Kommunen giver støtte til køb af bil, hvis borgerens funktionsevne er varigt nedsat."
REASONS = "Nævnet lægger vægt på, at borgeren fik vejledning, og at udeblivelsen ikke var undskyldelig. " * 6
TEXTS = {
    1: f"§ 4. {RULE}",
    2: f"§ 17 a. {RULE}",
    3: f"§ 5. {RULE.replace('hvis', 'medmindre')}",
    4: f"{REASONS} Borgeren var syg den dag og havde en attest fra sin læge, som nævnet har set.",
    5: f"{REASONS} Borgeren var på ferie i udlandet uden at have sagt det til kommunen forinden.",
    6: "",
    7: "",
}


def _folded(*nodes: int, top: int = 10) -> list[tuple[int, tuple[int, ...]]]:
    ranked = [(node, 10.0 - place) for place, node in enumerate(nodes)]
    return [(f.node, f.also) for f in fold(ranked, TEXTS.__getitem__, top)]


def test_the_same_rule_under_another_number_is_named_by_the_first() -> None:
    assert _folded(2, 1) == [(2, (1,))]


def test_one_word_that_turns_a_rule_round_keeps_it_apart() -> None:
    assert _folded(1, 3) == [(1, ()), (3, ())]


def test_decisions_with_the_same_standing_reasons_and_other_facts_stay_apart() -> None:
    assert _folded(4, 5) == [(4, ()), (5, ())]


def test_results_without_words_are_like_nothing() -> None:
    assert _folded(6, 7) == [(6, ()), (7, ())]


def test_what_is_folded_leaves_its_place_to_the_next() -> None:
    assert _folded(1, 2, 3, 4, top=3) == [(1, (2,)), (3, ()), (4, ())]


def test_of_many_copies_some_are_named() -> None:
    (one,) = fold([(n, 1.0) for n in range(20)], lambda _: RULE, 5)
    assert one == Folded(0, 1.0, tuple(range(1, 1 + MOST_NAMED)))


@pytest.fixture
def copied(tmp_path: Path) -> Workspace:
    """An act, and an order that repeats one of its §§ under another number."""
    (tmp_path / "lov.md").write_text(
        f"---\ntitle: Lov om bilstøtte\ntype: lov\nnumber: 1\ndate: 2020-01-01\n---\n\n"
        f"§ 4. {RULE}\n\n§ 5. Afgørelsen kan påklages til nævnet.\n"
    )
    (tmp_path / "bek.md").write_text(
        f"---\ntitle: Bekendtgørelse om bilstøtte\ntype: bekendtgørelse\nnumber: 2\ndate: 2020-02-01\n---\n\n"
        f"§ 9. {RULE}\n\n§ 10. Ansøgningen indgives på et skema.\n"
    )
    work = Workspace(Settings(data=tmp_path / "data", encoder="none"))
    work.ingest([tmp_path / "lov.md", tmp_path / "bek.md"])
    work.index()
    return work


def test_a_search_shows_a_repeated_rule_once_and_names_the_other(copied: Workspace) -> None:
    found = copied.search(Query("støtte til køb af bil ved nedsat funktionsevne", kinds=(Kind.RULE,))).rules
    saying_it = [r for r in found if RULE in r.passages[0].text]
    assert len(saying_it) == 1
    (other,) = saying_it[0].also
    assert {saying_it[0].id.split(":")[1], other.id.split(":")[1]} == {"par-4", "par-9"}
    assert "§" in other.citation
    copied.close()
