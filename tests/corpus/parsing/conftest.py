"""One fictional act and one fictional decision, written in every format that is read."""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

import docx
import pytest
from fpdf import FPDF

from corpus.parsing.registry import MediaType
from corpus.types import RawRecord

TITLE = "Lov om støtte til ældre på Ærø (FIKTIV)"
# (chapter number, its title, the heading over its first §, its §§ as printed lines)
ACT: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "Kapitel 1",
        "Formål",
        "",
        (
            "§ 1. Kommunalbestyrelsen yder støtte til ældre borgere, der bor på øen hele året, og som ikke "
            "selv kan dække udgifter til færge, lægebesøg og nødvendig hjælp i hjemmet.",
            "Stk. 2. Støtten omfatter",
            "1) råd og vejledning,",
            "2) hjælp til indkøb, herunder",
            "a) kørsel og",
            "b) bæring af varer, og",
            "3) tilskud til færgebilletter.",
            "Stk. 3. Støtte efter stk. 2, nr. 3, ydes kun, når rejsen sker efter aftale med kommunen.",
        ),
    ),
    (
        "Kapitel 2",
        "Afgørelser og klage",
        "Høring",
        (
            "§ 2. Før kommunalbestyrelsen træffer afgørelse, skal borgeren høres. Høringen sker skriftligt.",
            "§ 2 a. Afgørelsen skal være begrundet, og den skal henvise til de regler, den er truffet efter.",
            "Stk. 2. Borgeren kan klage inden 4 uger. Klagen sendes til kommunen, der vurderer sagen på ny.",
            "§ 3. Loven træder i kraft den 1. januar 2031.",
        ),
    ),
)
DECISION_TITLE = "Afgørelse 7-31 om støtte til færgebilletter (FIKTIV)"
DECISION = (
    ("Sagens omstændigheder", "En borger på 78 år søgte om tilskud. Kommunen gav afslag den 3. maj 2031."),
    ("Reglerne", "Efter lovens § 1, stk. 2, nr. 3, omfatter støtten tilskud til færgebilletter."),
    ("Begrundelse", "Rejsen var aftalt med kommunen, og det er uden betydning, at aftalen var mundtlig."),
    ("Afgørelse", "Kommunens afgørelse ophæves."),
)


def record(data: bytes, media_type: str, address: str = "arkiv/fil") -> RawRecord:
    """A record as a source would give it."""
    return RawRecord(address, data, media_type, hashlib.sha256(data).hexdigest())


def grows_no_faster_than_its_input(parse: Callable[[RawRecord], object], start: str, piece: str) -> bool:
    """Whether four times the input takes about four times the time, and not sixteen times.

    Growth is a ratio of processor times within one run. A machine that is busy can stretch one of them, so
    it is asked again before it counts: what grows with the square does so every time.
    """

    def seconds(count: int) -> float:
        raw = record((start + piece * count).encode(), "")
        begun = time.process_time()
        parse(raw)
        return time.process_time() - begun

    def linear() -> bool:
        few = min(seconds(8_000), seconds(8_000))
        many = seconds(32_000)
        return many < 0.1 or many < 9 * few

    return any(linear() for _ in range(4))


def plain_act() -> str:
    """The act as text, each unit on a line, chapters and headings between blank lines."""
    lines = [TITLE, ""]
    for number, title, heading, units in ACT:
        lines += [number, title, "", *([heading, ""] if heading else []), *units, ""]
    return "\n".join(lines)


def markdown_act() -> str:
    """The act in Markdown with emphasis and soft line breaks."""
    lines = [f"# {TITLE}", ""]
    for number, title, heading, units in ACT:
        lines += [f"## {number} {title}", "", *([f"### {heading}", ""] if heading else [])]
        lines += [unit.replace("Stk. 2.", "*Stk. 2.*", 1).replace(" og ", "\nog ", 1) for unit in units]
        lines.append("")
    return "\n".join(lines)


def html_act() -> str:
    """The act as a page with navigation, a script, entities and tags inside its lines."""
    body = "".join(
        f"<h2>{number} {title}</h2>"
        + (f"<h3>{heading}</h3>" if heading else "")
        + "".join(f"<p><b>{u[:4]}</b>{u[4:]}" for u in units)
        for number, title, heading, units in ACT
    )
    body = body.replace("ø", "&oslash;").replace("§ ", "&sect;&nbsp;").replace("æld", "&#230;ld")
    return (
        "<!DOCTYPE html><html><head><title>Siden</title><style>p { color: red }</style></head><body>"
        f"<nav><a href='/'>Forside</a></nav><h1>{TITLE}</h1>\n{body}"
        "<script>if (1 < 2) alert('x')</script></body></html>"
    )


