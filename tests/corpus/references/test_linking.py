"""The pass keeps the citation graph whole: nothing twice, nothing stale, nothing of what was erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.citations import Citation, Citing, cited_by, cites, leads_to
from corpus.identifiers import parse_slug
from corpus.linking import LACKING, learnt_names, link
from corpus.references.resolved import LinkStatus, Reason
from corpus.references.types import Unit
from corpus.store import Store
from corpus.types import DocumentType, Kind, Locator, Span, StoredDocument

if TYPE_CHECKING:
    from .conftest import Shelf

FISHING = "Bekendtgørelse af lov om fiskekort"
CURRENT = "fiktiv-lbk-2023-9003"


def edges(store: Store, id: str) -> list[Citation]:
    return cites(store, store.document(id))


def citing(store: Store, id: str, slug: str = "", **asked: object) -> list[Citing]:
    return cited_by(store, store.document(id), parse_slug(slug) if slug else None, **asked)  # type: ignore[arg-type]


def test_a_second_pass_finds_nothing_to_do_and_changes_nothing(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk, jf. § 2.\n§ 2. Kort.\n")
    shelf.decision("d1", "2019-01-01", "Efter § 2 i lov om fiskekort.")
    first = link(shelf.store)
    before = [edges(shelf.store, id) for id in ("a2", "d1")]
    second = link(shelf.store)
    assert (first.linked, second.linked, second.unchanged) == (2, 0, 2)
    assert [edges(shelf.store, id) for id in ("a2", "d1")] == before
    assert second.rates == first.rates


def test_a_new_decision_links_itself_and_those_that_name_decisions(shelf: Shelf) -> None:
    shelf.decision("d1", "2019-01-01", "Se principmeddelelse 8-19.", "7-19")
    shelf.decision("d3", "2019-01-01", "Intet nummer her.", "9-19")
    link(shelf.store)
    assert edges(shelf.store, "d1")[0].reason is Reason.NOT_KEPT
    shelf.decision("d2", "2019-02-01", "Om kort.", "8-19")
    assert link(shelf.store).linked == 2
    assert edges(shelf.store, "d1")[0].target == shelf.store.document("d2").key


def test_a_new_version_links_everything_anew(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n")
    shelf.decision("d1", "2019-01-01", "Efter § 1 i lov om fiskekort.")
    link(shelf.store)
    newer = shelf.rule("a5", FISHING, 5, "2018-01-01", "§ 1. Nye fisk.\n")
    assert link(shelf.store).linked == 3
    assert edges(shelf.store, "d1")[0].target == newer.key


def test_a_new_revision_of_a_document_is_linked_and_the_old_one_cites_nothing_any_more(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n§ 2. Kort.\n")
    shelf.decision("d1", "2019-01-01", "Efter § 1 i lov om fiskekort.")
    link(shelf.store)
    shelf.decision("d1", "2019-01-01", "Efter § 2 i lov om fiskekort.")
    link(shelf.store)
    assert citing(shelf.store, "a2", "par-1") == []
    assert len(citing(shelf.store, "a2", "par-2")) == 1


def test_what_an_erased_document_cited_and_who_cited_it_is_gone(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n")
    shelf.decision("d1", "2019-01-01", "Efter § 1 i lov om fiskekort.")
    shelf.decision("d2", "2019-01-01", "Efter § 1 i lov om fiskekort og mere.")
    link(shelf.store)
    shelf.store.erase("d1", "prøve")
    assert [c.source.id for c in citing(shelf.store, "a2")] == ["d2"]
    shelf.store.erase("a2", "prøve")
    assert edges(shelf.store, "d2") == []
    link(shelf.store)
    assert edges(shelf.store, "d2")[0].reason is Reason.UNKNOWN_WORK


def test_a_name_that_texts_give_to_an_act_is_learnt_for_all_of_them(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n")
    shelf.decision("d1", "2019-01-01", "Lov om fiskekort (stangloven) gælder.")
    shelf.decision("d2", "2019-01-01", "Efter stanglovens § 1 gives kort.")
    summary = link(shelf.store)
    assert learnt_names(shelf.store) == {"stangloven": ("lov-om-fiskekort",)}
    assert summary.names == 1
    assert [c.source.id for c in citing(shelf.store, "a2", "par-1")] == ["d2"]


def test_a_short_name_used_beside_the_title_it_is_made_of_is_learnt(shelf: Shelf) -> None:
    shelf.rule("a2", "Bekendtgørelse af lov om levende fisk", 2, "2016-01-01", "§ 1. Fisk.\n")
    shelf.decision("d1", "2019-01-01", "Levendeloven, det er lov om levende fisk, gælder.")
    shelf.decision("d2", "2019-01-01", "Efter levendelovens § 1 gives kort, jf. fiskeloven.")
    link(shelf.store)
    assert learnt_names(shelf.store) == {"levendeloven": ("lov-om-levende-fisk",)}
    assert [c.source.id for c in citing(shelf.store, "a2", "par-1")] == ["d2"]


def test_a_short_name_that_may_be_an_act_of_its_own_is_not_learnt(shelf: Shelf) -> None:
    shelf.rule("a2", "Bekendtgørelse af lov om fangst af sæler", 2, "2016-01-01", "§ 1. Sæler.\n")
    shelf.decision("d1", "2019-01-01", "Fangstloven gælder, ikke lov om fangst af sæler.")
    link(shelf.store)
    assert learnt_names(shelf.store) == {}


def test_a_name_given_to_two_acts_is_left_undecided(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n")
    shelf.rule("b1", "Bekendtgørelse af lov om både", 1, "2015-01-01", "§ 1. Både.\n")
    shelf.decision("d1", "2019-01-01", "Lov om fiskekort (stangloven) gælder.")
    shelf.decision("d2", "2019-01-01", "Lov om både (stangloven) gælder.")
    shelf.decision("d3", "2019-01-01", "Efter stanglovens § 1 gives kort.")
    link(shelf.store)
    (edge,) = edges(shelf.store, "d3")
    assert (edge.status, set(edge.candidates)) == (LinkStatus.AMBIGUOUS, {"a2", "b1"})


def test_the_rates_count_every_edge_once_and_tell_what_the_corpus_lacks(fiction: Store) -> None:
    summary = link(fiction)
    assert sum(rate.documents for rate in summary.rates) == len(fiction.documents())
    assert sum(rate.total for rate in summary.rates) == sum(
        len(cites(fiction, d)) for d in fiction.documents()
    )
    for rate in summary.rates:
        assert rate.rate_within is not None
        assert 0.85 < rate.rate <= rate.rate_within <= 1
        assert rate.rate_within >= 0.95
    acts = next(rate for rate in summary.rates if rate.type == DocumentType.CONSOLIDATED_ACT)
    assert set(acts.reasons) <= LACKING


def test_progress_counts_both_stages_to_their_ends(shelf: Shelf) -> None:
    shelf.rule("a2", FISHING, 2, "2016-01-01", "§ 1. Fisk.\n")
    told: list[tuple[str, int, int]] = []
    link(shelf.store, lambda *step: told.append(step))
    assert told == [("names", 1, 1), ("citations", 1, 1)]


LEADS = [
    ("itself", "par-5.stk-2", "", "par-5.stk-2", True),
    ("a stk. of the §", "par-5.stk-2", "", "par-5", True),
    ("the § of the stk. alone", "par-5", "", "par-5.stk-2", False),
    ("another §", "par-5", "", "par-50", False),
    ("the § with a letter", "par-5a", "", "par-5", False),
    ("a § inside a range", "par-3", "par-9", "par-5a", True),
    ("a stk. of a § inside a range", "par-3", "par-9", "par-5.stk-1", True),
    ("a § after the range", "par-3", "par-9", "par-10", False),
    ("a stk. inside a range", "par-5.stk-2", "par-5.stk-4", "par-5.stk-3", True),
    ("a stk. after the range", "par-5.stk-2", "par-5.stk-4", "par-5.stk-5", False),
    ("the § of a range of stk.", "par-5.stk-2", "par-5.stk-4", "par-5", True),
    ("a nr. with a letter inside a range", "par-5.stk-1.nr-2", "par-5.stk-1.nr-4", "par-5.stk-1.nr-2a", True),
    ("the same number in the transitional rules", "trans-1.par-5", "", "par-5", False),
    ("the whole document", "", "", "par-5", False),
]


@pytest.mark.parametrize(
    ("slug", "last", "wanted", "leads"), [row[1:] for row in LEADS], ids=[r[0] for r in LEADS]
)
def test_an_edge_leads_to_what_it_names_and_what_stands_below(
    slug: str, last: str, wanted: str, leads: bool
) -> None:
    edge = Citation(1, 0, Span(0, 1), Unit.PARAGRAPH, LinkStatus.RESOLVED, target=2, slug=slug, last=last)
    assert leads_to(edge, parse_slug(wanted)) is leads


def test_a_paragraph_is_cited_by_decisions_by_its_own_act_and_through_its_chapter(fiction: Store) -> None:
    found = citing(fiction, CURRENT, "par-15")
    assert {c.source.metadata.kind for c in found} == {Kind.RULE, Kind.PRECEDENT}
    assert [c.source.metadata.date for c in found] == sorted(
        (c.source.metadata.date for c in found), reverse=True
    )
    chapter = [c for c in found if c.citations[0].unit is Unit.CHAPTER]
    assert {(c.source.id, c.target.id) for c in chapter} >= {(CURRENT, CURRENT)}


def test_citations_of_other_versions_are_listed_under_the_version_that_they_mean(fiction: Store) -> None:
    found = citing(fiction, CURRENT, "par-15")
    assert {c.target.id for c in found} == {CURRENT, "fiktiv-lbk-2021-9002", "fiktiv-lbk-2019-9001"}
    for c in found:
        if c.target.id != CURRENT and c.source.metadata.kind is Kind.RULE:
            assert c.source.id != CURRENT


def test_where_a_provision_stands_in_other_versions_can_be_told_by_its_history(fiction: Store) -> None:
    def moved(document: StoredDocument, locator: Locator, version: StoredDocument) -> list[Locator]:
        return [locator] if version.id == document.id else [Locator("14")]

    found = citing(fiction, CURRENT, "par-15", counterparts=moved)
    older = [edge for c in found if c.target.id != CURRENT for edge in c.citations]
    assert older
    assert all(leads_to(edge, Locator("14")) for edge in older)


def test_one_reference_to_two_stk_is_one_place(fiction: Store) -> None:
    places = [(c.source.id, c.citations[0].span) for c in citing(fiction, CURRENT, "par-15")]
    assert len(places) == len(set(places))


def test_only_the_kinds_asked_for_cite(fiction: Store) -> None:
    assert {c.source.metadata.kind for c in citing(fiction, CURRENT, kinds=[Kind.PRECEDENT])} == {
        Kind.PRECEDENT
    }
