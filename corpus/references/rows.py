"""Reading several pointers in a row, and which act the words around give to each of them.

«servicelovens § 32, § 36 og § 40» names the act before, «§ 5, stk. 3, og § 7 i lov om X» after.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.references.pointers import Pointer, read_numbered
from corpus.references.types import ActMention, Reference, Unit
from corpus.types import Span

SIGN = (
    r"(?P<sign>§+ ?|[Pp]aragraf(?:ferne|fer|fen)? (?=\d)|[Aa]rt(?:iklerne|ikler|ikel|\.) ?(?=\d)"
    r"|[Kk]ap(?:itlerne|itler|itel|\.) ?(?=\d)|[Bb]ilag(?:ene)? (?=\d))"
)
# From an act's name to the pointer it names: «lov om X, § 83», «lov om X – LBK nr. … – § 83».
TO_SIGN = re.compile(r"(?P<gap>,? ?| [-–] | i (?=§))" + SIGN)
# After a genitive some words may stand between: «aktivlovens dagældende § 13».
OF_ACT = re.compile(
    r"(?P<gap> ?)(?:(?:dagældende|nugældende|gældende|tidligere|almindelige|regler|regel|bestemmelser?"
    r"|krav) ){0,2}(?:i )?" + SIGN
)
# A remark in brackets may stand between two pointers: «servicelovens § 109 (krisecentre) og § 110».
_LINK = re.compile(
    r"(?: \([^()§\n]{1,60}\))?(?:,? ?(?:og|eller|samt|henholdsvis|og/eller) |, ?"
    r"|(?P<jf>,? ?\(?(?:jfr?\.?|sammenholdt med|smh\.?)(?: dog| også| tillige)? ))" + SIGN
)


@dataclass(frozen=True, slots=True)
class Suffix:
    """The act named after a pointer; ``comma`` says whether a comma stands between."""

    mention: ActMention
    comma: bool


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    pointer: Pointer
    by_jf: bool  # joined to the pointer before by «jf.», not by «og»


def read_row(
    text: str, first: re.Match[str], prefix: ActMention | None, suffix_at: Callable[[Pointer], Suffix | None]
) -> list[Reference]:
    """The pointers from the sign ``first`` on, each with its act; empty where none can be read.

    Args:
        first: a match whose group ``sign``, or else the whole of which, is the first sign.
        prefix: the act named right before.
        suffix_at: finds the act named right after a pointer.
    """
    sign: re.Match[str] | None = first
    items: list[_Item] = []
    suffix: Suffix | None = None
    while sign is not None:
        pointer = _read_sign(text, sign)
        if pointer is None:
            break
        by_jf = bool(items) and sign["jf"] is not None
        items.append(_Item(sign.start("sign") if sign["sign"] else sign.start(), pointer, by_jf))
        suffix = suffix_at(pointer)
        sign = None if suffix else _LINK.match(text, pointer.end)
    if not items or (prefix and suffix and first["gap"].strip()):
        return []  # «…, lov om X, § 7 i lov om Y»: the words before belong to another pointer
    last = len(items) - 1
    shared = last if prefix else _shared(items, suffix)
    references = []
    for index, item in enumerate(items):
        act = suffix.mention if suffix and index >= shared else prefix
        start = prefix.span.start if prefix and not index else item.start
        end = suffix.mention.span.end if suffix and index == last else item.pointer.end
        references.append(Reference(Span(start, end), item.pointer.targets, item.pointer.unit, act))
    return references


def _shared(items: list[_Item], suffix: Suffix | None) -> int:
    """The index from which the pointers of a row share the act named after the last of them.

    «§ 5, § 7 og § 12 i lov om X» share it. In «§ 5, jf. § 7 i lov om X» the first does not; with the
    comma of «§ 5, jf. § 7, i lov om X» it does, if nothing else asked for the comma.
    """
    index = len(items) - 1
    if suffix is None:
        return index
    last = items[-1].pointer.targets[-1].first
    closes = suffix.comma and last.stk is None and last.nr is None and last.pkt is None
    while index > 0 and (closes or not items[index].by_jf):
        index -= 1
    return index


def _read_sign(text: str, sign: re.Match[str]) -> Pointer | None:
    word = (sign["sign"] or sign.group()).lower()
    unit, plural = Unit.PARAGRAPH, word.startswith(("§§", "paragraffer"))
    if word.startswith("art"):
        unit, plural = Unit.ARTICLE, word.startswith(("artikler", "artiklerne"))
    elif word.startswith("kap"):
        unit, plural = Unit.CHAPTER, word.startswith(("kapitler", "kapitlerne"))
    elif word.startswith("bilag"):
        unit, plural = Unit.ANNEX, word.startswith("bilagene")
    return read_numbered(text, sign.end(), unit, plural)
