"""Pointers that wait for an act named further on in the sentence.

«efter § 25 c, stk. 1, jf. stk. 5, i lov om aktiv socialpolitik» and «§§ 60 og 61 om merbeskæftigelse og
§ 63 om løntilskud i lov om X»: the words between keep the finder from joining pointer and act.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.references.setting import NAMING
from corpus.references.types import ActMention, Reference, Target, complete

_REACH = 90  # characters between two pointers of one row, or between the last and the act
# What a provision is about may stand after it, as long as nothing in it points elsewhere.
_ABOUT = r"(?: om (?!at\b)[^.;:§\n]{1,70}?)?"
_AWAY = re.compile(r"\b(?:efter|jf|reglerne|ifølge|medfør|henhold|denne|som|der|hvis|når|er|kan|skal|har)\b")
_TO_ACT = re.compile(rf"{_ABOUT},? i ")
_TO_NEXT = re.compile(rf"{_ABOUT}(?:,? (?:og|eller|samt) |, )")
_IN_FRONT = re.compile(r"(?: om [^.;:§\n]{1,120})?,? ?")  # «lov nr. 5 af 3. maj 2020 om X, § 7»
_SAMT = re.compile(r"\bsamt\b")
_BY_JF = re.compile(r",? jf\. (?:dog )?")


def lend(text: str, references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references with the act that the last of a row names lent to those before it.

    A relative pointer in such a row («jf. stk. 5») is completed by the § that it follows. In «lov om X,
    § 7 og § 9, samt § 6 i bekendtgørelse om Y» what stands before «samt» is given back to the act in front.
    """
    lent = _returned(text, references)
    for index in range(len(lent) - 2, -1, -1):
        here, after = lent[index], lent[index + 1]
        if here.act is not None or here.cited is not None or not here.targets:
            continue
        if (
            after.act is None
            or after.act.kind not in NAMING
            or not _joined(text, here, references[index + 1], after)
        ):
            continue
        lent[index] = replace(here, act=after.act)
    return tuple(_completed(lent))


def _returned(text: str, references: Sequence[Reference]) -> list[Reference]:
    """The references, those that stand between two acts with the one before them up to a «samt»."""
    done = list(references)
    front: ActMention | None = None  # the act right in front of the row that is being read
    for index, here in enumerate(references):
        before = references[index - 1] if index else None
        gap = text[before.span.end : here.span.start] if before else "-"
        if front is not None and (_SAMT.search(gap) or before is None or before.act is not here.act):
            front = None
        if before and before.act and not before.targets and here.targets and _IN_FRONT.fullmatch(gap):
            front = _front(text, references, index, before.act)
        if front is not None:
            done[index] = replace(here, act=front)
    return done


def _front(text: str, references: Sequence[Reference], index: int, act: ActMention) -> ActMention | None:
    """``act``, where the row that begins at ``index`` names another one behind it and holds a «samt»."""
    named = references[index].act
    if named is None or named.span.start < references[index].span.start:
        return None
    for one, other in pairwise(references[index:]):
        if other.act is not named:
            return None
        if _SAMT.search(text, one.span.end, other.span.start):
            return act
    return None


def _joined(text: str, here: Reference, found: Reference, after: Reference) -> bool:
    """Whether the words between two references carry the act of the second back to the first."""
    gap = text[here.span.end : after.span.start]
    if len(gap) > _REACH:
        return False
    if not after.targets:
        return _TO_ACT.fullmatch(gap) is not None and not _AWAY.search(gap)
    if found.act is not None:
        return False  # the finder joined that one itself, and would have joined this one had it belonged
    if _BY_JF.fullmatch(gap):
        return after.is_relative
    return _TO_NEXT.fullmatch(gap) is not None and not _AWAY.search(gap)


def _completed(references: Sequence[Reference]) -> list[Reference]:
    """Relative pointers that an act was lent to, with the § of the pointer before them."""
    done: list[Reference] = []
    for reference in references:
        if reference.act is not None and reference.is_relative:
            before = done[-1] if done else None
            if before is None or before.act is not reference.act or not before.targets:
                reference = replace(reference, act=None)  # nothing it could belong to
            else:
                last = before.targets[-1].last or before.targets[-1].first
                targets = tuple(
                    Target(complete(t.first, last), complete(t.last, last) if t.last else None)
                    for t in reference.targets
                )
                reference = replace(reference, targets=targets)
        done.append(reference)
    return done
