"""The same act in six formats gives the same words, provisions and way back."""

from __future__ import annotations

import html
import io
import re

import pypdf
import pytest

from corpus.parsing import registry
from corpus.parsing.decode import decode
from corpus.parsing.registry import MediaType
from corpus.types import DocumentType, Kind, Level, ParsedDocument, RawRecord, Span
from tests.corpus.parsing.conftest import ACT, DECISION, DECISION_TITLE, FORMATS, TITLE, pdf_of, record

PRINTED = " ".join(
    [TITLE, *(w for number, title, heading, units in ACT for w in (number, title, heading, *units))]
).split()


def raw_parts(raw: RawRecord) -> dict[str, str]:
    """The raw texts that a record's anchors count in, for the formats that do not need the parser."""
    if raw.media_type == MediaType.PDF:
        pages = pypdf.PdfReader(io.BytesIO(raw.data)).pages
        return {f"page:{n}": page.extract_text() for n, page in enumerate(pages, 1)}
    return {"": decode(raw.data).text}


def bodies(document: ParsedDocument) -> dict[str, list[str]]:
    """The words of each provision by its slug."""
    return {p.locator.slug: p.body.of(document.text).split() for p in document.provisions}


def test_every_format_keeps_every_word_and_danish_letter(act_record: RawRecord) -> None:
    document = registry.parse(act_record)
    assert document.text.split() == PRINTED
    assert document.metadata.title == TITLE


def test_every_format_gives_the_provisions_of_the_official_mark_up(act_record: RawRecord) -> None:
    official = registry.parse(FORMATS["lexdania"].record())
    document = registry.parse(act_record)
    assert bodies(document) == bodies(official)
    assert len(official.provisions) > 15


def test_every_format_gives_the_chapter_and_heading_over_each_paragraph(act_record: RawRecord) -> None:
    document = registry.parse(act_record)
    found = {p.locator.paragraph: (p.chapter, p.heading) for p in document.walk(Level.PARAGRAPH)}
    assert found["1"] == ("Kapitel 1 Formål", "")
    assert found["2"] == ("Kapitel 2 Afgørelser og klage", "Høring")


def test_every_format_knows_an_act_by_its_title(act_record: RawRecord) -> None:
    metadata = registry.parse(act_record).metadata
    assert (metadata.type, metadata.kind) == (DocumentType.ACT, Kind.RULE)


@pytest.mark.parametrize("name", ["pdf", "html", "markdown", "plain"])
def test_every_character_leads_back_to_the_raw_file(name: str) -> None:
    raw = FORMATS[name].record()
    document, parts = registry.parse(raw), raw_parts(raw)
    for anchor in document.offsets.anchors:
        words = document.text[anchor.start : anchor.end]
        there = parts[anchor.part][anchor.raw_start : anchor.raw_end]
        if anchor.exact:
            assert re.sub(r"\s", " ", there) == words
        else:
            assert " ".join(html.unescape(there).split()) == words.strip()
    for word_start in (i for i, c in enumerate(document.text) if not c.isspace()):
        assert document.offsets.to_raw(Span(word_start, word_start + 1))


def test_word_paragraphs_lead_back_to_their_words() -> None:
    document = registry.parse(FORMATS["docx"].record())
    start = document.text.index("borgeren høres")
    (there,) = document.offsets.to_raw(Span(start, start + len("borgeren høres")))
    unit = ACT[1][3][0]
    # The title, two chapters with one heading and the eight units of chapter 1 come before.
    assert there.part == f"paragraph:{1 + 2 + 1 + 8 + 1}"
    assert unit[there.start : there.end] == "borgeren høres"


DECISIONS = {
    MediaType.MARKDOWN: f"# {DECISION_TITLE}\n\n"
    + "\n\n".join(f"## {h}\n\n{words}" for h, words in DECISION),
    MediaType.PLAIN: f"{DECISION_TITLE}\n\n" + "\n\n".join(f"{h}\n\n{words}" for h, words in DECISION),
    MediaType.HTML: f"<h1>{DECISION_TITLE}</h1>" + "".join(f"<h2>{h}</h2><p>{w}</p>" for h, w in DECISION),
    MediaType.PDF: pdf_of([[DECISION_TITLE, *(line for pair in DECISION for line in pair)]]),
}


@pytest.mark.parametrize("media_type", DECISIONS)
def test_a_decision_gets_sections_and_its_recorded_outcome(media_type: MediaType) -> None:
    written = DECISIONS[media_type]
    document = registry.parse(record(written.encode() if isinstance(written, str) else written, media_type))
    assert document.metadata.kind is Kind.PRECEDENT
    assert [(s.title, " ".join(s.span.of(document.text).split())) for s in document.sections] == list(
        DECISION
    )
    assert [s.role.value for s in document.sections] == ["facts", "rules", "reasoning", "outcome"]
    assert document.metadata.outcomes == ("ophævet",)
    assert document.provisions == ()


def test_a_title_that_names_no_type_leaves_the_structure_to_tell() -> None:
    rules = "Regler om færgen\n\n§ 1. Alle må sejle.\n\n§ 2. Ingen må svømme."
    assert registry.parse(record(rules.encode(), MediaType.PLAIN)).metadata.type is DocumentType.ORDER
    letter = "Brev til borgeren\n\nTak for din henvendelse."
    assert registry.parse(record(letter.encode(), MediaType.PLAIN)).metadata.type is DocumentType.OTHER


def test_annexes_and_transitional_rules_stand_apart_from_the_act() -> None:
    text = (
        "Bekendtgørelse af lov om færger\n\n§ 1. Alle må sejle.\n\n§ 2. Loven træder i kraft straks.\n\n"
        "Lov nr. 12 af 3. maj 2030 (Takster) indeholder følgende ikrafttrædelsesbestemmelse:\n\n"
        "§ 2. Loven træder i kraft den 1. juni 2030.\n\nBilag 1\n\nTakster for færgen."
    )
    document = registry.parse(record(text.encode(), MediaType.PLAIN))
    slugs = [p.locator.slug for p in document.walk(Level.PARAGRAPH)]
    assert slugs[:3] == ["par-1", "par-2", "trans-1.par-2"]
    by_slug = {p.locator.slug: p for p in document.provisions}
    assert by_slug["par-2"].body.of(document.text) == "Loven træder i kraft straks."
