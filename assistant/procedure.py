"""Duties of procedure that follow from the rules in the corpus, put to the caseworker as questions.

A duty is found by what a provision says: a duty of the authority in the words of procedure. It is looked for
in the rules found for the case, in the chapters that these stand in, and in the general acts on procedure,
each in the version of the case's day. What the corpus does not hold is not asked; that it lacks the general
acts is said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.brief_types import Duty, Gap, Quote
from assistant.quotes import Quoter
from corpus.derived import Held
from corpus.errors import NotFoundError
from corpus.identifiers import parse_provision_id, work_title
from corpus.sentences import sentences
from corpus.store import Store
from corpus.timelines import timeline_of, version_on
from corpus.types import Kind, Level, Part, Provision, Span, StoredDocument

BASIS_SHOWN = 3  # places for one question: the general act, the act of the case, its order
_LONGEST = 900  # characters; a longer sentence is a list, whose items say the duty themselves


@dataclass(frozen=True, slots=True)
class Topic:
    """A duty of procedure: what it is asked as, and the words it is recognised by.

    ``best`` is how the provision that establishes it puts it; ``words`` also finds those that refine it.
    """

    code: str
    question: str
    words: re.Pattern[str]
    best: re.Pattern[str]


def _topic(code: str, question: str, words: str, best: str) -> Topic:
    return Topic(code, question, re.compile(words, re.IGNORECASE), re.compile(best, re.IGNORECASE))


# In the order in which a case is handled.
TOPICS = (
    _topic(
        "guidance",
        "Er borgeren vejledt om det, som reglerne kræver, og fremgår det af sagen?",
        r"\bvejled",
        r"\b(?:skal|yde)\b[^.]{0,80}\bvejled",
    ),
    _topic(
        "involvement",
        "Har borgeren haft mulighed for at medvirke ved behandlingen af sagen?",
        r"\bmedvirke (?:ved|til) (?:sags)?behandling|\binddrages? (?:i|ved) (?:behandling|sagen)"
        r"|\bi samarbejde med (?:borgeren|modtageren|ansøgeren|parten)",
        r"\bmedvirke ved behandling",
    ),
    _topic(
        "clarification",
        "Er sagen oplyst så langt, at der kan træffes afgørelse?",
        r"\btilstrækkeligt? omfang|\boplyst i\b|\baf egen drift\b|\bundersøge, om\b"
        r"|\btilstrækkeligt oplyst|\bindhente\w* (?:\w+ ){0,3}oplysning"
        r"|\boplyse sagen|\bsagen er oplyst",
        r"\boplyst i tilstrækkeligt omfang|\btilstrækkeligt oplyst|\baf egen drift\b",
    ),
    _topic(
        "hearing",
        "Er borgeren hørt om de oplysninger, som afgørelsen skal bygge på?",
        r"\bpartshør|\bhøre?s? (?:modtageren|parten|borgeren|ansøgeren)|\budtale sig\b"
        r"|\bkomme(?:t)? med en udtalelse"
        r"|\bfremkomme(?:t)? med (?:en )?udtalelse|\bgjort? (?:\w+ ){0,4}bekendt med",
        r"\bgjort (?:\w+ ){0,4}bekendt med|\bpartshør|\bhøre (?:parten|modtageren|borgeren)|\budtale sig\b",
    ),
    _topic(
        "representative",
        "Ved borgeren, at en anden må hjælpe eller repræsentere?",
        r"\bbisidder|\brepræsenter|\bpartsrepræsent|\bbistå\w* af andre",
        r"\blade sig repræsentere|\bbistå af andre|\bbisidder",
    ),
    _topic(
        "interpreter",
        "Er der sørget for tolk, hvis borgeren ikke kan føre samtalen på dansk?",
        r"\btolk(?:e|en|ning)?\b",
        r"\b(?:skal|sørge for)\b[^.]{0,60}\btolk",
    ),
    _topic(
        "individual",
        "Er der foretaget den konkrete vurdering, som bestemmelsen kræver?",
        r"\b(?:konkret|individuel|samlet|faglig|skriftligt?)e? (?:og \w+ )?vurder"
        r"|\bvurderes? (?:konkret|individuelt|skriftligt)|\bskriftligt vurdere",
        r"\b(?:konkret|individuel)e? (?:og \w+ )?vurdering|\bskriftligt vurdere",
    ),
    _topic(
        "record",
        "Er de oplysninger, som sagen bygger på, noteret i sagen?",
        r"\bnotatpligt|\bgøre? notat|\bnoter(?:e|es|er)\b|\bfremgå af sagen\b|\bjournalfør"
        r"|\bskrive (?:\w+ )?ned\b",
        r"\bnoter(?:e|es)\b|\bgøre notat|\bnotatpligt|\bfremgå af sagen\b|\bskrive (?:\w+ )?ned\b",
    ),
    _topic(
        "deadline",
        "Er fristerne for sagens behandling overholdt?",
        r"\b(?:inden|senest) (?:\w+ ){0,4}?(?:dage|hverdage|uger|måneder)\b"
        r"|\bså hurtigt som muligt\b|\bfrist for",
        r"\bfrist for, hvor|\bså hurtigt som muligt\b|\bafgørelse\w* (?:\w+ ){0,8}?(?:inden|senest)\b",
    ),
    _topic(
        "writing",
        "Meddeles afgørelsen i den form, som reglerne kræver?",
        r"\bafgørelse\w*\b[^.]{0,60}\bskriftlig|\bskriftlig\w*\b[^.]{0,40}\bafgørelse|\bmeddeles skriftligt",
        r"\bmeddeles skriftligt|\bskriftlig afgørelse|\bafgørelse\w*\b[^.]{0,30}\bskriftlig",
    ),
    _topic(
        "reasons",
        "Er afgørelsen begrundet med regler, faktiske oplysninger og hovedhensyn?",
        r"\bbegrund(?:e|es|et|else)",
        r"\bledsaget af en begrundelse|\bskal (?:\w+ ){0,4}(?:begrundes|begrunde)\b"
        r"|\bbegrundelse(?:n)? (?:for \w+ )?skal\b",
    ),
    _topic(
        "complaint",
        "Er der givet vejledning om, hvordan og hvornår der kan klages?",
        r"\bklagevejledning|\bvejledning om klage|\bklageadgang|\bklageinstans|\bklagefrist",
        r"\bvejledning om klageadgang|\bklagevejledning|\bvejledning om klage",
    ),
)

# Acts on procedure as such; that of the social field bears on a case where an act found points at it.
_GENERAL = re.compile(
    r"^(?:forvaltningsloven|lov om offentlighed i forvaltningen|offentlighedsloven)$|\bgod sagsbehandling\b",
    re.IGNORECASE,
)
_SOCIAL = re.compile(r"^lov om retssikkerhed og administration på det sociale område$", re.IGNORECASE)
_DUTY = re.compile(
    r"\b(?:skal|har pligt til|har ansvaret for|påhviler|må (?:der )?ikke|kan der ikke træffes"
    r"|træffes der ikke|må træffes|sørger for|påser|har ret til|kan [^.]{0,60}lade sig)\b",
    re.IGNORECASE,
)
# Whose duty it is, or what the duty is about: an act's other duties are the citizen's or a third party's.
_AUTHORITY = re.compile(
    r"kommunalbestyrelse|kommune|myndighed|jobcent|forvaltning|udbetaling danmark|regionsråd|\bnævn"
    r"|\bafgørelse|\bpart(?:en|ens)?\b|\bsagen\b|\bansøgeren\b|\bborgeren\b|\bmodtageren\b",
    re.IGNORECASE,
)
# Access to documents is a case of its own, with duties of its own; so is who may not handle one.
_OTHER = re.compile(r"\baktindsigt|\bindsigt\b|\binhabil", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence that says a duty of a topic."""

    topic: Topic
    document: StoredDocument
    span: Span
    establishes: bool


