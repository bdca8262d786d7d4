"""Numbers that a file leaves in the running text, put back where the schema has them.

Some files print «Stk. 2.», «§ 78.» or «1)» at the start of an ``Exitus`` instead of in an ``Explicatus``, or
«Stk. 2.» on a ``Linea`` of its own, now and then with a whole § inside the stk. before it. The text and its
places stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from corpus.parsing.lexdania_xml import Chunk, Node

_STK = re.compile(r"\s*Stk\.\s?(\d{1,3})\.(?=\s*$|\s+[A-ZÆØÅ§(»])")
_PARAGRAPH = re.compile(r"\s*§(?:\s?§)?\s?\d{1,4}(?:\s?[a-zæøå])?(?:-\d{1,4}(?:\s[a-zæøå])?)?\.(?=\s|$)")
_ITEM = re.compile(r"\s*(\d{1,2})\)(?=\s)")
_NUMBER = re.compile(r"\d{1,3}")
_Child = Node | Chunk
_CENTRED = frozenset({"AendringCentreretParagraf", "IkraftCentreretParagraf"})


def joined(nodes: Iterable[Node]) -> Iterator[Node]:
    """The elements, a centred § that is only a number made one with the § without number after it."""
    alone: Node | None = None
    for node in nodes:
        label = node.first("Explicatus") if node.tag in _CENTRED else None
        if alone is not None:
            if node.tag in _CENTRED and label is None:
                node = Node(node.tag, node.attributes, [*alone.children, *node.children])
            else:
                yield alone
            alone = None
        if label is not None and _NUMBER.search(label.words) and label.words == node.words:
            alone = node
        else:
            yield node
    if alone is not None:
        yield alone


def parted(paragraph: Node) -> list[Node]:
    """The § as one node or several, each stk. in a ``Stk`` and each number in an ``Explicatus``."""
    whole = _rebuilt(paragraph, _at_stks)
    found = _Repair(whole).found if _has_number_in_text(whole) else [whole]
    return [_rebuilt(part, _with_lists) for part in found]


def _rebuilt(paragraph: Node, change: Callable[[list[_Child]], list[_Child]]) -> Node:
    """The § with ``change`` made to what stands in each stk.; itself where there is nothing to change."""
    children: list[_Child] = []
    changed = False
    for child in paragraph.children:
        if isinstance(child, Node) and child.tag == "Stk":
            inside = change(child.children)
            changed = changed or inside is not child.children
            child = Node(child.tag, child.attributes, inside)
        children.append(child)
    return Node(paragraph.tag, paragraph.attributes, children) if changed else paragraph


def _at_stks(children: list[_Child]) -> list[_Child]:
    """Each ``Exitus`` cut before a line that is only «Stk. 2.»; the list itself where there is none."""
    found: list[_Child] = []
    for child in children:
        if not isinstance(child, Node) or child.tag != "Exitus":
            found.append(child)
            continue
        lines: list[_Child] = []
        for line in child.children:
            if lines and isinstance(line, Node) and line.tag == "Linea" and _STK.fullmatch(line.words):
                found.append(Node(child.tag, child.attributes, lines))
                lines = []
            lines.append(line)
        found.append(Node(child.tag, child.attributes, lines))
    return found if len(found) > len(children) else children


def _with_lists(children: list[_Child]) -> list[_Child]:
    """Neighbours that begin «1)», «2)» … made the items of a list; the list itself where there are none."""
    found: list[_Child] = []
    run: list[Node] = []
    changed = False
    for child in [*children, None]:
        if isinstance(child, Node) and _item_number(child) == len(run) + 1:
            run.append(child)
            continue
        if len(run) > 1:
            items = [Node("Indentatio", {"formaInd": "Nummer"}, list(_cut_item(item))) for item in run]
            found.append(Node("Exitus", {}, [Node("Index", {}, [*items])]))
            changed = True
        else:
            found.extend(run)
        run = []
        if isinstance(child, Node) and _item_number(child) == 1:
            run = [child]
        elif child is not None:
            found.append(child)
    return found if changed else children


def _item_number(node: Node) -> int:
    """The number that an ``Exitus`` begins with; 0 for none, or where the file has made a list of it."""
    first = next(node.nodes(), None)
    match = _ITEM.match(_opening(node)) if node.tag == "Exitus" and first and first.tag == "Linea" else None
    return int(match[1]) if match else 0


def _cut_item(exitus: Node) -> tuple[Node, Node]:
    match = _ITEM.match(_opening(exitus))
    return _cut(exitus, match.end() if match else 0)


def _has_number_in_text(paragraph: Node) -> bool:
    return any(
        _STK.match(text) or _PARAGRAPH.match(text)
        for child in paragraph.nodes("Stk", "Exitus")
        for exitus in (child.nodes("Exitus") if child.tag == "Stk" else (child,))
        if (text := _opening(exitus))
    )


class _Repair:
    """Takes the children of one § in order and deals them out anew."""

    def __init__(self, paragraph: Node) -> None:
        self._paragraph = Node(paragraph.tag, paragraph.attributes)
        self.found = [self._paragraph]
        self._stk: Node | None = None
        self._last = 0  # the number of the stk. before
        for child in paragraph.children:
            if isinstance(child, Node) and child.tag == "Stk":
                self._begin_stk(child.first("Explicatus"))
                for part in child.children:
                    if part is not child.first("Explicatus"):
                        self._take(part)
                self._stk = None
            else:
                self._take(child)

    def _begin_stk(self, label: Node | None) -> None:
        self._stk = Node("Stk", {}, [label] if label else [])
        self._paragraph.children.append(self._stk)
        number = _NUMBER.search(label.words) if label else None
        self._last = int(number.group()) if number else self._last + 1

    def _take(self, part: Node | Chunk) -> None:
        if isinstance(part, Node) and part.tag == "Exitus":
            text = _opening(part)
            if (match := _PARAGRAPH.match(text)) and self._begins_paragraph(part):
                label, part = _cut(part, match.end())
                self._begin_paragraph(label)
            elif (match := _STK.match(text)) and self._begins_stk(int(match[1]), part):
                label, part = _cut(part, match.end())
                if self._stk is not None and not self._stk.children:
                    self._paragraph.children.remove(self._stk)
                self._begin_stk(label)
        (self._paragraph if self._stk is None else self._stk).children.append(part)

    def _begin_paragraph(self, label: Node) -> None:
        if self._unnumbered():  # the sign may stand in its place without the number
            sign = self._paragraph.first("Explicatus")
            label.children[:0] = sign.children if sign else []
            self._paragraph.children = [label]
        else:
            self._paragraph = Node("Paragraf", {}, [label])
            self.found.append(self._paragraph)
        self._last = 0
        self._begin_stk(None)

    def _unnumbered(self) -> bool:
        """Whether the § has neither a number nor words yet."""
        stk = next(self._paragraph.nodes("Stk"), None)
        return (
            stk is self._stk
            and not (stk and stk.children)
            and not _NUMBER.search(self._paragraph.child_words("Explicatus"))
        )

    def _begins_paragraph(self, exitus: Node) -> bool:
        """In bold, as §§ are printed, or where the § has no number yet."""
        line = exitus.first("Linea")
        char = line.first("Char") if line else None
        return self._unnumbered() or (char is not None and "Bold" in char.attributes.get("formaChar", ""))

    def _begins_stk(self, number: int, exitus: Node) -> bool:
        """The next number in turn with words to it, and not the first words of a stk. that has one."""
        if _STK.fullmatch(exitus.words):
            return False
        if self._stk is None:
            return number == self._last + 1
        if not self._stk.children:  # counted when it was begun without a number
            return number == self._last
        return self._stk.children[-1] is not self._stk.first("Explicatus") and number == self._last + 1


def _opening(exitus: Node) -> str:
    """The first stretch of its text."""
    return next((chunk.text for chunk in exitus.chunks() if chunk.text.strip()), "")


def _cut(node: Node, at: int) -> tuple[Node, Node]:
    """The number, as an ``Explicatus``, and the node without it."""
    for place, child in enumerate(node.children):
        if isinstance(child, Chunk):
            if not child.text.strip():
                continue
            rest = Chunk(child.text[at:], child.start + at)
            label = Node("Explicatus", {}, [Chunk(child.text[:at], child.start)])
        else:
            if not any(chunk.text.strip() for chunk in child.chunks()):
                continue
            label, remaining = _cut(child, at)
            return label, Node(node.tag, node.attributes, [remaining, *node.children[place + 1 :]])
        return label, Node(node.tag, node.attributes, [rest, *node.children[place + 1 :]])
    raise ValueError("the node has no text to cut")
