"""Walking a LexDania act, order or amending act: its text, and a draft of each provision.

Places are known while the text is written, words only when it is whole: so the walk leaves drafts, and
``lexdania_provisions`` makes provisions of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from corpus.parsing.lexdania_numbers import litra_of, nr_of, paragraph_numbers, stk_numbers
from corpus.parsing.lexdania_repair import joined, parted
from corpus.parsing.lexdania_text import Writer
from corpus.parsing.lexdania_xml import Node
from corpus.types import Locator, Part, Span

_PREAMBLE = frozenset({"Indledning", "Hymne", "Praeambel"})
_PARAGRAPHS = frozenset({"Paragraf", "AendringCentreretParagraf", "IkraftCentreretParagraf"})
_CONTAINERS = frozenset({"DokumentIndhold", "Bog", "BilagIndhold"})
_ITEMS = frozenset({"Index", "Indentatio", "AendringsNummer"})
# Blocks for numbers printed twice lie beyond those of amending acts, of which no act has more than about 50.
_FIRST_SPARE = 1_000
_WITHOUT_NUMBER = frozenset({"Pind", "Fri"})  # list items laid out freely: no number to cite them by


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a unit: its own running text, or a list or table that goes on its last sentence."""

    start: int
    end: int
    own: bool


@dataclass(slots=True)
class Draft:
    """A provision, or the several of a run («§§ 20-31.») that share a place."""

    locators: tuple[Locator, ...]
    start: int
    body: int
    end: int = 0
    chapter: Span | None = None
    heading: Span | None = None
    pieces: list[Piece] = field(default_factory=list)