def procedure(store: Store, rules: Sequence[str], as_of: dt.date) -> tuple[tuple[Duty, ...], tuple[Gap, ...]]:
    """The duties of procedure in a case that these rules bear on, and what could not be asked.

    Args:
        rules: ids of the §§ found for the case, best first.
        as_of: the case's date.
    """
    if not rules:
        return (), ()
    own = {store.document(parse_provision_id(rule)[0]) for rule in rules}
    general = tuple(_general_acts(store, own, as_of))
    found = [
        *(f for act in general for f in _of_act(store, act)),
        *_of_rules(store, rules),
    ]
    quoter = Quoter(store)
    duties = []
    for topic in TOPICS:
        basis = tuple(_basis(quoter, [f for f in found if f.topic is topic], general))
        if basis:
            duties.append(Duty(topic.code, topic.question, basis))
    missing = () if any(_named(act, _GENERAL) for act in general) else (_NO_GENERAL_ACT,)
    return tuple(duties), missing


_NO_GENERAL_ACT = Gap(
    "no-procedural-acts",
    "Samlingen har ingen almindelig lov om sagsbehandling, der gjaldt på sagens dato, så pligterne efter"
    " den er ikke med her.",
)


def _basis(quoter: Quoter, found: Sequence[_Found], general: Sequence[StoredDocument]) -> Iterator[Quote]:
    """The places to show: of each act the one that establishes the duty, general acts first."""
    keys = [act.key for act in general]
    ordered = sorted(
        found,
        key=lambda f: (
            keys.index(f.document.key) if f.document.key in keys else len(keys),
            not f.establishes,
        ),
    )
    shown: set[int] = set()
    for each in ordered:
        if each.document.key not in shown and len(shown) < BASIS_SHOWN:
            shown.add(each.document.key)
            yield quoter.quote(each.document.id, each.span, each.document.revision)


