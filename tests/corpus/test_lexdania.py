"""LexDania acts → text and provisions. The golden texts are fiction."""

from __future__ import annotations

import hashlib

import pytest

from corpus.parsing.lexdania import parse
from corpus.types import DocumentType, Kind, Level, Locator, ParsedDocument, Part, Provision, RawRecord

_META = """<DocumentType>LBK H#LOKDOK03</DocumentType><Rank>A</Rank>
<DocumentTitle>Bekendtgørelse af lov om fyrpasning</DocumentTitle><Year>2031</Year><Number>123</Number>"""


def record(xml: str) -> RawRecord:
    data = xml.encode()
    return RawRecord("fiktion.xml", data, "application/xml", hashlib.sha256(data).hexdigest())


def document(body: str, meta: str = _META, after: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Dokument SchemaLocation="x/LBKH.Retsinfo.LexDania_2.1.xsd">'
        f"<Meta>{meta}</Meta><TitelGruppe><Titel>{line('Lov om fyrpasning')}</Titel></TitelGruppe>"
        f"<DokumentIndhold>{body}</DokumentIndhold>{after}</Dokument>"
    )


def act(paragraphs: str) -> ParsedDocument:
    body = (
        "<Bog><Afsnit><Kapitel><Explicatus>Kapitel 1</Explicatus>"
        f"<Rubrica>{line('Fyret')}</Rubrica><ParagrafGruppe>{paragraphs}</ParagrafGruppe></Kapitel></Afsnit></Bog>"
    )
    return parse(record(document(body)))


def line(*words: str) -> str:
    return "".join(f"<Linea><Char>{w}</Char></Linea>" for w in words)


def exitus(*words: str) -> str:
    return f"<Exitus>{line(*words)}</Exitus>"


def stk(content: str, number: str = "") -> str:
    label = f"<Explicatus>{number}</Explicatus>" if number else ""
    return f"<Stk>{label}{content}</Stk>"


def paragraph(number: str, *stks: str, tag: str = "Paragraf") -> str:
    return f'<{tag} localId="999"><Explicatus>{number}</Explicatus>{"".join(stks)}</{tag}>'


def item(number: str, content: str, form: str = "Nummer") -> str:
    return f'<Indentatio formaInd="{form}"><Explicatus>{number}</Explicatus>{content}</Indentatio>'


def listed(*items: str) -> str:
    return f"<Exitus><Index>{''.join(items)}</Index></Exitus>"


def find(parsed: ParsedDocument, slug: str) -> Provision:
    return next(p for p in parsed.provisions if p.locator.slug == slug)


def words(parsed: ParsedDocument, slug: str) -> str:
    return find(parsed, slug).span.of(parsed.text)


def slugs(parsed: ParsedDocument, level: Level | None = None) -> list[str]:
    return [p.locator.slug for p in parsed.provisions if level in (None, p.level)]


# The text


def test_text_has_a_line_for_each_heading_and_each_start_of_a_unit() -> None:
    parsed = act(
        paragraph(
            "§ 1.",
            stk(exitus("Fyrpasseren tænder fyret, når") + listed(item("1)", exitus("det er mørkt, eller")))),
            stk(exitus("Fyret slukkes ved solopgang."), "Stk. 2."),
        )
    )
    assert parsed.text.split("\n") == [
        "Lov om fyrpasning",
        "Kapitel 1 Fyret",
        "§ 1. Fyrpasseren tænder fyret, når",
        "1) det er mørkt, eller",
        "Stk. 2. Fyret slukkes ved solopgang.",
    ]


def test_pieces_of_one_line_join_as_they_stand_and_lines_join_with_a_blank() -> None:
    inner = "<Exitus><Linea><Char>Fyret </Char><Char formaChar='Italic'>tændes</Char><Char>.</Char></Linea>"
    parsed = act(paragraph("§ 1.", stk(inner + line("Det slukkes.") + "</Exitus>")))
    assert words(parsed, "par-1.stk-1") == "Fyret tændes. Det slukkes."


def test_a_line_that_begins_with_a_closing_sign_goes_on_without_a_blank() -> None:
    parsed = act(paragraph("§ 1.", stk(exitus("Olie, tran o.lign.", ", der brænder."))))
    assert words(parsed, "par-1.stk-1") == "Olie, tran o.lign., der brænder."


