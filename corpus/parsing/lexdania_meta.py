"""The ``Meta`` element of a LexDania document → ``Metadata``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.errors import CitationError
from corpus.identifiers import AccessionNumber, DecisionNumber, Eli, OfficialName, slug_of
from corpus.identifiers.dates import DATE_PATTERN, parse_date
from corpus.parsing.lexdania_xml import Node
from corpus.types import ActReference, DocumentType, Kind, Metadata, Status

_ADDRESS = "https://www.retsinformation.dk"
# The gazette that a series is printed in; other series (W, X, …) stand only in the register.
_GAZETTES = {"A": "lta", "B": "lta", "C": "ltc"}
_TYPES = {
    "LBK": DocumentType.CONSOLIDATED_ACT,
    "LOV": DocumentType.ACT,
    "BEK": DocumentType.ORDER,
    "ANO": DocumentType.ORDER,
    "CIR": DocumentType.CIRCULAR,
    "CIS": DocumentType.CIRCULAR,
    "VEJ": DocumentType.GUIDANCE,
    "SKR": DocumentType.GUIDANCE,
    "KEN": DocumentType.DECISION,
    "AFG": DocumentType.DECISION,
    "DOM": DocumentType.JUDGMENT,
}
_PRECEDENTS = frozenset({DocumentType.DECISION, DocumentType.JUDGMENT})
_APPEALS_BOARD = "ankestyrelsen"
_NUMBER_IN_TITLE = re.compile(
    r"princip(?:afgørelse|meddelelse)\s(?:nr\.?\s)?((?:[A-ZÆØÅ]{1,3}-)?\d{1,4}-\d{2})\b", re.IGNORECASE
)
_SUBJECTS_IN_TITLE = re.compile(r"\d\s+om\s+(.+)", re.DOTALL)
_DASH = re.compile(r"\s[-–]\s")
_JOURNAL = re.compile(r"^j\.?\s?nr\.?\s?:?\s*", re.IGNORECASE)
# «Herved bekendtgøres lov om …, jf. lovbekendtgørelse nr. 806 af 1. juli 2015, med de ændringer …»;
# what follows «med» are the amendments, each with a number and a date of its own.
_CONSOLIDATED = re.compile(rf"\b(lovbekendtgørelse|lov) (nr\. ?\d{{1,5}} af {DATE_PATTERN})", re.IGNORECASE)
_AMENDMENTS_FOLLOW = re.compile(r"\bmed de(?:n)? ændring|\bmed senere|\bsom ændret", re.IGNORECASE)


def type_of(root: Node) -> DocumentType:
    """The type of the document, from the head of ``DocumentType`` («LBK H#LOKDOK03»)."""
    head = _type_words(root)
    if head[:1] == ["LOV"] and _amends(root):
        return DocumentType.AMENDING_ACT
    return _TYPES.get(head[0], DocumentType.OTHER) if head else DocumentType.OTHER


def _type_words(root: Node) -> list[str]:
    return _said(root, "DocumentType").partition("#")[0].upper().split()


def _amends(root: Node) -> bool:
    """«LOV Æ», «BEK Æ»: an act or order that only amends others."""
    return "Æ" in _type_words(root)[1:]


def metadata(root: Node, title: str) -> Metadata:
    """What ``Meta`` says. ``title`` is the printed title, used where ``Meta`` has none."""
    type_, year, number = type_of(root), _year(root), _said(root, "Number")
    said_title = _said(root, "DocumentTitle") or title
    accession = _said(root, "AccessionNumber")
    kind = Kind.AMENDMENT if _amends(root) else Kind.RULE
    if type_ in _PRECEDENTS:
        kind = Kind.PRECEDENT
    found = Metadata(
        title=said_title,
        type=type_,
        kind=kind,
        number=number,
        year=year,
        date=_date(_said(root, "DiesSigni")),
        published=_date(_said(root, "DiesEdicti")),
        ended=_date(_said(root, "DateOfHistoricMark")),  # EndDate stands on valid acts too
        status={"valid": Status.VALID, "historic": Status.HISTORIC}.get(
            _said(root, "Status").lower(), Status.UNKNOWN
        ),
        accession_number=accession,
        popular_title=_said(root, "PopularTitle"),
        authority=_said(root, "AdministrativeAuthority"),
        ministry=_said(root, "Ministry"),
        journal_number=_JOURNAL.sub("", _said(root, "JournalNumber")),
        subjects=tuple(_all_said(root, "Subject")),
        relations=(*_changes(root), *_groups(root, "Concerns", "concerns")),
    )
    if kind is Kind.PRECEDENT:
        found = _decided(found)
    return _addressed(found, _said(root, "Rank"))


def consolidates(preamble: str) -> tuple[ActReference, ...]:
    """The version that a consolidated act brings up to date, from the first sentence of its preamble."""
    end = _AMENDMENTS_FOLLOW.search(preamble)
    match = _CONSOLIDATED.search(preamble, 0, end.start() if end else len(preamble))
    if not match:
        return ()
    words = " ".join(match.group().split())
    try:
        return (ActReference("consolidates", citation=words, date=OfficialName.parse(words).date),)
    except CitationError:
        return ()


def _decided(found: Metadata) -> Metadata:
    """With the decision's own number, from ``Subject`` or the title, and what the title says it is about."""
    numbers = [n for n in map(_decision_number, found.subjects) if n]
    in_title = _NUMBER_IN_TITLE.search(found.title)
    if not numbers and in_title:
        numbers = [_decision_number(in_title[1])]
    subjects = [s for s in found.subjects if not _decision_number(s)]
    about = _SUBJECTS_IN_TITLE.search(found.title, in_title.end() - 1) if in_title else None
    if about:
        subjects.extend(s.strip() for s in _DASH.split(about[1]))
    return replace(
        found,
        decision_number=numbers[0] if numbers else "",
        subjects=tuple(dict.fromkeys(s for s in subjects if s)),
    )


def _decision_number(text: str) -> str:
    try:
        return str(DecisionNumber.parse(text))
    except CitationError:
        return ""


def _addressed(found: Metadata, rank: str) -> Metadata:
    """With the official identifier and address of the document."""
    gazette = _GAZETTES.get((rank or found.accession_number)[:1].upper(), "")
    if gazette and found.year and found.number.isdecimal():
        eli = Eli(gazette, found.year, int(found.number))
        return replace(found, identifier=eli.slug, eli=str(eli), url=f"{_ADDRESS}{eli}")
    if not found.accession_number:
        return found
    identifier = slug_of(f"accn {found.accession_number}")
    if found.decision_number and _APPEALS_BOARD in found.authority.lower():
        identifier = slug_of(f"ast {found.decision_number}")
    return replace(found, identifier=identifier, url=f"{_ADDRESS}/eli/accn/{found.accession_number}")


def _changes(root: Node) -> Iterator[ActReference]:
    """The acts that changed this one: the full entries, and those that stand only as short names."""
    short = {(n.date.year, n.number): n for n in map(_name, _short_names(root)) if n}
    for change in _groups(root, "Change", "changed_by"):
        key = _key(change.accession_number)
        name = short.pop(key, None) if key else None
        yield replace(change, citation=str(name)) if name else change
    for name in short.values():
        yield ActReference("changed_by", citation=str(name), date=name.date)


def _groups(root: Node, opening: str, relation: str) -> Iterator[ActReference]:
    """A flat run of ``<Change id="change_1"/>`` and the ``Ref_…`` elements that name its id."""
    meta = root.first("Meta")
    if meta is None:
        return
    fields: dict[str, dict[str, str]] = {}
    for node in meta.nodes("Ref_Accn", "Ref_Af", "Ref_Text"):
        fields.setdefault(node.attributes.get("REFid", ""), {})[node.tag] = _plain(node)
    for node in meta.nodes(opening):
        said = fields.get(node.attributes.get("id", ""), {})
        if said:
            yield ActReference(
                relation,
                title=said.get("Ref_Text", ""),
                accession_number=said.get("Ref_Accn", ""),
                date=_date(said.get("Ref_Af", "")),
            )


def _short_names(root: Node) -> Iterator[str]:
    meta = root.first("Meta")
    for group in meta.nodes("AendresAf") if meta else ():
        for document in group.nodes("Dokument"):
            yield document.child_words("KortNavn")


def _name(text: str) -> OfficialName | None:
    try:
        return OfficialName.parse(text)
    except CitationError:
        return None


def _key(accession: str) -> tuple[int, int] | None:
    try:
        number = AccessionNumber.parse(accession)
    except CitationError:
        return None
    return number.year, number.number


def _year(root: Node) -> int | None:
    year = _said(root, "Year")
    return int(year) if year.isdecimal() and len(year) == 4 else None


def _date(text: str) -> dt.date | None:
    try:
        return parse_date(text[:10]) if text else None
    except CitationError:
        return None


def _said(root: Node, tag: str) -> str:
    return next(_all_said(root, tag), "")


def _all_said(root: Node, tag: str) -> Iterator[str]:
    meta = root.first("Meta")
    for node in meta.nodes(tag) if meta else ():
        if words := _plain(node):
            yield words


def _plain(node: Node) -> str:
    """The words of a field; a line break stands in some as the two characters «\\n»."""
    return " ".join(node.words.replace("\\n", " ").split())