def _general_acts(store: Store, own: Collection[StoredDocument], day: dt.date) -> Iterator[StoredDocument]:
    fictional = any(document.metadata.fictional for document in own)
    for newest in _PROCEDURAL.of(store):
        if newest.metadata.fictional is not fictional:
            continue
        if _named(newest, _SOCIAL) and not any(_points_at(store, act, newest) for act in own):
            continue
        try:
            yield version_on(timeline_of(store, newest), day)
        except NotFoundError:  # no version of it applies on that day
            continue


def _points_at(store: Store, act: StoredDocument, other: StoredDocument) -> bool:
    """Whether an act cites any version of the other's work."""
    query = (
        "SELECT 1 FROM citations JOIN documents ON key = target WHERE document = ? AND work_id = ? LIMIT 1"
    )
    return store.select_one(query, (act.key, other.work_id)) is not None


def _procedural(store: Store) -> tuple[StoredDocument, ...]:
    """The newest version of each act on procedure."""
    newest: dict[str, StoredDocument] = {}
    for document in store.documents(kinds=[Kind.RULE]):
        if document.metadata.date is None or not (_named(document, _GENERAL) or _named(document, _SOCIAL)):
            continue
        known = newest.get(document.work_id)
        if known is None or (known.metadata.date or document.metadata.date) <= document.metadata.date:
            newest[document.work_id] = document
    return tuple(newest.values())


_PROCEDURAL = Held(_procedural)


def _of_act(store: Store, act: StoredDocument) -> Iterator[_Found]:
    """The duties of a general act: for each topic the sentences that establish it, in order."""
    for each in _said(store, act, store.provisions(act.key, Level.PARAGRAPH)):
        if each.establishes:
            yield each


def _of_rules(store: Store, rules: Sequence[str]) -> Iterator[_Found]:
    """The duties in the rules themselves, then in the chapters that they stand in."""
    by_act: dict[str, list[str]] = {}
    for rule in rules:
        document_id, locator = parse_provision_id(rule)
        by_act.setdefault(document_id, []).append(locator.slug)
    for document_id, slugs in by_act.items():
        act = store.document(document_id)
        paragraphs = store.provisions(act.key, Level.PARAGRAPH)
        own = [p for p in paragraphs if p.locator.slug in slugs]
        chapters = {p.chapter for p in own if p.chapter}
        yield from _said(store, act, own)
        near = [p for p in paragraphs if p.chapter in chapters and p not in own]
        yield from (f for f in _said(store, act, near) if f.establishes)


def _said(store: Store, act: StoredDocument, paragraphs: Iterable[Provision]) -> Iterator[_Found]:
    text = store.text(act.key)
    for paragraph in paragraphs:
        if paragraph.repealed or paragraph.locator.part is not Part.MAIN:
            continue
        for span in sentences(text, paragraph.span):
            words = span.of(text)
            if (
                len(words) > _LONGEST
                or _OTHER.search(words)
                or not _DUTY.search(words)
                or not _AUTHORITY.search(words)
            ):
                continue
            for topic in TOPICS:
                if topic.words.search(words):
                    yield _Found(topic, act, span, bool(topic.best.search(words)))


def _named(act: StoredDocument, pattern: re.Pattern[str]) -> bool:
    title = work_title(act.metadata.title).removesuffix("(FIKTIV)").strip()
    return bool(pattern.search(title) or pattern.search(act.metadata.popular_title))