class ActWalker:
    """Writes one act and drafts its provisions in text order."""

    def __init__(self, root: Node, writer: Writer) -> None:
        self.drafts: list[Draft] = []
        self.warnings: list[str] = []
        self.preamble: Span | None = None
        self._writer = writer
        self._taken: set[Locator] = set()
        self._part, self._block = Part.MAIN, 0
        self._laws = self._annexes = 0
        self._spare = dict.fromkeys(Part, _FIRST_SPARE) | {Part.MAIN: 1}
        self._chapter: Span | None = None
        self._heading: Span | None = None
        self._amends = False  # the § just walked amends another act
        self._last: tuple[Draft, int] | None = None  # the § just walked, and its last stk.
        self._document(root)

    def _document(self, root: Node) -> None:
        for child in root.nodes():
            if child.tag == "TitelGruppe":
                for title in child.nodes():
                    self._writer.heading(title)
            elif child.tag != "Meta":
                self._walk(child)

    def _walk(self, node: Node) -> None:
        if node.tag in _CONTAINERS:
            for child in joined(node.nodes()):
                self._walk(child)
            self._writer.new_block(after_number=True)
        elif node.tag in _PREAMBLE:
            self._write_preamble(node)
        elif node.tag in ("Afsnit", "Kapitel"):
            self._titled(node)
        elif node.tag == "ParagrafGruppe":
            self._group(node)
        elif node.tag in _PARAGRAPHS:
            for paragraph in parted(node):
                self._paragraph(paragraph)
        elif node.tag == "Ikraft":
            self._transitional(node)
        elif node.tag == "Bilag":
            self._annex(node)
        elif node.tag == "Stk" and self._last:
            self._stray_stk(node)
        elif node.tag == "Rubrica":
            self._heading = self._writer.heading(node)
        elif node.tag == "Explicatus":
            self._writer.number(node)
        else:
            self._writer.block(node)
            self._writer.new_block(after_number=True)

    def _write_preamble(self, node: Node) -> None:
        start = self.preamble.start if self.preamble else self._writer.here
        self._writer.block(node)
        self._writer.new_block(after_number=True)
        self.preamble = Span(start, self._writer.here)

    def _titled(self, node: Node) -> None:
        outer, start = self._chapter, self._writer.here
        self._heading = None
        self._writer.number(node.first("Explicatus"))
        for title in node.nodes("Rubrica"):
            self._writer.heading(title)
        self._writer.new_block(after_number=True)
        if self._writer.here > start:
            self._chapter = Span(start, self._writer.here)
        for child in node.nodes():
            if child.tag not in ("Explicatus", "Rubrica"):
                self._walk(child)
        self._chapter = outer

    def _group(self, node: Node) -> None:
        self._heading = None
        for child in joined(node.nodes()):
            self._walk(child)

    def _transitional(self, node: Node) -> None:
        """The entry-into-force rules of one amending act; its introduction stands as their heading."""
        self._laws += 1
        self._part, self._block = Part.TRANSITIONAL, self._laws
        self._chapter = self._heading = self._last = None
        start = self._writer.here
        for child in joined(node.nodes()):
            self._walk(child)
            if child.tag == "Exitus" and self._last is None:
                self._heading = Span(start, self._writer.here)
        self._part, self._block = Part.MAIN, 0
        self._heading = self._last = None

    def _annex(self, node: Node) -> None:
        self._annexes += 1
        self._part, self._block = Part.ANNEX, self._annexes
        self._chapter = self._heading = self._last = None
        start = self._writer.here
        self._writer.number(node.first("Explicatus"))
        body = self._writer.here
        self._writer.new_block(after_number=True)
        draft = self._draft((self._claim(Locator("", part=self._part, block=self._block)),), start, body)
        for child in node.nodes():
            if child.tag != "Explicatus":
                self._walk(child)
        draft.heading = self._heading
        draft.end = self._writer.here
        self._part, self._block = Part.MAIN, 0
        self._heading = self._last = None

    def _paragraph(self, node: Node) -> None:
        writer = self._writer
        amends = node.tag == "AendringCentreretParagraf"
        if self._amends and not amends:
            self._heading = None  # the ministry over the amendments does not stand over what follows
        self._amends = amends
        writer.new_block(after_number=True)
        start = writer.here
        label = node.first("Explicatus")
        writer.number(label)
        for title in node.nodes("Rubrica"):
            writer.new_block(after_number=True)
            self._heading = writer.heading(title)
        printed = label.words if label else ""
        numbers = paragraph_numbers(printed)
        if not numbers.values:
            self._unnumbered(node, label)
            return
        wanted = [Locator(n, part=self._part, block=self._block) for n in numbers.values]
        draft = self._draft(self._claim_run(wanted), start, writer.here)
        if not numbers.complete:
            self.warnings.append(f"«{printed}» siger ikke, hvilke paragraffer med bogstav der er omfattet.")
        if len(draft.locators) > 1:
            self._plainly(node, label)
            self._last = None
        elif amends and node.first("Stk") is None:
            self._implicit_stk(node, label, draft)
        else:
            self._stks(node, label, draft)
        draft.end = writer.here
        writer.new_block(after_number=True)

    def _unnumbered(self, node: Node, label: Node | None) -> None:
        words = " ".join(child.words for child in node.nodes() if child.tag != "Rubrica").strip()
        if words:
            self.warnings.append(f"En paragraf er trykt uden nummer: «{words[:60]}».")
        self._plainly(node, label)
        self._writer.new_block(after_number=True)

    def _plainly(self, node: Node, label: Node | None) -> None:
        """The element's text after its number, without provisions inside it."""
        for child in node.nodes():
            if child is not label and child.tag != "Rubrica":
                self._writer.block(child)

    def _stks(self, node: Node, label: Node | None, paragraph: Draft) -> None:
        last = 0
        for child in node.nodes():
            if child is label or child.tag == "Rubrica":
                continue
            if child.tag == "Stk":
                last = self._stk(child, paragraph, last)
            else:
                self._writer.block(child)
                self._writer.new_block()
        self._last = (paragraph, last)

    def _implicit_stk(self, node: Node, label: Node | None, paragraph: Draft) -> None:
        stk = self._draft(
            (self._claim(replace(paragraph.locators[0], stk=1)),), paragraph.body, paragraph.body
        )
        self._unit(node, {"Explicatus", "Rubrica"} if label else {"Rubrica"}, stk)
        self._last = (paragraph, 1)

    def _stray_stk(self, node: Node) -> None:
        """A stk. that the file puts beside its § instead of inside it."""
        assert self._last is not None
        paragraph, last = self._last
        self._last = (paragraph, self._stk(node, paragraph, last))
        paragraph.end = self._writer.here
        self._writer.new_block(after_number=True)

    def _stk(self, node: Node, paragraph: Draft, last: int) -> int:
        """Write one stk.; returns the number of the last stk. it covers."""
        writer, label = self._writer, node.first("Explicatus")
        if not any(chunk.text.strip() for chunk in node.chunks()):
            return last
        if last:
            writer.new_block()
        start = writer.here
        printed = label.words if label else ""
        writer.number(label)
        numbers = stk_numbers(printed)
        if not numbers and last:
            self.warnings.append(
                f"{paragraph.locators[0]}: et stykke efter stk. {last} er trykt uden nummer."
            )
        wanted = [replace(paragraph.locators[0], stk=n) for n in numbers or (last + 1,)]
        stk = self._draft(self._claim_run(wanted), start, writer.here)
        if len(wanted) > 1:
            self._plainly(node, label)
        else:
            self._unit(node, {"Explicatus"}, stk)
        stk.end = writer.here
        return max(last, wanted[-1].stk or 0)

    def _unit(self, node: Node, written: set[str], draft: Draft) -> None:
        """The text and lists of a stk., nr. or litra; ``written`` names the children already written."""
        writer = self._writer
        done = {id(child) for child in node.nodes(*written)} if written else set()
        mark = writer.here

        def special(child: Node) -> bool:
            nonlocal mark
            if id(child) in done:
                return True
            if child.tag not in _ITEMS and child.tag != "Table":
                return False
            draft.pieces.append(Piece(mark, writer.here, True))
            mark = writer.here
            if child.tag == "Table":
                writer.block(child)
            else:
                for item in child.nodes() if child.tag == "Index" else (child,):
                    self._item(item, draft.locators[0])
            writer.new_block(after_number=True)
            draft.pieces.append(Piece(mark, writer.here, False))
            mark = writer.here
            return True

        writer.block(node, special)
        draft.pieces.append(Piece(mark, writer.here, True))
        draft.end = writer.here

    def _item(self, node: Node, parent: Locator) -> None:
        writer, label = self._writer, node.first("Explicatus")
        locator = _item_locator(node, label.words if label else "", parent)
        if locator is None:
            writer.new_block(after_number=True)
            writer.block(node)
            return
        start = writer.here
        writer.number(label)
        draft = self._draft((self._claim(locator),), start, writer.here)
        if node.tag == "AendringsNummer":  # what it quotes has numbers of its own, of another act
            self._plainly(node, label)
            draft.end = writer.here
        else:
            self._unit(node, {"Explicatus"}, draft)

    def _draft(self, locators: tuple[Locator, ...], start: int, body: int) -> Draft:
        draft = Draft(locators, start, body, body, self._chapter, self._heading)
        self.drafts.append(draft)
        return draft

    def _claim_run(self, wanted: list[Locator]) -> tuple[Locator, ...]:
        """Of a run («Stk. 1-10. (Udelades)») what is not printed by itself; a single number as it is."""
        left = [w for w in wanted if w not in self._taken] if len(wanted) > 1 else []
        if 0 < len(left) < len(wanted):
            self.warnings.append(f"{wanted[0]} ff.: nogle numre er trykt både for sig og i en række.")
        return tuple(self._claim(w) for w in left or wanted)

    def _claim(self, locator: Locator) -> Locator:
        """``locator``, or the same in a block of its own where the number was printed before."""
        if locator in self._taken:
            self.warnings.append(f"{locator} er trykt mere end én gang.")
            locator = replace(locator, block=self._spare[locator.part])
            self._spare[locator.part] += 1
        self._taken.add(locator)
        return locator


def _item_locator(node: Node, label: str, parent: Locator) -> Locator | None:
    """Where a list item stands; ``None`` where it has no number that a lawyer would cite."""
    if node.attributes.get("formaInd") in _WITHOUT_NUMBER or parent.litra is not None:
        return None
    nr, litra = nr_of(label), litra_of(label)
    if nr and parent.nr is None:
        return replace(parent, nr=nr)
    return replace(parent, litra=litra) if litra else None
