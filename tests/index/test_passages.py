"""Passages are verbatim stretches of one stk. or one section, addressed by their content."""

from __future__ import annotations

import datetime as dt

from corpus.structure import find_provisions
from corpus.types import (
    DocumentType,
    Kind,
    Metadata,
    Page,
    Provenance,
    Section,
    SectionRole,
    Span,
    StoredDocument,
)
from index.passages import MAX_CHARACTERS, MAX_TITLE_CHARACTERS, Located, passages

ACT = (
    "§ 1. Kommunen yder støtte.\nStk. 2. Støtten ophører efter et år.\n"
    "§ 2. (Ophævet)\n§ 3. Ministeren fastsætter regler om 1) indkøb, 2) madlavning og 3) oprydning."
)


def document(
    title: str = "Bekendtgørelse af lov om støtte", kind: Kind = Kind.RULE, id: str = "lov-1"
) -> StoredDocument:
    kinds = {Kind.RULE: DocumentType.CONSOLIDATED_ACT, Kind.PRECEDENT: DocumentType.DECISION}
    meta = Metadata(title, kinds.get(kind, DocumentType.AMENDING_ACT), kind)
    source = Provenance("fil", "text/plain", "0" * 64, 1, "test/1", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    return StoredDocument(1, id, 1, True, "lov-om-stoette", "standard", meta, source, (), 0)


def cut(text: str, **kwargs: str) -> list[Located]:
    provisions = find_provisions(text, Span(0, len(text)))
    return list(passages(document(**kwargs), text, provisions, ()))


def test_each_stk_is_a_passage_and_a_repealed_paragraph_is_none() -> None:
    found = cut(ACT)
    assert [p.occurrence.locator for p in found] == ["§ 1, stk. 1", "§ 1, stk. 2", "§ 3"]
    assert [p.occurrence.result_id for p in found] == ["lov-1:par-1", "lov-1:par-1", "lov-1:par-3"]
    assert found[1].occurrence.unit_id == "lov-1:par-1.stk-2"


def test_a_passage_is_the_text_at_its_span_without_the_printed_number() -> None:
    for located in cut(ACT):
        assert located.occurrence.span.of(ACT) == located.passage.text
    assert cut(ACT)[1].passage.text == "Støtten ophører efter et år."


def test_the_same_words_in_two_consolidations_are_one_passage() -> None:
    first = cut(ACT)
    moved = cut(ACT.replace("§ 3.", "§ 4.").replace("Stk. 2. Støtten ophører efter et år.\n", ""), id="lov-2")
    assert first[2].passage.key == moved[1].passage.key
    assert first[2].occurrence.unit_id != moved[1].occurrence.unit_id


def test_a_long_stk_is_cut_at_its_numbers_and_nothing_is_lost() -> None:
    points = " ".join(
        f"{n}) at borgeren nr. {n} får hjælp til indkøb og madlavning hver uge," for n in range(1, 60)
    )
    text = f"§ 1. Formålet er {points} og hjælpen er gratis."
    found = cut(text)
    assert len(found) > 2
    assert all(len(p.passage.text) <= MAX_CHARACTERS for p in found)
    assert all(p.passage.text[0].isdigit() for p in found[1:])
    joined = " ".join(p.passage.text for p in found)
    assert joined.split() == text.removeprefix("§ 1.").split()


def test_one_endless_word_is_cut_rather_than_dropped() -> None:
    text = "x" * (MAX_CHARACTERS * 2 + 7)
    found = list(passages(document(), text, (), ()))
    assert "".join(p.passage.text for p in found) == text


def test_a_passage_of_a_decision_never_crosses_its_section() -> None:
    text = "Sagen\nBorgeren kom for sent.\nAfgørelse\nVi stadfæster."
    sections = (
        Section(SectionRole.FACTS, "Sagen", Span(6, 28)),
        Section(SectionRole.OUTCOME, "Afgørelse", Span(39, len(text))),
    )
    found = list(passages(document("Afgørelse 1-20", Kind.PRECEDENT, "a-1"), text, (), sections))
    assert [(p.occurrence.locator, p.passage.text) for p in found] == [
        ("Sagen", "Borgeren kom for sent."),
        ("Afgørelse", "Vi stadfæster."),
    ]
    assert {p.occurrence.result_id for p in found} == {"a-1"}


def test_an_amending_act_gives_no_passages_of_its_own() -> None:
    provisions = find_provisions(ACT, Span(0, len(ACT)))
    assert list(passages(document(kind=Kind.AMENDMENT), ACT, provisions, ())) == []


def test_the_page_of_a_passage_is_the_one_it_begins_on() -> None:
    text = "Første side.\nAnden side."
    pages = (Page(1, Span(0, 13)), Page(2, Span(13, len(text))))
    sections = (
        Section(SectionRole.FACTS, "", Span(0, 12)),
        Section(SectionRole.OUTCOME, "", Span(13, len(text))),
    )
    found = list(passages(document(kind=Kind.PRECEDENT), text, (), sections, pages))
    assert [p.occurrence.page for p in found] == [1, 2]


def test_the_context_names_the_work_and_the_chapter_but_no_chapter_number() -> None:
    text = "Kapitel 4\nRådighed\n§ 1. Borgeren skal møde."
    assert cut(text)[0].passage.context == "lov om støtte › Rådighed"
    long_title = "Bekendtgørelse af lov om " + "mange ting og " * 40
    assert len(cut(ACT, title=long_title)[0].passage.context) <= MAX_TITLE_CHARACTERS + 2
