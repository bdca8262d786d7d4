"""Find the pointers in a legal text: to provisions, acts, acts of the Union and decided cases.

One pass over cheap cues; at each cue a small reader takes as much as belongs to the pointer, and the
pass goes on behind it. Nothing is looked at more than a bounded number of times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.errors import CitationError
from corpus.identifiers import Celex, DecisionNumber, Ecli, Fob, LawReport
from corpus.identifiers.names import CELEX_PATTERN, ECLI_PATTERN, FOB_PATTERN, REPORT_PATTERN
from corpus.references.mentions import read_alias, read_mention
from corpus.references.names import ActNames
from corpus.references.pointers import Pointer, read_numbered, read_relative
from corpus.references.types import ActMention, Cited, MentionKind, Reference, Unit
from corpus.types import Span

# Every alternative begins with a letter or sign, so that the scan can skip fast to the next cue.
_CUE = re.compile(
    r"(?P<sign>§+ ?|[Pp]aragraf(?:ferne|fer|fen)? (?=\d))"
    r"|(?P<article>[Aa]rt(?:iklerne|ikler|iklen|ikel|\.) ?(?=\d))"
    r"|(?P<chapter>[Kk]ap(?:itlerne|itler|itlet|itel|\.) ?(?=\d))"
    r"|(?P<annex>[Bb]ilag(?:ene)? (?=\d))"
    r"|(?P<relative>[Ss]tk\. ?(?=\d)|nr\. ?(?=\d)|litra (?=\w(?!\w))|\d{1,2}\.(?=[ ,\dog-]{0,12}pkt))"
    r"|(?P<decision>[Pp]rincip(?:meddelelser?|afgørelser?)(?:ne|n)?(?= ))"
    r"|(?P<ecli>ECLI:)|(?P<celex>CELEX:? ?)|(?P<report>U(?:fR)?[. ]{0,2}(?=(?:18|19|20)\d\d[. ]))|(?P<fob>FOB)"
    r"|(?P<act>[Dd]enne |[Dd]ette |[Ss]amme |[Ll]ov|LBK|LOV|BEK|[Ll]bkg|[Bb]e?kg|[Bb]ekendtgørelse|[Ff]orordning"
    r"|[Dd]irektiv|[Cc]irkulære|[Vv]ejledning|[Kk]onvention|[Tt]raktat|[Aa]nordning|[Oo]verenskomst|[Aa]ftale"
    r"|[Kk]ontrakt|[Vv]edtægt|[Bb]arnets lov|[A-ZÆØÅ]{2,6}(?=,? ?(?:§|[Aa]rt)))"
)
_SIGN = (
    r"(?P<sign>§+ ?|[Aa]rt(?:iklerne|ikler|ikel|\.) ?(?=\d)|[Kk]ap(?:itlerne|itler|itel|\.) ?(?=\d)"
    r"|[Bb]ilag(?:ene)? (?=\d))"
)
_IN_ACT = re.compile(r"(?P<comma>,? ?)(?:i|til|af|under) (?=\w)")
_REST_OF_WORD = re.compile(r"[\w-]*")
_LINK = re.compile(
    r"(?P<list>,? ?(?:og|eller|samt|henholdsvis|og/eller) |, ?|(?P<jf>,? ?\(?(?:jf\.?|sammenholdt med|smh\.?)(?: dog| også| tillige)? ))"
    + _SIGN
)
_TO_SIGN = re.compile(r"(?P<gap>,? ?)" + _SIGN)
# After a genitive some words may stand before the sign: «aktivlovens dagældende § 13».
_OF_ACT = re.compile(
    r"(?P<gap> ?)(?:(?:dagældende|nugældende|gældende|tidligere|almindelige|regler|regel|bestemmelser?|krav) ){0,2}(?:i )?"
    + _SIGN
)
_STK_HEADING = re.compile(r"Stk\. ?\d{1,3}(?: ?[-–] ?\d{1,3})?\.")
_HEADING = re.compile(
    r"§+ ?\d{1,4}(?: ?[a-zæøå](?!\w))?(?: ?(?:[-–]|og) ?\d{1,4}(?: ?[a-zæøå](?!\w))?)? ?(?P<point>\. ?)?"
)
_SENTENCE_END = re.compile(r"(?:(?<!\bjf)(?<!\bhenh)(?<!\biht)(?<!\bcf)[.:;] |[»\"])$")
# A «nr.» points to a provision only after a word that leads to one; else it counts something.
_LEADS_TO_NR = re.compile(
    r"(?:jf\.?|dog|efter|i|af|under|nævnt|omfattet|eller|og|ved|medfør|samt|opfylder) ?\(?$"
)
_DECISION_ITEM = re.compile(r"(?:[A-ZÆØÅ]{1,3}-)?[1-9]\d{0,3}-\d{2}(?![\d-])")
_DECISION_GAP = re.compile(r"(?: nr\.?|:)? ?(?:SM )?|(?:,? og|,? samt|,) ?(?:nr\. ?)?")
_DECISION_JOINT = re.compile(
    r" ?(?:,? og|,? samt|,? eller|,) ?(?:principmeddelelse |principafgørelse )?(?:SM )?"
)
_CASES: dict[str, tuple[re.Pattern[str], Callable[[str], Cited]]] = {
    "ecli": (re.compile(ECLI_PATTERN), Ecli.parse),
    "celex": (re.compile(rf"CELEX:? ?{CELEX_PATTERN}"), Celex.parse),
    "report": (re.compile(REPORT_PATTERN), LawReport.parse),
    "fob": (re.compile(FOB_PATTERN), Fob.parse),
}
_UNITS = {"sign": Unit.PARAGRAPH, "article": Unit.ARTICLE, "chapter": Unit.CHAPTER, "annex": Unit.ANNEX}
_BACK = 70  # the longest compound name («foranstaltningsbekendtgørelsen») and its qualifier fit twice


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
    def __init__(self, text: str, names: ActNames) -> None:
        self._text = text
        self._names = names
        self._done = 0  # everything before this offset has been read
        self.local: dict[str, tuple[str, ...]] = {}

    def run(self) -> Iterator[Reference]:
        text = self._text
        position = 0
        while cue := _CUE.search(text, position):
            group = cue.lastgroup or ""
            found = list(self._read(cue, group))
            yield from found
            position = max(cue.end() if cue.end() > cue.start() else cue.end() + 1, self._done)
            self._done = max(self._done, position if found else self._done)

    def _read(self, cue: re.Match[str], group: str) -> Iterable[Reference]:
        text, start = self._text, cue.start()
        if group == "act":
            return self._act(cue)
        if group == "sign":
            if _is_heading(text, start, cue.end()):
                return ()
            return self._chain(cue, None)
        if start and text[start - 1].isalnum():
            return ()
        if group in _UNITS:
            return self._chain(cue, None)
        if group == "relative":
            return self._relative(cue)
        if group == "decision":
            return self._decisions(cue)
        pattern, parse = _CASES[group]
        match = pattern.match(text, start)
        if not match:
            return ()
        try:
            cited = parse(match.group())
        except CitationError:
            return ()
        self._done = match.end()
        return (Reference(Span(start, match.end()), cited=cited),)

    def _act(self, cue: re.Match[str]) -> Iterable[Reference]:
        text = self._text
        start = self._word_start(cue.start())
        if start < self._done:
            return ()
        read = read_mention(text, start, self._names)
        if read is None:
            self._done = max(cue.end(), self._word_end(cue.end()))
            return ()
        mention, genitive = self._known(read[0]), read[1]
        link = (_OF_ACT if genitive else _TO_SIGN).match(text, mention.span.end)
        if link and not _is_heading(text, link.start("sign"), link.end()):
            chain = self._chain(link, mention)
            if chain:
                return chain
        self._done = mention.span.end
        return (Reference(mention.span, act=mention),) if _stands_alone(mention) else ()

    def _known(self, mention: ActMention) -> ActMention:
        """The mention with the works its name has in this text, and the name noted if it gives one."""
        alias = next((a for i in _brackets(mention.span.of(self._text)) if (a := read_alias(*i))), None)
        if alias and mention.works:
            name = alias[0].lower()
            known = self.local.get(name, mention.works)
            self.local[name] = known if known == mention.works else ()
        if mention.kind is MentionKind.NAMED and not mention.works:
            return replace(mention, works=self.local.get(mention.name.lower(), ()))
        return mention

    def _chain(self, first: re.Match[str], prefix: ActMention | None) -> list[Reference]:
        """The pointers that stand in one row, with the act that the words before or after give them."""
        text = self._text
        sign: re.Match[str] | None = first
        items: list[_Item] = []
        suffix: _Suffix | None = None
        while sign is not None:
            pointer = _read_sign(text, sign)
            if pointer is None:
                break
            by_jf = bool(items) and sign["jf"] is not None
            items.append(_Item(_sign_start(sign), pointer, by_jf))
            suffix = self._suffix(pointer)
            sign = None if suffix else _LINK.match(text, pointer.end)
        if not items:
            return []
        if prefix and suffix and "," in first.group() and len(items) == 1:
            return []  # «lov om X, § 7 i lov om Y»: the words before are another pointer's
        shared = _shared(items, suffix)
        references = []
        for index, item in enumerate(items):
            act = suffix.mention if suffix and index >= (len(items) - 1 if prefix else shared) else prefix
            start = prefix.span.start if prefix and not index else item.start
            end = suffix.mention.span.end if suffix and index == len(items) - 1 else item.pointer.end
            references.append(Reference(Span(start, end), item.pointer.targets, item.pointer.unit, act))
        self._done = references[-1].span.end
        return references

    def _suffix(self, pointer: Pointer) -> _Suffix | None:
        """The act named right after a pointer: «§ 36 i lov om …»."""
        text = self._text
        joint = _IN_ACT.match(text, pointer.end)
        if not joint:
            return None
        read = read_mention(text, joint.end(), self._names)
        if read is None or (read[1] and _OF_ACT.match(text, read[0].span.end)):
            return None
        return _Suffix(self._known(read[0]), "," in joint.group())

    def _relative(self, cue: re.Match[str]) -> Iterable[Reference]:
        text, start = self._text, cue.start()
        if cue.group().startswith("S") and _STK_HEADING.match(text, start):
            return ()
        if cue.group().startswith("nr") and not _LEADS_TO_NR.search(text, max(0, start - 14), start):
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

    def _word_start(self, position: int) -> int:
        """Where the word around ``position`` begins; a word longer than any act's name is cut."""
        low = max(self._done, position - _BACK)
        while position > low and (self._text[position - 1].isalnum() or self._text[position - 1] == "-"):
            position -= 1
        return position

    def _word_end(self, position: int) -> int:
        match = _REST_OF_WORD.match(self._text, position)
        return match.end() if match else position


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    pointer: Pointer
    by_jf: bool  # joined to the pointer before by «jf.», not by «og»


