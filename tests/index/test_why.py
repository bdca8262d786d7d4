"""The reasons for a result can be checked: facts stand in the decision, citations in the graph."""

from __future__ import annotations

from api.wiring import Workspace
from corpus.types import Kind, Section, SectionRole, Span
from index.analysis import Analyzer
from index.types import Query
from index.why import matched_fact

CASE = (
    "Borgeren udeblev fra en samtale og siger, at hun havde feber. Lægeerklæringen kom først en måned efter."
)


def test_the_matched_fact_is_a_sentence_of_the_facts_verbatim(demo: Workspace) -> None:
    found = demo.search(Query(CASE, top=20))
    facts = [r for r in found.precedents if r.why.fact]
    assert len(facts) > 10
    for result in facts:
        assert result.why.fact is not None
        document = demo.store.document(result.document_id)
        text = demo.store.text(document.key)
        assert result.why.fact.text == result.why.fact.span.of(text)
        roles = {s.role for s in demo.store.sections(document.key) if result.why.fact.span in s.span}
        assert roles <= {SectionRole.FACTS, SectionRole.SUMMARY}
        assert all(word in result.why.fact.text for word in result.why.fact.words)
    assert all(r.why.fact is None for r in found.rules)


def test_the_matched_fact_tells_of_what_the_case_tells(demo: Workspace) -> None:
    by_id = {r.id: r for r in demo.search(Query(CASE, top=20)).precedents}
    fact = by_id["fiktiv-1-20"].why.fact
    assert fact is not None
    assert "feber" in fact.text


def test_a_rule_names_the_found_decisions_that_cite_it_and_they_name_the_rule(demo: Workspace) -> None:
    found = demo.search(Query(CASE))
    rules = {r.id: r for r in found.rules}
    precedents = {r.id: r for r in found.precedents}
    ties = [(rule.id, link.id) for rule in found.rules for link in rule.why.cited_by if link.id in precedents]
    assert ties
    for rule, precedent in ties:
        assert rule in {link.id for link in precedents[precedent].why.cites}
    for result in (*found.rules, *found.precedents):
        for link in (*result.why.cites, *result.why.cited_by):
            assert link.id != result.id
            if link.id in rules:
                assert link.kind is Kind.RULE
                assert link.citation.startswith("§ ") or " § " in link.citation


def test_the_tie_is_told_also_where_only_one_kind_was_asked_for(demo: Workspace) -> None:
    both = demo.search(Query(CASE)).rules
    alone = demo.search(Query(CASE, kinds=(Kind.RULE,))).rules
    assert [r.why.cited_by for r in alone] == [r.why.cited_by for r in both]


def test_no_fact_is_named_where_no_word_is_shared() -> None:
    text = "Han kom for sent. Hun var syg."
    section = Section(SectionRole.FACTS, "Sagen", Span(0, len(text)))
    analyzer = Analyzer()
    assert matched_fact(text, [section], {"hest": 3.0}, analyzer) is None
    found = matched_fact(text, [section], {"syg": 3.0}, analyzer)
    assert found is not None
    assert (found.text, found.words) == ("Hun var syg.", ("syg",))


def test_a_decision_without_facts_is_read_in_its_summary() -> None:
    text = "Hun var syg. Nævnet stadfæster."
    sections = [
        Section(SectionRole.SUMMARY, "Resumé", Span(0, 12)),
        Section(SectionRole.OUTCOME, "Afgørelse", Span(13, len(text))),
    ]
    found = matched_fact(text, sections, {"syg": 1.0, "stadfæste": 9.0}, Analyzer())
    assert found is not None
    assert found.text == "Hun var syg."


def test_a_sentence_cut_by_the_limit_is_not_shown() -> None:
    text = "Hun var syg. " + "Han ventede og " * 600 + "var syg af feber."
    section = Section(SectionRole.FACTS, "Sagen", Span(0, len(text)))
    found = matched_fact(text, [section], {"vente": 9.0, "syg": 1.0}, Analyzer())
    assert found is not None
    assert found.text == "Hun var syg."
