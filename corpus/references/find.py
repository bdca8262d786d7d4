"""Find the pointers in a legal text: to provisions, acts, acts of the Union and decided cases.

One pass over cheap cues; at each cue a small reader takes as much as belongs to the pointer, and the
pass goes on behind it. Nothing is looked at more than a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from corpus.errors import CitationError
from corpus.identifiers import Celex, DecisionNumber, Ecli, Fob, LawReport
from corpus.identifiers.names import CELEX_PATTERN, ECLI_PATTERN, FOB_PATTERN, REPORT_PATTERN
from corpus.references.headings import has_exhibits, heads_chapter, heads_paragraph, heads_stk
from corpus.references.mentions import read_alias, read_amending, read_mention
from corpus.references.names import ActNames
from corpus.references.pointers import Pointer, read_relative
from corpus.references.rows import OF_ACT, TO_SIGN, Suffix, read_row
from corpus.references.types import ActMention, Cited, MentionKind, Reference, Target, Unit
from corpus.types import Locator, Span

# Every alternative begins with a letter, digit or sign, so that the scan skips fast to the next cue.
_CUE = re.compile(
    r"(?P<sign>§+ ?|[Pp]aragraf(?:ferne|fer|fen)? (?=\d))"
    r"|(?P<unit>[Aa]rt(?:iklerne|ikler|iklen|ikel|\.) ?(?=\d)|[Kk]ap(?:itlerne|itler|itlet|itel|\.) ?(?=\d))"
    r"|(?P<annex>[Bb]ilag(?:ene)? (?=\d))"
    r"|(?P<stk>[Ss]tk\. ?(?=\d))|(?P<nr>nr\. ?(?=\d))"
    r"|(?P<below>litra (?=\w(?!\w))|\d{1,2}\.(?=[ ,.\dogelr–-]{0,20}pkt))"
    r"|(?P<listed>[1-9]\d{0,2}-\d{2}(?=: ))"
    r"|(?P<decision>[Pp]rincip(?:meddelelser?|afgørelser?)(?:ne|n)?(?= ))"
    r"|(?P<ecli>ECLI:)|(?P<celex>CELEX:? ?|(?=[36](?:19|20)\d\d[A-Z]{1,2}\d{4}(?!\w))\d)"
    r"|(?P<report>U(?:fR)?[. ]{0,2}(?=(?:18|19|20)\d\d[. ]))"
    r"|(?P<fob>FOB)|(?P<act>[Dd]enne |[Dd]ette |[Ss]amme |[Ll]ov|LBK|LOV|BEK|[Ll]bkg|[Bb]e?kg"
    r"|[Bb]ekendtgørelse|[Ff]orordning|[Dd]irektiv|[Cc]irkulære|[Vv]ejledning|[Kk]onvention|[Tt]raktat|[Aa]nordning|[Oo]verenskomst|[Aa]ftale"
    r"|[Kk]ontrakt|[Vv]edtægt|[Bb]arnets lov|[A-ZÆØÅ]{2,6}(?=,? ?(?:§|[Aa]rt)))"
)
_IN_ACT = re.compile(r"(?P<comma>,? ?)(?:i|til|af|under) (?=\w)")
_SHORT_AFTER = re.compile(r",? ([A-ZÆØÅ]{2,6})(?![\w-])")  # «artikel 267 TEUF»
_TREATIES = frozenset(
    {"TEUF", "TEU", "EUF", "EMRK", "GDPR", "CISG"}
)  # cited by abbreviation after the article
_COUNTED_CHAPTER = re.compile(r" (\d{1,2})\. kapitel(?!\w)")
_BARE_HEAD = re.compile(r"lovs?(?!\w)")
_GENITIVE = re.compile(r"s $")
_REST_OF_WORD = re.compile(r"[\w-]*")
# A «nr.» points to a provision only after a word that leads to one; else it counts something.
_LEADS_TO_NR = re.compile(
    r"\b(?:jf\.?|dog|efter|i|af|under|nævnt|omfattet|eller|og|ved|medfør|samt|som|opfylder) ?\(?$",
    re.IGNORECASE,
)
_NR_REACH = 14  # the longest of these words with what may stand around it
_BACK = 70  # the longest compound name («foranstaltningsbekendtgørelsen») fits twice
_LIST_REACH = 600  # two entries of a list of decisions: an entry may sum up its decision

_DECISION_ITEM = re.compile(r"(?:[A-ZÆØÅ]{1,3}-)?[1-9]\d{0,3}-\d{2}(?![\d-])")
_DECISION_GAP = re.compile(r"(?: nr\.?|:)? ?(?:SM )?")
_DECISION_JOINT = re.compile(
    r"(?:,? og|,? samt|,? eller|,) ?(?:(?:principmeddelelse|principafgørelse|nr\.) )?(?:SM )?"
)
_CASES: dict[str, tuple[re.Pattern[str], Callable[[str], Cited]]] = {
    "ecli": (re.compile(ECLI_PATTERN), Ecli.parse),
    "celex": (re.compile(rf"(?:CELEX:? ?)?{CELEX_PATTERN}"), Celex.parse),
    "report": (re.compile(REPORT_PATTERN), LawReport.parse),
    "fob": (re.compile(FOB_PATTERN), Fob.parse),
}
# Names of one word that stand for an act without a provision; contracts and by-laws do not.
_ALONE = ("lov", "loven", "bekendtgørelsen", "forordningen", "direktivet", "konventionen", "cirkulæret")


def find(text: str, names: ActNames) -> tuple[Reference, ...]:
    """The references in ``text``, in text order; spans do not overlap.

    The printed numbers of provisions themselves («§ 36.» at the head of a line, «Stk. 2.») are no
    references. «loven» or «denne lov» without a provision is none either: it points nowhere new.

    Args:
        text: a normalised text (``ParsedDocument.text``).
        names: the names of acts that are known.
    """
    return tuple(_Finder(text, names).run())


def aliases(text: str, names: ActNames) -> dict[str, tuple[str, ...]]:
    """Popular names that the text itself gives to known acts: «lov om social service (serviceloven)».

    A name the text gives to two different works is left out.
    """
    finder = _Finder(text, names)
    for _ in finder.run():
        pass
    return {name: works for name, works in finder.local.items() if works}


class _Finder:
    """One pass over one text; ``local`` holds the names that the text gives to acts as it goes."""

    def __init__(self, text: str, names: ActNames) -> None:
        self._text = text
        self._names = names
        self._done = 0  # everything before this offset has been read
        self.local: dict[str, tuple[str, ...]] = {}

    @cached_property
    def _exhibits(self) -> bool:
        return has_exhibits(self._text)

    def run(self) -> Iterator[Reference]:
        while cue := _CUE.search(self._text, self._done):
            yield from self._read(cue, cue.lastgroup or "")
            self._done = max(self._done, cue.end())

    def _read(self, cue: re.Match[str], group: str) -> Iterable[Reference]:
        text, start = self._text, cue.start()
        if group == "act":
            return self._act(cue)
        if group == "sign":
            return () if heads_paragraph(text, start) else self._row(cue, None)
        if start and text[start - 1].isalnum():
            return ()
        if group in ("unit", "annex"):
            row = [] if heads_chapter(text, start) else self._row(cue, None)
            return [r for r in row if r.act or not (r.unit is Unit.ANNEX and self._exhibits)]
        if group in ("stk", "nr", "below"):
            return self._relative(start, group)
        if group == "listed":
            return self._listed(cue)
        if group == "decision":
            return self._decisions(cue)
        return self._case(start, *_CASES[group])

    def _act(self, cue: re.Match[str]) -> Iterable[Reference]:
        text, start = self._text, self._word_start(cue.start())
        read = self._two_words(start) or read_mention(text, start, self._names)
        if read is None:
            match = _REST_OF_WORD.match(text, cue.end())
            self._done = match.end() if match else cue.end()
            return ()
        mention, genitive = self._known(read[0]), read[1]
        self._done = mention.span.end
        link = (OF_ACT if genitive else TO_SIGN).match(text, mention.span.end)
        if link and (row := self._row(link, mention)):
            return row
        if genitive and (chapter := _COUNTED_CHAPTER.match(text, mention.span.end)):
            self._done = chapter.end()
            target = Target(Locator(chapter[1]))
            return (Reference(Span(mention.span.start, chapter.end()), (target,), Unit.CHAPTER, mention),)
        return (Reference(mention.span, act=mention),) if _stands_alone(mention) else ()

    def _two_words(self, start: int) -> tuple[ActMention, bool] | None:
        """A known name whose head is its second word: «barnets lov»."""
        if not _BARE_HEAD.match(self._text, start) or not _GENITIVE.search(
            self._text, max(0, start - 3), start
        ):
            return None
        first = self._word_start(start - 1)
        known = self._names.match(self._text, first)
        return read_mention(self._text, first, self._names) if known and known[0] > start else None

    def _known(self, mention: ActMention) -> ActMention:
        """The mention with the works its name has in this text, and the name noted if it gives one."""
        words = mention.span.of(self._text)
        brackets = (index for index, letter in enumerate(words) if letter == "(")
        alias = next((found for index in brackets if (found := read_alias(words, index))), None)
        if alias and mention.works:
            name = alias[0].lower()
            known = self.local.get(name, mention.works)
            self.local[name] = known if known == mention.works else ()
        if mention.kind is MentionKind.NAMED and not mention.works:
            return replace(mention, works=self.local.get(mention.name.lower(), ()))
        return mention

    def _row(self, first: re.Match[str], prefix: ActMention | None) -> list[Reference]:
        row = read_row(self._text, first, prefix, self._suffix)
        if row:
            self._done = row[-1].span.end
        return row

    def _suffix(self, pointer: Pointer) -> Suffix | None:
        """The act named right after a pointer: «§ 36 i lov om …»."""
        if pointer.unit is Unit.ARTICLE and (short := _SHORT_AFTER.match(self._text, pointer.end)):
            works = self._names.works(short[1])
            if works or short[1] in _TREATIES:
                span = Span(short.start(1), short.end())
                return Suffix(self._known(ActMention(span, MentionKind.NAMED, short[1], works)), comma=False)
        joint = _IN_ACT.match(self._text, pointer.end)
        if not joint:
            return None
        comma = "," in joint.group()
        if amending := read_amending(self._text, joint.end(), self._names):
            return Suffix(amending, comma)
        read = read_mention(self._text, joint.end(), self._names)
        if read is None or (read[1] and OF_ACT.match(self._text, read[0].span.end)):
            return None
        return Suffix(self._known(read[0]), comma)

    def _relative(self, start: int, group: str) -> Iterable[Reference]:
        text = self._text
        if group == "stk" and heads_stk(text, start):
            return ()
        if group == "nr" and not _LEADS_TO_NR.search(text, max(0, start - _NR_REACH), start):
            return ()
        pointer = read_relative(text, start)
        if pointer is None:
            return ()
        self._done = pointer.end
        return (Reference(Span(start, pointer.end), pointer.targets),)

    def _decisions(self, cue: re.Match[str]) -> Iterator[Reference]:
        text, start = self._text, cue.start()
        gap = _DECISION_GAP.match(text, cue.end())
        while gap and (item := _DECISION_ITEM.match(text, gap.end())):
            self._done = item.end()
            yield Reference(Span(start, item.end()), cited=DecisionNumber.parse(item.group()))
            gap = _DECISION_JOINT.match(text, item.end())
            start = gap.end() if gap else start

    def _listed(self, cue: re.Match[str]) -> Iterator[Reference]:
        """A number in a list of decisions: «The following … are still valid: 8-25: …»."""
        start = cue.start()
        if self._text.rfind("rincip", max(0, start - _LIST_REACH), start) >= 0:
            self._done = cue.end()
            yield Reference(Span(start, cue.end()), cited=DecisionNumber.parse(cue.group()))

    def _case(
        self, start: int, pattern: re.Pattern[str], parse: Callable[[str], Cited]
    ) -> Iterable[Reference]:
        match = pattern.match(self._text, start)
        if not match:
            return ()
        try:
            cited = parse(match.group())
        except CitationError:
            return ()
        self._done = match.end()
        return (Reference(Span(start, match.end()), cited=cited),)

    def _word_start(self, position: int) -> int:
        """Where the word around ``position`` begins; a word longer than any act's name is cut."""
        low = max(self._done, position - _BACK)
        while position > low and (self._text[position - 1].isalnum() or self._text[position - 1] == "-"):
            position -= 1
        return position


def _stands_alone(mention: ActMention) -> bool:
    """Whether the mention is a reference without a provision."""
    if mention.kind is MentionKind.NAMED:
        return bool(mention.works) or " " in mention.name or mention.name.endswith(_ALONE)
    return mention.kind in (MentionKind.NUMBER, MentionKind.UNION)
