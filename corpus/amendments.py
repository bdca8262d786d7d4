"""What amending acts say shall be changed, and which of it a consolidation does not show yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.claims import Claim, Relation
from corpus.identifiers import parse_slug
from corpus.references import ActNames, MentionKind, Target, Unit, find
from corpus.types import Level, Locator, Part, Provision, Span


class Action(StrEnum):
    """What an instruction does to its targets."""

    CHANGED = "changed"  # words in them are replaced, added or taken out
    REWRITTEN = "rewritten"  # «affattes således»
    REPEALED = "repealed"
    INSERTED = "inserted"  # the targets are new
    RENUMBERED = "renumbered"
    HEADING = "heading"  # only the heading over them


@dataclass(frozen=True, slots=True)
class Amendment:
    """One instruction of an amending act.

    ``place`` is where it stands in the amending act (§ 1, nr. 5) and ``span`` its text there. ``targets``
    are provisions of the amended act; ``chapter`` is the number of one that is changed as a whole.
    ``everywhere``: words are changed wherever they stand («overalt i loven»).
    """

    place: Locator
    span: Span
    action: Action
    targets: tuple[Target, ...]
    chapter: str = ""
    everywhere: bool = False

    def touches(self, where: Locator, chapter: str = "") -> bool:
        """Whether the instruction reaches ``where``, something inside it, or what it stands in.

        Args:
            where: a provision of the amended act.
            chapter: the chapter it stands in, as ``Provision.chapter`` has it.
        """
        if where.part is not Part.MAIN:
            return False
        if self.everywhere or any(_meets(target, where) for target in self.targets):
            return True
        number = _CHAPTER.match(chapter) if self.chapter and self.action is not Action.HEADING else None
        return bool(number and _spaced(number[1].lower()) == self.chapter)


_NO_NAMES = ActNames.from_titles([])
_QUOTED = re.compile(r"[»\"“][^»«\"“”]{0,4000}[«\"”]")
_BECOMES = re.compile(
    r"(?:der|som) bliver(?: herefter)? (?:§+ ?\d+(?: [a-z]\b)?|stk\. ?\d+(?:-\d+)?(?: og \d+)?"
    r"|nr\. ?\d+(?:-\d+)?|litra [a-z]\b|\d+\.(?: og \d+\.)? pkt\.|, (?=nr|litra|\d+\. ))+",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:(?P<rewritten>affattes)|(?P<repealed>ophæves|udgår\.)|(?P<inserted>indsættes)|(?P<changed>ændres|udgår))",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^\W*(?:i )?overskriften?\b", re.IGNORECASE)
_EVERYWHERE = re.compile(r"\boveralt i (?:loven|bekendtgørelsen)\b", re.IGNORECASE)
_CHAPTER = re.compile(r"^\W*(?:i )?kapitel (\d+(?: ?[a-z](?![a-zæøå]))?)", re.IGNORECASE)
_AS = re.compile(
    r"\bsom\b[^:]{0,80}?(?P<unit>stk\.|nr\.|litra|\d+\.(?:[-, og\d.]{0,12}) ?pkt\.)", re.IGNORECASE
)
_AFTER = re.compile(r"indsættes\W+(?:[^:]{0,40}\b)?efter (?P<unit>stk|nr)\. ?(?P<number>\d+)", re.IGNORECASE)
_WORDS_ONLY = re.compile(r"indsættes\W+(?:to steder )?(?:i [^:»]{0,80})?(?:efter|før|som) »", re.IGNORECASE)
_NEW_PARAGRAPH = re.compile(r"^»?§ (\d+(?: ?[a-zæøå](?![\wæøå]))?)\.", re.MULTILINE | re.IGNORECASE)
_NEW_STK = re.compile(r"^»?Stk\. (\d+)\.", re.MULTILINE)
_RENUMBERED = re.compile(
    r"^(?:Stk\.|Nr\.|§+|Litra|\d+\.)[^\n]{0,60} bliver (?:herefter )?[^\n]{1,60}$",
    re.MULTILINE | re.IGNORECASE,
)
_ITEM = r"\d+(?: ?[a-z](?![a-zæøå]))?"
_NR = re.compile(rf"^nr\. ?({_ITEM})(?:(?:-| og |, )({_ITEM}))?", re.IGNORECASE)
_LONGEST_HEAD = 3_000
_THIS_ACT = (MentionKind.OWN, MentionKind.DEFINITE)  # «denne lovs § 3», «lovens § 3»


def read_amendments(text: str, provisions: Iterable[Provision], claim: Claim) -> tuple[Amendment, ...]:
    """The instructions of one § of an amending act.

    Args:
        text: the text of the amending act.
        provisions: its provisions.
        claim: an AMENDS claim; its place is the § that amends.
    """
    own = parse_slug(claim.place)
    inside = [p for p in provisions if p.locator.paragraph == own.paragraph and p.locator.part is Part.MAIN]
    numbered = [p for p in inside if p.level is Level.NR]
    found: list[Amendment] = []
    for provision in numbered or [p for p in inside if p.level is Level.PARAGRAPH]:
        found.extend(_read(text, provision))
    return tuple(found)


def _read(text: str, provision: Provision) -> Iterator[Amendment]:
    body = provision.body.of(text)
    if provision.level is Level.PARAGRAPH:  # one instruction without a number, after the introduction
        body = body.partition(":")[2].strip()
    if not body:
        return
    head, _, rest = body.partition("\n")
    head = _blank(_QUOTED, head[:_LONGEST_HEAD])
    head = _blank(_BECOMES, head)
    verb = _VERB.search(head)
    place, span = provision.locator, provision.span
    base = _targets(head)
    if verb:
        action = Action(verb.lastgroup or Action.CHANGED)
        targets = base
        if _HEADING.match(head):
            action = Action.HEADING
        elif action is Action.INSERTED:
            action, targets = _inserted(head, verb.start(), rest, base)
        chapter = _CHAPTER.match(head) if not targets else None
        if chapter and action is Action.REWRITTEN:
            targets = tuple(Target(Locator(_spaced(m[1]))) for m in _NEW_PARAGRAPH.finditer(rest))
        yield Amendment(
            place,
            span,
            action,
            targets,
            _spaced(chapter[1].lower()) if chapter else "",
            bool(_EVERYWHERE.search(head)),
        )
    paragraph = base[-1].first.paragraph if base else ""
    for line in _RENUMBERED.finditer(rest):
        if line.group()[0] != "§" and not paragraph:
            continue
        moved = _targets(line.group().partition(" bliver")[0], base[-1].first if base else None)
        if moved:
            yield Amendment(place, span, Action.RENUMBERED, moved)


def _inserted(head: str, verb: int, rest: str, base: tuple[Target, ...]) -> tuple[Action, tuple[Target, ...]]:
    """What «indsættes» adds: words in the targets, or provisions of their own."""
    new_paragraphs = tuple(Target(Locator(_spaced(m[1]))) for m in _NEW_PARAGRAPH.finditer(rest))
    before = _targets(head[:verb])
    here = before[-1].first if before else (base[0].first if base else None)
    opening = head.lstrip().lower()
    if opening.startswith("efter") or (new_paragraphs and (not here or here.stk is None)):
        return Action.INSERTED, new_paragraphs or base
    as_new = _AS.search(head, verb)
    if as_new and here:
        added = _targets(head[as_new.start("unit") :], here)
        if added:
            return Action.INSERTED, added
    if here and "som ny" in head[verb:]:
        added = tuple(
            Target(replace(here, stk=int(m[1]), nr=None, litra=None, pkt=None))
            for m in _NEW_STK.finditer(rest)
        )
        after = _AFTER.search(head, verb)
        if not added and after and after["unit"].lower() == "nr":
            added = (Target(replace(here, nr=str(int(after["number"]) + 1), litra=None, pkt=None)),)
        if added:
            return Action.INSERTED, added
    return Action.CHANGED, before or base


def _targets(words: str, inside: Locator | None = None) -> tuple[Target, ...]:
    """The provisions that an instruction names; relative ones are completed from the one before them."""
    found: list[Target] = []
    if inside is not None and (nr := _NR.match(words)):
        item = replace(inside, nr=_spaced(nr[1]), litra=None, pkt=None)
        return (Target(item, replace(item, nr=_spaced(nr[2])) if nr[2] else None),)
    base = inside
    # «§ 2» at the head of a line would be the number of a provision and no pointer to one.
    for reference in find(f"i {words}", _NO_NAMES):
        act = reference.act
        if reference.unit is not Unit.PARAGRAPH or (act and act.kind not in _THIS_ACT):
            continue
        for target in reference.targets:
            first = _completed(target.first, base)
            if first is None:
                continue
            last = _completed(target.last, base) if target.last else None
            found.append(Target(first, last))
            base = last or first
    # «I § 28, stk. 2, ophæves 2. pkt.»: the wider place only leads to the narrower one.
    return tuple(
        t
        for i, t in enumerate(found)
        if not (i + 1 < len(found) and not t.last and _inside(found[i + 1].first, t.first))
    )


def _completed(locator: Locator, base: Locator | None) -> Locator | None:
    if locator.paragraph:
        return locator
    if base is None:
        return None
    if locator.stk is not None:
        return replace(locator, paragraph=base.paragraph)
    if locator.nr is not None:
        return replace(locator, paragraph=base.paragraph, stk=base.stk)
    return replace(locator, paragraph=base.paragraph, stk=base.stk, nr=locator.nr or base.nr)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(
        lambda m: f"»{' ' * (len(m.group()) - 2)}«" if m.group()[0] in '»"“' else " " * len(m.group()), text
    )


def _spaced(label: str) -> str:
    match = re.fullmatch(r"(\d+) ?([a-zæøå])", label, re.IGNORECASE)
    return f"{match[1]} {match[2]}" if match else label


def covers_place(place: str, own: Locator) -> bool:
    """Whether a part of an amending act as printed («§ 1, nr. 2, 4 og 7-9») includes the place ``own``.

    An empty place means the whole act; one that cannot be read is taken to include everything.
    """
    named = _targets(place)
    return not named or any(_includes(target, own) for target in named)


def _includes(target: Target, own: Locator) -> bool:
    """Items of an amending act are cited without the stk. that they stand in."""
    ends = (target.first, target.last or target.first)
    if not _key(ends[0].paragraph) <= _key(own.paragraph) <= _key(ends[1].paragraph):
        return False
    if own.nr is None or ends[0].nr is None or ends[1].nr is None:
        return True
    return _key(ends[0].nr) <= _key(own.nr) <= _key(ends[1].nr)


_PATH = ("paragraph", "stk", "nr", "litra", "pkt")


def _meets(target: Target, where: Locator) -> bool:
    """Whether one of the two is the other or stands inside it."""
    for name in _PATH:
        first, mine = getattr(target.first, name), getattr(where, name)
        last = getattr(target.last, name) if target.last else first
        if mine in (None, "") or first is None:
            return True
        if first != last:
            return _key(first) <= _key(mine) <= _key(last)
        if mine != first:
            return False
    return True


def _inside(inner: Locator, outer: Locator) -> bool:
    mine = [getattr(inner, name) for name in _PATH]
    other = [getattr(outer, name) for name in _PATH]
    return mine != other and all(o is None or o == m for m, o in zip(mine, other, strict=True))


def _key(value: object) -> tuple[int, str]:
    match = re.match(r"(\d*) ?(.*)", str(value))
    return (int(match[1]) if match and match[1] else 0, match[2].lower() if match else "")


def effect_of(claims: Sequence[Claim], own: Locator) -> dt.date | None:
    """From when the instruction at ``own`` applies, as its act says; None where it leaves that open."""
    general: list[dt.date | None] = []
    for claim in claims:
        if claim.relation is not Relation.COMMENCES:
            continue
        if not claim.place:
            general.append(claim.day)
        elif (named := _targets(claim.place)) and any(_includes(target, own) for target in named):
            return claim.day
    return general[0] if len(set(general)) == 1 else None