def test_layout_blanks_between_elements_make_no_difference() -> None:
    dense = document(paragraph("§ 1.", stk(exitus("Fyret tændes.", "Det slukkes."))))
    assert parse(record(dense.replace("><", ">\r\n   <"))).text == parse(record(dense)).text


def test_footnotes_are_taken_out_of_the_sentence_and_kept_with_their_place() -> None:
    note = f"<Nota><Explicatus>1)</Explicatus>{exitus('Fyret blev flyttet.', 'Det står på næsset.')}</Nota>"
    parsed = act(
        paragraph("§ 1.", stk(f"<Exitus>{line('Fyret passes')}{note}{line(', så det lyser.')}</Exitus>"))
    )
    assert words(parsed, "par-1.stk-1") == "Fyret passes, så det lyser."
    (footnote,) = parsed.footnotes
    assert (footnote.label, footnote.text) == ("1)", "Fyret blev flyttet. Det står på næsset.")
    assert parsed.text[: footnote.position].endswith("Fyret passes")


def test_a_raised_footnote_number_without_a_note_takes_the_words_of_the_note_of_that_number() -> None:
    note = f"<Nota><Explicatus>1)</Explicatus>{exitus('Nu havnevæsenet.')}</Nota>"
    mark = (
        "<Linea><Char>Fyrvæsenet</Char><Char formaChar='Superscript'>1)</Char><Char> betaler.</Char></Linea>"
    )
    parsed = act(
        paragraph("§ 1.", stk(f"<Exitus>{line('Fyrvæsenet')}{note}{line('lønner.')}</Exitus>"))
        + paragraph("§ 2.", stk(f"<Exitus>{mark}</Exitus>"))
    )
    assert words(parsed, "par-2.stk-1") == "Fyrvæsenet betaler."
    assert [n.text for n in parsed.footnotes] == ["Nu havnevæsenet."] * 2


def test_each_row_of_a_table_is_a_line() -> None:
    cells = "".join(
        f"<Tr><Td>{exitus(a)}</Td><Td>{exitus(b)}</Td></Tr>" for a, b in (("Olie", "5"), ("Tran", "7"))
    )
    parsed = act(paragraph("§ 1.", stk(exitus("Prisen er") + f"<Exitus><Table>{cells}</Table></Exitus>")))
    assert parsed.text.endswith("Prisen er\nOlie 5\nTran 7")


# Provisions


def test_a_paragraph_without_printed_stk_has_an_implicit_stk_1() -> None:
    parsed = act(paragraph("§ 1.", stk(exitus("Fyret lyser."))))
    assert slugs(parsed) == ["par-1", "par-1.stk-1"]
    whole = find(parsed, "par-1")
    assert (whole.span.of(parsed.text), whole.body.of(parsed.text)) == ("§ 1. Fyret lyser.", "Fyret lyser.")
    assert words(parsed, "par-1.stk-1") == "Fyret lyser."


def test_the_printed_number_is_trusted_and_ids_are_not() -> None:
    parsed = act(paragraph("§\xa05\xa0a.", stk(exitus("A.")), stk(exitus("B."), "Stk.\xa02.")))
    assert slugs(parsed, Level.STK) == ["par-5a.stk-1", "par-5a.stk-2"]
    assert find(parsed, "par-5a").locator == Locator("5 a")
    second = find(parsed, "par-5a.stk-2")
    assert (second.span.of(parsed.text), second.body.of(parsed.text)) == ("Stk. 2. B.", "B.")


def test_lists_nest_as_nr_and_litra_and_litra_stands_under_a_stk_too() -> None:
    inner = exitus("olie, herunder") + listed(
        item("a)", exitus("tran,"), "Litra"), item("b)", exitus("raps,"), "Litra")
    )
    parsed = act(
        paragraph("§ 1.", stk(exitus("Der bruges") + listed(item("1)", inner), item("2)", exitus("voks.")))))
        + paragraph("§ 2.", stk(exitus("Fyret") + listed(item("a)", exitus("lyser."), "Litra"))))
    )
    assert slugs(parsed) == [
        "par-1", "par-1.stk-1", "par-1.stk-1.nr-1", "par-1.stk-1.nr-1.lit-a", "par-1.stk-1.nr-1.lit-b",
        "par-1.stk-1.nr-2", "par-2", "par-2.stk-1", "par-2.stk-1.lit-a",
    ]  # fmt: skip
    assert words(parsed, "par-1.stk-1.nr-1") == "1) olie, herunder\na) tran,\nb) raps,"
    assert find(parsed, "par-1.stk-1.nr-1.lit-b").body.of(parsed.text) == "raps,"