@dataclass(frozen=True, slots=True)
class _Suffix:
    mention: ActMention
    comma: bool


def _shared(items: list[_Item], suffix: _Suffix | None) -> int:
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
    word = sign["sign"].lower() if "sign" in sign.re.groupindex and sign["sign"] else sign.group().lower()
    unit, plural = Unit.PARAGRAPH, word.startswith("§§") or word.startswith("paragraffer")
    if word.startswith("art"):
        unit, plural = Unit.ARTICLE, "ikler" in word or "iklerne" in word
    elif word.startswith("kap"):
        unit, plural = Unit.CHAPTER, "itler" in word
    elif word.startswith("bilag"):
        unit, plural = Unit.ANNEX, "ene" in word
    return read_numbered(text, sign.end(), unit, plural)


def _sign_start(sign: re.Match[str]) -> int:
    return sign.start("sign") if sign["sign"] else sign.start()


def _is_heading(text: str, start: int, end: int) -> bool:
    """Whether the «§» is the printed number of a provision: «§ 36. The municipality …»."""
    match = _HEADING.match(text, start)
    if not match:
        return False
    after = text[match.end() : match.end() + 1]
    if not start or text[start - 1] == "\n":
        return match["point"] is not None or after in ("", "\n")
    if match["point"] is None or not (after.isupper() or after in "()1»"):
        return False
    return bool(_SENTENCE_END.search(text, max(0, start - 8), start))


_ALONE = ("lov", "loven", "bekendtgørelsen", "forordningen", "direktivet", "konventionen", "cirkulæret")


def _stands_alone(mention: ActMention) -> bool:
    """Whether the mention is a reference without a provision; contracts and «loven» are not."""
    if mention.kind in (MentionKind.OWN, MentionKind.SAME, MentionKind.DEFINITE):
        return False
    return (
        mention.kind is not MentionKind.NAMED
        or bool(mention.works)
        or " " in mention.name
        or mention.name.endswith(_ALONE)
    )


def _brackets(words: str) -> Iterator[tuple[str, int]]:
    return ((words, index) for index, letter in enumerate(words) if letter == "(")
