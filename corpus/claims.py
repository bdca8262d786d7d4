"""What a legal text says of other documents: which it consolidates, amends or repeals, and from when.

Read once, when a document is stored, from the preamble and the closing provisions; ``versions`` and
``amendments`` draw their conclusions from these claims and never from a title alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import CitationError
from corpus.identifiers import work_id
from corpus.identifiers.dates import DATE_PATTERN, parse_date
from corpus.types import DocumentType, Kind, Level, Metadata, ParsedDocument, Part, Provision, Span


class Relation(StrEnum):
    """What a document says of itself or of another."""

    CONSOLIDATES = "consolidates"  # the version that it brings up to date
    INCORPORATES = "incorporates"  # an amending act, or parts of one, that it has worked in
    OMITS = "omits"  # an amendment that it says it has not worked in
    AMENDS = "amends"  # the act that one of its own §§ changes
    REPEALS = "repeals"
    COMMENCES = "commences"  # it, or parts of it, take effect on ``day``
    EXPIRES = "expires"  # it ends itself on ``day``


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a document, with the place where it is printed.

    ``number``, ``year`` and ``date`` name the other document; ``number`` 0: none is named by number.
    ``work`` is the id of the work whose title is printed. ``place`` is the part meant, as printed
    («§ 1, nr. 2 og 3»), empty for the whole; for AMENDS the slug of the own §. ``day``: from when.
    """

    relation: Relation
    span: Span
    number: int = 0
    year: int = 0
    date: dt.date | None = None
    work: str = ""
    place: str = ""
    day: dt.date | None = None


_KINDS = (
    r"lovbekendtgørelse|bekendtgørelse|lov|anordning|cirkulæreskrivelse|cirkulære|vejledning|lbkg?\.?|bek\.?"
)
_NAME = re.compile(
    rf"\b(?P<kind>{_KINDS}) nr\.? ?(?P<number>\d{{1,5}}) af (?:d\. ?|den )?(?P<date>{DATE_PATTERN})",
    re.IGNORECASE,
)
# A sentence ends before a capital, a § or a «Stk.»; «nr. 806 af 1. juli» has none after its points.
_SENTENCE_END = re.compile(r"\.\s+(?=[A-ZÆØÅ§])|\n")
_AMENDMENTS_FOLLOW = re.compile(
    r"\bmed de(?:n)? ændring|\bmed (?:de )?senere|\bsom (?:senest )?ændret|\bsom (?:senest )?affattet",
    re.IGNORECASE,
)
_AMENDED = "foretages følgende ændring"
_AMENDING_HEAD = re.compile(r"I (?=\w)")
_TITLE_END = re.compile(r",? (?:jf\.|som ændret|som affattet|foretages)")
_COMMENCES = re.compile(
    rf"træder (?:dog )?(?:først )?i kraft (?:den )?(?P<day>{DATE_PATTERN})", re.IGNORECASE
)
_BY_MINISTER = re.compile(r"tidspunktet for (?:lovens |bekendtgørelsens )?ikrafttræden", re.IGNORECASE)
_SELF = re.compile(r"(?:(?:lov|anordning)en|bekendtgørelsen|cirkulæret)\s*$", re.IGNORECASE)
_REPEALED = re.compile(rf"\b(?:ophæves|bortfalder)(?: (?:samtidig(?:t)? )?(?:den )?(?P<day>{DATE_PATTERN}))?")
_PARTIAL = re.compile(r"§[^§]{0,60}\bi (?:\w[^§]{0,200}, jf\. )?$")
_NUMBER_PREFIX = re.compile(r"^(?:Stk\. ?\d+\. )+", re.IGNORECASE)
# A whole document is repealed where the sentence begins with it: «Bekendtgørelse nr. …», «Lov om …, jf. …».
_WHOLE = re.compile(
    r"(?:(?:samtidig(?:t)?|endvidere|desuden|herved) )?(?:følgende )?(?:\w+ lov,|\w*(?:lov|bekendtgørelse|"
    r"anordning|cirkulære|cirkulæreskrivelse|vejledning)(?:en|er|erne|et)? (?:nr\.|om |for |af |vedrørende )"
    r"|\w*loven,? )",
    re.IGNORECASE,
)
_EXCEPTED = re.compile(r"bortset fra|med (?:den )?undtagelse|med undtagelse|for så vidt angår")
_AFTER_VERB = re.compile(
    r"^(?:samtidig(?:t)?|endvidere|desuden|herved|ved ikrafttræden\w*)?,?\s*$", re.IGNORECASE
)
# Preambles run to some pages where many amendments are left out; clauses of a § to a few hundred words.
_LONGEST_PREAMBLE = 40_000
_LONGEST_CLAUSE = 6_000
_LEAD_IN = 300  # letters before a name in which «§§ 2-7 i lov om …, jf.» fits