def test_list_items_without_a_number_of_their_own_are_text() -> None:
    parsed = act(
        paragraph(
            "§ 1.",
            stk(
                exitus("Fyret") + listed(item("•", exitus("lyser"), "Pind"), item("7", exitus("ser."), "Fri"))
            ),
        )
    )
    assert slugs(parsed) == ["par-1", "par-1.stk-1"]
    assert words(parsed, "par-1.stk-1") == "Fyret\n• lyser\n7 ser."


def test_sentences_are_counted_where_there_are_two_and_a_list_belongs_to_the_one_it_goes_on() -> None:
    parsed = act(
        paragraph(
            "§ 1.",
            stk(
                exitus("Fyret lyser hver nat.", "Dog lyser det ikke, når")
                + listed(item("1)", exitus("det er lyst, eller")), item("2)", exitus("det er tåge.")))
                + exitus("Fyrpasseren fører dagbog.")
            ),
        )
    )
    assert [words(parsed, s) for s in slugs(parsed, Level.PKT)] == [
        "Fyret lyser hver nat.",
        "Dog lyser det ikke, når\n1) det er lyst, eller\n2) det er tåge.",
        "Fyrpasseren fører dagbog.",
    ]
    assert slugs(parsed, Level.PKT) == [f"par-1.stk-1.pkt-{n}" for n in (1, 2, 3)]


def test_a_sentence_that_goes_on_after_its_list_is_one_sentence() -> None:
    parsed = act(
        paragraph(
            "§ 1.",
            stk(exitus("Er fyret") + listed(item("1)", exitus("slukket"))) + exitus("tændes det igen.")),
        )
    )
    assert slugs(parsed, Level.PKT) == []


def test_sentences_of_a_list_item_are_counted_in_the_item() -> None:
    parsed = act(
        paragraph("§ 1.", stk(exitus("Der gælder:") + listed(item("1)", exitus("Lys tændes.", "Det ses.")))))
    )
    assert [words(parsed, s) for s in slugs(parsed, Level.PKT)] == ["Lys tændes.", "Det ses."]
    assert slugs(parsed, Level.PKT)[0] == "par-1.stk-1.nr-1.pkt-1"


@pytest.mark.parametrize(
    ("printed", "covered"),
    [
        ("§§ 20-22.", ["20", "21", "22"]),
        ("§§ 25-26 b.", ["25", "26", "26 a", "26 b"]),
        ("§§ 97 a-97 c.", ["97 a", "97 b", "97 c"]),
        ("§§ 62 a-b.", ["62 a", "62 b"]),
        ("§ 86-§ 87.", ["86", "87"]),
        ("§§ 63 og 64.", ["63", "64"]),
        ("§§ 75b-75 c.", ["75 b", "75 c"]),
    ],
)  # fmt: skip
def test_a_repealed_run_is_one_provision_for_each_paragraph_sharing_the_place(
    printed: str, covered: list[str]
) -> None:
    parsed = act(paragraph(printed, stk(exitus("(Ophævet)"))))
    assert [p.locator.paragraph for p in parsed.provisions] == covered
    assert {p.span.of(parsed.text) for p in parsed.provisions} == {f"{printed} (Ophævet)"}
    assert all(p.repealed and p.level is Level.PARAGRAPH for p in parsed.provisions)
    assert parsed.warnings == ()


def test_a_run_that_does_not_tell_its_letters_gives_the_end_points_and_a_warning() -> None:
    parsed = act(paragraph("§§ 50 a-51.", stk(exitus("(Ophævet)."))))
    assert [p.locator.paragraph for p in parsed.provisions] == ["50 a", "51"]
    assert "§§ 50 a-51" in parsed.warnings[0]


def test_repealed_is_told_from_left_out_of_the_print() -> None:
    parsed = act(
        paragraph("§ 1.", stk(exitus("(Ophævet).")))
        + paragraph("§ 2.", stk(exitus("Lyset.")), stk(exitus("(Udelades)"), "Stk. 2-3."))
    )
    assert [p.locator.slug for p in parsed.provisions if p.repealed] == ["par-1", "par-1.stk-1"]
    assert slugs(parsed, Level.STK) == ["par-1.stk-1", "par-2.stk-1", "par-2.stk-2", "par-2.stk-3"]


