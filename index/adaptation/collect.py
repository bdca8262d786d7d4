"""Draws training pairs out of the corpus: what the law says of its own provisions, nobody has to judge.

Four origins, each a text that asks and a passage that answers it:

* a sentence that refers to a provision, the references cut out → the provision;
* a heading of a chapter or a § → the first words under it;
* an executive order, by its title and first § or by a sentence on «loven» → the provision that enables it;
* an older wording of a stk. → the wording that took its place.

Decisions give no pairs: what they cite is the silver standard that searches are measured by.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.alignment import align
from corpus.citations import Citation, cites
from corpus.errors import InputError
from corpus.identifiers import parse_slug, work_title
from corpus.links import Change, read_wording
from corpus.references.resolved import Ground, LinkStatus
from corpus.references.types import Unit
from corpus.sentences import sentences
from corpus.store import Store
from corpus.types import DocumentType, Kind, Level, Locator, Provision, Span, StoredDocument
from index.adaptation.pairs import Origin, Pair
from index.passages import Located, passages

LEAST_WORDS = 8  # left of a sentence once its references are cut out: fewer say nothing of the target
MOST_REFERENCES = 2  # in one sentence: with more, its words belong to none of them
# «Straf» and «Ikrafttræden» stand over §§ of most acts and lead to none of them.
MOST_WORKS_OF_A_HEADING = 2
# A rewording closer than this is a change of a number; one farther is a new rule in an old place.
WORDING_LIKENESS = (0.3, 0.85)
_DOCUMENTS_HELD = 40  # texts and passages at hand while citations are followed; versions share targets
_ENUMERATOR = re.compile(r"^(?:\d{1,3}(?: ?[a-zæøå])?|[a-zæøå])\) ")
_SPACES = re.compile(r"\s+")
_LEFT_OVER = re.compile(r"\(\s*(?:(?:jf|se)\.?)?[\s,]*\)|,?\s*\b(?:jf|se)\.(?=\s*[,.;)]|\s*$)")
_WORD = re.compile(r"[^\W\d_]{2,}")


def collect(store: Store) -> list[Pair]:
    """All pairs of a linked corpus, in order of the documents' ids, each question and target once.

    Raises:
        InputError: the corpus holds no rule that cites, heads or rewords anything.
    """
    newest = newest_rules(store)
    reader = Reader(store)
    found = [pair for document in newest for pair in _references(reader, document)]
    found += _headings(reader, newest)
    found += [pair for document in newest for pair in _enabling(reader, document)]
    found += [pair for document in newest for pair in _wordings(reader, document)]
    once = list({(pair.query, pair.target): pair for pair in found}.values())
    if not once:
        raise InputError(
            "The corpus gives no training pairs: no rule in it cites, heads or rewords a provision.",
            "Ingest law and link it (`hjemmel ingest`, `hjemmel link`) before adapting an encoder to it.",
        )
    return once


class Reader:
    """Documents as they are followed: text, passages and provisions, the last few held."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.open = lru_cache(_DOCUMENTS_HELD)(self._open)

    def _open(self, key: int) -> _Opened | None:
        document = self.store.by_key(key)
        if document is None:
            return None
        text, provisions = self.store.text(key), self.store.provisions(key)
        located = list(passages(document, text, provisions, self.store.sections(key)))
        located.sort(key=lambda each: each.occurrence.span.start)
        return _Opened(document, text, tuple(provisions), tuple(located))


@dataclass(frozen=True, slots=True, eq=False)
class _Opened:
    document: StoredDocument
    text: str
    provisions: tuple[Provision, ...]
    passages: tuple[Located, ...]

    def passage_at(self, place: int) -> Located | None:
        """The passage that ``place`` lies in."""
        at = bisect_right(self.passages, place, key=lambda each: each.occurrence.span.start) - 1
        found = self.passages[at] if at >= 0 else None
        return found if found and place < found.occurrence.span.end else None

    def passage_of(self, slug: str) -> Located | None:
        """The passage in which a provision begins; None where it is repealed or empty."""
        provision = next((p for p in self.provisions if p.locator.slug == slug), None)
        return self.passage_at(provision.body.start) if provision and not provision.repealed else None


def newest_rules(store: Store) -> list[StoredDocument]:
    """Of each work its newest version: older ones repeat most of it."""
    newest: dict[str, StoredDocument] = {}
    for document in store.documents(kinds=[Kind.RULE]):
        kept = newest.get(document.work_id)
        if kept is None or _day(document) >= _day(kept):
            newest[document.work_id] = document
    return sorted(newest.values(), key=lambda document: document.id)


def _day(document: StoredDocument) -> dt.date:
    return document.metadata.date or dt.date.min


def _references(reader: Reader, document: StoredDocument) -> Iterator[Pair]:
    """Sentences that refer to another §, and what they refer to."""
    source = reader.open(document.key)
    edges = cites(reader.store, document)
    edges.sort(key=lambda edge: edge.span.start)
    if source is None or not edges:
        return
    for located in source.passages:
        here = located.occurrence.span
        if not _within(edges, here):
            continue
        for sentence in sentences(source.text, here):
            pointing = _within(edges, sentence)
            spans = sorted({edge.span for edge in pointing})
            if not 0 < len(spans) <= MOST_REFERENCES:
                continue
            query = without(source.text, sentence, spans)
            if len(_WORD.findall(query)) < LEAST_WORDS:
                continue
            for edge in pointing:
                rests = edge.ground is Ground.ENABLING
                origin = Origin.ENABLING if rests else Origin.REFERENCE
                pair = _pair(reader, query, document, edge, origin)
                if pair and pair.target != f"{document.work_id}:{home_of(located)}":
                    yield pair


