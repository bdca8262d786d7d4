"""Telling a pointer from the printed number of a provision: «§ 36.» at the head, «Stk. 2.», «Bilag 1»."""

from __future__ import annotations

import re

_NUMBER = r"\d{1,4}(?: ?[a-zæøå](?!\w))?"
_PARAGRAPH = re.compile(rf"§+ ?{_NUMBER}(?: ?(?:[-–]|og) ?{_NUMBER})? ?(?P<point>\. ?)?")
_STK = re.compile(r"Stk\. ?\d{1,3}(?: ?[-–] ?\d{1,3})?\.")
# A pointer at the head of a sentence is followed by its verb; a heading by capitals or the line's end.
_CAPITAL = re.compile(r"(?:Bilag|Kapitel) \d+(?: [a-z])?(?!\w)(?! [a-zæøå])")
# The exhibits of a case are called «bilag» too; a text that cites one by page or as produced means
# exhibits wherever it names no act.
_EXHIBIT = re.compile(
    r"bilag \d+(?: ?\([A-ZÆØÅ]| ?\[|,? side|,? s\.|:| fremlagt)"
    r"|\((?:se )?bilag \d|(?:vedlagt|fremlagt)e? (?:som )?bilag \d"
)
# After these words «§ 15. Next sentence» is a reference at the end of its sentence; after other words,
# in a text whose lines have run together, it is the number of the next provision.
_LEADS_TO_SIGN = re.compile(
    r"(?:\b(?:jfr?\.?|henh\.|iht\.|dog|efter|i|af|og|eller|til|ved|under|samt|med|for|fra|på|om|som|også|end|mod"
    r"|over|se|loven)|s|,|\() ?$",
    re.IGNORECASE,
)
_REACH = 9  # long enough for the longest of these words and the blank before it


def heads_paragraph(text: str, start: int) -> bool:
    """Whether the «§» at ``start`` is the printed number of a provision."""
    match = _PARAGRAPH.match(text, start)
    if not match:
        return False
    after = text[match.end() : match.end() + 1]
    if not start or text[start - 1] == "\n":
        return match["point"] is not None or after in ("", "\n")
    if not (after.isupper() or after in ("(", "»")):
        return False
    before = text[max(0, start - _REACH) : start]
    if _LEADS_TO_SIGN.search(before):
        return False
    # «§ 2 The order comes into force …» without a full stop is a heading only after the end of a sentence.
    return match["point"] is not None or before.endswith((". ", ": "))


def heads_stk(text: str, start: int) -> bool:
    """Whether «Stk.» at ``start`` is the printed number of a provision."""
    return _STK.match(text, start) is not None


def heads_chapter(text: str, start: int) -> bool:
    """Whether «Kapitel» or «Bilag» at ``start`` is the heading of a chapter or an annex."""
    return _CAPITAL.match(text, start) is not None


def has_exhibits(text: str) -> bool:
    """Whether «bilag» without an act means the exhibits of a case in this text."""
    return _EXHIBIT.search(text) is not None