def test_chapter_and_heading_stand_on_every_provision() -> None:
    group = f"<Rubrica>{line('Natten')}</Rubrica>" + paragraph("§ 1.", stk(exitus("Lyset.")))
    provision = find(act(group), "par-1.stk-1")
    assert (provision.chapter, provision.heading) == ("Kapitel 1 Fyret", "Natten")


def test_transitional_rules_are_numbered_by_the_act_they_come_from() -> None:
    def rules(title: str, tag: str) -> str:
        return f"<Ikraft>{exitus(title)}{paragraph('§ 2', stk(exitus('Loven gælder.')), tag=tag)}</Ikraft>"

    body = paragraph("§ 2.", stk(exitus("Fyret.")))
    body += rules("Lov nr. 7 indeholder:", "IkraftCentreretParagraf") + rules(
        "Lov nr. 8 indeholder:", "Paragraf"
    )
    parsed = parse(record(document(body)))
    assert slugs(parsed, Level.PARAGRAPH) == ["par-2", "trans-1.par-2", "trans-2.par-2"]
    assert find(parsed, "trans-2.par-2.stk-1").heading == "Lov nr. 8 indeholder:"
    assert find(parsed, "trans-2.par-2.stk-1").locator.part is Part.TRANSITIONAL


def test_an_annex_is_addressed_by_its_number() -> None:
    annex = f"<Bilag><Explicatus>Bilag A</Explicatus><BilagIndhold><TekstGruppe>{exitus('Kort over næsset.')}"
    after = annex + "</TekstGruppe></BilagIndhold></Bilag>"
    parsed = parse(record(document(paragraph("§ 1.", stk(exitus("Lyset."))), after=after)))
    provision = find(parsed, "annex-1")
    assert provision.span.of(parsed.text) == "Bilag A\nKort over næsset."
    assert provision.body.of(parsed.text) == "Kort over næsset."
    assert provision.locator == Locator("", part=Part.ANNEX, block=1)


def test_a_number_printed_twice_keeps_both_texts_and_is_told() -> None:
    parsed = act(paragraph("§ 1.", stk(exitus("Lyset."))) + paragraph("§ 1.", stk(exitus("Mørket."))))
    locators = [p.locator for p in parsed.provisions]
    assert len(set(locators)) == len(locators) == 4
    assert [p.body.of(parsed.text) for p in parsed.walk(Level.STK)] == ["Lyset.", "Mørket."]
    assert "§ 1 er trykt mere end én gang" in parsed.warnings[0]


def test_a_paragraph_printed_without_number_stays_in_the_text_and_is_told() -> None:
    parsed = act("<Paragraf>" + stk(exitus("(Ophævet).")) + "</Paragraf>")
    assert (parsed.provisions, parsed.text.endswith("(Ophævet).")) == ((), True)
    assert "uden nummer" in parsed.warnings[0]


def test_numbers_left_in_the_running_text_count_as_printed() -> None:
    bold = "<Exitus><Linea><Char formaChar='Bold'>§ 2.</Char></Linea>" + line("Vagten er lang.") + "</Exitus>"
    first = stk(exitus("Lyset tændes.") + exitus("Stk. 2. Lyset slukkes.") + bold) + stk(
        exitus("Kaffe."), "Stk. 2."
    )
    parsed = act(paragraph("§ 1.", first))
    assert slugs(parsed, Level.STK) == ["par-1.stk-1", "par-1.stk-2", "par-2.stk-1", "par-2.stk-2"]
    assert find(parsed, "par-1.stk-2").body.of(parsed.text) == "Lyset slukkes."
    assert words(parsed, "par-2") == "§ 2. Vagten er lang.\nStk. 2. Kaffe."


def test_a_reference_at_the_start_of_a_line_is_not_taken_for_a_number() -> None:
    parsed = act(
        paragraph("§ 1.", stk(exitus("Lyset.") + exitus("§ 9. marts nævnes.") + exitus("Stk. 9. Nej.")))
    )
    assert slugs(parsed, Level.STK) == ["par-1.stk-1"]


