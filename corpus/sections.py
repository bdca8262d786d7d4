"""The sections of a decision: what a heading says its text is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.types import Section, SectionRole, Span

# A heading longer than this is a sentence.
_LONGEST_HEADING = 110

_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}(?:[.)]|\s)|[ivx]{1,5}[.)]|[a-z][.)])\s*")
_SPACED = re.compile(r"(?:\w )+\w")

# Headings by role, one pattern a line, matched from the first word to the last. The first role wins.
# OWNER stands for whose it is: «rettens», «Ankestyrelsens», «børne- og ungeudvalgets».
_HEADINGS = {
    SectionRole.SUMMARY: """
        (?:doms|indholds)?resume(?:et|t)?
        sammendrag|sammenfatning|kort fortalt
        princip(?:afgørelsen|meddelelsen|afgørelserne|meddelelserne) fastslår(?: følgende)?
        den konkrete sag|de konkrete sager
        """,
    SectionRole.PRACTICE: """
        (?:gældende |hidtidig |tidligere |administrativ |relevant |rets|forvaltnings)?praksis(?: og teori)?
        (?:andre |kasserede |historiske |gældende |bortfaldne )?princip(?:afgørelser|meddelelser)
        """,
    SectionRole.RULES: """
        lov(?:e|en)?(?: og (?:bekendtgørelser?|vejledning(?:er)?|praksis))?
        bekendtgørelser?|vejledning(?:er)?|cirkulærer?|hjemmel
        (?:de )?(?:relevante |anvendte |gældende )?(?:rets)?regler(?:ne)?(?: og (?:rets)?praksis)?
        regelgrundlag(?:et)?|(?:det )?retlige? grundlag(?:et)?|retsgrundlag(?:et)?|lovgrundlag(?:et)?
        (?:de )?(?:relevante )?lovbestemmelser(?:ne)?|gældende ret|juridisk ramme|(?:lov)?forarbejder
        """,
    SectionRole.FACTS: r"""
        (?:supplerende |fælles )?sagsfremstilling(?:en)?
        oplysninger(?:ne)? i (?:sagen|sagerne)|oplysninger om \w+
        (?:skattestyrelsen|skat|kommunen|regionen|udbetaling danmark)s (?:begrundelse for )?afgørelse
        sagens (?:faktiske )?(?:omstændigheder|oplysninger|forløb|faktum|parter)
        sagens baggrund(?: og parternes påstande)?|baggrund for sagen|sagsforløb(?:et)?|forløbet
        (?:beskrivelse af )?(?:de )?faktiske (?:forhold|oplysninger|omstændigheder)|forklaringer
        OWNER(?:synspunkter|påstande?|anbringender|opfattelse(?: og begrundelse)?|klage)
        påstande(?:ne)?|anbringender|om klagen|klagen
        """,
    SectionRole.REASONING: """
        OWNER(?:konkrete |nærmere )?(?:begrundelse|vurdering|bemærkninger|overvejelser)(?: (?:og|af) .{3,60})?
        (?:nærmere )?begrundelse(?:n)? for .{3,80}
        begrundelsen?|begrundelser|begrundelse og (?:resultat|afgørelse)
        sådan vurderer vi .{3,20}
        hvad er afgørende for resultatet
        (?:juridisk |samlet |retlig )?vurdering(?:en)?
        """,
    SectionRole.OUTCOME: """
        de konkrete afgørelser|den konkrete afgørelse
        afgørelsen?(?: og begrundelse)?|kendelse|konklusion(?:en)?|resultat(?:et)?(?: er)?
        thi kendes for ret|thi bestemmes|det bestemmes
        OWNER(?:afgørelse|kendelse|konklusion|resultat|svar)
        svar|spørgsmål og svar
        """,
    SectionRole.OTHER: """
        baggrund(?: for at behandle (?:sagen|sagerne)(?: principielt)?)?|noter?
        """,
}
_OWNER = r"(?:(?:(?:det|den|de) [\w-]+ |[\w-]+(?:-|s) og )?[\w/-]+s )"


def _pattern(lines: str) -> re.Pattern[str]:
    patterns = (line.strip() for line in lines.strip().splitlines())
    return re.compile("|".join(patterns).replace("OWNER", _OWNER))


_ROLES = tuple((role, _pattern(lines)) for role, lines in _HEADINGS.items())

# A heading begins with a capital letter, after its number.
_HEADING_LOOK = re.compile(r"[\W\dIVX]*(?:[a-z][.)] ?)?[A-ZÆØÅÉ]")
_BANNER = re.compile(r"=== (.{1,80}) ===")
_CASE = re.compile(
    r"Sag nr\. (?P<number>\d{1,2})(?:,? j\. ?nr\. ?(?P<journal>\d{2}-\d{3,7})?|(?=, tidligere)|$)", re.ASCII
)

# Decisions of the appeals board as text without lines: the heading stands before a capital letter.
_RUN_IN = re.compile(r"^Princip(?:meddelelsen|afgørelsen) fastslår [A-ZÆØÅ]", re.MULTILINE)
_INLINE_HEADINGS = {
    SectionRole.SUMMARY: r"Princip(?:meddelelsen|afgørelsen) fastslår|De konkrete sager|Den konkrete sag",
    SectionRole.OTHER: r"Baggrund for at behandle (?:sagen|sagerne)(?: principielt)?",
    SectionRole.RULES: r"Reglerne|Love og bekendtgørelser|Om reglerne",
    SectionRole.PRACTICE: r"Andre principmeddelelser|Praksis",
    SectionRole.REASONING: (
        r"Begrundelsen? for (?:[\w-]+ ){0,14}?[\w-]+(?= Sådan vurderer)|Begrundelsen? for afgørelsen"
        r"|Sådan vurderer (?:vi|Ankestyrelsen) sagen|Hvad er afgørende for (?:resultatet|sagen)"
        r"|Bemærkninger til (?:[\w-]+ ){0,3}sagsbehandling"
    ),
    SectionRole.OUTCOME: r"De konkrete afgørelser|Den konkrete afgørelse|Resultatet er(?=:)|Sag nr\. \d{1,2}",
    SectionRole.FACTS: r"Oplysninger(?:ne)? i sagen|Sagens oplysninger",
}
_INLINE_ROLES = {role.name: role for role in _INLINE_HEADINGS}
_INLINE = re.compile(
    r"(?<!\S)(?:"
    + "|".join(f"(?P<{role.name}>{words})" for role, words in _INLINE_HEADINGS.items())
    + r")(?=[:,]| [A-ZÆØÅ]|$)(?<!fastslår(?=,))"
)


def section_role(title: str) -> SectionRole | None:
    """What a section under the heading ``title`` is for; ``None`` where the words are no known heading.

    Numbering before the heading, a colon or full stop after it, case, «é» and letter-spacing
    («T h i  k e n d e s») make no difference.
    """
    if len(title) > _LONGEST_HEADING:
        return None
    words = " ".join(title.lower().replace("é", "e").split()).rstrip(" .:;-–")
    numbering = _NUMBERING.match(words)
    if numbering and numbering.end() < len(words):
        words = words[numbering.end() :]
    if _SPACED.fullmatch(words):
        words = (
            words.replace(" ", "")
            .replace("kendesforret", " kendes for ret")
            .replace("bestemmes", " bestemmes")
        )
    return next((role for role, pattern in _ROLES if pattern.fullmatch(words)), None)


def find_sections(text: str, span: Span) -> tuple[Section, ...]:
    """The sections of a decision's text inside ``span``, in order; every word is in one, or its heading.

    A heading is a line of its own that ``section_role`` knows, or, where the text begins with
    «Principmeddelelsen fastslår» and runs on, one of the board's headings run into the text. What no
    heading introduces has the role ``OTHER``.
    """
    inline = _RUN_IN.search(text, span.start, span.end) is not None
    marks: list[_Mark] = []
    for line in _lines(text, span):
        found = list(_run_in(text, line)) if inline else []
        if not found or found[0].span.start > line.start:
            own = _line_mark(text, line, inline)
            found[:0] = [own] if own else []
        marks.extend(found)
    return tuple(_merged(_between(text, span, _joined(text, _without_running_title(text, span, marks)))))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A heading: its words and its role. An empty span opens a section without a heading."""

    role: SectionRole
    span: Span
    case_number: str = ""  # where the heading begins a case of its own


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        if end > start:
            yield Span(start, end)
        start = end + 1


