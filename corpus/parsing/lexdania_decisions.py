"""Walking a LexDania decision: its text, sections and what it names as its legal basis.

Decisions have no elements for headings: a heading is a block that is all bold or all italic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.parsing.lexdania_text import Writer, trimmed
from corpus.parsing.lexdania_xml import Node
from corpus.structure import section_role
from corpus.types import Section, SectionRole

_LONGEST_HEADING = 150  # a longer bold block is emphasis; the longest real heading met has 60 letters
_LONGEST_ITALIC = 80  # italics are used for quotations too
_ONLY_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?\.?")
# «Sag nr. 1, j.nr. 3700-31»: the journal number where it is printed, else the running number.
_CASE = re.compile(
    r"sag(?:en)?\s*(?:nr\.?)?\s*(\d{1,3})\b(?:.{0,40}?\bj\.?\s?nr\.?\s?:?\s*(\d[\w./-]{0,30}))?",
    re.IGNORECASE,
)
_LEGAL_BASIS = re.compile(r"love?(?:grundlag)?|love og bekendtgørelser|retsgrundlag", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A section before the text is whole: its heading and where its text stands."""

    title: str
    role: SectionRole
    start: int
    end: int
    case_number: str


class DecisionWalker:
    """Writes one decision and drafts its sections in text order."""

    def __init__(self, root: Node, writer: Writer) -> None:
        self.drafts: list[Draft] = []
        self._writer = writer
        self._title = self._case = ""
        self._role = SectionRole.OTHER
        self._start = 0
        self._number: Node | None = None  # a heading's number, printed as a block of its own before it
        for child in root.nodes():
            if child.tag == "TitelGruppe":
                for title in child.nodes():
                    writer.heading(title)
            elif child.tag != "Meta":
                self._walk(child)

    def _walk(self, node: Node) -> None:
        """``DokumentIndhold`` and the groups in it, down to the blocks."""
        if node.tag == "Resume":
            self._begin("", SectionRole.SUMMARY)
        if node.tag in ("DokumentIndhold", "Resume", "TekstGruppe", "Bilag", "BilagIndhold"):
            for child in node.nodes():
                self._walk(child)
            self._flush_number()
            self._close()
            return
        form = _heading_form(node)
        if form and _ONLY_NUMBER.fullmatch(node.words):
            self._flush_number()
            self._number = node
        elif form:
            self._headed(node, form)
        else:
            self._flush_number()
            self._writer.block(node)
            self._writer.new_block()

    def _headed(self, node: Node, form: str) -> None:
        before = self._role
        self._close()
        numbered = self._number
        if numbered is not None:
            self._writer.number(numbered)
            self._number = None
        self._writer.heading(node)
        title = f"{numbered.words} {node.words}" if numbered else node.words
        if case := _CASE.match(title):
            self._case = case[2] or case[1]
        # An italic line of one's own words is a heading inside the section, not a new kind of section.
        unknown = before if form == "Italic" else SectionRole.OTHER
        self._begin(title, section_role(title) or unknown)

    def _flush_number(self) -> None:
        """A number that no heading followed is text."""
        if self._number is not None:
            number, self._number = self._number, None
            self._writer.block(number)
            self._writer.new_block()

    def _begin(self, title: str, role: SectionRole) -> None:
        self._title, self._role, self._start = title, role, self._writer.here

    def _close(self) -> None:
        here = self._writer.here
        if here > self._start:
            self.drafts.append(Draft(self._title, self._role, self._start, here, self._case))
        self._title, self._role, self._start = "", SectionRole.OTHER, here


def sections(text: str, drafts: list[Draft]) -> tuple[Section, ...]:
    """The sections that have words."""
    found = ((d, trimmed(text, d.start, d.end)) for d in drafts)
    return tuple(Section(d.role, d.title, span, d.case_number) for d, span in found if len(span))


def legal_basis(text: str, found: tuple[Section, ...]) -> tuple[str, ...]:
    """The lines under «Lov:», each a rule the decision names."""
    lines: Iterator[str] = (
        line
        for section in found
        if _LEGAL_BASIS.fullmatch(section.title.rstrip(" :."))
        for line in section.span.of(text).split("\n")
    )
    return tuple(dict.fromkeys(line for line in lines if line))


def _heading_form(node: Node) -> str:
    """«Bold» or «Italic» where all words of the block are, and it is no longer than a heading."""
    words = node.words
    if node.tag != "Exitus" or not words or len(words) > _LONGEST_HEADING:
        return ""
    forms = {
        char.attributes.get("formaChar", "").replace(" ", "")
        for line in node.nodes()
        for char in ([line] if line.tag == "Char" else line.nodes())
        if char.words
    }
    if forms <= {"Bold", "BoldItalic"}:
        return "Bold"
    if forms == {"Italic"} and len(words) <= _LONGEST_ITALIC and not words.endswith("."):
        return "Italic"
    return ""