def docx_act() -> bytes:
    """The act as Word writes it: a title, headings by style, a paragraph a line."""
    document = docx.Document()
    document.add_heading(TITLE, level=0)
    for number, title, heading, units in ACT:
        document.add_heading(f"{number} {title}", level=1)
        if heading:
            document.add_heading(heading, level=2)
        for unit in units:
            paragraph = document.add_paragraph()
            paragraph.add_run(unit[:4]).bold = True  # Word cuts runs anywhere
            paragraph.add_run(unit[4:])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_of(pages: list[list[str]], width: float = 120, head: str = "", foot: bool = False) -> bytes:
    """Pages of lines, wrapped by the printer at ``width`` millimetres."""
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_title("Egenskabernes titel")
    for number, lines in enumerate(pages, 1):
        pdf.add_page()
        pdf.set_font("helvetica", size=11)
        if head:
            pdf.multi_cell(width, 6, head, new_x="LMARGIN", new_y="NEXT")
        for line in lines:
            pdf.multi_cell(width, 6, line, align="L", new_x="LMARGIN", new_y="NEXT")
        if foot:
            pdf.set_y(-20)
            pdf.multi_cell(width, 6, f"Side {number}", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def pdf_act() -> bytes:
    """The act in print: chapters, titles and headings on lines of their own."""
    pages = [
        [number, title, *([heading] if heading else []), *units] for number, title, heading, units in ACT
    ]
    pages[0].insert(0, TITLE)
    return pdf_of(pages)


def lexdania_act() -> str:
    """The act in the mark-up of the official register."""
    chapters = []
    for number, title, heading, units in ACT:
        chapters.append(
            f"<Kapitel><Explicatus>{number}</Explicatus>{_rubric(title)}<ParagrafGruppe>"
            f"{_rubric(heading) if heading else ''}{_paragraphs(units)}</ParagrafGruppe></Kapitel>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<Dokument SchemaLocation="x/LBKH.Retsinfo.LexDania_2.1.xsd"><Meta>'
        f"<DocumentType>LOV H#LOKDOK01</DocumentType><DocumentTitle>{TITLE}</DocumentTitle><Number>9</Number>"
        "<Year>2031</Year><Status>Valid</Status></Meta>"
        f"<TitelGruppe><Titel><Linea><Char>{TITLE}</Char></Linea></Titel></TitelGruppe>"
        f"<DokumentIndhold><Bog><Afsnit>{''.join(chapters)}</Afsnit></Bog></DokumentIndhold></Dokument>"
    )


def _rubric(words: str) -> str:
    return f"<Rubrica><Linea><Char>{words}</Char></Linea></Rubrica>"


def _line(words: str) -> str:
    return f"<Linea><Char>{escape(words)}</Char></Linea>"


def _paragraphs(units: tuple[str, ...]) -> str:
    """Units as elements: a § holds Stk, a Stk an Exitus, an Exitus a list of Nummer, those of Litra."""
    bits: list[str] = []
    open_tags: list[str] = []

    def close(*down_to: str) -> None:
        while open_tags and open_tags[-1] not in down_to:
            bits.append(f"</{open_tags.pop()}>")

    def begin(*tags: str) -> None:
        for tag in tags:
            bits.append(f"<{tag}>")
            open_tags.append(tag.split()[0])

    for unit in units:
        if unit.startswith("§"):
            printed, _, words = unit.partition(". ")
            close()
            begin("Paragraf")
            bits.append(f"<Explicatus>{printed}.</Explicatus>")
            begin("Stk", "Exitus")
        elif unit.startswith("Stk."):
            printed, words = unit[: len("Stk. 2.")], unit[len("Stk. 2. ") :]
            close("Paragraf")
            begin("Stk")
            bits.append(f"<Explicatus>{printed}</Explicatus>")
            begin("Exitus")
        else:
            printed, _, words = unit.partition(" ")
            form = "Nummer" if printed[0].isdigit() else "Litra"
            depth = 1 if form == "Nummer" else 2
            while open_tags.count("Indentatio") >= depth:
                bits.append(f"</{open_tags.pop()}>")
            if open_tags.count("Index") < depth:
                begin("Index")
            begin(f'Indentatio formaInd="{form}"')
            bits.append(f"<Explicatus>{printed}</Explicatus>")
            begin("Exitus")
        bits.append(_line(words))
    close()
    return "".join(bits)


@dataclass(frozen=True)
class Format:
    """One way to write the act."""

    media_type: MediaType
    write: Callable[[], str | bytes]

    def record(self) -> RawRecord:
        written = self.write()
        data = written.encode() if isinstance(written, str) else written
        return record(data, self.media_type)


FORMATS = {
    "lexdania": Format(MediaType.XML, lexdania_act),
    "pdf": Format(MediaType.PDF, pdf_act),
    "docx": Format(MediaType.DOCX, docx_act),
    "html": Format(MediaType.HTML, html_act),
    "markdown": Format(MediaType.MARKDOWN, markdown_act),
    "plain": Format(MediaType.PLAIN, plain_act),
}


@pytest.fixture(params=list(FORMATS))
def act_record(request: pytest.FixtureRequest) -> RawRecord:
    """The fictional act in each format in turn."""
    return FORMATS[request.param].record()
