"""Sentences of Danish legal prose.

A full stop ends a sentence only where what stands before it is no abbreviation, ordinal or
enumerator and what follows looks like a beginning. Where it is unclear the sentence goes on: one
sentence too long still quotes whole words of the law, one cut short may leave a condition out.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from corpus.types import Span


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Abbreviations that something always follows: they never end a sentence.
_LEADING = _words(
    """
    jf jfr nr nrs stk art kap ca evt dvs f.eks eks bl.a pr vedr hhv kl ad sml cf inkl ekskl excl incl
    j.nr jnr j.nr sagsnr s.nr sagl.nr tlf dr hr fr frk prof adv mht pga ifm ift iht vha p.g.a m.h.t i.f.m
    i.h.t i.f.t pkter gl red udg max maks min afd afs litr lit bek bkg cirk lbk lov.nr cvr cvr.nr
    cpr.nr d s p feb apr aug sep sept okt nov dec st sct u.a jvf vs gns t.o.m cand fhv
    skt matr matr.nr reg.nr p.nr dok doknr dok.nr bl o tilsv sag.nr
    """
)
# Abbreviations that may close a sentence: they do so before a capital letter only.
_CLOSING = _words(
    """
    kr m.v mv m.m mm pkt o.l ol osv etc m.fl mfl mio mia pct ff f e.l el o.lign lign p.t p.a o.a m.a
    a.m.b.a i.a a.s aps mdr md kv.m m.f ibid f.m op.cit d.å d.s e.kr f.kr resp i.v
    """
)
_MONTHS = _words("januar februar marts april maj juni juli august september oktober november december")
_CLOSERS = "\"»«”“’')]"
# A run of marks is taken from its first; beginning with one class lets the engine skip to the next stop.
_STOP = re.compile(rf"[.!?…\n](?:(?<=\n)|(?<![.!?…].)[.!?…]*+[{re.escape(_CLOSERS)}]*+(?=\s))", re.DOTALL)
_OPENERS = "\"»«”“„‘’'([–-•"
# What may stand before the words of a sentence without being one: "§ 36.", "Stk. 2.", "1.", "IV.".
_ENUMERATOR = re.compile(
    r"[\"»«”“„(\[]*(?:(?:§§?\s?)?\d{1,4}(?:\s?[a-zæøå])?(?:\.\d+)*\.|[Ss]tk\.\s?\d+(?:\s[a-z])?\.|[IVXL]+\.|[A-ZÆØÅ]\.)"
)
_LIST_ITEM = re.compile(r"(?:\d{1,3}(?:\s?[a-zæøå])?|[a-zæøå]{1,2})\)|[•–—-]\s")
_INITIAL = re.compile(r"[A-ZÆØÅ]\.")
_NUMBER = re.compile(r"[(»\"]*\d+(?:[.,:]\d+)*")
_GOES_ON = re.compile(r"(?:[,:;–-]|\b(?:og|eller|samt|men|at|som|der|af|til|i|på|for|med|om|efter))$")
_BRACKET = re.compile(r"[()\n]")
# A bracket that stays open longer than this is taken for a slip and holds no sentence together.
_BRACKET_LIMIT = 600
# The longest token looked back at: abbreviations and numbers are far shorter.
_LOOK_BACK = 40
_YEAR_LENGTH = 4


def sentences(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences of ``text`` inside ``span``, in order, without the blanks around them.

    Every word of the span belongs to exactly one sentence. A list after a colon belongs to the
    sentence that introduces it, until an item of it ends in a full stop; a line break ends a sentence
    unless the line visibly goes on; a sentence inside brackets belongs to the sentence around it.
    """
    start = _skip_blanks(text, span.start, span.end)
    brackets = _brackets(text, span) if text.find("(", start, span.end) >= 0 else ([], [])
    found: list[Span] = []
    for stop in _STOP.finditer(text, start, span.end):
        at, after = stop.span()
        following = _skip_blanks(text, after, span.end)
        if following >= span.end:
            break
        if text[at] == "\n":
            ends = at > start and _line_ends(text, start, at, following)
        else:
            ends = not _inside(brackets, at) and _stop_ends(text, start, at, after, following)
        if ends:
            found.append(Span(start, at if text[at] == "\n" else after))
            start = following
    end = span.end
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append(Span(start, end))
    return tuple(found)


def _stop_ends(text: str, start: int, stop: int, after: int, following: int) -> bool:
    """Whether the mark at ``stop`` ends the sentence that began at ``start``."""
    breaks = text.find("\n", after, following) != -1
    if not _begins(text, following) and (not breaks or text[following].islower()):
        return False
    if text[stop] == "…" and not breaks:  # leaders of a table, or words left out
        return text[following].isupper()
    if text[stop] != "." or after - stop > 1:
        return True
    token_start = max(text.rfind(c, max(start, stop - _LOOK_BACK), stop) for c in " \n") + 1
    token_start = max(token_start, start)
    token = text[token_start:stop].lstrip('(["»«”“„')
    lowered = token.lower()
    if lowered in _LEADING or _ENUMERATOR.fullmatch(text, start, after):
        return False
    if breaks:
        return True
    if lowered in _CLOSING:
        return text[following].isupper()
    if _NUMBER.fullmatch(token):
        if text[following].isdigit():  # "1. 1. 2020" goes on, "i 2019. 3 år" does not
            return len(token) == _YEAR_LENGTH
        return _word_at(text, following).lower() not in _MONTHS
    if len(token) == 1 and token.isupper():
        return not _is_initial(text, start, token_start) and not _INITIAL.match(text, following)
    return True


def _line_ends(text: str, start: int, stop: int, following: int) -> bool:
    """Whether the sentence ends at a line break that no full stop stands before."""
    if text[following].islower() or _LIST_ITEM.match(text, following) or text[stop - 1] == ".":
        return False  # a full stop here has been judged before and did not end the sentence
    return not _GOES_ON.search(text[max(start, stop - _LOOK_BACK) : stop].rstrip())


def _begins(text: str, at: int) -> bool:
    """Whether a sentence may begin at ``at``."""
    char = text[at]
    if char.isupper() or char.isdigit() or char in "§":
        return True
    if char in _OPENERS:
        following = text[at + 1 : at + 3].lstrip(_OPENERS + " ")
        return not following[:1].islower() or char in "•–—-"
    return _LIST_ITEM.match(text, at) is not None


def _is_initial(text: str, start: int, token_start: int) -> bool:
    """Whether the one-letter token at ``token_start`` is an initial inside a name."""
    before = text[max(start, token_start - _LOOK_BACK) : token_start].split()
    return bool(before) and before[-1][0].isupper()


def _word_at(text: str, at: int) -> str:
    return text[at : at + 12].split(" ", 1)[0].rstrip(".,")


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _brackets(text: str, span: Span) -> tuple[list[int], list[int]]:
    """Starts and ends of the outermost brackets that close on their own line."""
    starts: list[int] = []
    ends: list[int] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text, span.start, span.end):
        mark = match.group()
        if mark == "\n":
            opened.clear()
        elif mark == "(":
            opened.append(match.start())
        elif opened:
            begin = opened.pop()
            if not opened and match.start() - begin <= _BRACKET_LIMIT:
                starts.append(begin)
                ends.append(match.start())
    return starts, ends


def _inside(brackets: tuple[list[int], list[int]], at: int) -> bool:
    starts, ends = brackets
    index = bisect_right(starts, at) - 1
    return index >= 0 and at < ends[index]