def _within(edges: Sequence[Citation], span: Span) -> Sequence[Citation]:
    """The edges, sorted by start, that begin inside ``span``."""
    starts = [bisect_left(edges, place, key=lambda edge: edge.span.start) for place in (span.start, span.end)]
    return edges[starts[0] : starts[1]]


def without(text: str, span: Span, references: Sequence[Span]) -> str:
    """The words of ``span`` without its references, which are sorted, and without what introduced them."""
    bits, start = [], span.start
    for reference in references:
        bits.append(text[start : max(start, reference.start)])
        start = max(start, reference.end)
    bits.append(text[start : max(start, span.end)])
    return _ENUMERATOR.sub("", _SPACES.sub(" ", _LEFT_OVER.sub("", " ".join(bits))).strip(" ,;"))


def _pair(
    reader: Reader, query: str, document: StoredDocument, edge: Citation, origin: Origin
) -> Pair | None:
    """The pair that an edge makes, if it leads to one provision that has words."""
    leads = edge.status is LinkStatus.RESOLVED and edge.unit is Unit.PARAGRAPH and edge.slug and not edge.last
    opened = reader.open(edge.target) if leads and edge.target is not None else None
    located = opened.passage_of(edge.slug) if opened else None
    if opened is None or located is None:
        return None
    work = opened.document.work_id
    target = f"{work}:{_home(parse_slug(edge.slug))}"
    return Pair(query, as_encoded(located), origin, document.work_id, work, target)


def as_encoded(located: Located) -> str:
    """What the encoder reads of a passage; see ``index.build.encoded_text``."""
    return f"{located.passage.context}: {located.passage.text}"


def _home(locator: Locator) -> str:
    """The slug of the § that a provision stands in."""
    return Locator(locator.paragraph, part=locator.part, block=locator.block).slug


def home_of(located: Located) -> str:
    """The slug of the § that a passage stands in."""
    return located.occurrence.result_id.rpartition(":")[2]


def _headings(reader: Reader, documents: Sequence[StoredDocument]) -> Iterator[Pair]:
    """Headings of chapters and §§ that few works share, and the first words under each."""
    under: dict[tuple[str, str], Pair] = {}
    for document in documents:
        opened = reader.open(document.key)
        for located in opened.passages if opened else ():
            above, mark, heading = located.passage.context.rpartition(" › ")
            place = (heading, document.work_id)
            if not mark or place in under:
                continue
            under[place] = Pair(
                heading,
                f"{above}: {located.passage.text}",
                Origin.HEADING,
                document.work_id,
                document.work_id,
                f"{document.work_id}:{home_of(located)}",
            )
    works = Counter(heading.casefold() for heading, _ in under)
    for (heading, _), pair in under.items():
        if works[heading.casefold()] <= MOST_WORKS_OF_A_HEADING and _WORD.search(heading):
            yield pair


def _enabling(reader: Reader, document: StoredDocument) -> Iterator[Pair]:
    """An order by its title and its first words, and what its preamble names."""
    source = reader.open(document.key) if document.metadata.type is DocumentType.ORDER else None
    if source is None or not source.passages:
        return
    first = source.passages[0].occurrence.span
    edges = sorted(cites(reader.store, document), key=lambda edge: edge.span.start)
    named = _within(edges, Span(0, first.start))
    if not 0 < len({edge.span for edge in named}) <= MOST_REFERENCES:
        return
    words = without(source.text, first, sorted({edge.span for edge in _within(edges, first)}))
    query = f"{work_title(document.metadata.title)}: {words}"
    for edge in named:
        pair = _pair(reader, query, document, edge, Origin.ENABLING)
        if pair and pair.passage_work != document.work_id:
            yield pair


def _wordings(reader: Reader, document: StoredDocument) -> Iterator[Pair]:
    """Stk. of the version before the newest that were reworded since."""
    versions = reader.store.documents(work_id=document.work_id, kinds=[Kind.RULE])
    before = [v for v in versions if _day(v) < _day(document)]
    old = reader.open(max(before, key=_day).key) if before else None
    new = reader.open(document.key)
    if old is None or new is None:
        return
    links = align(*(read_wording(side.text, side.provisions) for side in (old, new)))
    bodies: defaultdict[str, Span] = defaultdict(lambda: Span(0, 0))
    bodies.update({p.locator.slug: p.body for p in old.provisions})
    low, high = WORDING_LIKENESS
    for link in links:
        reworded = link.change in (Change.REWORDED, Change.MOVED_REWORDED)
        if not reworded or len(link.old) != 1 or not low <= link.similarity <= high:
            continue
        (was,), (became, *_) = link.old, link.new
        located = new.passage_of(became.slug)
        query = _SPACES.sub(" ", bodies[was.slug].of(old.text)).strip()
        if was.level is Level.STK and located and len(_WORD.findall(query)) >= LEAST_WORDS:
            target = f"{document.work_id}:{_home(became)}"
            yield Pair(query, as_encoded(located), Origin.WORDING, document.work_id, document.work_id, target)
