"""Duties of procedure: read out of the rules in the corpus, each with its basis, and never invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring import Workspace
from assistant.brief_types import Duty
from assistant.procedure import TOPICS, procedure
from assistant.verdict import check_sentence
from corpus.store import Store

DAY = dt.date(2024, 3, 10)
SUPPORT = """---
type: lov
titel: Lov om prøvestøtte (FIKTIV)
dato: 2020-01-01
id: fiktiv-proeve
fiktiv: ja
---

# Lov om prøvestøtte (FIKTIV)

## Kapitel 1 Støtten

§ 1. Kommunen skal høre borgeren, før støtten nedsættes.

§ 2. Borgeren skal møde til prøver.

## Kapitel 2 Andet

§ 3. Kommunen skal vejlede om andre ordninger.
"""


def topics(duties: tuple[Duty, ...]) -> dict[str, list[str]]:
    return {duty.topic: [quote.locator for quote in duty.basis] for duty in duties}


@pytest.fixture
def small(tmp_path: Path) -> Store:
    (tmp_path / "lov.md").write_text(SUPPORT)
    work = Workspace(Settings(data=tmp_path / "data", encoder="none"))
    work.ingest([tmp_path / "lov.md"])
    return work.store


def test_a_duty_of_the_act_itself_is_asked_with_its_basis(demo: Workspace) -> None:
    found = topics(procedure(demo.store, ["fiktiv-lbk-2023-9003:par-15"], DAY)[0])
    assert "§ 18" in found["hearing"]
    assert "§ 14" in found["guidance"]


def test_the_general_act_on_procedure_stands_first(demo: Workspace) -> None:
    duties, missing = procedure(demo.store, ["fiktiv-lbk-2023-9003:par-15"], DAY)
    assert missing == ()
    for topic in ("guidance", "hearing", "clarification", "record"):
        basis = next(d.basis for d in duties if d.topic == topic)
        assert basis[0].document_id == "fiktiv-lov-2018-9030"


def test_questions_come_in_the_order_in_which_a_case_is_handled(demo: Workspace) -> None:
    asked = [d.topic for d in procedure(demo.store, ["fiktiv-lbk-2023-9003:par-15"], DAY)[0]]
    order = [t.code for t in TOPICS]
    assert asked == sorted(asked, key=order.index)


def test_every_basis_is_verbatim(demo: Workspace) -> None:
    for duty in procedure(demo.store, ["fiktiv-lbk-2023-9003:par-15"], DAY)[0]:
        for quote in duty.basis:
            document = demo.store.document(quote.document_id)
            assert quote.span.of(demo.store.text(document.key)) == quote.text


def test_a_corpus_without_a_general_act_says_so_and_asks_what_it_holds(small: Store) -> None:
    duties, missing = procedure(small, ["fiktiv-proeve:par-1"], DAY)
    assert [gap.code for gap in missing] == ["no-procedural-acts"]
    assert topics(duties) == {"hearing": ["§ 1"]}


def test_a_duty_of_the_citizen_and_one_of_another_chapter_are_not_asked(small: Store) -> None:
    found = topics(procedure(small, ["fiktiv-proeve:par-2"], DAY)[0])
    assert found == {"hearing": ["§ 1"]}


def test_a_general_act_counts_from_the_day_it_applies(demo: Workspace) -> None:
    _, missing = procedure(demo.store, ["fiktiv-lbk-2023-9003:par-15"], dt.date(2017, 1, 1))
    assert [gap.code for gap in missing] == ["no-procedural-acts"]


def test_no_rule_found_means_no_question(demo: Workspace) -> None:
    assert procedure(demo.store, [], DAY) == ((), ())


def test_every_question_is_open_and_says_nothing_of_the_end() -> None:
    assert [t.question for t in TOPICS if check_sentence(t.question, "da")] == []
