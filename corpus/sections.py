"""The sections of a decision: what a heading says its text is for."""

from __future__ import annotations

import re

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
    SectionRole.FACTS: """
        (?:supplerende |fælles )?sagsfremstilling(?:en)?
        oplysninger(?:ne)? i (?:sagen|sagerne)|oplysninger om .{3,60}
        sagens (?:faktiske )?(?:omstændigheder|oplysninger|forløb|faktum|parter)
        sagens baggrund(?: og parternes påstande)?|baggrund for sagen|sagsforløb(?:et)?|forløbet
        (?:beskrivelse af )?(?:de )?faktiske (?:forhold|oplysninger|omstændigheder)|forklaringer
        OWNER(?:synspunkter|påstande?|anbringender|opfattelse(?: og begrundelse)?|klage)
        påstande(?:ne)?|anbringender|om klagen|klagen
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
    return ()
