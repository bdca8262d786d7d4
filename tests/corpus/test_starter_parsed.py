"""The starter corpus as the parser reads it: the structure that a reader of the files sees."""

from __future__ import annotations

import hashlib
import re

import pytest

from corpus.parsing import markdown
from corpus.sources.starter import PARTS, folder
from corpus.types import Kind, Level, ParsedDocument, Part, RawRecord, SectionRole

with folder() as _starter:
    ACTS, DECISIONS = (sorted((_starter / part).glob("*.md")) for part in PARTS)
    RAW = {path.stem: path.read_bytes() for path in (*ACTS, *DECISIONS)}


def _parsed(name: str) -> ParsedDocument:
    data = RAW[name]
    return markdown.parse(RawRecord(f"{name}.md", data, "text/markdown", hashlib.sha256(data).hexdigest()))


@pytest.mark.parametrize("act", [path.stem for path in ACTS])
def test_every_paragraph_of_an_act_is_found_and_transitional_rules_are_kept_apart(act: str) -> None:
    own, *transitional = re.split(r"\n.+ indeholder følgende .+\n", RAW[act].decode())
    document = _parsed(act)
    printed = re.findall(r"(?m)^§ (\d+(?: [a-z])?)\. ", own)
    paragraphs = list(document.walk(Level.PARAGRAPH))
    assert [p.locator.paragraph for p in paragraphs if p.locator.part is Part.MAIN] == printed
    blocks = {p.locator.block for p in paragraphs if p.locator.part is Part.TRANSITIONAL}
    assert blocks == set(range(1, len(transitional) + 1))
    assert document.warnings == ()
    assert document.metadata.kind is Kind.RULE
    assert document.metadata.fictional


@pytest.mark.parametrize("act", [path.stem for path in ACTS])
def test_every_paragraph_of_an_act_stands_in_a_chapter(act: str) -> None:
    main = [p for p in _parsed(act).provisions if p.locator.part is Part.MAIN]
    assert all(p.chapter.startswith("Kapitel ") for p in main)


@pytest.mark.parametrize("decision", [path.stem for path in DECISIONS])
def test_a_decision_has_facts_rules_reasoning_and_outcome(decision: str) -> None:
    document = _parsed(decision)
    roles = {section.role for section in document.sections}
    assert {SectionRole.FACTS, SectionRole.RULES, SectionRole.REASONING, SectionRole.OUTCOME} <= roles
    assert SectionRole.OTHER not in roles
    assert document.warnings == ()
    assert document.metadata.kind is Kind.PRECEDENT
    assert document.metadata.fictional
    assert document.metadata.outcomes
    assert document.metadata.legal_basis


@pytest.mark.parametrize("act", [path.stem for path in ACTS])
def test_the_heading_over_the_transitional_rules_is_no_words_of_the_last_paragraph(act: str) -> None:
    document = _parsed(act)
    last = [p for p in document.walk(Level.PARAGRAPH) if p.locator.part is Part.MAIN][-1]
    assert last.span.of(document.text).endswith(".")
    assert "Ikrafttrædelses- og" not in last.span.of(document.text)
