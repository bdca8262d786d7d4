"""The brief of a case over the starter corpus: what it lays out, and what it never says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from api.brief_records import BriefRecord
from api.settings import Settings
from api.wiring import Workspace
from assistant.audit import AuditLog
from assistant.brief import RULES_SHOWN, Briefer, BriefRequest, rank
from assistant.brief_checks import UNPROVEN, VERDICT, checked, quotes_of
from assistant.brief_types import Author, Bearing, Brief, Gap, Likeness, Overview, Quote, Statement
from assistant.compare import Matcher
from assistant.generators.extractive import Extractive
from assistant.quotes import Quoter
from assistant.verdict import check_sentence
from corpus.types import DocumentType, Span
from index.errors import QueryError
from index.types import Query

CASE = (
    "Borgeren 010190-1234 udeblev fra en samtale mandag den 4. marts. Han siger, at han var syg, men"
    " han meldte ikke afbud. Vejledningen om følgerne var kun givet i telefonen. Kommunen har ikke hørt ham."
)
DAY = dt.date(2024, 3, 10)


@pytest.fixture(scope="module")
def briefer(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Briefer:
    log = AuditLog(tmp_path_factory.mktemp("log") / "audit.db")
    return Briefer(demo.store, demo.searcher(), Matcher(demo.analyzer, demo.encoder), Extractive(), log)


@pytest.fixture(scope="module")
def made(briefer: Briefer) -> Brief:
    return briefer.brief(BriefRequest(CASE, DAY))


def bearings(found: tuple[Bearing, ...]) -> Iterator[Bearing]:
    for bearing in found:
        yield bearing
        yield from bearings(bearing.parts)


def starter_cases() -> list[BriefRequest]:
    lines = (resources.files("corpus") / "starter" / "cases" / "queries.jsonl").read_text().splitlines()
    cases = [json.loads(line) for line in lines]
    return [
        BriefRequest(c["text"], dt.date.fromisoformat(c["as_of"]) if c.get("as_of") else None) for c in cases
    ]


def test_rules_stand_by_rank_of_their_source(made: Brief) -> None:
    ranks = [rank(rule.type) for rule in made.rules]
    assert ranks
    assert ranks == sorted(ranks)
    assert rank(DocumentType.CONSOLIDATED_ACT) == rank(DocumentType.ACT) < rank(DocumentType.ORDER)


def test_what_was_marked_in_a_search_is_in_the_brief_though_nearer_ones_fill_it(
    briefer: Briefer, demo: Workspace, made: Brief
) -> None:
    found = demo.search(Query(CASE, top=20, as_of=DAY))
    shown = {r.provision_id for r in made.rules} | {p.document_id for p in made.precedents}
    rule = next(r.id for r in found.rules[RULES_SHOWN:] if r.id not in shown)
    decision = next(r.id for r in found.precedents if r.id not in shown)
    wanted = briefer.brief(BriefRequest(CASE, DAY, marked=(rule, decision)))
    assert {r.provision_id for r in wanted.rules} >= {rule}
    assert {p.document_id for p in wanted.precedents} >= {decision}
    assert len(wanted.rules) == len(made.rules) + 1


def test_every_rule_is_quoted_whole_in_the_wording_of_the_day(made: Brief, demo: Workspace) -> None:
    for rule in made.rules:
        document = demo.store.document(rule.quote.document_id)
        provision = demo.store.provision(document.key, rule.provision_id.partition(":")[2])
        assert rule.quote.span == provision.span
        assert rule.quote.citation.startswith((f"{rule.quote.locator} i ", f"{rule.quote.locator}, i "))
        assert rule.in_force is True


def test_a_condition_is_quoted_inside_its_provision_with_a_pinpoint(made: Brief) -> None:
    found = [(rule, b) for rule in made.rules for b in bearings(rule.conditions)]
    assert len(found) > 10
    for rule, bearing in found:
        assert bearing.element.quote.span in rule.quote.span
        assert bearing.element.quote.locator.startswith(rule.quote.locator)
        assert bearing.element.cue in bearing.element.quote.span


def test_a_condition_stands_beside_the_sentences_that_speak_to_it_or_beside_none(made: Brief) -> None:
    found = [b for rule in made.rules for b in bearings(rule.conditions)]
    assert any(b.sentences for b in found)
    assert any(not b.sentences for b in found)
    for bearing in found:
        assert set(bearing.sentences) <= set(made.case.sentences)


def test_nothing_of_a_brief_has_room_for_a_tick_a_score_or_a_count() -> None:
    named = json.dumps(BriefRecord.model_json_schema(), ensure_ascii=False)
    properties = {name for d in json.loads(named)["$defs"].values() for name in d.get("properties", {})}
    assert not properties & {
        "met",
        "satisfied",
        "score",
        "probability",
        "percent",
        "likely",
        "recommendation",
    }
    assert {"count"} & properties == {"count"}  # of removed sentences, and of nothing else
    owners = [n for n, d in json.loads(named)["$defs"].items() if "count" in d.get("properties", {})]
    assert owners == ["RemovedRecord"]


def test_a_decision_that_went_another_way_is_among_the_precedents_and_named(made: Brief) -> None:
    assert any(p.counter for p in made.precedents)
    assert not made.precedents[0].counter


def test_duties_of_procedure_are_questions_with_their_basis(made: Brief) -> None:
    assert made.procedure
    for duty in made.procedure:
        assert duty.question.endswith("?")
        assert duty.basis


def test_facts_of_the_case_and_of_a_decision_stand_side_by_side(made: Brief) -> None:
    likeness = made.precedents[0].likeness
    assert likeness.alike or likeness.only_case
    assert {s.number for s in likeness.only_case}.isdisjoint(pair.case.number for pair in likeness.alike)


def test_personal_data_is_replaced_before_anything_else_reads_the_case(made: Brief) -> None:
    assert "1234" not in BriefRecord.of(made).model_dump_json()
    assert "[cpr-nummer 1]" in made.case.text


def test_a_case_that_asks_for_a_verdict_gets_the_rules_and_a_sentence_saying_why_not(
    briefer: Briefer,
) -> None:
    asked = briefer.brief(BriefRequest(CASE + " Skal han trækkes i støtten, ja eller nej?", DAY))
    assert asked.no_verdict
    assert asked.rules
    assert all("Skal han trækkes" not in s.text for s in asked.case.sentences)


def test_a_case_that_asks_for_no_verdict_is_told_nothing_of_it(made: Brief) -> None:
    assert made.no_verdict == ""


def test_the_audit_log_names_what_was_shown(briefer: Briefer, made: Brief) -> None:
    entry = briefer.log.entry(made.trace.id)
    assert entry.shown == made.trace.shown
    assert set(entry.shown) == {r.provision_id for r in made.rules} | {p.document_id for p in made.precedents}
    assert entry.snapshot == made.trace.snapshot


def test_every_quote_of_every_second_starter_case_is_verbatim(briefer: Briefer, demo: Workspace) -> None:
    count = 0
    for request in starter_cases()[::2]:
        brief = briefer.brief(request)
        for quote in quotes_of(brief):
            document = demo.store.document(quote.document_id, quote.revision)
            assert quote.span.of(demo.store.text(document.key)) == quote.text
            count += 1
    assert count > 1000


def test_no_sentence_of_ours_in_any_brief_is_a_verdict(briefer: Briefer) -> None:
    for request in starter_cases()[:12]:
        brief = briefer.brief(request)
        own = [g.text for g in brief.gaps] + [d.question for d in brief.procedure]
        own += [r.changed_since for r in brief.rules] + [p.standing for p in brief.precedents]
        assert [s for s in own if s and check_sentence(s, "da")] == []


def test_precedents_wait_for_the_caseworkers_own_view_where_the_authority_wants_it(
    demo: Workspace, tmp_path: Path
) -> None:
    briefer = Briefer(
        demo.store, demo.searcher(), Matcher(demo.analyzer, demo.encoder), Extractive(),
        AuditLog(tmp_path / "audit.db"), own_view_first=True,
    )  # fmt: skip
    waiting = briefer.brief(BriefRequest(CASE, DAY, own_view="   "))
    assert waiting.withheld
    assert waiting.precedents == ()
    assert "own-view-first" in {g.code for g in waiting.gaps}
    assert not any(q.document_id in {p.document_id for p in waiting.precedents} for q in quotes_of(waiting))
    shown = briefer.brief(BriefRequest(CASE, DAY, own_view="Jeg lægger vægt på sygdommen."))
    assert shown.precedents
    assert not shown.withheld


def test_a_quote_that_the_store_does_not_bear_out_leaves_with_all_that_hangs_on_it(
    made: Brief, demo: Workspace
) -> None:
    rule = made.rules[0]
    forged = replace(rule, quote=replace(rule.quote, text=rule.quote.text.replace("skal", "kan") + "x"))
    kept = checked(replace(made, rules=(forged, *made.rules[1:])), Quoter(demo.store))
    assert rule.provision_id not in {r.provision_id for r in kept.rules}
    assert all(rule.provision_id not in p.rules for p in kept.precedents)


def test_a_statement_without_proof_and_one_with_a_verdict_leave_and_are_counted(
    made: Brief, demo: Workspace
) -> None:
    proof = made.rules[0].quote
    nowhere = Quote("fiktiv-x", 1, Span(0, 3), "abc", "", "")
    statements = (
        Statement("Reglen handler om udeblivelse.", (nowhere,), Author.MODEL),
        Statement("Støtten skal nedsættes i denne sag.", (proof,), Author.MODEL),
        Statement(proof.text, (proof,), Author.EXTRACT),
    )
    overview = checked(replace(made, overview=Overview(statements, "x")), Quoter(demo.store)).overview
    assert [s.text for s in overview.statements] == [proof.text]
    assert {r.reason: r.count for r in overview.removed} == {UNPROVEN: 1, VERDICT: 1}


def test_a_gap_that_would_say_how_the_case_ends_never_leaves(made: Brief, demo: Workspace) -> None:
    gap = Gap("x", "Kommunen bør give afslag.")
    assert gap not in checked(replace(made, gaps=(gap,)), Quoter(demo.store)).gaps


@pytest.mark.parametrize("text", ["", "  ", "?!", "a" * 50_001])
def test_a_case_that_cannot_be_read_is_refused(briefer: Briefer, text: str) -> None:
    with pytest.raises(QueryError):
        briefer.brief(BriefRequest(text))


def test_guidance_without_paragraphs_is_a_rule_quoted_at_the_passage_that_was_found(tmp_path: Path) -> None:
    (tmp_path / "vejledning.md").write_text(
        "---\ntype: vejledning\ntitel: Vejledning om cykler\n---\n# Vejledning om cykler\n\n"
        "Kommunen bør yde støtte til en cykel, hvis borgeren ikke kan gå.\n"
    )
    work = Workspace(Settings(data=tmp_path / "data", encoder="none"))
    work.ingest([tmp_path / "vejledning.md"])
    work.index()
    made = work.brief(BriefRequest("Borgeren søger støtte til en cykel og kan ikke gå."))
    (rule,) = made.rules
    assert "yde støtte til en cykel" in rule.quote.text
    assert rule.provision_id == rule.quote.document_id
    assert made.procedure == ()
    work.close()


def test_a_decision_of_other_law_is_said_to_be_so_and_its_facts_are_not_laid_beside_the_case(
    tmp_path: Path,
) -> None:
    (tmp_path / "lov.md").write_text("# Lov om indkøb\n\n§ 1. Kommunen yder støtte til indkøb af cykler.\n")
    (tmp_path / "skat.md").write_text("# Lov om punge\n\n§ 2. Der svares skat af punge.\n")
    (tmp_path / "afgørelse.md").write_text(
        "---\ntype: decision\ntitle: Nævnets afgørelse 1-26\n---\n# Faktiske oplysninger\n\n"
        "Borgeren mistede en cykel og en pung. Skatten følger § 2 i lov om punge.\n"
    )
    work = Workspace(Settings(data=tmp_path / "data", encoder="none"))
    work.ingest([tmp_path])
    work.index()
    made = work.brief(BriefRequest("Borgeren mistede en cykel og søger om støtte til indkøb af en ny cykel."))
    work.close()
    (precedent,) = made.precedents
    (gap,) = [g for g in made.gaps if g.code == "other-law"]
    assert gap.about == (precedent.document_id,)
    assert precedent.likeness == Likeness((), (), ())
    assert precedent.document_id not in {q.document_id for s in made.overview.statements for q in s.evidence}


def test_a_case_that_no_document_speaks_to_still_gets_an_answer_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "lov.md").write_text("# Lov om indkøb\n\n§ 1. Kommunen yder støtte til indkøb.\n")
    work = Workspace(Settings(data=tmp_path / "data", encoder="none"))
    work.ingest([tmp_path / "lov.md"])
    work.index()
    brief = work.brief(BriefRequest("Naboens hund gør om natten."))
    assert {"no-precedents", "short-case"} <= {g.code for g in brief.gaps}
    assert brief.procedure == ()
    work.close()
