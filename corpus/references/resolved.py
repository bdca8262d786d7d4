"""The vocabulary of resolving: what a reference comes to, on what ground, or why it does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from corpus.references.types import Target, Unit
from corpus.types import Provision, StoredDocument


class LinkStatus(StrEnum):
    """Whether a reference was led to one place."""

    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    AMBIGUOUS = "ambiguous"  # several candidates remain; all are named and none is chosen


class Ground(StrEnum):
    """Why this act and this version."""

    NAMED = "named"  # the text names the version by number and date
    IN_FORCE = "in-force"  # the version in force on the day of the text
    OWN = "own"  # the text's own act
    ENABLING = "enabling"  # the one act that an order was issued under
    AMENDED = "amended"  # the act that the § of the amending act changes
    CONTEXT = "context"  # the one act that the text names with this § or in this place
    ONLY_FIT = "only-fit"  # of the acts it can be, the only one that has the provision
    NUMBER = "number"  # a decision by its number


class Reason(StrEnum):
    """Why a reference was led nowhere."""

    UNKNOWN_WORK = "unknown-work"  # an act that is not in the corpus
    UNKNOWN_VERSION = "unknown-version"  # the version named by the text is not in the corpus
    NO_VERSION = "no-version"  # no version in the corpus is in force on the day
    NO_PROVISION = "no-provision"  # the version has no such provision
    NO_ACT = "no-act"  # the text does not say which act
    NO_YEAR = "no-year"  # a number without its year, which several acts can bear
    NO_PLACE = "no-place"  # «stk. 2» outside of a provision it could belong to
    TWO_ACTS = "two-acts"  # the words fit several acts
    TWO_PROVISIONS = "two-provisions"  # the version prints the number more than once
    NOT_KEPT = "not-kept"  # Union law, a case or a decision that is not in the corpus


@dataclass(frozen=True, slots=True)
class Act:
    """An act a reference can mean.

    ``version`` None: it could not be led to a version; ``reason`` says why. ``name`` is what the text
    calls it. ``candidates`` are further acts where several remain.
    """

    name: str
    work: str = ""
    version: StoredDocument | None = None
    ground: Ground | None = None
    reason: Reason | None = None
    candidates: tuple[Act, ...] = ()

    @property
    def key(self) -> str:
        """What tells two acts apart: the version, else the work, else the name."""
        return self.version.id if self.version else self.work or self.name

    @property
    def label(self) -> str:
        """The id of the version where there is one, else the name."""
        return self.version.id if self.version else self.name or self.work


@dataclass(frozen=True, slots=True)
class Resolution:
    """What one target of a reference comes to.

    ``target`` is the pointer completed by its place; None for an act or a case as a whole. ``first`` and
    ``last`` are its provisions (``last`` for a range alone). ``candidates`` are ids of documents or
    provisions, or names of acts, between which the text does not decide. ``day`` is the day by which
    the version was chosen.
    """

    status: LinkStatus
    unit: Unit
    day: dt.date | None
    target: Target | None = None
    document: StoredDocument | None = None
    first: Provision | None = None
    last: Provision | None = None
    ground: Ground | None = None
    reason: Reason | None = None
    name: str = ""
    candidates: tuple[str, ...] = ()
