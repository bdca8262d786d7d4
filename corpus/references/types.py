"""The vocabulary of references: what a pointer in a legal text says, as printed.

Spans are offsets in the text that was searched. Nothing here says which version or provision a
reference leads to; that is ``resolve``'s task.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.identifiers import Celex, DecisionNumber, Ecli, Fob, LawReport, NameKind, OfficialName
from corpus.types import Level, Locator, Span

Cited = DecisionNumber | LawReport | Fob | Celex | Ecli
"""What a reference to a single case or act of the Union names by its own identifier."""


class Unit(StrEnum):
    """What the first number of a target counts; only §§ and annexes are provisions of Danish acts."""

    PARAGRAPH = "paragraph"
    ARTICLE = "article"
    CHAPTER = "chapter"
    ANNEX = "annex"


class MentionKind(StrEnum):
    """How the text names the act it points to."""

    OWN = "own"  # «denne lov»
    DEFINITE = "definite"  # «lovens § 4»: the own act, an order's parent act, or the act last named
    SAME = "same"  # «samme lovs § 2»
    NAMED = "named"  # a title or a popular name, with a number or without
    NUMBER = "number"  # a number only, with its date, its year or neither
    UNION = "union"  # an act of the European Union by number


@dataclass(frozen=True, slots=True)
class Undated:
    """The number of an act that is printed without its date: ``year`` None leaves open which one it is."""

    kind: NameKind
    number: int
    year: int | None


@dataclass(frozen=True, slots=True)
class ActMention:
    """An act as the text names it.

    ``name`` is the name without genitive, in lower case («aktivloven»). ``works`` are the works that
    bear the name; more than one means that the name alone does not decide. Several references may
    share one mention.
    """

    span: Span
    kind: MentionKind
    name: str = ""
    works: tuple[str, ...] = ()
    official: OfficialName | None = None  # «jf. lovbekendtgørelse nr. 1031 af 22. juni 2023»
    celex: Celex | None = None
    undated: Undated | None = None  # «bekendtgørelse nr. 807/2022»


@dataclass(frozen=True, slots=True)
class Target:
    """One provision pointed to, or with ``last`` a range that includes both ends.

    A target that stands on «stk. 2» or «1. pkt.» alone has a locator without paragraph; see
    ``complete``. For articles and chapters the locator's paragraph holds their number.
    """

    first: Locator
    last: Locator | None = None

    @property
    def is_range(self) -> bool:
        return self.last is not None

    def __str__(self) -> str:
        """As printed in Danish, the range with a dash between its ends."""
        bare = _printed(self.first)
        return bare if self.last is None else f"{bare} - {_printed(self.last)}"


@dataclass(frozen=True, slots=True)
class Reference:
    """One pointer in a text: one «§» with what hangs on it, an act named, or a case cited.

    ``act`` is None where the text names none: then the pointer means the own act in a statute, and
    in a decision what its context says.
    """

    span: Span
    targets: tuple[Target, ...] = ()
    unit: Unit = Unit.PARAGRAPH
    act: ActMention | None = None
    cited: Cited | None = None

    @property
    def locators(self) -> tuple[Locator, ...]:
        """The locators named, of a range its first and last."""
        return tuple(
            locator
            for target in self.targets
            for locator in (target.first, target.last)
            if locator is not None
        )

    @property
    def is_relative(self) -> bool:
        """Whether the pointer starts below the § («stk. 2») and needs the place where it stands."""
        return any(
            not locator.paragraph and self.unit is Unit.PARAGRAPH and not locator.block
            for locator in self.locators
        )


def complete(locator: Locator, place: Locator) -> Locator:
    """A relative locator completed by the place where it stands: «stk. 2» in § 36 is § 36, stk. 2.

    What stands above the highest level given comes from ``place``; for «1. pkt.» the nr. and litra
    of the place belong to that.
    """
    if locator.paragraph or locator.block:
        return locator
    above: dict[Level, tuple[str, ...]] = {
        Level.STK: (),
        Level.NR: ("stk",),
        Level.LITRA: ("stk", "nr"),
        Level.PKT: ("stk", "nr", "litra"),
    }
    fields = {name: getattr(place, name) for name in above.get(highest(locator), ())}
    return replace(locator, paragraph=place.paragraph, part=place.part, block=place.block, **fields)


def highest(locator: Locator) -> Level:
    """The level at which a locator begins."""
    if locator.paragraph or locator.block:
        return Level.PARAGRAPH
    if locator.stk is not None:
        return Level.STK
    if locator.nr is not None:
        return Level.NR
    return Level.LITRA if locator.litra is not None else Level.PKT


def _printed(locator: Locator) -> str:
    if locator.paragraph or locator.block:
        return str(locator)
    return str(replace(locator, paragraph="?")).removeprefix("§ ?, ")
