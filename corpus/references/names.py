"""The names by which acts go: titles, popular names, and names learnt from use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from corpus.identifiers import work_id, work_title
from corpus.types import DocumentType, Metadata

WORD = re.compile(r"m(?:\. ?)?(?:v|m|fl)\b\.?|[^\W_]+(?:[-.][^\W_]+)*", re.UNICODE)
_SHORT = re.compile(r"m(?:\. ?)?(?:v|m|fl)\.?")
_SPACED = re.compile(r"[. ]")
# What may stand between two words of a title; a full stop, semicolon or line break ends it.
_JOIN = re.compile(r"[ ,()»«\"'-]{1,4}")
_BRACKET = re.compile(r"\(([^()]{3,60})\)\s*$")
_SUBJECT = re.compile(r"lov om ([a-zæøå-]{3,})")
_END = ""  # the key of a trie node that holds the works of a whole name


class ActTitle(NamedTuple):
    """One act's names: its title, its official popular title (may be empty) and its work's id."""

    title: str
    popular: str
    work: str

    @classmethod
    def of(cls, metadata: Metadata) -> ActTitle | None:
        """The names of a statute or order; None for documents that are cited otherwise."""
        if metadata.type not in (DocumentType.ACT, DocumentType.CONSOLIDATED_ACT, DocumentType.ORDER):
            return None
        work = work_id(metadata)
        return cls(metadata.title, metadata.popular_title, work) if work else None


@dataclass(frozen=True, slots=True)
class _Node:
    children: dict[str, _Node]
    works: set[str]


@dataclass(frozen=True, slots=True)
class ActNames:
    """Names of acts, each with the works that bear it; looked up whole or at a place in a text."""

    _root: _Node

    @classmethod
    def from_titles(
        cls, titles: Iterable[ActTitle], learnt: Mapping[str, Iterable[str]] | None = None
    ) -> ActNames:
        """From titles as they are printed on the acts.

        Args:
            titles: with their consolidation wrapper or without.
            learnt: further names and the ids of the works that bear them, as ``aliases`` finds them.
        """
        root = _Node({}, set())
        for title in titles:
            for name in _names(title):
                _enter(root, name, title.work)
        for name, works in (learnt or {}).items():
            for work in works:
                _enter(root, name, work)
        return cls(root)

    def works(self, name: str) -> tuple[str, ...]:
        """The works that bear exactly this name, sorted; empty where nobody bears it."""
        node = self._root
        for word in words(name):
            found = node.children.get(word)
            if found is None:
                return ()
            node = found
        return tuple(sorted(node.works))

    def match(self, text: str, start: int) -> tuple[int, tuple[str, ...]] | None:
        """The longest known name that begins at ``start`` of ``text``: its end and its works.

        A genitive «s» on the last word is taken along («aktivlovens»).
        """
        node, position = self._root, start
        best: tuple[int, tuple[str, ...]] | None = None
        while match := WORD.match(text, position):
            word = _plain(match.group())
            following = node.children.get(word)
            if following is None and word.endswith("s"):
                genitive = node.children.get(word[:-1])
                if genitive is not None and genitive.works:
                    best = match.end(), tuple(sorted(genitive.works))
            if following is None:
                break
            if following.works:
                best = match.end(), tuple(sorted(following.works))
            node, joint = following, _JOIN.match(text, match.end())
            if not joint:
                break
            position = joint.end()
        return best


def words(name: str) -> Iterator[str]:
    """The words of a name in the form in which names are compared."""
    return (_plain(match.group()) for match in WORD.finditer(name))


def _plain(word: str) -> str:
    lowered = word.lower()
    return _SPACED.sub("", lowered) if _SHORT.fullmatch(lowered) else lowered


def _enter(root: _Node, name: str, work: str) -> None:
    node = root
    for word in words(name):
        node = node.children.setdefault(word, _Node({}, set()))
    if node is not root:
        node.works.add(work)


def _names(act: ActTitle) -> Iterator[str]:
    """Every name a title gives: itself, what stands in brackets after it, its popular title."""
    title = work_title(act.title)
    yield title
    if bracket := _BRACKET.search(title):
        yield title[: bracket.start()].strip()
        if bracket[1].lower().endswith(("loven", "bekendtgørelsen")):
            yield bracket[1]
    if act.popular:
        yield act.popular
    if title.endswith("lov") and " " not in title:
        yield f"{title}en"
    # «lov om sygedagpenge» is spoken of as «sygedagpengeloven»: the language allows two joints.
    if (subject := _SUBJECT.fullmatch(title)) and not subject[1].endswith("lov"):
        yield f"{subject[1]}loven"
        yield f"{subject[1]}sloven"
