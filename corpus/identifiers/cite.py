"""Citations as a Danish lawyer writes them.

The forms are those of the acts themselves: a consolidated act is named by its title, «jf.» the
consolidation; an act not yet consolidated is «lov nr. … af … om …», or, where its title is a name,
«barnets lov, lov nr. … af …».
"""

from __future__ import annotations

import re

from corpus.errors import CitationError
from corpus.identifiers.dates import print_date
from corpus.identifiers.names import KIND_WORDS, DecisionNumber, NameKind
from corpus.identifiers.works import work_title
from corpus.types import DocumentType, Locator, Metadata, Part

_FICTION_MARK = "(FIKTIV)"
_DIGITS = re.compile(r"\d+")
_KINDS = {
    DocumentType.CONSOLIDATED_ACT: NameKind.LBK,
    DocumentType.ACT: NameKind.LOV,
    DocumentType.AMENDING_ACT: NameKind.LOV,
    DocumentType.ORDER: NameKind.BEK,
    DocumentType.CIRCULAR: NameKind.CIR,
    DocumentType.GUIDANCE: NameKind.VEJ,
}
# Titles open with one of these words where the type alone does not say which.
_OPENINGS = ("cirkulæreskrivelse", "cirkulære", "vejledning", "skrivelse", "anordning")


def cite_document(metadata: Metadata) -> str:
    """How the document is named in running text.

    «lov om aktiv socialpolitik, jf. lovbekendtgørelse nr. 1031 af 22. juni 2023», «bekendtgørelse
    nr. 1239 af 29. oktober 2025 om …», «Ankestyrelsens principmeddelelse 28-24». A fictional
    document carries «(FIKTIV)».
    """
    if metadata.type in (DocumentType.DECISION, DocumentType.JUDGMENT):
        cited = _cite_decision(metadata)
    else:
        cited = _cite_rule(metadata)
    return f"{cited} {_FICTION_MARK}" if metadata.fictional and _FICTION_MARK not in cited else cited


def cite_provision(metadata: Metadata, locator: Locator, single_stk: bool) -> str:
    """How a provision of the document is cited: «§ 36, stk. 1, i lov om aktiv socialpolitik, jf. …».

    Args:
        single_stk: whether the § has only one stk., whose number is then not written.
    """
    where = str(locator)
    if single_stk and locator.stk == 1:
        bits = where.split(", ")
        where = ", ".join(bit for bit in bits if bit != "stk. 1")
    comma = "," if ", " in where else ""
    document = cite_document(metadata)
    if locator.part is Part.ANNEX:
        return f"{where}{comma} til {document}"
    if locator.part is Part.TRANSITIONAL:
        return f"{where}{comma} i overgangsbestemmelserne (nr. {locator.block}) til {document}"
    return f"{where}{comma} i {document}"


def _cite_rule(metadata: Metadata) -> str:
    title = work_title(metadata.title)
    number = _numbered(metadata)
    if not number:
        return title
    if metadata.type is DocumentType.CONSOLIDATED_ACT:
        return f"{title}, jf. {number}"
    word, _, rest = title.partition(" ")
    if number.startswith(f"{word.lower()} "):
        return f"{number} {rest}"
    return f"{title}, {number}"


def _numbered(metadata: Metadata) -> str:
    """«lovbekendtgørelse nr. 1031 af 22. juni 2023»; empty where the number is not known."""
    digits = _DIGITS.findall(metadata.number)
    kind = _KINDS.get(metadata.type)
    if not digits or kind is None:
        return ""
    opening = work_title(metadata.title).partition(" ")[0].lower()
    word = opening if opening in _OPENINGS else KIND_WORDS[kind]
    if metadata.date:
        return f"{word} nr. {digits[-1]} af {print_date(metadata.date)}"
    return f"{word} nr. {digits[-1]} fra {metadata.year}" if metadata.year else f"{word} nr. {digits[-1]}"


def _cite_decision(metadata: Metadata) -> str:
    who = genitive(metadata.authority)
    if metadata.decision_number:
        number = metadata.decision_number
        try:
            named = DecisionNumber.parse(number).long
        except CitationError:
            named = f"afgørelse {number}"
        lowered = metadata.title.lower()
        for word in ("principafgørelse", "principmeddelelse"):
            if word in lowered and named.startswith("princip"):
                named = f"{word} {named.partition(' ')[2]}"
        return f"{who} {named}" if who else named
    if not (who and metadata.date):
        return metadata.title
    word = "dom" if metadata.type is DocumentType.JUDGMENT else "afgørelse"
    for candidate in ("kendelse", "dom"):
        if re.search(rf"\b{candidate}\b", metadata.title, re.IGNORECASE):
            word = candidate
            break
    journal = f" (j.nr. {metadata.journal_number})" if metadata.journal_number else ""
    return f"{who} {word} af {print_date(metadata.date)}{journal}"


def genitive(name: str) -> str:
    """The Danish genitive: «Ankestyrelsens», «Aarhus'»."""
    if not name:
        return ""
    return f"{name}'" if name[-1] in "sxzSXZ" else f"{name}s"