def test_a_stk_beside_its_paragraph_belongs_to_it() -> None:
    parsed = act(paragraph("§ 1.", stk(exitus("Lyset."))) + stk(exitus("Mørket."), "Stk. 2."))
    assert words(parsed, "par-1") == "§ 1. Lyset.\nStk. 2. Mørket."


def test_an_amending_act_has_its_amendments_as_nr_and_quotes_no_provisions_of_its_own() -> None:
    def amendment(number: str, change: str, new: str = "") -> str:
        return (
            f"<AendringsNummer><Explicatus>{number}</Explicatus><Aendring><AendringDefinition>{exitus(change)}"
            f"</AendringDefinition><AendringAktion><AendringNyTekst>{new}</AendringNyTekst></AendringAktion>"
            "</Aendring></AendringsNummer>"
        )

    new = paragraph("§ 4.", stk(exitus("Lyset.")), stk(exitus("Mørket."), "Stk. 2."))
    amending = (
        f"<AendringCentreretParagraf><Explicatus>§ 1</Explicatus><Rubrica>{line('Fyrministeriet')}</Rubrica>"
        + exitus("I lov om fyrpasning foretages følgende ændringer:")
        + amendment("1.", "§ 4 affattes således:", new) + amendment("2.", "§ 5 ophæves.")
        + "</AendringCentreretParagraf>"
        + paragraph("§ 2", stk(exitus("Loven gælder nu.")), tag="IkraftCentreretParagraf")
    )  # fmt: skip
    parsed = parse(record(document(amending, _META.replace("LBK H#LOKDOK03", "LOV Æ#LOKDOK02"))))
    assert parsed.metadata.kind is Kind.AMENDMENT
    assert parsed.metadata.type is DocumentType.AMENDING_ACT
    assert slugs(parsed) == [
        "par-1", "par-1.stk-1", "par-1.stk-1.nr-1", "par-1.stk-1.nr-2", "par-2", "par-2.stk-1",
    ]  # fmt: skip
    assert words(parsed, "par-1.stk-1.nr-1") == "1. § 4 affattes således:\n§ 4. Lyset.\nStk. 2. Mørket."
    assert (find(parsed, "par-1").heading, find(parsed, "par-2").heading) == ("Fyrministeriet", "")


def test_a_centred_number_alone_belongs_to_the_rules_after_it() -> None:
    body = "<AendringCentreretParagraf><Explicatus>§ 2</Explicatus></AendringCentreretParagraf>"
    body += f"<IkraftCentreretParagraf>{stk(exitus('Loven gælder nu.'))}</IkraftCentreretParagraf>"
    parsed = parse(record(document(body)))
    assert words(parsed, "par-2") == "§ 2 Loven gælder nu."


def test_a_list_printed_as_text_has_its_numbers_and_one_number_alone_is_no_list() -> None:
    colours = exitus("1) hvidt,") + exitus("2) rødt eller") + exitus("3) grønt.")
    parsed = act(
        paragraph("§ 1.", stk(exitus("Lyset er") + colours))
        + paragraph("§ 2.", stk(exitus("Lyset er") + exitus("1) hvidt.") + exitus("Mørket er sort.")))
    )
    assert slugs(parsed, Level.NR) == ["par-1.stk-1.nr-1", "par-1.stk-1.nr-2", "par-1.stk-1.nr-3"]
    assert words(parsed, "par-1.stk-1") == "Lyset er\n1) hvidt,\n2) rødt eller\n3) grønt."
    assert find(parsed, "par-1.stk-1.nr-2").body.of(parsed.text) == "rødt eller"


def test_a_stk_number_on_a_line_of_its_own_begins_the_stk() -> None:
    parsed = act(paragraph("§ 1.", stk(exitus("Lyset tændes.", "Stk. 2.", "Lyset slukkes.", "Det er nat."))))
    assert slugs(parsed, Level.STK) == ["par-1.stk-1", "par-1.stk-2"]
    assert words(parsed, "par-1.stk-2") == "Stk. 2. Lyset slukkes. Det er nat."


def test_a_full_stop_left_over_from_a_number_is_no_sentence() -> None:
    parsed = act(
        paragraph("§ 1.", stk(exitus("Lyset.")), stk(exitus(".", "Fyret lyser.", "Det ses."), "Stk. 2"))
    )
    assert words(parsed, "par-1.stk-2.pkt-1") == "Fyret lyser."
    assert words(parsed, "par-1.stk-2.pkt-2") == "Det ses."
