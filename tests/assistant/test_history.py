"""The line of a provision is shown verbatim, step by step, with its evidence in Danish and no judgment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.changes import summarise_fate
from assistant.history import evidence_of, explain_validity, open_history
from assistant.standing import describe_link
from corpus.decision_links import DecisionLink, LinkKind
from corpus.errors import CitationError, NotFoundError
from corpus.history import Genealogy
from corpus.ingest import ingest
from corpus.links import Change, Ground, Link
from corpus.sources import starter
from corpus.store import Store
from corpus.types import Locator
from corpus.versions import Basis, Validity
from corpus.wording import Edit

DAY = dt.date(2024, 1, 1)
SANCTION = "fiktiv-lbk-2019-9001:par-14.stk-1"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("history") / "corpus.db") as opened, starter.folder() as folder:
        ingest([folder / "acts"], opened)
        yield opened


def test_each_step_shows_both_wordings_verbatim_and_their_difference(store: Store) -> None:
    view = open_history(store, SANCTION, DAY)
    assert [s.change for s in view.steps] == [Change.REWORDED, Change.MOVED_REWORDED]
    for step in view.steps:
        for wording in (*step.before, *step.after):
            document = store.document(wording.document_id)
            assert wording.text in store.text(document.key)
        kept = [s.text for s in step.difference if s.edit is not Edit.INSERTED]
        assert "".join("".join(kept).split()) == "".join(step.before[0].text.split())
    assert view.steps[1].after[0].id == "fiktiv-lbk-2023-9003:par-15.stk-1"


def test_the_view_says_what_the_provision_is_on_the_day(store: Store) -> None:
    view = open_history(store, SANCTION, DAY)
    assert view.now is not None
    assert view.now.provisions == ("fiktiv-lbk-2023-9003:par-15.stk-1",)
    assert view.now_summary == "Flyttet til § 15, stk. 1, og med ny ordlyd i udgaven fra 1. juli 2023."
    assert view.citation.startswith("§ 14, stk. 1, i lov om hverdagsstøtte (FIKTIV)")


def test_a_day_without_a_version_is_said_and_the_line_is_still_shown(store: Store) -> None:
    view = open_history(store, SANCTION, dt.date(2000, 1, 1))
    assert view.now is None
    assert "gælder fra 1. marts 2019" in view.now_summary
    assert len(view.steps) == 2


def test_what_did_not_change_has_no_difference(store: Store) -> None:
    steps = open_history(store, "fiktiv-lbk-2019-9001:par-1.stk-1", DAY).steps
    assert [(s.change, s.difference) for s in steps] == [(Change.SAME, ())] * 2


def test_errors_are_those_of_the_corpus(store: Store) -> None:
    with pytest.raises(NotFoundError):
        open_history(store, "fiktiv-lbk-2019-9001:par-99", DAY)
    with pytest.raises(CitationError):
        open_history(store, "§ 14", DAY)


@pytest.mark.parametrize("ground", list(Ground))
def test_every_ground_has_words(ground: Ground) -> None:
    (said,) = evidence_of(Link(Change.REWORDED, (), (), 0.5, (ground,)))
    assert said
    assert (said == "ordene ligner (0,50 af 1)") is (ground is Ground.LIKE_WORDS)


@pytest.mark.parametrize("change", list(Change))
def test_every_fate_has_a_sentence(store: Store, change: Change) -> None:
    fate = replace(Genealogy(store).fate(SANCTION, DAY), change=change)
    said = summarise_fate(fate, Locator("14", 1))
    assert said.endswith(".")
    assert said[0].isupper()


@pytest.mark.parametrize("basis", list(Basis))
def test_every_basis_of_an_interval_is_explained(basis: Basis) -> None:
    assert explain_validity(Validity(DAY, None, begins=basis))
    assert ";" in explain_validity(Validity(DAY, DAY, begins=Basis.SIGNED, ends=basis))


@pytest.mark.parametrize("kind", list(LinkKind))
def test_every_link_between_decisions_is_described_with_the_other_number(kind: LinkKind) -> None:
    assert describe_link(DecisionLink(kind, "1-26", "d1-26", "d1-26", None)).endswith("1-26")
