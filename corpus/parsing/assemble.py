"""From joined blocks to a parsed document: what it is, what it is called, and its legal structure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from corpus.errors import CitationError, NoTextError
from corpus.identifiers import OfficialName
from corpus.identifiers.dates import DATE_PATTERN
from corpus.identifiers.names import KIND_WORDS
from corpus.outcomes import recorded_outcomes
from corpus.parsing.blocks import STARTS_UNIT, Block, Heading, Joined, join
from corpus.parsing.front_matter import FrontMatter, kind_of
from corpus.structure import find_provisions, find_sections, section_role
from corpus.types import (
    DocumentType,
    Footnote,
    Kind,
    Metadata,
    ParsedDocument,
    Part,
    Provision,
    Section,
    SectionRole,
    Span,
)

# Titles of Danish law say the type in their first words; the longer wording stands first.
_TITLES = (
    (re.compile(r"(?:forslag til )?lov om (?:ændring|ophævelse) af ", re.I), DocumentType.AMENDING_ACT),
    (
        re.compile(r"bekendtgørelse (?:for \w+ )?af lov|lovbekendtgørelse", re.I),
        DocumentType.CONSOLIDATED_ACT,
    ),
    (re.compile(r"bekendtgørelse\b", re.I), DocumentType.ORDER),
    (re.compile(r"cirkulære", re.I), DocumentType.CIRCULAR),
    (re.compile(r"vejledning\b|skrivelse\b", re.I), DocumentType.GUIDANCE),
    (re.compile(r"princip(?:meddelelse|afgørelse)|afgørelse\b|kendelse\b", re.I), DocumentType.DECISION),
    (re.compile(r"dom\b|domsudskrift", re.I), DocumentType.JUDGMENT),
    (re.compile(r"(?:\w+ )?lov om |\w+lov(?:en)?$", re.I), DocumentType.ACT),
)
# «Lov nr. 77 af 4. maj 2024 om tilskud», and a line of a gazette: «LOV nr 77 af 04/05/2024 Gældende».
_OFFICIAL = re.compile(
    r"(?P<name>(?:lov|lovbekendtgørelse|bekendtgørelse|LBK|BEK) nr\.? ?\d{1,5} af (?:den )?"
    rf"(?:{DATE_PATTERN}))"
    r"(?:\.?(?: \(?(?:gældende|historisk)\)?)?$| (?P<rest>(?:om|for|af) \S.*))",
    re.IGNORECASE,
)
_ACTS = {
    DocumentType.ACT,
    DocumentType.AMENDING_ACT,
    DocumentType.CONSOLIDATED_ACT,
    DocumentType.ORDER,
}
_FIRST_LINES = 5  # in which a file says what it is
_NUMBERED = {"number", "date"}
_FIRST_PARAGRAPH = re.compile(r"^§ ?1\.", re.M)
_PARAGRAPH = re.compile(r"^§{1,2} ?\d{1,4}(?: ?[a-zæøå])?\.", re.M)
_FEWEST_PARAGRAPHS = 3  # §§ that make a statute where § 1 is missing (an excerpt)
_DECIDING = {SectionRole.FACTS, SectionRole.REASONING, SectionRole.OUTCOME, SectionRole.SUMMARY}
_FEWEST_ROLES = 2  # different deciding sections that make a decision: one word alone may head anything
_LONGEST_TITLE = 300  # the longest titles of Danish acts that are no amending acts run to about 250
_CHAPTER = re.compile(r"(?:Kapitel|Afsnit|Bog) +[\dIVXLC]{1,6}(?: ?[a-z]\b)?", re.I)
_CHAPTER_LINE = re.compile(r"^(?:Kapitel|Afsnit|Bog) +[\dIVXLC]{1,6}\b", re.M | re.I)
_LEADS = re.compile(r"\n§{1,2} ?\d")
_ANNEX = re.compile(
    r"^Bilag(?: \d{1,3}(?: ?[a-z])?)?(?:[.:]?$|[.:] ?\S.{0,199}$| [-–] .{0,199}$| [A-ZÆØÅ].{0,199}$)", re.M
)
_TRANSITIONAL = re.compile(
    r"^Lov nr\. \d{1,4} af [^\n]{1,400}?(?:indeholder|fastsættes)[^\n]{0,200}(?:bestemmelse|ikraft)", re.M
)


def assemble(
    blocks: Sequence[Block],
    *,
    address: str,
    parser: str,
    matter: FrontMatter | None = None,
    title: str = "",
    warnings: Sequence[str] = (),
    footnotes: Sequence[Footnote] = (),
) -> ParsedDocument:
    """The parsed document that ``blocks`` make.

    Args:
        blocks: the layout in reading order.
        address: where the file lies; its name is the last resort for a title.
        parser: name and version of the parser.
        matter: what the file says about itself; wins over everything that is guessed.
        title: a title from the file's properties, used where the text has none of its own.
        warnings: what the parser wants a person to know.
        footnotes: kept as they are.

    Raises:
        NoTextError: the blocks hold no words.
    """
    joined = join(blocks)
    text = joined.text
    if not text:
        raise NoTextError("Filen har ingen tekst.", "Kontrollér, at den er gemt og hentet helt.")
    matter = matter or FrontMatter()
    title_span = _title_span(joined)
    named = matter.values.get("title") or (title_span.of(text) if title_span else "") or title
    said = {} if matter.values.keys() & _NUMBERED else _official(named, text)
    given = {"title": named or _file_title(address), **said, **matter.values}
    given.setdefault("type", guess_type(given["title"], text, joined.headings))
    metadata = Metadata(kind=kind_of(given["type"]), **given)
    document = ParsedDocument(
        metadata,
        text,
        joined.offsets,
        footnotes=tuple(footnotes),
        parser=parser,
        warnings=(*matter.warnings, *warnings),
    )
    start = title_span.end + 1 if title_span and title_span.end < len(text) else 0
    body = Span(start, len(text))
    if metadata.kind is Kind.PRECEDENT:
        sections = _sections(joined, body)
        outcomes = metadata.outcomes or recorded_outcomes(text, sections)
        return replace(document, sections=sections, metadata=replace(metadata, outcomes=outcomes))
    provisions, repeated = _provisions(joined, body)
    return replace(
        document,
        provisions=tuple(provisions),
        preamble=_preamble(joined, body, provisions),
        warnings=(*document.warnings, *repeated),
    )


def _official(title: str, text: str) -> dict[str, Any]:
    """Number, date and title where a rule says «Lov nr. 77 af 4. maj 2024 om …» of itself; else nothing.

    It says so in its title, or in one of its first lines that holds nothing else. A decision may print the
    act that it applies in the same way: of it nothing is taken.
    """
    match = _OFFICIAL.match(title)
    if match is None or not match["rest"]:
        lines = (_OFFICIAL.match(line) for line in text.split("\n", _FIRST_LINES)[:_FIRST_LINES])
        match = next((line for line in lines if line and not line["rest"]), None)
        if match is None or guess_type(title, text) not in _ACTS:
            return {}
    try:
        name = OfficialName.parse(match["name"])
    except CitationError:
        return {}
    said: dict[str, Any] = {"number": str(name.number), "year": name.date.year, "date": name.date}
    if match["rest"]:
        said["title"] = f"{KIND_WORDS[name.kind].capitalize()} {match['rest']}"
    return said


def guess_type(title: str, text: str, headings: Sequence[Heading] = ()) -> DocumentType:
    """The type by the first words of the title, else by the structure, else ``OTHER``."""
    for pattern, type in _TITLES:
        if pattern.match(title):
            return type
    titles = [h.span.of(text) for h in headings] or [s.title for s in find_sections(text, Span(0, len(text)))]
    if len(_DECIDING.intersection(map(section_role, titles))) >= _FEWEST_ROLES:
        return DocumentType.DECISION
    paragraphs = len(_PARAGRAPH.findall(text))
    if _FIRST_PARAGRAPH.search(text) or paragraphs >= _FEWEST_PARAGRAPHS:
        return DocumentType.ACT if re.search(r"\blov\b|lov$", title, re.I) else DocumentType.ORDER
    return DocumentType.OTHER


def _title_span(joined: Joined) -> Span | None:
    """The title in the text: the first marked title, else a first line that reads like one."""
    text = joined.text
    marked = [h for h in joined.headings if h.level == 1] or [h for h in joined.headings if h.span.start == 0]
    for heading in marked[:1]:
        words = heading.span.of(text)
        return None if _CHAPTER.match(words) or section_role(words) else heading.span
    end = text.find("\n")
    first = text[:end] if end >= 0 else ""
    if not first or len(first) > _LONGEST_TITLE or first[-1] in ".:;," or not first[0].isupper():
        return None
    if STARTS_UNIT.match(first) or section_role(first):
        return None
    return Span(0, end)


def _file_title(address: str) -> str:
    name = PurePath(address.partition("#")[0]).stem
    return " ".join(name.replace("_", " ").split()) or "Uden titel"


def _provisions(joined: Joined, body: Span) -> tuple[list[Provision], list[str]]:
    """The provisions of the main part, of each amending act's transitional rules and of each annex.

    With them comes a warning for each § number that is printed twice in one of them.
    """
    text = joined.text
    last_paragraph = max((m.start() for m in _PARAGRAPH.finditer(text, body.start)), default=body.start)
    # A line «Bilag 1» above the last § belongs to the act: it lists its annexes.
    annexes = [m.start() for m in _ANNEX.finditer(text, last_paragraph)]
    end = annexes[0] if annexes else body.end
    acts = [m.start() for m in _TRANSITIONAL.finditer(text, body.start, end)]
    found: list[Provision] = []
    twice: list[str] = []
    for block, (start, stop) in enumerate(pairwise([body.start, *acts, end])):
        part = Part.TRANSITIONAL if block else Part.MAIN
        found.extend(_under_headings(joined, Span(start, stop), part, block))
        printed = Counter(m[0].rstrip(".") for m in _PARAGRAPH.finditer(text, start, stop))
        twice += [label for label, count in printed.items() if count > 1]
    for block, (start, stop) in enumerate(pairwise([*annexes, body.end]), 1):
        found.extend(find_provisions(text, trimmed(text, start, stop), Part.ANNEX, block))
    return found, [f"{label} er trykt mere end én gang; kun den første kan slås op." for label in twice]


def _under_headings(joined: Joined, span: Span, part: Part, block: int) -> Iterator[Provision]:
    """The provisions of ``span``, each under the chapter and heading that the file marks as such.

    The text is cut at marked headings, so that none is taken for words of the § above it; a heading
    inside a § (nothing of a § or chapter follows it) stays where it stands.
    """
    text = joined.text
    start, chapter, heading = span.start, "", ""
    below = -1  # where a heading directly under the last one would start
    seen: set[str] = set()  # a § number printed twice names the first § only
    for end, words in [*((m.span.start, m.span.of(text)) for m in _leading(joined, span)), (span.end, "")]:
        found = find_provisions(text, trimmed(text, start, end), part, block) if start < end else ()
        for provision in found:
            if provision.locator.paragraph not in seen:
                own, over = provision.chapter or chapter, provision.heading or heading
                yield replace(provision, chapter=own, heading=over)
        seen.update(p.locator.paragraph for p in found)
        if _CHAPTER.match(words):
            chapter, heading = words, ""
        elif end == below and _CHAPTER.fullmatch(chapter):
            chapter = f"{chapter} {words}"
        else:
            heading = words
        start = end + len(words)
        below = start + 1


def _leading(joined: Joined, span: Span) -> list[Heading]:
    """The marked headings in ``span`` over a § or over transitional rules, straight or over another such."""
    found: list[Heading] = []
    for mark in reversed(joined.headings):
        if mark.span not in span:
            continue
        over_another = bool(found) and found[-1].span.start == mark.span.end + 1
        chapter = _CHAPTER.match(joined.text, mark.span.start, mark.span.end)
        transitional = _TRANSITIONAL.match(joined.text, mark.span.end + 1)
        if chapter or over_another or transitional or _LEADS.match(joined.text, mark.span.end):
            found.append(mark)
    return found[::-1]


def _preamble(joined: Joined, body: Span, provisions: Sequence[Provision]) -> Span | None:
    """What stands between the title and the first chapter, heading or §; ``None`` without any §."""
    if not provisions:
        return None
    ends = [h.span.start for h in joined.headings if h.span.start >= body.start]
    chapter = _CHAPTER_LINE.search(joined.text, body.start)
    ends += [provisions[0].span.start] + ([chapter.start()] if chapter else [])
    span = trimmed(joined.text, body.start, max(body.start, min(ends)))
    return span if len(span) else None


def _sections(joined: Joined, body: Span) -> tuple[Section, ...]:
    """The sections by the headings that the file marks, or by their words where those tell more."""
    marked = _marked_sections(joined, body)
    by_words = find_sections(joined.text, body)
    return marked if marked and _roles(marked) >= _roles(by_words) else by_words


def _roles(sections: Sequence[Section]) -> int:
    return len({s.role for s in sections} - {SectionRole.OTHER})


def _marked_sections(joined: Joined, body: Span) -> tuple[Section, ...]:
    text = joined.text
    marks = [h for h in joined.headings if h.span in body]
    found: list[Section] = []
    above: list[tuple[int, SectionRole]] = []  # the open headings over the present one, with their roles
    if not marks:
        return ()
    opening = trimmed(text, body.start, marks[0].span.start)
    if len(opening):
        found.append(Section(SectionRole.OTHER, "", opening))
    for mark, after in zip(marks, [*(m.span.start for m in marks[1:]), body.end], strict=True):
        above = [(level, role) for level, role in above if level < mark.level]
        own = section_role(mark.span.of(text))
        # A heading with words of its own («Kommunens frist») serves the purpose of the heading over it.
        role = own or (above[-1][1] if above else SectionRole.OTHER)
        above.append((mark.level, role))
        span = trimmed(text, mark.span.end, after)
        if len(span):
            found.append(Section(role, mark.span.of(text), span))
    return tuple(found)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span from ``start`` to ``end`` without the line breaks at its ends."""
    while start < end and text[start] in "\n ":
        start += 1
    while end > start and text[end - 1] in "\n ":
        end -= 1
    return Span(start, end)