def own_number(metadata: Metadata) -> tuple[int, int] | None:
    """Number and year by which other documents name this one; None where it has none."""
    year = metadata.year or (metadata.date.year if metadata.date else None)
    if not year or not metadata.number.isdecimal():
        return None
    return int(metadata.number), year


def read_claims(document: ParsedDocument) -> tuple[Claim, ...]:
    """The claims of a rule or an amending act, in text order; decisions make none."""
    meta = document.metadata
    if meta.kind is Kind.PRECEDENT or meta.type in (DocumentType.GUIDANCE, DocumentType.OTHER):
        return ()
    found: list[Claim] = []
    if meta.type is DocumentType.CONSOLIDATED_ACT:
        found.extend(_preamble(document.text, _preamble_span(document)))
    for provision in document.walk(Level.PARAGRAPH):
        if provision.locator.part is Part.MAIN and not provision.repealed:
            found.extend(_closing(document, provision))
    return tuple(found)


def _preamble_span(document: ParsedDocument) -> Span:
    if document.preamble is not None:
        return document.preamble
    first = next(document.walk(Level.PARAGRAPH), None)
    return Span(0, min(first.span.start if first else 0, _LONGEST_PREAMBLE))


def _preamble(text: str, span: Span) -> Iterator[Claim]:
    """«Herved bekendtgøres …, jf. lovbekendtgørelse nr. …, med de ændringer, der følger af …»"""
    for sentence in _sentences(text, Span(span.start, min(span.end, span.start + _LONGEST_PREAMBLE))):
        words = sentence.of(text)
        if "ikke indarbejdet" in words:
            stop = sentence.start + words.index("ikke indarbejdet")
            later = _COMMENCES.search(text, stop, sentence.end)
            for name, place in _names(text, Span(sentence.start, stop)):
                yield _named(Relation.OMITS, name, place=place, day=_day(later))
        elif "bekendtgøres" in words:
            cut = _AMENDMENTS_FOLLOW.search(text, sentence.start, sentence.end)
            head = Span(sentence.start, cut.start() if cut else sentence.end)
            for name, _ in list(_names(text, head))[:1]:
                yield _named(Relation.CONSOLIDATES, name)
            if cut:
                for name, place in _names(text, Span(cut.start(), sentence.end)):
                    yield _named(Relation.INCORPORATES, name, place=place)


def _closing(document: ParsedDocument, provision: Provision) -> Iterator[Claim]:
    """Amendments, repeals and commencement that one § declares."""
    text, body = document.text, provision.body
    body = Span(body.start, min(body.end, body.start + _LONGEST_CLAUSE))
    words = body.of(text)
    if (at := words.find(_AMENDED)) >= 0:
        yield from _amends(text, Span(body.start, body.start + at), provision)
        return
    if "kraft" not in words and "ophæves" not in words and "bortfalder" not in words:
        return
    for sentence in _sentences(text, body):
        yield from _commences(text, sentence)
        yield from _repeals(text, sentence)


