"""What a provision asks: its conditions, exceptions, discretion, duties and open standards, quoted.

Nothing is inferred and nothing is weighed: an element is a stretch of the provision's own words with
the word that shows what it does. A list stays a list, each item under the words that it hangs on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant import cues
from assistant.antecedents import antecedent, is_no_limit
from assistant.brief_types import Connective, Element, ElementKind, Quote
from assistant.clauses import Clause, Reading, Role, read_clauses
from corpus.identifiers import cite_provision, parse_provision_id
from corpus.sentences import sentences
from corpus.store import Store
from corpus.types import Kind, Level, Part, Provision, Span, StoredDocument

_KINDS = {
    Role.CONDITION: ElementKind.CONDITION,
    Role.EXCEPTION: ElementKind.EXCEPTION,
    Role.RELATIVE: ElementKind.CONDITION,
}
# A lead-in of fewer words («hvis») is quoted with the clause before it.
_SHORT_LEAD = 3
_TRIM_START = re.compile(r"(?:[\s,;:.]|(?:og|eller|men|samt)\b)+", re.IGNORECASE)
_TRIM_END = re.compile(r"(?:[\s,;:]|(?<=[\s,])(?:og|eller|men|samt))+$", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b(?:m\.v|mv|m\.m|m\.fl|o\.l|lign|pkt|kr|pct|stk|nr)\.$", re.IGNORECASE)
_ITEM_JOINS = re.compile(r"[,;.\s]*\b(?P<word>og/eller|og|eller|samt)\b[,;.\s]*$", re.IGNORECASE)
_PHRASE_END = re.compile(r"[;:]|,(?! (?:stk|nr|litra|pkt|jf|\d|§))|[.](?=\s*$)")
_DANISH = re.compile(r"\b(?:af|til|og|som|ikke|efter|skal|hvis|ved|eller|om|på|det|kan|har)\b", re.IGNORECASE)
_FOREIGN_FROM = 8  # so many words without one of the above are not Danish


def conditions(store: Store, provision_id: str) -> tuple[Element, ...]:
    """The elements of a provision and of everything below it, in the order of the text.

    Args:
        provision_id: of a §, a stk. or an item, such as ``lta-2023-1031:par-36``.

    Returns:
        Nothing for a repealed provision, an annex, an amending act, a decision, and words that are not
        Danish. Items of a list whose lead-in asks nothing stand on their own.

    Raises:
        CitationError: not the form of a provision's id.
        NotFoundError: no such document or provision.
    """
    document_id, locator = parse_provision_id(provision_id)
    document = store.document(document_id)
    provision = store.provision(document.key, locator.slug)
    meta = document.metadata
    if meta.kind is not Kind.RULE or meta.language != "da":
        return ()
    if provision.repealed or provision.locator.part is Part.ANNEX:
        return ()
    around = [
        p
        for p in store.provisions(document.key, paragraph=locator.paragraph)
        if _same_paragraph(p, provision)
    ]
    return read_conditions(document, store.text(document.key), around, provision)


def read_conditions(
    document: StoredDocument, text: str, provisions: Sequence[Provision], provision: Provision
) -> tuple[Element, ...]:
    """As ``conditions``, from what is already at hand.

    Args:
        text: the document's text.
        provisions: all provisions of the § that ``provision`` belongs to, itself included.
    """
    return tuple(_Reader(document, text, provisions).unit(provision))


def _same_paragraph(one: Provision, other: Provision) -> bool:
    a, b = one.locator, other.locator
    return (a.paragraph, a.part, a.block) == (b.paragraph, b.part, b.block)


@dataclass(frozen=True, slots=True)
class _Found:
    """An element before its list is read, with the clause that shows it."""

    element: Element
    clause: Clause | None


class _Reader:
    def __init__(self, document: StoredDocument, text: str, provisions: Sequence[Provision]) -> None:
        self._document = document
        self._text = text
        self._provisions = sorted(provisions, key=lambda p: (len(p.span), -_depth(p)))
        self._single = not any(p.locator.stk not in (None, 1) for p in provisions)

    def unit(self, provision: Provision) -> Iterator[Element]:
        """The elements of one unit with all below it."""
        if provision.repealed:
            return
        below = self._below(provision)
        if not below:
            yield from self._prose(provision.body)
        elif below[0].level is Level.STK:
            for child in below:
                yield from self.unit(child)
        else:
            yield from self._listing(provision, below)

    def _below(self, provision: Provision) -> list[Provision]:
        """The stk., or the items of the list, right under ``provision``."""
        inside = [
            p
            for p in self._provisions
            if p.level is not Level.PKT
            and p is not provision
            and p.span in provision.span
            and _depth(p) > _depth(provision)
        ]
        top = min((_depth(p) for p in inside), default=0)
        return sorted((p for p in inside if _depth(p) == top), key=lambda p: p.span)

    # Lists

    def _listing(self, provision: Provision, items: Sequence[Provision]) -> Iterator[Element]:
        lead = Span(provision.body.start, max(provision.body.start, items[0].span.start))
        parts = sentences(self._text, lead)
        for sentence in parts[:-1]:
            yield from self._sentence(sentence)
        reading = read_clauses(self._text, parts[-1]) if parts else None
        found = self._found(parts[-1], reading) if reading else []
        carrier = self._carrier(found, reading) if reading else None
        for each in found:
            if each is not carrier:
                yield each.element
        if carrier is None:
            for item in items:
                yield from self.unit(item)
        else:
            element = self._lengthened(carrier, reading, found) if reading else carrier.element
            connective = self._connective(lead, items)
            hanging = tuple(self._item(item, element.kind) for item in items if not item.repealed)
            yield replace(element, connective=connective, parts=hanging)
        rest = Span(max(p.span.end for p in items), provision.body.end)
        if len(rest):
            yield from self._prose(rest)

    def _carrier(self, found: Sequence[_Found], reading: Reading) -> _Found | None:
        """The element that the list of a lead-in hangs on."""
        by_clause = {id(f.clause): f for f in found if f.clause is not None}
        named = [c for c in reading.clauses if any(reading.tokens[t].word == "følgende" for t in c.tokens)]
        last = len(reading.tokens) - 1
        ending = [c for c in reading.clauses if c.last == last]
        clause = named[-1] if named else (ending[-1] if ending else None)
        while clause is not None and id(clause) not in by_clause:
            clause = clause.parent
        return by_clause[id(clause)] if clause is not None else None

    def _lengthened(self, carrier: _Found, reading: Reading, found: Sequence[_Found]) -> Element:
        """The lead-in, with the clause before it where it alone says nothing («hvis»)."""
        element, clause = carrier.element, carrier.clause
        if clause is None or len(element.quote.text.split()) >= _SHORT_LEAD or clause.parent is None:
            return element
        start = reading.tokens[clause.parent.opened].span.start
        for other in found:  # what stands before it and is quoted already is not quoted twice
            if other is not carrier and other.clause is not clause.parent and other.element.cue.start < start:
                start = max(start, other.element.quote.span.end)
        return self._element(element.kind, Span(start, element.quote.span.end), element.cue) or element

    def _item(self, item: Provision, kind: ElementKind) -> Element:
        """An item under its lead-in; what it says of its own stands below it."""
        below = [p for p in self._below(item) if p.level is not Level.STK]
        if below:
            lead = Span(item.body.start, max(item.body.start, below[0].span.start))
            span = self._tidy(lead)
            parts = tuple(self._item(p, kind) for p in below)
            connective = self._connective(lead, below)
        else:
            span = self._tidy(item.body)
            # What covers the whole item says no more than its lead-in: «angive, hvad det kan føre til».
            own = (e for e in self._prose(item.body) if e.quote.span != span)
            bound = kind in (ElementKind.CONDITION, ElementKind.EXCEPTION)
            parts = tuple(e for e in own if not (bound and self._is_relative(e)))
            connective = Connective.UNSTATED
        quote = self._quote(span if len(span) else item.body)
        return Element(kind, quote, Span(quote.span.start, quote.span.start), connective, parts)

    def _is_relative(self, element: Element) -> bool:
        return element.cue.of(self._text).lower() in ("der", "som", *cues.RELATIVE_PLACES)

    def _connective(self, lead: Span, items: Sequence[Provision]) -> Connective:
        """What is said of how the items stand to each other."""
        words = lead.of(self._text)
        if cues.ONE_OF.search(words):
            return Connective.OR
        if cues.ALL_OF.search(words):
            return Connective.AND
        if len(items) < 2:
            return Connective.UNSTATED
        joined = _ITEM_JOINS.search(self._text[items[-2].body.start : items[-1].span.start])
        said = joined["word"].lower() if joined else ""
        if said in ("og", "samt"):
            return Connective.AND
        return Connective.OR if said == "eller" else Connective.UNSTATED

    # Sentences

    def _prose(self, span: Span) -> Iterator[Element]:
        for sentence in sentences(self._text, span):
            yield from self._sentence(sentence)

    def _sentence(self, sentence: Span) -> Iterator[Element]:
        for found in self._found(sentence, read_clauses(self._text, sentence)):
            yield found.element

    def _found(self, sentence: Span, reading: Reading) -> list[_Found]:
        """The elements of a sentence, each with the clause that it was read from."""
        words = sentence.of(self._text)
        if len(words.split()) >= _FOREIGN_FROM and not _DANISH.search(words):
            return []
        found: list[_Found] = []
        for clause in reading.clauses:
            element = (
                self._main(reading, clause)
                if clause.role is Role.MAIN
                else self._subordinate(reading, clause)
            )
            if element is not None:
                found.append(_Found(element, clause))
        found += [_Found(e, None) for e in self._phrases(sentence, [f.element for f in found])]
        return sorted(found, key=lambda f: (f.element.quote.span.start, -f.element.quote.span.end))

    def _subordinate(self, reading: Reading, clause: Clause) -> Element | None:
        kind = _KINDS.get(clause.role)
        if kind is None or clause.last < clause.opened:  # a clause that a mark closed before it began
            return None
        if clause.role is Role.RELATIVE and (
            _stands_in(clause, (Role.CONDITION, Role.EXCEPTION, Role.RELATIVE))
            or is_no_limit(reading, clause)
        ):
            return None
        start = reading.tokens[clause.opened].span.start
        if clause.role is Role.RELATIVE:
            start = antecedent(reading, clause)
        return self._element(kind, Span(start, reading.tokens[clause.last].span.end), clause.cue)

    def _main(self, reading: Reading, clause: Clause) -> Element | None:
        own = [t for t in clause.tokens if reading.tokens[t].word not in (",", ".", ":", ";")]
        if not own:
            return None
        shown = self._shown(reading, clause, own)
        if shown is None:
            return None
        kind, cue = shown
        inner = [c for c in reading.inside(clause) if not _is_adverbial(c)]
        first = min([own[0], *(c.opened for c in inner if not c.parent or not _is_adverbial(c.parent))])
        last = max([own[-1], *(c.last for c in inner)])
        return self._element(kind, Span(reading.tokens[first].span.start, reading.tokens[last].span.end), cue)

    def _shown(self, reading: Reading, clause: Clause, own: Sequence[int]) -> tuple[ElementKind, Span] | None:
        """What a main clause does, and the word that shows it."""
        tokens = reading.tokens
        words = [tokens[t].word for t in own]
        plain = " ".join(words)
        reserved = {i + 1 for i, w in enumerate(words[:-1]) if w in ("jf", "jfr") and words[i + 1] == "dog"}
        for i, word in enumerate(words):
            if word == "dog" and i not in reserved and (own[i] == 0 or tokens[own[i] - 1].word != ","):
                return ElementKind.EXCEPTION, tokens[own[i]].span
        start, end = tokens[own[0]].span.start, tokens[own[-1]].span.end
        if (match := cues.OVERRIDE.search(self._text, start, end)) and self._is_own(
            tokens, own, match.start()
        ):
            return ElementKind.EXCEPTION, Span(*match.span())
        if clause.verb >= 0 and tokens[clause.verb].word not in cues.MODALS and "ikke" in words:
            if cues.DENIED.search(plain):
                return ElementKind.EXCEPTION, tokens[own[words.index("ikke")]].span
            return None
        if required := self._required(reading, clause, own):
            return ElementKind.CONDITION, required
        return self._modal(reading, own, words)

    def _required(self, reading: Reading, clause: Clause, own: Sequence[int]) -> Span | None:
        """«betingelse» where a clause or a list says what it is."""
        says = any(c.role is Role.CONTENT and c.parent is clause for c in reading.clauses)
        for t in own:
            token = reading.tokens[t]
            if cues.REQUIREMENT.fullmatch(token.word) and (says or token.word in cues.REQUIRES):
                return token.span
            if cues.LISTED_REQUIREMENT.fullmatch(token.word) and any(
                reading.tokens[back].word == "følgende" for back in range(max(0, t - 3), t)
            ):
                return token.span
        return None

    def _modal(
        self, reading: Reading, own: Sequence[int], words: Sequence[str]
    ) -> tuple[ElementKind, Span] | None:
        tokens = reading.tokens
        for i, word in enumerate(words):
            cue = tokens[own[i]].span
            binds = [j for j in range(i + 1, min(i + 9, len(words))) if words[j] in cues.BINDING]
            if binds and binds[0] == i + 1:
                cue = Span(cue.start, tokens[own[i + 1]].span.end)
            if word == "skal" or (word == "må" and binds):
                return ElementKind.DUTY, cue
            if word == "kan":
                return (ElementKind.DUTY if binds else ElementKind.DISCRETION), cue
            if word == "bør":
                return ElementKind.DISCRETION, cue
        start, end = tokens[own[0]].span.start, tokens[own[-1]].span.end
        match = cues.DUTY_PHRASES.search(self._text, start, end)
        if match and self._is_own(tokens, own, match.start()):
            return ElementKind.DUTY, Span(*match.span())
        return None

    def _is_own(self, tokens: Sequence[object], own: Sequence[int], at: int) -> bool:
        return any(getattr(tokens[t], "span").start == at for t in own)  # noqa: B009

    def _phrases(self, sentence: Span, clauses: Sequence[Element]) -> Iterator[Element]:
        """What stands in a sentence as a phrase: reservations, exceptions, judgement, open standards."""
        start, end = sentence.start, sentence.end
        for match in cues.RESERVED.finditer(self._text, start, end):
            dog = match.start() + match.group().lower().index("dog")
            yield from self._made(ElementKind.EXCEPTION, Span(*match.span()), Span(dog, dog + 3))
        for match in _EXCEPTION.finditer(self._text, start, end):
            stop = _PHRASE_END.search(self._text, match.end(), end)
            shown = match.lastgroup or "cue"
            whole = Span(match.start(shown), stop.start() if stop else end)
            yield from self._made(ElementKind.EXCEPTION, whole, Span(*match.span(shown)))
        for match in cues.JUDGED.finditer(self._text, start, end):
            span = Span(*match.span())
            if not any(e.kind is ElementKind.DISCRETION and span in e.quote.span for e in clauses):
                yield from self._made(ElementKind.DISCRETION, span, span)
        for match in cues.STANDARD.finditer(self._text, start, end):
            cue = Span(*match.span())
            if not cues.NO_STANDARD.match(self._text, cue.start):
                yield from self._made(ElementKind.STANDARD, self._standard(cue, sentence), cue)

    def _standard(self, cue: Span, sentence: Span) -> Span:
        """The words an open standard is about: the noun after it, or what it is measured by."""
        if " " in cue.of(self._text):
            return cue
        following = _AFTER_STANDARD.match(self._text, cue.end, sentence.end)
        return Span(cue.start, following.end()) if following else cue

    # Quotes

    def _made(self, kind: ElementKind, span: Span, cue: Span) -> Iterator[Element]:
        element = self._element(kind, span, cue)
        if element is not None:
            yield element

    def _element(self, kind: ElementKind, span: Span, cue: Span) -> Element | None:
        tidy = self._tidy(span)
        if cue not in tidy or not len(cue):
            return None
        return Element(kind, self._quote(tidy), cue)

    def _tidy(self, span: Span) -> Span:
        """Without the marks and joining words around it."""
        start, end = span.start, span.end
        if match := _TRIM_START.match(self._text, start, end):
            start = match.end()
        words = self._text[start:end]
        if words.endswith(".") and not _ABBREVIATED.search(words):
            words = words[:-1]
        words = _TRIM_END.sub("", words)
        return Span(start, max(start, start + len(words)))

    def _quote(self, span: Span) -> Quote:
        smallest = next((p for p in self._provisions if span in p.span), None)
        assert smallest is not None, "an element stands in the provision it was read from"
        return Quote(
            self._document.id,
            self._document.revision,
            span,
            span.of(self._text),
            str(smallest.locator),
            cite_provision(self._document.metadata, smallest.locator, self._single),
        )


_EXCEPTION = re.compile(
    r"(?:(?<=, )|(?<=\A))(?P<cue>dog)\b"
    r"|\b(?P<other>bortset fra|med undtagelse af|undtagen|undtaget herfra)\b",
    re.IGNORECASE,
)
_AFTER_STANDARD = re.compile(r" (?:(?:for|til|af|med|at|i) [^,;.:]*|[\w-]+(?: (?:og|eller) [\w-]+)?)")


def _depth(provision: Provision) -> int:
    return (Level.PARAGRAPH, Level.STK, Level.NR, Level.LITRA, Level.PKT).index(provision.level)


def _is_adverbial(clause: Clause) -> bool:
    return clause.role in (Role.CONDITION, Role.EXCEPTION) or _stands_in(
        clause, (Role.CONDITION, Role.EXCEPTION)
    )


def _stands_in(clause: Clause, roles: Sequence[Role]) -> bool:
    at = clause.parent
    while at is not None:
        if at.role in roles:
            return True
        at = at.parent
    return False