def _line_mark(text: str, line: Span, inline: bool) -> _Mark | None:
    if len(line) <= _LONGEST_HEADING:
        words = line.of(text)
        if banner := _BANNER.fullmatch(words):
            return _Mark(section_role(banner[1]) or SectionRole.OTHER, line)
        if case := _CASE.fullmatch(words):
            return _Mark(SectionRole.OUTCOME, line, _case_number(case))
        role = section_role(words)
        if role is not None and _HEADING_LOOK.match(words) and not words.endswith((";", ",", ".")):
            return _Mark(role, line)
    # Where headings are run into the text, a paragraph without one belongs to none before it.
    return _Mark(SectionRole.OTHER, Span(line.start, line.start)) if inline else None


def _run_in(text: str, line: Span) -> Iterator[_Mark]:
    """The headings run into one line."""
    for match in _INLINE.finditer(text, line.start, line.end):
        if case := _CASE.match(text, match.start(), line.end):
            yield _Mark(SectionRole.OUTCOME, Span(*case.span()), _case_number(case))
        else:
            yield _Mark(_INLINE_ROLES[str(match.lastgroup)], Span(*match.span()))


def _case_number(match: re.Match[str]) -> str:
    return match["journal"] or match["number"]


def _without_running_title(text: str, span: Span, marks: Sequence[_Mark]) -> Sequence[_Mark]:
    """Without «AFGØRELSE» where that names the document on its first line, and on later pages again."""
    if not marks or marks[0].role is not SectionRole.OUTCOME or marks[0].span.start != span.start:
        return marks
    title = marks[0].span.of(text)
    return [mark for mark in marks if mark.span.of(text) != title]