def _amends(text: str, head: Span, provision: Provision) -> Iterator[Claim]:
    start = _AMENDING_HEAD.search(text, head.start, head.end)
    if not start:
        return
    cut = _AMENDMENTS_FOLLOW.search(text, start.end(), head.end)
    named = Span(start.end(), cut.start() if cut else head.end)
    title_end = _TITLE_END.search(text, named.start, named.end)
    title = text[named.start : title_end.start() if title_end else named.end]
    title = _NAME.sub("lov", title).removesuffix(",").strip()
    work = work_id(Metadata(title, DocumentType.CONSOLIDATED_ACT, Kind.RULE)) if title else ""
    place = provision.locator.slug
    names = list(_names(text, named))
    if names:
        yield _named(Relation.AMENDS, names[0][0], work=work, place=place)
    else:
        yield Claim(Relation.AMENDS, named, work=work, place=place)


def _commences(text: str, sentence: Span) -> Iterator[Claim]:
    verb = _COMMENCES.search(text, sentence.start, sentence.end)
    verb = verb or _BY_MINISTER.search(text, sentence.start, sentence.end)
    if not verb:
        return
    dated = verb.re is _COMMENCES
    part = text[sentence.start : verb.start()] if dated else text[verb.end() : sentence.end]
    part = _NUMBER_PREFIX.sub("", part) if dated else part
    yield Claim(
        Relation.COMMENCES,
        Span(verb.start(), verb.end()),
        place=" ".join(part.split()) if "§" in part else "",
        day=_day(verb) if dated else None,
    )


def _repeals(text: str, sentence: Span) -> Iterator[Claim]:
    words = sentence.of(text)
    lead = _NUMBER_PREFIX.match(words)
    start = sentence.start + (lead.end() if lead else 0)
    for verb in _REPEALED.finditer(text, start, sentence.end):
        before = text[start : verb.start()]
        if _SELF.search(before) and verb["day"]:
            yield Claim(Relation.EXPIRES, Span(verb.start(), verb.end()), day=_day(verb))
            continue
        after = bool(_AFTER_VERB.match(before))
        named = Span(verb.end(), sentence.end) if after else Span(start, verb.start())
        opening = named.of(text).lstrip(" ,")
        if not _WHOLE.match(opening) or _EXCEPTED.search(words):
            return
        cut = _AMENDMENTS_FOLLOW.search(text, named.start, named.end)
        for name, _ in _names(text, Span(named.start, cut.start() if cut else named.end)):
            lead_in = text[max(named.start, name.start() - _LEAD_IN) : name.start()]
            if not _PARTIAL.search(lead_in) and not lead_in.endswith(("ændring af ", "medfør af ")):
                yield _named(Relation.REPEALS, name, day=_day(verb))
        return


def _sentences(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for end in _SENTENCE_END.finditer(text, span.start, span.end):
        if end.start() > start:
            yield Span(start, end.start())
        start = end.end()
    if span.end > start:
        yield Span(start, span.end)


def _names(text: str, span: Span) -> Iterator[tuple[re.Match[str], str]]:
    """Documents named by number and date, each with the part of it that is meant."""
    last = span.start
    for name in _NAME.finditer(text, span.start, span.end):
        between = text[last : name.start()]
        last = name.end()
        place = between[between.find("§") :] if "§" in between else ""
        if place.rstrip().endswith(" i"):
            yield name, place.rstrip().removesuffix(" i").rstrip(" ,")
        else:
            yield name, ""


def _named(
    relation: Relation, name: re.Match[str], *, work: str = "", place: str = "", day: dt.date | None = None
) -> Claim:
    date = _date(name["date"])
    return Claim(
        relation,
        Span(name.start(), name.end()),
        number=int(name["number"]),
        year=date.year if date else 0,
        date=date,
        work=work,
        place=place,
        day=day,
    )


def _day(match: re.Match[str] | None) -> dt.date | None:
    return _date(match["day"]) if match and match["day"] else None


def _date(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except CitationError:
        return None
