"""LexDania decisions → sections, legal basis and metadata. The golden texts are fiction."""

from __future__ import annotations

import datetime as dt

from corpus.parsing.lexdania import parse
from corpus.types import ActReference, DocumentType, Kind, ParsedDocument, RawRecord, SectionRole

_META = """<DocumentType>KEN#LOKDOK23</DocumentType><Rank>W</Rank>
<AccessionNumber>W20310972425</AccessionNumber>
<DocumentTitle>Ankestyrelsens principafgørelse 7-31 om fyrydelse - vagt - kaffe</DocumentTitle>
<Year>2031</Year>
<DiesSigni>2031-04-30</DiesSigni><Status>Valid</Status><Number>9724</Number><Concerns id="k1" />
<Ref_Accn REFid="k1">A20310012329</Ref_Accn><Ref_Af REFid="k1">2031-03-09</Ref_Af>
<Ref_Text REFid="k1">Bekendtgørelse af lov om fyrpasning</Ref_Text>
<JournalNumber>J.nr.: 3700-31</JournalNumber>
<AdministrativeAuthority>Ankestyrelsen</AdministrativeAuthority>"""


def exitus(words: str) -> str:
    return f"<Exitus><Linea><Char>{words}</Char></Linea></Exitus>"


def bold(*lines: str, form: str = "Bold") -> str:
    return f"<Exitus>{''.join(f'<Linea><Char formaChar={form!r}>{w}</Char></Linea>' for w in lines)}</Exitus>"


def decision(meta: str = _META) -> ParsedDocument:
    body = f"<Resume>{bold('Resumé:')}{bold('Principafgørelsen fastslår')}"
    body += f"{exitus('Vagt giver ydelse.')}</Resume>"
    body += f"<TekstGruppe>{bold('Lov:')}{exitus('Lov om fyrpasning - § 1')}{exitus('Lov om kaffe - § 2')}"
    body += bold("1.", "Reglerne") + exitus("Vagt er arbejde.") + bold("2.") + bold("Andre principafgørelser")
    body += exitus("Ingen.") + bold("Sagsfremstilling", form="Italic") + exitus("Der var tåge.")
    body += bold("Afgørelse:") + exitus("Ankestyrelsen ændrer kommunens afgørelse.") + "</TekstGruppe>"
    return parsed_decision(body, meta)


def parsed_decision(body: str, meta: str = _META) -> ParsedDocument:
    data = f"<Dokument><Meta>{meta}</Meta><DokumentIndhold>{body}</DokumentIndhold></Dokument>".encode()
    return parse(RawRecord("fiktion.xml", data, "application/xml", ""))


def test_a_decision_is_cut_at_its_bold_and_italic_headings() -> None:
    parsed = decision()
    assert [(s.role, s.title, s.span.of(parsed.text)) for s in parsed.sections] == [
        (SectionRole.SUMMARY, "Principafgørelsen fastslår", "Vagt giver ydelse."),
        (SectionRole.RULES, "Lov:", "Lov om fyrpasning - § 1\nLov om kaffe - § 2"),
        (SectionRole.RULES, "1. Reglerne", "Vagt er arbejde."),
        (SectionRole.PRACTICE, "2. Andre principafgørelser", "Ingen."),
        (SectionRole.FACTS, "Sagsfremstilling", "Der var tåge."),
        (SectionRole.OUTCOME, "Afgørelse:", "Ankestyrelsen ændrer kommunens afgørelse."),
    ]
    assert "1. Reglerne\nVagt er arbejde.\n2. Andre principafgørelser\n" in parsed.text


def test_a_decision_names_itself_its_rules_and_its_recorded_outcome() -> None:
    about = decision().metadata
    assert (about.type, about.kind) == (DocumentType.DECISION, Kind.PRECEDENT)
    assert (about.decision_number, about.identifier) == ("7-31", "ast-7-31")
    assert about.url == "https://www.retsinformation.dk/eli/accn/W20310972425"
    assert about.legal_basis == ("Lov om fyrpasning - § 1", "Lov om kaffe - § 2")
    assert about.subjects == ("fyrydelse", "vagt", "kaffe")
    assert about.outcomes == ("ændret",)
    assert about.journal_number == "3700-31"
    assert about.relations == (
        ActReference(
            "concerns", "Bekendtgørelse af lov om fyrpasning", "A20310012329", date=dt.date(2031, 3, 9)
        ),
    )


def test_the_number_in_the_subject_comes_before_the_title_and_is_no_subject() -> None:
    about = decision(_META + "<Subject>B-5-31</Subject>").metadata
    assert (about.decision_number, about.identifier) == ("B-5-31", "ast-b-5-31")
    assert "B-5-31" not in about.subjects


def test_another_authority_is_known_by_its_accession_number() -> None:
    about = decision(_META.replace(">Ankestyrelsen<", ">Fyrnævnet<")).metadata
    assert about.identifier == "accn-w20310972425"


def test_text_without_a_heading_is_a_section_too() -> None:
    parsed = parsed_decision(
        f"<Resume>{exitus('Vagt.')}</Resume><TekstGruppe>{exitus('Tåge.')}</TekstGruppe>"
    )
    assert [(s.role, s.title, s.span.of(parsed.text)) for s in parsed.sections] == [
        (SectionRole.SUMMARY, "", "Vagt."),
        (SectionRole.OTHER, "", "Tåge."),
    ]


def test_bold_words_inside_a_paragraph_and_long_bold_paragraphs_are_text() -> None:
    mixed = "<Exitus><Linea><Char formaChar='Bold'>Vagt</Char><Char> er arbejde.</Char></Linea></Exitus>"
    parsed = parsed_decision(
        f"<TekstGruppe>{bold('Afgørelse')}{mixed}{bold('Vagt er arbejde. ' * 12)}</TekstGruppe>"
    )
    (section,) = parsed.sections
    assert section.span.of(parsed.text).startswith("Vagt er arbejde.\nVagt er arbejde. Vagt")


def test_an_italic_line_of_its_own_words_stays_in_the_role_of_its_section() -> None:
    body = bold("Begrundelse") + exitus("Vagt.") + bold("Om kaffen", form="Italic") + exitus("Varm.")
    sections = parsed_decision(f"<TekstGruppe>{body}</TekstGruppe>").sections
    assert [(s.role, s.title) for s in sections] == [
        (SectionRole.REASONING, "Begrundelse"),
        (SectionRole.REASONING, "Om kaffen"),
    ]


def test_each_of_several_cases_in_one_document_is_named_on_its_sections() -> None:
    body = (
        bold("Reglerne") + exitus("Vagt.") + bold("Sag nr. 1, j.nr. 31-1") + bold("Afgørelse") + exitus("Ja.")
    )
    body += bold("Sag nr. 2") + bold("Afgørelse") + exitus("Nej.")
    sections = parsed_decision(f"<TekstGruppe>{body}</TekstGruppe>").sections
    assert [s.case_number for s in sections] == ["", "31-1", "2"]