def _joined(text: str, marks: Sequence[_Mark]) -> list[_Mark]:
    """Headings printed straight under each other, for the same purpose, are one."""
    done: list[_Mark] = []
    for mark in marks:
        last = done[-1] if done else None
        same = last and last.role is mark.role and len(last.span) and len(mark.span)
        if last and same and not text[last.span.end : mark.span.start].strip(" :,\n"):
            whole = Span(last.span.start, mark.span.end)
            done[-1] = _Mark(mark.role, whole, mark.case_number or last.case_number)
        else:
            done.append(mark)
    return done


def _between(text: str, span: Span, marks: Sequence[_Mark]) -> Iterator[Section]:
    first = marks[0].span.start if marks else span.end
    opening = _trimmed(text, span.start, first)
    if len(opening):
        yield Section(SectionRole.OTHER, "", opening)
    case = ""
    for mark, after in zip(
        marks, [*(m.span.start for m in marks[1:]), *[span.end][: len(marks)]], strict=True
    ):
        case = (mark.case_number or case) if len(mark.span) else ""
        title = " ".join(mark.span.of(text).split())
        place = _trimmed(text, mark.span.end, after)
        if len(place):
            yield Section(mark.role, title, place, case)


def _merged(sections: Iterable[Section]) -> list[Section]:
    """Sections without a heading of their own that follow each other are one."""
    done: list[Section] = []
    for section in sections:
        last = done[-1] if done else None
        if last and not section.title and not last.title and section.role is last.role:
            done[-1] = replace(last, span=Span(last.span.start, section.span.end))
        else:
            done.append(section)
    return done


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without the blanks at the ends and the punctuation that stands between heading and text."""
    while start < end and (text[start].isspace() or text[start] in ":,"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
